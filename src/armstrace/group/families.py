"""Families from pairs: groups that hold together when any one weak link is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Link(NamedTuple):
    """Two members that belong together; a sure link holds alone, a weak one only beside another way round."""

    left: str
    right: str
    is_sure: bool


def find_families(members: Sequence[str], links: Iterable[Link]) -> tuple[tuple[str, ...], ...]:
    """Return the families of the members, each sorted, in order of their first; a member without links is its own.

    Sure links join first. Of the weak links between what they joined, one whose loss would part a family (a bridge)
    joins nothing: a chain of doubtful likenesses makes no family.
    """
    known = list(links)
    block = _joined(members, [(a, b) for a, b, is_sure in known if is_sure])
    weak = [(block[a], block[b]) for a, b, is_sure in known if not is_sure and block[a] != block[b]]
    bridges = _find_bridges(weak)
    held = [(a, b) for a, b in weak if frozenset((a, b)) not in bridges]
    outer = _joined(sorted(set(block.values())), held)
    families: dict[str, list[str]] = {}
    for member in sorted(members):
        families.setdefault(outer[block[member]], []).append(member)
    return tuple(tuple(family) for family in sorted(families.values()))


def _joined(members: Sequence[str], pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return for each member the smallest one that it is joined to, over any number of steps."""
    above = {member: member for member in members}

    def root(member: str) -> str:
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    for left, right in pairs:
        one, other = sorted((root(left), root(right)))
        above[other] = one
    return {member: root(member) for member in members}


def _find_bridges(pairs: Sequence[tuple[str, str]]) -> frozenset[frozenset[str]]:
    """Return the pairs that are the only way between two parts (Tarjan's low links, without recursion).

    Two weak links between the same two blocks are two ways.
    """
    near: dict[str, list[tuple[str, int]]] = {}
    for number, (left, right) in enumerate(pairs):
        near.setdefault(left, []).append((right, number))
        near.setdefault(right, []).append((left, number))
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    bridges: set[frozenset[str]] = set()
    for start in sorted(near):
        if start in order:
            continue
        order[start] = low[start] = len(order)
        stack = [(start, -1, iter(near[start]))]
        while stack:
            node, came, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] > order[above]:
                        bridges.add(frozenset((above, node)))
            elif step[1] != came:
                other, number = step
                if other in order:
                    low[node] = min(low[node], order[other])
                else:
                    order[other] = low[other] = len(order)
                    stack.append((other, number, iter(near[other])))
    return frozenset(bridges)
