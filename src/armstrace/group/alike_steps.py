"""Questions about two claims: do their times and steps go together?"""

from __future__ import annotations

from typing import Final

from armstrace.group.pairs import Pair
from armstrace.group.steps import STEP
from armstrace.group.times import days_between
from armstrace.model import Mode, Status

_STOPPED: Final = frozenset({Status.REFUSED, Status.CANCELLED})
_UNDER_WAY: Final = frozenset({Status.IN_TRANSIT, Status.DELIVERED, Status.USED})
_WISHED: Final = frozenset({Status.SOUGHT, Status.OFFERED})
_GIFTS: Final = frozenset({Mode.AID, Mode.LOAN, Mode.LEASE})
_PAID: Final = frozenset({Mode.SALE, Mode.BARTER})
HALF_YEAR: Final = 183
_LONG_AFTER: Final = 400  # days
SOON: Final = 14  # days in which what is asked for does not come


def has_same_mode(pair: Pair) -> bool:
    """Tell whether both name one kind of deal."""
    return pair.left.mode is pair.right.mode and pair.left.mode is not Mode.UNSPECIFIED


def has_other_mode(pair: Pair) -> bool:
    """Tell whether it is a gift or loan in one and paid for in the other."""
    modes = {pair.left.mode, pair.right.mode}
    return bool(modes & _GIFTS) and bool(modes & _PAID)


def has_same_way(pair: Pair) -> bool:
    """Tell whether both name one place or party that the arms pass."""
    return bool(pair.left.via & pair.right.via)


def is_within(pair: Pair, least: int, most: int) -> bool:
    """Tell whether they are from ``least`` to ``most`` days apart."""
    return pair.days is not None and least <= pair.days <= most


def has_same_status(pair: Pair) -> bool:
    """Tell whether both tell one step."""
    return pair.left.status is pair.right.status and pair.left.status is not Status.UNSPECIFIED


def is_progress(pair: Pair) -> bool:
    """Tell whether the steps differ and may have followed each other as told."""
    order = _in_order(pair)
    return order is not None and order[0] < order[1]


def is_step_back(pair: Pair) -> bool:
    """Tell whether an earlier step is told half a year after a later one: it is another plan."""
    order = _in_order(pair)
    return order is not None and order[0] > order[1] and is_within(pair, HALF_YEAR, 10**6)


def is_same_step_again(pair: Pair) -> bool:
    """Tell whether one step is told again half a year or more later."""
    return has_same_status(pair) and is_within(pair, HALF_YEAR, 10**6)


def is_same_step_long_after(pair: Pair) -> bool:
    """Tell whether one step is dated twice, more than a year apart."""
    days = days_between(pair.left.event, pair.right.event)
    return has_same_status(pair) and days is not None and days > _LONG_AFTER


def is_wish_beside_delivery(pair: Pair) -> bool:
    """Tell whether arms are asked for or offered while arms have come: those are others."""
    steps = {pair.left.status, pair.right.status}
    wished = steps & _WISHED
    return bool(wished and steps & _UNDER_WAY) and not (is_progress(pair) and not is_within(pair, 0, SOON))


def is_stopped_beside_delivery(pair: Pair) -> bool:
    """Tell whether it is refused or cancelled in one and on its way in the other."""
    steps = {pair.left.status, pair.right.status}
    return bool(steps & _STOPPED and steps & _UNDER_WAY)


def _in_order(pair: Pair) -> tuple[int, int] | None:
    """Return the steps of the earlier and the later report; None where they are one, or one is no step."""
    left, right = STEP.get(pair.left.status), STEP.get(pair.right.status)
    if left is None or right is None or left == right:
        return None
    times = pair.left.moment, pair.right.moment
    if times[0] is None or times[1] is None or days_between(*times) == 0:
        return min(left, right), max(left, right)  # nothing speaks against that order
    return (left, right) if times[0] < times[1] else (right, left)
