"""The most that two claims can score, for all pairs of a large block at once: what spares scoring nearly all of them.

The questions of ``compare`` are asked once for each two kinds of claims that an aspect tells apart (parties, arms,
number, sum, deal, step), and of each number of days; what only a pair can tell is taken at its best, and the bound is
then not sure to be the score. So a bound is never less than the score, and no rule stands here a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from armstrace.group import alike_arms, alike_parties
from armstrace.group.alike_steps import HALF_YEAR, SOON
from armstrace.group.bound_texts import RowLinks, TextLinks, numbered
from armstrace.group.compare import ARMS, DEAL, FEATURES, PARTIES, QUANTITY, STEPS, TIME, VALUE, Feature, sum_points
from armstrace.group.linkage import MOST, NEVER, PARTS, Bounds, in_parts
from armstrace.group.pairs import Pair
from armstrace.group.steps import STEP
from armstrace.group.subjects import Subject
from armstrace.group.times import Stretch
from armstrace.model import Status

Points = NDArray[np.int16]
_Question = Callable[[Pair], bool]

_KINDS: Final = 500  # told apart by an aspect; rarer ones count as any, for asking of each two costs the square
_RULED_OUT: Final = -10_000  # parts of a point, more than all features together
_FAR: Final = 1_100  # days from which all are the same to every question
_STEP_DAYS: Final = (None, 0, SOON + 1, HALF_YEAR)  # of days between these all questions about steps answer alike
_MOMENTS: Final = (Stretch(1, 1), Stretch(2, 2))


class _Aspect(NamedTuple):
    """What of a claim some features look at; what else they ask for is made the same for all (``bare``)."""

    key: Callable[[Subject], Hashable]
    features: Sequence[Feature]
    vetoes: Sequence[_Question] = ()
    bare: Callable[[Subject], Subject] = lambda subject: subject


def _one_step(subject: Subject) -> Subject:
    return replace(subject, status=Status.UNSPECIFIED)


_ASPECTS: Final = (
    _Aspect(
        lambda s: (s.supplier, s.recipient, s.maker, s.groups),
        PARTIES,
        (alike_parties.has_other_supplier, alike_parties.has_other_recipient),
        _one_step,
    ),
    _Aspect(
        lambda s: (s.designations, s.categories, s.kinds),
        ARMS,
        (alike_arms.contradicts_category, alike_arms.contradicts_designation),
    ),
    _Aspect(lambda s: s.value, VALUE, (alike_arms.contradicts_value,)),
    _Aspect(lambda s: (s.mode, s.via), DEAL),
)
_STEPS_TOLD: Final = (  # a number may be less at a later step: at the same one, at an earlier one, at a later one (-1)
    (Status.ORDERED, Status.ORDERED),
    (Status.ORDERED, Status.DELIVERED),
    (Status.DELIVERED, Status.ORDERED),
)

_IN_PARTS: Final = all((f.points * PARTS).is_integer() for f in FEATURES)  # else bounds are rounded, and none is sure


def bound_scores(subjects: Sequence[Subject]) -> Bounds:
    """Return for each two claims of a block the most that they can score, and whether they score that."""
    tables = [_aspect_table(aspect, subjects) for aspect in _ASPECTS]
    numbers, times, steps = _Numbers(subjects), _Times(subjects), _Steps(subjects)
    links, lists, statuses = TextLinks(subjects), RowLinks(subjects), numbered([subject.status for subject in subjects])
    is_any = np.any([kinds < 0 for kinds in (numbers.kinds, steps.kinds, *(kinds for kinds, _ in tables))], axis=0)
    is_any |= [subject.supplier.organ is not None for subject in subjects]  # what offices do hangs on the pair
    most = np.empty((len(subjects), len(subjects)), dtype=np.int8)
    is_sure = np.empty(most.shape, dtype=np.bool_)
    for at in range(len(subjects)):
        row, is_unsure = links.of(at)
        is_unsure |= is_any | is_any[at]
        for kinds, table in tables:
            row += table[kinds[at]][kinds]
        row += numbers.of(at)
        days, is_dated_twice = times.of(at, statuses == statuses[at])
        row += times.points[days] + steps.of(at, days, times.order(at))
        is_one_row, is_other_row = lists.of(at)
        row[is_other_row] = _RULED_OUT
        row[is_one_row] = MOST
        is_never = row < _RULED_OUT // 2
        most[at] = np.where(is_never, NEVER, np.clip(row, NEVER + 1, -NEVER - 1))
        is_sure[at] = is_never | ~(is_unsure | is_one_row | is_dated_twice | (np.abs(row) >= -NEVER - 1))
    return Bounds(most, is_sure & _IN_PARTS)


def _kinds_of(
    subjects: Sequence[Subject], key: Callable[[Subject], Hashable]
) -> tuple[NDArray[np.int64], list[Subject]]:
    """Return the kind of each claim, and one claim of each kind; the rarest, beyond so many, are of the kind -1."""
    keys = [key(subject) for subject in subjects]
    known = {one: number for number, (one, _) in enumerate(Counter(keys).most_common(_KINDS))}
    examples: dict[int, Subject] = {}
    for subject, one in zip(subjects, keys, strict=True):
        if one in known:
            examples.setdefault(known[one], subject)
    kinds = np.array([known.get(one, -1) for one in keys], dtype=np.int64)
    return kinds, [examples[number] for number in sorted(examples)]


def _table(lefts: Sequence[Subject], rights: Sequence[Subject], aspect: _Aspect, days: int | None = None) -> Points:
    """Return the points of each two kinds; the last row and column stand for any kind, and hold the most there is."""
    most = in_parts(sum(feature.points for feature in aspect.features if feature.points > 0))
    table = np.full((len(lefts) + 1, len(rights) + 1), most, dtype=np.int16)
    for one, left in enumerate(lefts):
        for other, right in enumerate(rights):
            pair = Pair(left, right, days)
            is_ruled_out = any(veto(pair) for veto in aspect.vetoes)
            table[one, other] = _RULED_OUT if is_ruled_out else in_parts(sum_points(aspect.features, pair))
    return table


def _aspect_table(aspect: _Aspect, subjects: Sequence[Subject]) -> tuple[NDArray[np.int64], Points]:
    kinds, examples = _kinds_of(subjects, aspect.key)
    bare = [aspect.bare(example) for example in examples]
    return kinds, _table(bare, bare, aspect)


class _Numbers:
    """The points of two numbers, told at steps of which one is, or may be, the later."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        aspect = _Aspect(lambda s: (s.quantity, s.is_row), QUANTITY, (alike_arms.contradicts_quantity,))
        self.kinds, examples = _kinds_of(subjects, aspect.key)
        sides = [
            [
                [replace(one, status=status, family=str(side), document=str(side)) for one in examples]
                for side, status in enumerate(statuses)
            ]
            for statuses in _STEPS_TOLD
        ]
        self._points = np.stack([_table(left, right, aspect) for left, right in sides])
        self._steps = np.array([STEP.get(subject.status, -1) for subject in subjects])

    def of(self, at: int) -> Points:
        """Return the points of the number of one claim with that of each."""
        is_step = (self._steps >= 0) & (self._steps[at] >= 0)
        order = np.where(is_step, np.sign(self._steps - self._steps[at]), 0)  # -1: the other's is the earlier one
        found: Points = self._points[order, self.kinds[at], self.kinds]
        return found


class _Times:
    """How many days two claims are apart, and the points for that."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        days = [*range(_FAR + 1), None]  # the last place is for an unknown time
        pairs = [Pair(subjects[0], subjects[0], one) for one in days]
        self.points = np.array([in_parts(sum_points(TIME, pair)) for pair in pairs], dtype=np.int16)
        self._events = _ends(subject.event for subject in subjects)
        self._moments = _ends(subject.moment for subject in subjects)

    def of(self, at: int, is_one_step: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the days between one claim and each, as ``pair_of`` counts them; ``_FAR`` and one where unknown.

        Beside them, whether one step is dated twice, so far apart that a veto may hold.
        """
        by_event, by_moment = _days(self._events, at), _days(self._moments, at)
        is_dated = is_one_step & (by_event <= _FAR)
        return np.where(is_dated, by_event, by_moment), is_dated & (by_event >= HALF_YEAR)

    def order(self, at: int) -> NDArray[np.int64]:
        """Return for each claim whether it is later than one (1), earlier (-1), or neither, as far as is known."""
        moments = self._moments
        first, last = moments[at]
        later = np.sign(moments[:, 0] - first)
        later = np.where(later == 0, np.sign(moments[:, 1] - last), later)
        days = _days(moments, at)
        return np.where((days == 0) | (days > _FAR), 0, later)


def _ends(stretches: Iterable[Stretch | None]) -> NDArray[np.int64]:
    return np.array([(one.first, one.last) if one else (0, 0) for one in stretches], dtype=np.int64)


def _days(ends: NDArray[np.int64], at: int) -> NDArray[np.int64]:
    first, last = ends[at]
    apart = np.clip(np.maximum(first - ends[:, 1], ends[:, 0] - last), 0, _FAR)
    return np.where((ends[:, 1] > 0) & (last > 0), apart, _FAR + 1)


class _Steps:
    """The points of two steps, by which was told of the later moment."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self.kinds, examples = _kinds_of(subjects, lambda s: s.status)
        self._points = np.stack([_step_tables(examples, days) for days in _STEP_DAYS])
        self._phases = np.array([1 + (day > SOON) + (day >= HALF_YEAR) for day in range(_FAR + 1)] + [0])

    def of(self, at: int, days: NDArray[np.int64], order: NDArray[np.int64]) -> Points:
        """Return the points of one claim with each, so many days apart, in this order."""
        found: Points = self._points[self._phases[days], order, self.kinds[at], self.kinds]
        return found


def _step_tables(examples: Sequence[Subject], days: int | None) -> Points:
    """Return the points of each two steps: in no order, the other later, the other earlier (the last, so -1)."""
    tables = []
    for moments in ((None, None), _MOMENTS, _MOMENTS[::-1]):
        left, right = ([replace(one, moment=moment) for one in examples] for moment in moments)
        tables.append(_table(left, right, _Aspect(lambda s: s.status, STEPS), days))
    return np.stack(tables)
