"""Kinds of arms that count as one where claims are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from armstrace.model import Category, Item

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
