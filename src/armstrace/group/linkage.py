"""Joining what belongs together, the best pair first, the same in whatever order it comes.

Average linkage over scores that cost much to compute. What a pair can score at most is known of all pairs, and of most
pairs that this is what they score (``Bounds``). The score is asked for only where that is not enough: a pair that comes
next by the most it can score is scored, and put back where its score belongs. So the outcome is that of scoring every
pair.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import combinations, count
from math import ceil
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Score = Callable[[str, str], float | None]
Bundle = tuple[str, ...]

PARTS: Final = 4  # of a point, in ``Bounds``
NEVER: Final = -128  # in ``Bounds``: two that must not be joined
MOST: Final = 127  # in ``Bounds``: nothing is known


class Bounds(NamedTuple):
    """Of each two ids, in their order, the most that they can score, in quarters; and whether that is their score."""

    most: NDArray[np.int8]
    is_sure: NDArray[np.bool_]


def join_best_first(
    bundles: Iterable[Bundle], score: Score, least: float, bounds: Bounds | None = None
) -> tuple[Bundle, ...]:
    """Return bundles of ids joined while the mean score over all pairs between two is ``least`` or more.

    ``score`` gives the points of two ids, None where they must not be in one bundle; ``bounds`` bound it, for the ids
    in their order, and are made of all scores where they are not given. Of equal means the one with the smaller first
    ids goes first, so that the result depends on the set alone.
    """
    given = sorted(tuple(sorted(b)) for b in bundles)
    ids = sorted(one for bundle in given for one in bundle)
    return _Joining(given, _Scores(ids, score, bounds), least).join()


def mean_score(one: Bundle, other: Bundle, score: Score) -> float | None:
    """Return the mean score over all pairs between two bundles; None where one pair must not be joined."""
    total = 0.0
    for a in one:
        for b in other:
            points = score(a, b)
            if points is None:
                return None
            total += points
    return total / (len(one) * len(other))


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


class _Scores:
    """Scores of ids by their places: those that bounds tell, each other asked for once."""

    def __init__(self, ids: Sequence[str], score: Score, bounds: Bounds | None) -> None:
        self.ids = ids
        self._score = score
        self._known: dict[int, float | None] = {}
        self._is_sure = bounds.is_sure if bounds else np.zeros((len(ids), len(ids)), dtype=np.bool_)
        self.most = bounds.most if bounds else self._bounds()

    def of(self, one: int, other: int) -> float | None:
        """Return the score of two; None where they must not be joined."""
        if self._is_sure[one, other]:
            parts = int(self.most[one, other])
            return None if parts == NEVER else parts / PARTS
        low, high = (one, other) if one < other else (other, one)
        key = low * len(self.ids) + high
        if key not in self._known:
            self._known[key] = self._score(self.ids[low], self.ids[high])
        return self._known[key]

    def total(self, some: Sequence[int], others: Sequence[int]) -> float | None:
        """Return the sum over all pairs between two bundles; None where one pair must not be joined."""
        if len(some) == len(others) == 1:
            return self.of(some[0], others[0])
        places = np.ix_(some, others)
        parts = self.most[places]
        if bool((parts == NEVER).any()):
            return None
        unsure = ~self._is_sure[places]
        total = float(parts[~unsure].sum(dtype=np.int64)) / PARTS
        for one, other in np.argwhere(unsure).tolist():
            points = self.of(some[one], others[other])
            if points is None:
                return None
            total += points
        return total

    def _bounds(self) -> NDArray[np.int8]:
        """Return what all pairs score, rounded up."""
        size = len(self.ids)
        most = np.full((size, size), NEVER, dtype=np.int8)
        for one, other in combinations(range(size), 2):
            points = self.of(one, other)
            if points is not None:
                most[one, other] = most[other, one] = in_parts(points)
        return most


def in_parts(points: float) -> int:
    """Return points as ``Bounds`` hold them: quarters, rounded up, within what it can hold."""
    return max(NEVER + 1, min(ceil(points * PARTS), -NEVER - 1))


_Entry = tuple[float, int, int, bool, int, int]  # -mean, first places, whether it is exact, numbers of the bundles


class _Joining:
    """The state of joining: bundles by number, of which each join makes a new one."""

    def __init__(self, given: Sequence[Bundle], scores: _Scores, least: float) -> None:
        self.scores, self.most, self.least = scores, scores.most, least
        place = {one: at for at, one in enumerate(scores.ids)}
        self.members = {number: tuple(place[one] for one in bundle) for number, bundle in enumerate(given)}
        self.home = np.empty(len(place), dtype=np.int64)
        self.sizes = np.zeros(2 * len(given), dtype=np.int64)  # 0 for what is joined away
        for number, members in self.members.items():
            self.home[list(members)] = number
            self.sizes[number] = len(members)
        self.rows: dict[int, NDArray[np.int32]] = {}  # the most of a bundle with each place, summed
        self.totals: dict[int, dict[int, float | None]] = {number: {} for number in self.members}
        self.queue: list[_Entry] = []
        self.numbers = count(len(given))

    def join(self) -> tuple[Bundle, ...]:
        """Return the bundles once nothing more can be joined."""
        for number in [number for number, members in self.members.items() if len(members) > 1]:
            self._meet(number)
        pairs = _best_pairs(self.most, ceil(self.least * PARTS))
        ahead = next(pairs, None)
        while ahead or self.queue:
            if ahead and not self._are_single(ahead):
                ahead = next(pairs, None)
            elif ahead and (not self.queue or ahead < self.queue[0][:3]):
                self._enter(*(int(self.home[place]) for place in ahead[1:]))
                ahead = next(pairs, None)
            else:
                self._take(heapq.heappop(self.queue))
        ids = self.scores.ids
        return tuple(sorted(tuple(ids[place] for place in members) for members in self.members.values()))

    def _are_single(self, pair: tuple[float, int, int]) -> bool:
        return all(self.sizes[self.home[place]] == 1 for place in pair[1:])

    def _take(self, entry: _Entry) -> None:
        *_, is_exact, one, other = entry
        if one not in self.members or other not in self.members:
            return
        if is_exact:
            self._join_two(one, other)
        else:
            self._enter(one, other)

    def _enter(self, one: int, other: int) -> None:
        """Put two bundles where their mean score belongs."""
        if other not in self.totals[one]:
            total = self.scores.total(self.members[one], self.members[other])
            self.totals[one][other] = self.totals[other][one] = total
        found = self.totals[one][other]
        if found is not None:
            self._push(found / (self.sizes[one] * self.sizes[other]), one, other, is_exact=True)

    def _push(self, mean: float, one: int, other: int, *, is_exact: bool) -> None:
        if mean >= self.least:
            low, high = sorted((self.members[one][0], self.members[other][0]))
            heapq.heappush(self.queue, (-float(mean), low, high, is_exact, one, other))

    def _join_two(self, one: int, other: int) -> None:
        new = next(self.numbers)
        rows = [self.rows.pop(number) if number in self.rows else self._row(number) for number in (one, other)]
        self.rows[new] = rows[0] + rows[1]
        parts = self.members.pop(one), self.members.pop(other)
        self.members[new] = tuple(sorted(parts[0] + parts[1]))
        self.home[list(self.members[new])] = new
        self.sizes[new] = self.sizes[one] + self.sizes[other]
        self.sizes[[one, other]] = 0
        known = self.totals.pop(one), self.totals.pop(other)
        self.totals[new] = {}
        self._meet(new, lambda third: self._joint_total(third, known, parts))

    def _row(self, number: int) -> NDArray[np.int32]:
        found: NDArray[np.int32] = self.most[list(self.members[number])].sum(axis=0, dtype=np.int32)
        return found

    def _joint_total(
        self, third: int, known: Sequence[Mapping[int, float | None]], parts: Sequence[tuple[int, ...]]
    ) -> float | None:
        """Return the total with a third of two that became one, of which that of one is known.

        Raises:
            KeyError: of neither is.
        """
        if third not in known[0] and third not in known[1]:
            raise KeyError(third)
        total = 0.0
        for totals, part in zip(known, parts, strict=True):
            found = totals[third] if third in totals else self.scores.total(part, self.members[third])
            if found is None:
                return None
            total += found
        return total

    def _meet(self, number: int, known: Callable[[int], float | None] | None = None) -> None:
        """Put a new bundle into the queue with each that it may be joined with; ``known`` gives totals where it can."""
        if number not in self.rows:
            self.rows[number] = self._row(number)
        sums = np.bincount(self.home, weights=self.rows[number], minlength=len(self.sizes))
        means = sums / PARTS / (np.maximum(self.sizes, 1) * self.sizes[number])
        may = (means >= self.least) & (self.sizes > 0)
        may[number] = False
        for third, mean in zip(np.flatnonzero(may).tolist(), means[may].tolist(), strict=True):
            with suppress(KeyError):
                if known:
                    self.totals[number][third] = self.totals[third][number] = known(third)
            if third in self.totals[number]:
                self._enter(number, third)
            else:
                self._push(mean, number, third, is_exact=False)


def _best_pairs(most: NDArray[np.int8], least: int) -> Iterator[tuple[float, int, int]]:
    """Yield the pairs of places that may reach so many parts, the best first: minus the points, the places."""
    found = [np.flatnonzero(row[at + 1 :] >= least) + (at + 1) for at, row in enumerate(most)]
    if not found:
        return
    firsts = np.repeat(np.arange(len(found), dtype=np.int32), [len(one) for one in found])
    seconds = np.concatenate(found).astype(np.int32)
    points = most[firsts, seconds].astype(np.int16)
    order = np.argsort(-points, kind="stable")
    for at in order:
        yield -float(points[at]) / PARTS, int(firsts[at]), int(seconds[at])
