"""What groups and registers tell claims by: kinds of arms that count as one, and rows of lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from armstrace.model import Category, Claim, Item

ROW: Final = "row of a list"  # why a claim is one: a table says it, and no sentence

# Kinds of arms that readers do not reliably tell apart count as one.
FAMILY: Mapping[Category, Category] = MappingProxyType(
    {
        Category.AIR_DEFENCE: Category.MISSILES,
        Category.ROCKETS: Category.MISSILES,
        Category.BOMBS: Category.MISSILES,
    }
)


def arms_kinds(items: Iterable[Item]) -> frozenset[Category]:
    """Return the kinds of arms that readers tell apart; arms in general where no item is named."""
    return frozenset(FAMILY.get(item.category, item.category) for item in items) or frozenset({Category.OTHER})


def is_row(claim: Claim) -> bool:
    """Tell whether a claim was read from a row of a list: the list itself says which claims are of one movement."""
    return ROW in claim.why
