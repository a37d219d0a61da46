"""Questions about two claims: can arms, numbers and sums be the same?"""

from __future__ import annotations

from typing import Final

from armstrace.group.pairs import Pair
from armstrace.group.steps import STEP
from armstrace.group.subjects import Amount

_MUCH_MORE: Final = 1.5  # times as many is another number, not a rounded one
_OTHER_DEAL: Final = 4.0  # times as many is another deal, also where another reporter tells of it
_NEAR_SUM: Final = 1.05
_OTHER_SUM: Final = 3.0  # packages are told with and without training, spares and options


def shares_designation(pair: Pair) -> bool:
    """Tell whether both name one type of arms."""
    return any(_is_one_type(a, b) for a in pair.left.designations for b in pair.right.designations)


def contradicts_designation(pair: Pair) -> bool:
    """Tell whether both name types of arms, and none is the same."""
    known = pair.left.designations and pair.right.designations
    return bool(known) and not shares_designation(pair)


def shares_category(pair: Pair) -> bool:
    """Tell whether a category is the same and no type is."""
    return bool(pair.left.categories & pair.right.categories) and not shares_designation(pair)


def has_kin_category(pair: Pair) -> bool:
    """Tell whether no category is the same, but two are that readers do not tell apart."""
    return not pair.left.categories & pair.right.categories and bool(pair.left.kin & pair.right.kin)


def is_all_generic(pair: Pair) -> bool:
    """Tell whether both speak of arms in general."""
    return not pair.left.categories and not pair.right.categories


def contradicts_category(pair: Pair) -> bool:
    """Tell whether both name categories that exclude each other."""
    return bool(pair.left.categories and pair.right.categories) and not pair.left.kin & pair.right.kin


def contradicts_kind(pair: Pair) -> bool:
    """Tell whether one category stands for other arms: anti-tank and anti-ship missiles."""
    rows = {row for row, _ in pair.left.kinds} & {row for row, _ in pair.right.kinds}
    return bool(rows) and not pair.left.kinds & pair.right.kinds and not shares_designation(pair)


def has_equal_quantity(pair: Pair) -> bool:
    """Tell whether both give one exact number."""
    left, right = pair.left.quantity, pair.right.quantity
    return _is_comparable(left, right) and _are_equal(left, right, 1.0)


def overlaps_quantity(pair: Pair) -> bool:
    """Tell whether both give numbers that may be one."""
    left, right = pair.left.quantity, pair.right.quantity
    return _is_comparable(left, right) and not has_equal_quantity(pair) and _ratio(left, right) <= 1


def differs_in_quantity(pair: Pair) -> bool:
    """Tell whether numbers differ, and not because one is a first part."""
    left, right = pair.left.quantity, pair.right.quantity
    return _is_comparable(left, right) and _ratio(left, right) > 1 and not is_first_part(pair)


def contradicts_quantity(pair: Pair) -> bool:
    """Tell whether numbers differ by more than rounding in one text, or by more than accounts of one deal do.

    Two reporters, or buyer and seller, may give 12 and 20 of one deal, and the register keeps both; one text that gives
    both tells of two. Rows of lists are told apart by the list: a later edition of it may give any other number.
    """
    if pair.left.is_row and pair.right.is_row:
        return False
    left, right = pair.left.quantity, pair.right.quantity
    most = _MUCH_MORE if pair.left.family == pair.right.family else _OTHER_DEAL
    return _is_comparable(left, right) and _ratio(left, right) > most and not is_first_part(pair)


def is_first_part(pair: Pair) -> bool:
    """Tell whether it is fewer at the later step: the first of many ordered have come."""
    left, right = pair.left.quantity, pair.right.quantity
    if left is None or right is None or _ratio(left, right) <= 1:
        return False
    steps = STEP.get(pair.left.status), STEP.get(pair.right.status)
    if steps[0] is None or steps[1] is None or steps[0] == steps[1]:
        return False
    return (left.low < right.low) == (steps[0] > steps[1])


def has_equal_value(pair: Pair) -> bool:
    """Tell whether both give one sum."""
    left, right = pair.left.value, pair.right.value
    return _is_comparable(left, right) and _are_equal(left, right, _NEAR_SUM)


def differs_in_value(pair: Pair) -> bool:
    """Tell whether sums differ by more than what a package may hold."""
    return _is_comparable(pair.left.value, pair.right.value) and _ratio(pair.left.value, pair.right.value) > _MUCH_MORE


def contradicts_value(pair: Pair) -> bool:
    """Tell whether sums differ so much that they are of other deals."""
    return _is_comparable(pair.left.value, pair.right.value) and _ratio(pair.left.value, pair.right.value) > _OTHER_SUM


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
