"""The questions that are asked of two claims: each takes both subjects and answers yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from armstrace.group.sides import Side, are_other_parties
from armstrace.group.subjects import Amount, Subject
from armstrace.group.times import days_between
from armstrace.model import Mode, Polarity, Status

_STEPS: Final[tuple[Status, ...]] = (
    Status.SOUGHT,
    Status.OFFERED,
    Status.PLANNED,
    Status.APPROVED,
    Status.ORDERED,
    Status.IN_TRANSIT,
    Status.DELIVERED,
    Status.USED,
)
_STEP: Final = {status: number for number, status in enumerate(_STEPS)} | {
    Status.SEIZED: _STEPS.index(Status.IN_TRANSIT)
}
STOPPED: Final = frozenset({Status.REFUSED, Status.CANCELLED})
_GIFTS: Final = frozenset({Mode.AID, Mode.LOAN, Mode.LEASE})
_MUCH_MORE = 1.5  # times as many is another number, not a rounded one
_NEAR_SUM = 1.05
_OTHER_SUM = 3.0  # packages are told with and without training, spares and options
_WORDS_ALIKE = 0.6
_TITLES_ALIKE = 0.5
_HALF_YEAR = 183
_LONG_AFTER = 400  # days


class Pair(NamedTuple):
    """Two claims to be compared."""

    left: Subject
    right: Subject

    @property
    def days(self) -> int | None:
        """Days between the events told, else between the reports, else between event and report; None if unknown."""
        told = days_between(self.left.event, self.right.event)
        if told is not None:
            return told
        reported = days_between(self.left.reported, self.right.reported)
        if reported is not None:
            return reported
        return days_between(self.left.event or self.left.reported, self.right.event or self.right.reported)


def has_other_supplier(pair: Pair) -> bool:
    return _are_others(pair, pair.left.supplier, pair.right.supplier)


def has_other_recipient(pair: Pair) -> bool:
    return _are_others(pair, pair.left.recipient, pair.right.recipient)


def has_same_supplier(pair: Pair) -> bool:
    return _are_same(pair, pair.left.supplier, pair.right.supplier)


def has_same_recipient(pair: Pair) -> bool:
    return _are_same(pair, pair.left.recipient, pair.right.recipient)


def lacks_supplier(pair: Pair) -> bool:
    return pair.left.supplier.is_known != pair.right.supplier.is_known


def lacks_recipient(pair: Pair) -> bool:
    return pair.left.recipient.is_known != pair.right.recipient.is_known


def is_same_actor(pair: Pair) -> bool:
    """The same armed group is named on both sides: fewer arms flows go to it than to a state."""
    return bool(pair.left.recipient.actors & pair.right.recipient.actors)


def is_made_by_supplier(pair: Pair) -> bool:
    return lacks_supplier(pair) and any(a.maker and a.maker == b.supplier.country for a, b in _both_ways(pair))


def has_same_maker(pair: Pair) -> bool:
    return bool(pair.left.maker and pair.left.maker == pair.right.maker)


def has_other_maker(pair: Pair) -> bool:
    return bool(pair.left.maker and pair.right.maker and pair.left.maker != pair.right.maker)


def has_other_organ(pair: Pair) -> bool:
    """Two offices of one state at different steps: what one plans is not what the other has done."""
    left, right = pair.left.supplier.organ, pair.right.supplier.organ
    return bool(left and right and left != right) and pair.left.status != pair.right.status


def shares_designation(pair: Pair) -> bool:
    return any(_is_one_type(a, b) for a in pair.left.designations for b in pair.right.designations)


def contradicts_designation(pair: Pair) -> bool:
    known = pair.left.designations and pair.right.designations
    return bool(known) and not shares_designation(pair)


def shares_category(pair: Pair) -> bool:
    return bool(pair.left.categories & pair.right.categories) and not shares_designation(pair)


def has_kin_category(pair: Pair) -> bool:
    return not pair.left.categories & pair.right.categories and bool(pair.left.kin & pair.right.kin)


def is_all_generic(pair: Pair) -> bool:
    return not pair.left.categories and not pair.right.categories


def contradicts_category(pair: Pair) -> bool:
    return bool(pair.left.categories and pair.right.categories) and not pair.left.kin & pair.right.kin


def contradicts_kind(pair: Pair) -> bool:
    """Of one category, but other arms: anti-tank and anti-ship missiles, frigates and submarines."""
    rows = {row for row, _ in pair.left.kinds} & {row for row, _ in pair.right.kinds}
    return bool(rows) and not pair.left.kinds & pair.right.kinds and not shares_designation(pair)


def has_equal_quantity(pair: Pair) -> bool:
    left, right = pair.left.quantity, pair.right.quantity
    return _is_comparable(left, right) and _are_equal(left, right, 1.0)


def overlaps_quantity(pair: Pair) -> bool:
    left, right = pair.left.quantity, pair.right.quantity
    return _is_comparable(left, right) and not has_equal_quantity(pair) and _ratio(left, right) <= 1


def differs_in_quantity(pair: Pair) -> bool:
    left, right = pair.left.quantity, pair.right.quantity
    return _is_comparable(left, right) and _ratio(left, right) > 1 and not is_first_part(pair)


def contradicts_quantity(pair: Pair) -> bool:
    left, right = pair.left.quantity, pair.right.quantity
    return _is_comparable(left, right) and _ratio(left, right) > _MUCH_MORE and not is_first_part(pair)


def is_first_part(pair: Pair) -> bool:
    """Fewer at a later step: the first of many that were ordered have come."""
    left, right = pair.left.quantity, pair.right.quantity
    if left is None or right is None or _ratio(left, right) <= 1:
        return False
    steps = [_STEP.get(subject.status) for subject in pair]
    if steps[0] is None or steps[1] is None or steps[0] == steps[1]:
        return False
    return (left.low < right.low) == (steps[0] > steps[1])


def has_equal_value(pair: Pair) -> bool:
    left, right = pair.left.value, pair.right.value
    return _is_comparable(left, right) and _are_equal(left, right, _NEAR_SUM)


def differs_in_value(pair: Pair) -> bool:
    return _is_comparable(pair.left.value, pair.right.value) and _ratio(pair.left.value, pair.right.value) > _MUCH_MORE


def contradicts_value(pair: Pair) -> bool:
    return _is_comparable(pair.left.value, pair.right.value) and _ratio(pair.left.value, pair.right.value) > _OTHER_SUM


def has_same_mode(pair: Pair) -> bool:
    return pair.left.mode is pair.right.mode and pair.left.mode is not Mode.UNSPECIFIED


def has_other_mode(pair: Pair) -> bool:
    """A gift or loan beside a sale or barter; what is smuggled or made under licence may also be either."""
    modes = {pair.left.mode, pair.right.mode}
    return bool(modes & _GIFTS) and bool(modes & {Mode.SALE, Mode.BARTER})


def has_same_way(pair: Pair) -> bool:
    return bool(pair.left.via & pair.right.via)


def is_within(pair: Pair, least: int, most: int) -> bool:
    return pair.days is not None and least <= pair.days <= most


def has_same_status(pair: Pair) -> bool:
    return pair.left.status is pair.right.status and pair.left.status is not Status.UNSPECIFIED


def is_progress(pair: Pair) -> bool:
    """The later report tells the later step."""
    order = _in_order(pair)
    return order is not None and order[0] < order[1]


def is_step_back(pair: Pair) -> bool:
    """An earlier step is told half a year after a later one: something else is planned now."""
    order = _in_order(pair)
    return order is not None and order[0] > order[1] and is_within(pair, _HALF_YEAR, 10**6)


def is_same_step_again(pair: Pair) -> bool:
    return has_same_status(pair) and is_within(pair, _HALF_YEAR, 10**6)


def is_same_step_long_after(pair: Pair) -> bool:
    days = days_between(pair.left.event, pair.right.event)
    return has_same_status(pair) and days is not None and days > _LONG_AFTER


def is_wish_beside_delivery(pair: Pair) -> bool:
    """What is asked for or only offered today is not what has come already, unless it is told much earlier."""
    steps = {subject.status for subject in pair}
    wished = steps & {Status.SOUGHT, Status.OFFERED}
    return bool(wished and steps & {Status.DELIVERED, Status.IN_TRANSIT, Status.USED}) and not is_progress(pair)


def is_stopped_beside_delivery(pair: Pair) -> bool:
    steps = {subject.status for subject in pair}
    return bool(steps & STOPPED and steps & {Status.DELIVERED, Status.IN_TRANSIT, Status.USED})


def is_same_sentence(pair: Pair) -> bool:
    """The same sentence of one document, or the copy of it in a document of the same family."""
    left, right = pair
    if left.document == right.document:
        return left.span == right.span
    return left.family == right.family and _overlap(left.words, right.words) >= _WORDS_ALIKE


def is_same_family(pair: Pair) -> bool:
    left, right = pair
    return left.document != right.document and left.family == right.family and not is_same_sentence(pair)


def is_worded_alike(pair: Pair) -> bool:
    left, right = pair
    return left.family != right.family and _overlap(left.words, right.words) >= _WORDS_ALIKE


def has_alike_title(pair: Pair) -> bool:
    left, right = pair
    return left.document != right.document and _overlap(left.title, right.title) >= _TITLES_ALIKE


def refers_to_it(pair: Pair) -> bool:
    return any(a.refers_to == b.id for a, b in _both_ways(pair))


def is_denial_of_it(pair: Pair) -> bool:
    return pair.left.polarity is not pair.right.polarity


def is_narrower_denial(pair: Pair) -> bool:
    """A denial that one office supplies does not deny that the state does."""
    for denial, claim in _both_ways(pair):
        if denial.polarity is Polarity.DENIED and claim.polarity is Polarity.AFFIRMED and denial.supplier.organ:
            return denial.supplier.organ != claim.supplier.organ
    return False


def is_kept_apart(pair: Pair) -> bool:
    """Two lots of one sentence, which the reader told apart by their arms, numbers or sums."""
    left, right = pair
    if left.document != right.document or left.span != right.span:
        return False
    if left.quantity and right.quantity and left.quantity != right.quantity:
        return not is_first_part(pair)
    if left.status is not right.status and left.categories != right.categories:
        return True
    arms = (left.designations, left.categories), (right.designations, right.categories)
    return all(any(one) for one in arms) and arms[0] != arms[1]


def _are_others(pair: Pair, one: Side, other: Side) -> bool:
    return are_other_parties(one, other, pair.left.groups | pair.right.groups)


def _are_same(pair: Pair, one: Side, other: Side) -> bool:
    return one.is_known and other.is_known and not _are_others(pair, one, other)


def _is_one_type(one: str, other: str) -> bool:
    """Tell whether one designation is the other or its family ("Shahed" and "Shahed 136")."""
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _is_comparable(one: Amount | None, other: Amount | None) -> bool:
    return one is not None and other is not None and one.unit == other.unit


def _are_equal(one: Amount | None, other: Amount | None, slack: float) -> bool:
    if one is None or other is None or not (one.is_exact and other.is_exact):
        return False
    return max(one.low, other.low) <= slack * min(one.low, other.low)


def _ratio(one: Amount | None, other: Amount | None) -> float:
    """Return how many times the least of the larger is the most of the smaller; 1 or less where they overlap."""
    if one is None or other is None:
        return 1.0
    less, more = sorted((one, other), key=lambda amount: amount.low)
    if less.high is None or less.high >= more.low:
        return 1.0
    return more.low / less.high if less.high else float("inf")


def _in_order(pair: Pair) -> tuple[int, int] | None:
    """Return the steps of the earlier and the later report; None where they are one, or one is no step."""
    left, right = (_STEP.get(subject.status) for subject in pair)
    if left is None or right is None or left == right:
        return None
    times = [subject.event or subject.reported for subject in pair]
    if times[0] is None or times[1] is None or days_between(times[0], times[1]) == 0:
        return min(left, right), max(left, right)
    return (left, right) if times[0] < times[1] else (right, left)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _both_ways(pair: Pair) -> Iterable[tuple[Subject, Subject]]:
    return (pair.left, pair.right), (pair.right, pair.left)
