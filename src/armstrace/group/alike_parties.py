"""Questions about two claims: can supplier, recipient and maker be the same?"""

from __future__ import annotations

from armstrace.group.pairs import Pair
from armstrace.group.sides import Side, are_other_parties


def has_other_supplier(pair: Pair) -> bool:
    """Tell whether two known suppliers cannot be one."""
    return _are_others(pair, pair.left.supplier, pair.right.supplier)


def has_other_recipient(pair: Pair) -> bool:
    """Tell whether two known recipients cannot be one."""
    return _are_others(pair, pair.left.recipient, pair.right.recipient)


def has_same_supplier(pair: Pair) -> bool:
    """Tell whether both name a supplier, and it may be one."""
    return _are_same(pair, pair.left.supplier, pair.right.supplier)


def has_same_recipient(pair: Pair) -> bool:
    """Tell whether both name a recipient, and it may be one."""
    return _are_same(pair, pair.left.recipient, pair.right.recipient)


def lacks_supplier(pair: Pair) -> bool:
    """Tell whether only one names a supplier."""
    return pair.left.supplier.is_known != pair.right.supplier.is_known


def lacks_recipient(pair: Pair) -> bool:
    """Tell whether only one names a recipient."""
    return pair.left.recipient.is_known != pair.right.recipient.is_known


def is_same_actor(pair: Pair) -> bool:
    """Tell whether one armed group receives: fewer flows of arms go to it than to a state."""
    return bool(pair.left.recipient.actors & pair.right.recipient.actors)


def is_made_by_supplier(pair: Pair) -> bool:
    """Tell whether one names no supplier, but the other's supplier as the maker."""
    return lacks_supplier(pair) and any(a.maker and a.maker == b.supplier.country for a, b in pair.both_ways)


def has_same_maker(pair: Pair) -> bool:
    """Tell whether both name one maker."""
    return bool(pair.left.maker and pair.left.maker == pair.right.maker)


def has_other_maker(pair: Pair) -> bool:
    """Tell whether they name different makers."""
    return bool(pair.left.maker and pair.right.maker and pair.left.maker != pair.right.maker)


def has_other_organ(pair: Pair) -> bool:
    """Tell whether two offices of one state are at different steps: what one plans the other has not done."""
    left, right = pair.left.supplier.organ, pair.right.supplier.organ
    return bool(left and right and left != right) and pair.left.status != pair.right.status


def _are_others(pair: Pair, one: Side, other: Side) -> bool:
    return are_other_parties(one, other, pair.left.groups | pair.right.groups)


def _are_same(pair: Pair, one: Side, other: Side) -> bool:
    return one.is_known and other.is_known and not _are_others(pair, one, other)
