"""What legal terms ask of arms beside their category: measures, traits, and the facts on one type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from armstrace.model import Category


class Measured(StrEnum):
    """What a threshold measures, with its unit."""

    RANGE_KM = "range_km"
    PAYLOAD_KG = "payload_kg"
    CALIBRE_MM = "calibre_mm"
    DISPLACEMENT_T = "displacement_t"


class Trait(StrEnum):
    """Closed list of what an item can be that legal terms ask for, beside its category and measures."""

    MILITARY = "military"
    ARMED = "armed"
    UNARMED = "unarmed"
    COMBAT = "combat"
    ATTACK = "attack"
    RECONNAISSANCE = "reconnaissance"
    TRAINER = "trainer"
    TRANSPORT = "transport"
    NAVAL = "naval"
    PORTABLE = "portable"
    LIGHT = "light"
    BALLISTIC = "ballistic"
    CRUISE = "cruise"
    GROUND_TO_AIR = "ground-to-air"
    ANTI_TANK = "anti-tank"
    SMALL_ARMS_ROUNDS = "small-arms-rounds"
    HEAVY_ROUNDS = "heavy-rounds"
    MINE = "mine"
    NON_LETHAL = "non-lethal"
    CIVIL = "civil"
    LOITERING = "loitering"
    NIGHT_SIGHT = "night-sight"
    MISSILE_PARTS = "missile-parts"
    SMALL_ARMS_PARTS = "small-arms-parts"
    EXPLOSIVES = "explosives"
    RIOT_CONTROL = "riot-control"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest value that the sources give, in the unit of the measure."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """Facts on one type or one kind of arms.

    Attributes:
        name: a name of the type in ``weapon_types.yml``, or a designation that a pattern of ``weapon_patterns.yml`` finds.
        category: of it.
        measures: by what is measured; a measure that no source gives is absent.
        traits: that hold for every variant.
        may_be: traits that hold for some variants or uses only; one that stands in neither does not hold.
        sources: titles and addresses of where the facts stand; empty where ``seen`` is False.
        seen: False where the facts are common knowledge of the field and no page was looked up for them.
    """

    name: str
    category: Category
    measures: Mapping[Measured, Bounds]
    traits: frozenset[Trait]
    may_be: frozenset[Trait]
    sources: tuple[str, ...]
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """Measures and traits of an item; ``has`` holds for sure, ``may_be`` for some of its kind, any other does not."""

    measures: Mapping[Measured, Bounds]
    has: frozenset[Trait]
    may_be: frozenset[Trait]
