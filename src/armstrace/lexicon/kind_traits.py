"""Traits and measures of kinds of arms: by category, by noun ("spy drone"), by words beside it ("armed")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from armstrace.errors import LexiconError
from armstrace.lexicon.fact_rows import (
    FILE,
    MEASURES,
    category_of,
    load_sources,
    measures_of,
    rows_of,
    sources_of,
    traits_of,
)
from armstrace.lexicon.nouns import NounTable, joins_several, noun_table, words_of
from armstrace.lexicon.schema import LexiconFiles, Row
from armstrace.lexicon.traits import Bounds, Facts, Measured, Trait
from armstrace.model import Category


@dataclass(frozen=True, slots=True)
class Split:
    """Traits that a measure decides: ``below`` a value, or ``from_`` it up; undecided, both may be."""

    measured: Measured
    at: float
    below: frozenset[Trait]
    from_: frozenset[Trait]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of arms of one category, with what a measure decides of it."""

    category: Category
    facts: Facts
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a word beside the noun says of an item of ``categories`` (any where empty)."""

    phrases: tuple[tuple[str, ...], ...]
    categories: frozenset[Category]
    facts: Facts
    without: frozenset[Trait]

    def holds(self, category: Category, words: tuple[str, ...]) -> bool:
        """Tell whether one of the phrases stands among ``words``."""
        if self.categories and category not in self.categories:
            return False
        return any(words[i : i + len(p)] == p for p in self.phrases for i in range(len(words) - len(p) + 1))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far arms of one category fly up to a calibre, where no range is known, and traits that none of them has."""

    category: Category
    up_to_mm: float
    range_km: Bounds
    without: frozenset[Trait]

    def holds(self, category: Category, facts: Facts) -> bool:
        """Tell whether an item is of that category and calibre, with no range known."""
        calibre = facts.measures.get(Measured.CALIBRE_MM)
        if calibre is None or Measured.RANGE_KM in facts.measures:
            return False
        return category is self.category and calibre.high <= self.up_to_mm


@dataclass(frozen=True, slots=True)
class KindTraits:
    """The tables of kinds; ``registered`` holds what a category of the Register says of a type listed under it."""

    categories: Mapping[Category, Kind]
    nouns: Mapping[Category, NounTable[Kind]]
    beside: tuple[Beside, ...]
    registered: Mapping[tuple[Category, str], Facts]
    opposites: Mapping[Trait, frozenset[Trait]]
    reaches: tuple[Reach, ...]

    def of(self, category: Category, description: str) -> Kind:
        """Return what the nouns that head ``description`` say; the category's own kind where none is known."""
        heads = self.nouns[category].heads(description)
        return reduce(_either, heads) if heads else self.categories[category]

    def with_words(self, category: Category, facts: Facts, description: str) -> Facts:
        """Return ``facts`` as the words beside the noun change them; where several nouns are joined, they only may."""
        words, several = words_of(description), joins_several(description)
        for rule in self.beside:
            if rule.holds(category, words):
                facts = (
                    self.laid(facts, Facts({}, frozenset(), rule.facts.has | rule.facts.may_be))
                    if several
                    else (self.laid(facts, rule.facts, rule.without))
                )
        return facts

    def with_reach(self, category: Category, facts: Facts) -> Facts:
        """Return ``facts`` with the range that the calibre leaves, where no range is known."""
        reach = next((one for one in self.reaches if one.holds(category, facts)), None)
        if reach is None:
            return facts
        measures = {**facts.measures, Measured.RANGE_KM: reach.range_km}
        return Facts(measures, facts.has - reach.without, facts.may_be - reach.without)

    def laid(self, facts: Facts, over: Facts, without: frozenset[Trait] = frozenset()) -> Facts:
        """Return ``facts`` with narrower ones laid over: what contradicts these goes."""
        gone = without.union(*(self.opposites.get(trait, frozenset()) for trait in over.has))
        has = (facts.has - gone) | over.has
        return Facts({**facts.measures, **over.measures}, has, (facts.may_be | over.may_be) - gone - has)


def decided(facts: Facts, splits: Iterable[Split]) -> Facts:
    """Return ``facts`` with the traits that their measures decide."""
    for split in splits:
        bounds = facts.measures.get(split.measured)
        sides = split.below | split.from_
        if bounds is None:
            facts = facts if facts.has & sides else replace(facts, may_be=facts.may_be | sides)
            continue
        sure = split.below if bounds.high < split.at else split.from_ if bounds.low >= split.at else frozenset()
        rest = facts.may_be - sides if bounds.high < split.at or bounds.low >= split.at else facts.may_be | sides
        has = (facts.has - sides) | sure
        facts = replace(facts, has=has, may_be=rest - has)
    return facts


def either(facts: Facts, other: Facts) -> Facts:
    """Return what holds of an item that is the one or the other."""
    has = facts.has & other.has
    both = facts.measures.keys() & other.measures.keys()
    measures = {m: _spanning(facts.measures[m], other.measures[m]) for m in both}
    return Facts(measures, has, (facts.has | facts.may_be | other.has | other.may_be) - has)


def load_kinds(files: LexiconFiles) -> KindTraits:
    """Return the tables of kinds.

    Raises:
        LexiconError: the file is missing or a row breaks its schema.
    """
    rows = rows_of(files, "categories", {"category": str}, _KIND_KEYS)
    categories = {}
    for row in rows:
        where = f"{FILE}, category '{row['category']}'"
        categories[category_of(row, where)] = _kind(row, where, None)
    missing = [category for category in Category if category not in categories]
    if missing:
        raise LexiconError(f"{FILE}, part 'categories': no row for {', '.join(missing)}")
    return KindTraits(
        categories, _nouns(files, categories), _beside(files), _registered(files), _opposites(files), _reaches(files)
    )


_KIND_KEYS = ("has", "may_be", "splits", *MEASURES)


def _nouns(files: LexiconFiles, categories: Mapping[Category, Kind]) -> dict[Category, NounTable[Kind]]:
    named: dict[Category, list[tuple[str, Kind]]] = {category: [] for category in Category}
    for row in rows_of(files, "nouns", {"category": str, "nouns": list}, _KIND_KEYS):
        where = f"{FILE}, nouns {row['nouns'][:1]}"
        category = category_of(row, where)
        kind = _kind(row, where, categories[category])
        named[category] += [(noun, kind) for noun in row["nouns"]]
    return {category: noun_table(pairs) for category, pairs in named.items()}


def _kind(row: Row, where: str, base: Kind | None) -> Kind:
    """Return a row's kind; what it leaves unsaid it takes from the kind of its category."""
    category = category_of(row, where)
    has = traits_of(row, "has", where) | (base.facts.has if base else frozenset())
    may_be = traits_of(row, "may_be", where) if "may_be" in row or base is None else base.facts.may_be
    splits = tuple(_split(each, where) for each in row.get("splits", []))
    if "splits" not in row and base:
        splits = base.splits
    return Kind(category, Facts(measures_of(row, where), has, may_be - has), splits)


def _split(row: Row, where: str) -> Split:
    if set(row) != {"measured", "at", "below", "from"} or row["measured"] not in MEASURES:
        raise LexiconError(f"{where}: a split needs measured, at, below and from (found {row!r})")
    below, from_ = traits_of(row, "below", where), traits_of(row, "from", where)
    return Split(Measured(row["measured"]), float(row["at"]), below, from_)


def _beside(files: LexiconFiles) -> tuple[Beside, ...]:
    rules = []
    for row in rows_of(files, "words", {"words": list}, ("categories", "has", "may_be", "without")):
        where = f"{FILE}, words {row['words'][:1]}"
        categories = frozenset(category_of({"category": name}, where) for name in row.get("categories", []))
        facts = Facts({}, traits_of(row, "has", where), traits_of(row, "may_be", where))
        phrases = tuple(words_of(phrase) for phrase in row["words"])
        rules.append(Beside(phrases, categories, facts, traits_of(row, "without", where)))
    return tuple(rules)


def _registered(files: LexiconFiles) -> dict[tuple[Category, str], Facts]:
    registered = {}
    for row in rows_of(files, "registered", {"category": str, "code": str}, ("has", "may_be")):
        where = f"{FILE}, registered {row['code']}"
        facts = Facts({}, traits_of(row, "has", where), traits_of(row, "may_be", where))
        registered[category_of(row, where), row["code"]] = facts
    return registered


def _reaches(files: LexiconFiles) -> tuple[Reach, ...]:
    sources, found = load_sources(files), []
    keys = {"category": str, "up_to_mm": int, "range_km": str}
    for row in rows_of(files, "reaches", keys, ("without", "sources", "seen")):
        where = f"{FILE}, reaches of {row['category']}"
        sources_of(row, sources, where)
        reach, without = measures_of(row, where)[Measured.RANGE_KM], traits_of(row, "without", where)
        found.append(Reach(category_of(row, where), row["up_to_mm"], reach, without))
    return tuple(sorted(found, key=lambda reach: reach.up_to_mm))


def _opposites(files: LexiconFiles) -> dict[Trait, frozenset[Trait]]:
    opposites: dict[Trait, frozenset[Trait]] = {}
    for row in rows_of(files, "opposites", {"traits": list}, ()):
        pair = traits_of(row, "traits", f"{FILE}, part 'opposites'")
        for trait in pair:
            opposites[trait] = opposites.get(trait, frozenset()) | (pair - {trait})
    return opposites


def _either(kind: Kind, other: Kind) -> Kind:
    return Kind(kind.category, either(kind.facts, other.facts), (*kind.splits, *other.splits))


def _spanning(bounds: Bounds, other: Bounds) -> Bounds:
    return Bounds(min(bounds.low, other.low), max(bounds.high, other.high))
