"""Families from pairs: groups that hold together when any one weak link is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Link(NamedTuple):
    """Two members that belong together; a sure link holds alone, a weak one only beside another way round."""

    left: str
    right: str
    is_sure: bool


def find_families(members: Sequence[str], links: Iterable[Link]) -> tuple[tuple[str, ...], ...]:
    """Return the families of the members, each sorted, in order of their first; a member without links is its own.

    Sure links join first, to blocks. Weak links between two blocks are one way between them, however many they are:
    what is like one copy of a text is like the others too. A way whose loss would part a family (a bridge) joins
    nothing: a chain of doubtful likenesses makes no family.
    """
    known = list(links)
    block = join(members, [(link.left, link.right) for link in known if link.is_sure])
    weak = {_in_order(block[link.left], block[link.right]) for link in known if block[link.left] != block[link.right]}
    held = weak - find_bridges(weak)
    outer = join(sorted(set(block.values())), sorted(held))
    families: dict[str, list[str]] = {}
    for member in sorted(members):
        families.setdefault(outer[block[member]], []).append(member)
    return tuple(tuple(family) for family in sorted(families.values()))


def join(members: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each member the smallest one that it is joined to, over any number of steps."""
    above = {member: member for member in members}

    def root(member: str) -> str:
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    for left, right in pairs:
        one, other = _in_order(root(left), root(right))
        above[other] = one
    return {member: root(member) for member in above}


def _in_order(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def find_bridges(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those of the pairs, each in order and given once, that are the only way between two parts.

    Tarjan's low links (1974), without recursion: an edge of the search tree is a bridge where nothing below it reaches
    above it by another way.
    """
    near: dict[str, list[str]] = {}
    for left, right in sorted(pairs):
        near.setdefault(left, []).append(right)
        near.setdefault(right, []).append(left)
    order: dict[str, int] = {}
    bridges: set[tuple[str, str]] = set()
    for start in sorted(near):
        if start not in order:
            bridges.update(_bridges_from(start, near, order))
    return bridges


def _bridges_from(start: str, near: Mapping[str, Sequence[str]], order: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the bridges of the part that holds ``start``; ``order`` takes the number of each member as it is met."""
    order[start] = len(order)
    low = {start: order[start]}
    stack = [(start, start, iter(near[start]))]
    while stack:
        node, came, rest = stack[-1]
        step = next(rest, None)
        if step is None:
            stack.pop()
            low[came] = min(low[came], low[node])
            if low[node] > order[came]:
                yield _in_order(came, node)
        elif step not in order:
            order[step] = low[step] = len(order)
            stack.append((step, node, iter(near[step])))
        elif step != came:
            low[node] = min(low[node], order[step])
