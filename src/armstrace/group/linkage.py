"""Joining what belongs together, the best pair first, the same in whatever order it comes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

Score = Callable[[str, str], float | None]
Bundle = tuple[str, ...]


def join_best_first(bundles: Iterable[Bundle], score: Score, least: float) -> tuple[Bundle, ...]:
    """Return bundles of ids joined while the mean score over all pairs between two is ``least`` or more.

    ``score`` gives the points of two ids, None where they must not be in one bundle. Of equal means the one with the
    smaller first ids goes first, so that the result depends on the set alone.
    """
    members = dict(enumerate(sorted(tuple(sorted(b)) for b in bundles)))
    totals = {
        (a, b): total
        for a in members
        for b in members
        if a < b and (total := _total(members[a], members[b], score)) is not None
    }
    entries = (_entry(pair, members, total, least) for pair, total in totals.items())
    queue = [entry for entry in entries if entry is not None]
    heapq.heapify(queue)
    numbers = count(len(members))
    while queue:
        _, _, _, (one, other) = heapq.heappop(queue)
        if one not in members or other not in members:
            continue
        new = next(numbers)
        members[new] = tuple(sorted(members.pop(one) + members.pop(other)))
        for third, total in _new_totals(one, other, members.keys() - {new}, totals):
            totals[(third, new)] = total
            entry = _entry((third, new), members, total, least)
            if entry is not None:
                heapq.heappush(queue, entry)
    return tuple(sorted(members.values()))


def mean_score(one: Bundle, other: Bundle, score: Score) -> float | None:
    """Return the mean score over all pairs between two bundles; None where one pair must not be joined."""
    total = _total(one, other, score)
    return None if total is None else total / (len(one) * len(other))


def join_linked(
    ids: Iterable[str], links: Iterable[tuple[str, str]], barred: frozenset[frozenset[str]]
) -> list[Bundle]:
    """Return bundles of ids that links join, links in their order; one that would join a barred pair joins nothing."""
    home = {one: frozenset({one}) for one in ids}
    for left, right in sorted(links):
        one, other = home.get(left), home.get(right)
        if one is None or other is None or one == other:
            continue
        if any(frozenset({a, b}) in barred for a in one for b in other):
            continue
        home.update(dict.fromkeys(one | other, one | other))
    return sorted({tuple(sorted(bundle)) for bundle in home.values()})


_Pair = tuple[int, int]
_Entry = tuple[float, str, str, _Pair]


def _total(one: Bundle, other: Bundle, score: Score) -> float | None:
    total = 0.0
    for a in one:
        for b in other:
            points = score(a, b)
            if points is None:
                return None
            total += points
    return total


def _entry(pair: _Pair, members: Mapping[int, Bundle], total: float, least: float) -> _Entry | None:
    one, other = sorted(members[number] for number in pair)
    mean = total / (len(one) * len(other))
    return (-mean, one[0], other[0], pair) if mean >= least else None


def _new_totals(one: int, other: int, thirds: Iterable[int], totals: dict[_Pair, float]) -> Iterator[tuple[int, float]]:
    """Yield for two that became one its total with every third: the sum of theirs, none where one of them has none."""
    totals.pop((min(one, other), max(one, other)), None)
    for third in sorted(thirds):
        parts = [totals.pop((min(number, third), max(number, third)), None) for number in (one, other)]
        if parts[0] is not None and parts[1] is not None:
            yield third, parts[0] + parts[1]
