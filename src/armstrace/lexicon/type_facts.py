"""Facts on types and kinds of arms: what little the category and the words tell, until the table of types is there."""

from __future__ import annotations

from collections.abc import Mapping

from armstrace.lexicon.traits import Bounds, Measured, Trait
from armstrace.model import Category

_ALWAYS: Mapping[Category, frozenset[Trait]] = {Category.TANKS: frozenset({Trait.MILITARY})}
_MAY_BE: Mapping[Category, frozenset[Trait]] = {
    Category.DRONES: frozenset({Trait.MILITARY, Trait.CIVIL, Trait.ARMED}),
    Category.AIRCRAFT: frozenset({Trait.MILITARY, Trait.CIVIL, Trait.COMBAT}),
    Category.HELICOPTERS: frozenset({Trait.MILITARY, Trait.CIVIL, Trait.ATTACK}),
    Category.SHIPS: frozenset({Trait.NAVAL, Trait.CIVIL}),
    Category.SENSORS: frozenset({Trait.MILITARY, Trait.CIVIL}),
    Category.COMPONENTS: frozenset({Trait.MILITARY, Trait.CIVIL}),
    Category.MISSILES: frozenset({Trait.PORTABLE, Trait.BALLISTIC, Trait.GROUND_TO_AIR, Trait.ANTI_TANK}),
    Category.ROCKETS: frozenset({Trait.PORTABLE, Trait.BALLISTIC}),
    Category.AIR_DEFENCE: frozenset({Trait.PORTABLE}),
    Category.AMMUNITION: frozenset({Trait.SMALL_ARMS_ROUNDS, Trait.HEAVY_ROUNDS}),
    Category.ARTILLERY: frozenset({Trait.LIGHT, Trait.PORTABLE}),
    Category.ARMOURED_VEHICLES: frozenset({Trait.ARMED, Trait.TRANSPORT}),
    Category.OTHER: frozenset({Trait.NON_LETHAL}),
}


def facts_for(
    category: Category, designation: str | None, description: str
) -> tuple[Mapping[Measured, Bounds], frozenset[Trait], frozenset[Trait]]:
    """Return measures, traits that hold, and traits that may hold of an item; any other trait does not hold."""
    known = frozenset({Trait.HEAVY_ROUNDS}) if "artillery" in description and category is Category.AMMUNITION else None
    if known:
        return {}, known, frozenset()
    return {}, _ALWAYS.get(category, frozenset()), frozenset() if designation else _MAY_BE.get(category, frozenset())
