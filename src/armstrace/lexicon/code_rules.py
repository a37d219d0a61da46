"""Rules of the crosswalk: which code of a list an item has, as far as the facts on it decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from armstrace.errors import LexiconError
from armstrace.lexicon.traits import Facts, Measured, Trait

_MEASURE_TEST = re.compile(r"(?P<measure>[a-z_]+) (?P<sign>>=|<) (?P<value>\d+(?:\.\d+)?)")
_TRAIT_TEST = re.compile(r"(?P<denied>not )?(?P<trait>[a-z-]+)")
_NAMES = {
    Measured.RANGE_KM: ("range", "km"),
    Measured.PAYLOAD_KG: ("payload", "kg"),
    Measured.CALIBRE_MM: ("calibre", "mm"),
    Measured.DISPLACEMENT_T: ("displacement", "t"),
}

# Traits whose own word does not follow "if it is".
_TRAITS = {
    Trait.ANTI_TANK: "against tanks",
    Trait.ATTACK: "an attack type",
    Trait.COMBAT: "a combat type",
    Trait.CRUISE: "a cruise missile",
    Trait.GROUND_TO_AIR: "for use from the ground against aircraft",
    Trait.LIGHT: "a small arm or light weapon",
    Trait.LOITERING: "a loitering or one-way munition",
    Trait.MISSILE_PARTS: "a part of missiles",
    Trait.ROTARY_WING: "of rotary wing",
}


@dataclass(frozen=True, slots=True)
class ItemCode:
    """One code of one list.

    Attributes:
        system: key of the list, such as ``un-register``.
        code: in that list; empty where it has none for the item, and ``condition`` then says why.
        title: of the code.
        certain: True where it holds for every item so described; False where it holds under ``condition`` only.
        condition: in words; empty for a certain code.
    """

    system: str
    code: str
    title: str
    certain: bool
    condition: str


@dataclass(frozen=True, slots=True)
class TraitTest:
    """A trait must hold, or must not (``denied``)."""

    trait: Trait
    denied: bool

    def holds(self, facts: Facts) -> bool | None:
        """Return whether it holds; None where the facts leave it open."""
        if self.trait in facts.may_be:
            return None
        return (self.trait in facts.has) is not self.denied

    def words(self) -> str:
        """Return the condition in words."""
        return f"if it is {'not ' * self.denied}{_TRAITS.get(self.trait, self.trait)}"


@dataclass(frozen=True, slots=True)
class MeasureTest:
    """A measure must reach a value, or stay below it."""

    measured: Measured
    at: float
    below: bool

    def holds(self, facts: Facts) -> bool | None:
        """Return whether it holds; None where the facts leave it open."""
        bounds = facts.measures.get(self.measured)
        if bounds is None or bounds.low < self.at <= bounds.high:
            return None
        return (bounds.high < self.at) is self.below

    def words(self) -> str:
        """Return the condition in words."""
        name, unit = _NAMES[self.measured]
        return (
            f"if its {name} is {self.at:g} {unit} or more"
            if not self.below
            else (f"if its {name} is below {self.at:g} {unit}")
        )


Test = TraitTest | MeasureTest


@dataclass(frozen=True, slots=True)
class Rule:
    """A code, the tests that must hold for it, and the condition that no fact decides."""

    code: str
    tests: tuple[Test, ...]
    when: str

    def condition(self, facts: Facts) -> str | None:
        """Return what the code hangs on for an item, empty where nothing; None where it cannot have the code."""
        results = [test.holds(facts) for test in self.tests]
        if False in results:
            return None
        open_tests = [test.words() for test, result in zip(self.tests, results, strict=True) if result is None]
        return " and ".join([*open_tests, *([self.when] if self.when else [])])


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one list for one kind; ``none`` says why no code is given where none of them applies."""

    rules: tuple[Rule, ...]
    none: str

    def codes(self, system: str, titles: Mapping[str, str], facts: Facts) -> tuple[ItemCode, ...]:
        """Return the codes for an item, the certain one alone where there is one; else one without code."""
        found = [(rule.code, condition) for rule in self.rules if (condition := rule.condition(facts)) is not None]
        certain = [code for code, condition in found if not condition]
        if certain:
            return (ItemCode(system, certain[0], titles[certain[0]], True, ""),)  # noqa: FBT003 - a record's field
        if not found:
            return (ItemCode(system, "", "", True, self.none),)  # noqa: FBT003 - a record's field
        conditions = {code: "; or ".join(c for each, c in found if each == code) for code, _ in found}
        return tuple(ItemCode(system, code, titles[code], False, words) for code, words in conditions.items())  # noqa: FBT003


def read_rules(value: object, titles: Mapping[str, str], where: str) -> Rules:
    """Return the rules written under one list of a row.

    Raises:
        LexiconError: naming the row and what is wrong with it.
    """
    if isinstance(value, dict) and set(value) == {"none"} and isinstance(value["none"], str) and value["none"].strip():
        return Rules((), value["none"])
    if not isinstance(value, list) or not value:
        raise LexiconError(f"{where}: a list of rules is expected, or none with the reason")
    return Rules(tuple(_rule(row, titles, where) for row in value), _OUTSIDE)


_OUTSIDE = "below or outside what the list describes"


def _rule(row: object, titles: Mapping[str, str], where: str) -> Rule:
    if not isinstance(row, dict) or "code" not in row or set(row) - {"code", "if", "when"}:
        raise LexiconError(f"{where}: a rule has a code, and may have 'if' and 'when' (found {row!r})")
    code = str(row["code"])
    if code not in titles:
        raise LexiconError(f"{where}: the list has no code '{code}'; add it to its codes or correct it")
    return Rule(code, tuple(_tests(row.get("if", []), where)), str(row.get("when", "")))


def _tests(texts: Iterable[str], where: str) -> Iterable[Test]:
    for text in texts:
        measure, trait = _MEASURE_TEST.fullmatch(text), _TRAIT_TEST.fullmatch(text)
        if measure and measure["measure"] in set(map(str, Measured)):
            yield MeasureTest(Measured(measure["measure"]), float(measure["value"]), measure["sign"] == "<")
        elif trait and trait["trait"] in set(map(str, Trait)):
            yield TraitTest(Trait(trait["trait"]), bool(trait["denied"]))
        else:
            raise LexiconError(
                f"{where}: '{text}' is no test: a trait, 'not' a trait, or a measure such as range_km >= 25"
            )
