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
    as one claim has none.
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
    lows, highs = [lower_bound(q) for q in quantities], [upper_bound(q) for q in quantities]
    low = None if None in lows else min(n for n in lows if n is not None)
    high = None if None in highs else max(n for n in highs if n is not None)
    return Range(unit, tuple(sorted(kinds)), low, high)


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
