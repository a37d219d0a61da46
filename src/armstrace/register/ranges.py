"""What the quantities of a transfer span, taken together: vague ones stay vague."""

from __future__ import annotations

from collections.abc import Sequence

from armstrace.kinds import arms_kinds
from armstrace.model import Category, Quantity
from armstrace.register.types import Range
from armstrace.told import Told

_Lot = tuple[frozenset[Category], list[Quantity]]


def quantity_ranges(claims: Sequence[Told]) -> tuple[Range, ...]:
    """Return one range for each unit and for arms that no claim tells apart, the largest number of claims first.

    "300" and "dozens" give 12 or more: the lower bound is the least of the lower bounds, the upper is unknown as soon
    as one claim has none. A claim of "up to 40" gives no lower bound, and takes none from the others: beside "12" it
    is 12 to 40, or fewer; beside "300" it is 300, or up to 40.
    """
    lots: dict[str, dict[frozenset[Category], list[Quantity]]] = {}
    for told in claims:
        if told.claim.quantity:
            of_unit = lots.setdefault(told.claim.quantity.unit, {})
            of_unit.setdefault(arms_kinds(told.claim.items), []).append(told.claim.quantity)
    joined = [(unit, lot) for unit, found in sorted(lots.items()) for lot in _joined(list(found.items()))]
    joined.sort(key=lambda entry: -len(entry[1][1]))
    return tuple(_range(unit, *lot) for unit, lot in joined)


def _joined(lots: Sequence[_Lot]) -> list[_Lot]:
    """Return lots joined where they share a kind; arms in general join the others if those are of one sort."""
    found: list[_Lot] = []
    for kinds, quantities in lots:
        apart = [lot for lot in found if not lot[0] & kinds]
        near = [lot for lot in found if lot[0] & kinds]
        joined_kinds = kinds.union(*(lot[0] for lot in near))
        found = [*apart, (joined_kinds, [q for _, others in near for q in others] + quantities)]
    general = [lot for lot in found if Category.OTHER in lot[0]]
    special = [lot for lot in found if Category.OTHER not in lot[0]]
    if len(general) == len(special) == 1:
        return [(special[0][0], special[0][1] + general[0][1])]
    return sorted(found, key=lambda lot: sorted(lot[0]))


def _range(unit: str, kinds: frozenset[Category], quantities: Sequence[Quantity]) -> Range:
    lows = [low for q in quantities if (low := lower_bound(q)) is not None]
    highs = [high for q in quantities if (high := upper_bound(q)) is not None]
    open_below = [q.high for q in quantities if lower_bound(q) is None and q.high is not None]
    return Range(
        unit=unit,
        kinds=tuple(sorted(kinds)),
        low=min(lows, default=None),
        high=max(highs, default=None) if len(highs) == len(quantities) else None,
        up_to=min(open_below, default=None),
    )


def lower_bound(quantity: Quantity) -> int | None:
    """Return the least number that a quantity means; "some 300" means 300."""
    if quantity.low is None and quantity.high is None:
        return quantity.best
    return quantity.low


def upper_bound(quantity: Quantity) -> int | None:
    """Return the greatest number that a quantity means; None for "dozens"."""
    if quantity.low is None and quantity.high is None:
        return quantity.best
    return quantity.high
