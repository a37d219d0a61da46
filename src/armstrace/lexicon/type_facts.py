"""What is known of an item that a legal threshold asks for: range, payload, calibre, displacement, and traits.

The words for an item win over what is known of its type, and that over what holds for its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, reduce
from importlib.resources.abc import Traversable

from armstrace.errors import LexiconError
from armstrace.lexicon.designations import DesignationPattern, read_designations
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
from armstrace.lexicon.kind_traits import KindTraits, decided, either, load_kinds
from armstrace.lexicon.measured_words import measures_told
from armstrace.lexicon.schema import LexiconFiles, Row, packaged_data
from armstrace.lexicon.traits import Bounds, Facts, Measured, Trait, TypeFacts
from armstrace.lexicon.weapons import name_key
from armstrace.model import Category

__all__ = ["Bounds", "FactTables", "Measured", "Trait", "TypeFacts", "facts_for", "load_type_facts", "read_fact_tables"]

_WORD = re.compile(r"[^\s,;()]+")
_LONGEST_NAME = 4  # words in a name of a type


def facts_for(
    category: Category, designation: str | None, description: str
) -> tuple[Mapping[Measured, Bounds], frozenset[Trait], frozenset[Trait]]:
    """Return measures, traits that hold, and traits that may hold of an item; any other trait does not hold.

    Args:
        category: of the item; facts on a type or noun of another category are left aside ("engines for the Su-30").
        designation: the label of its type, as a claim holds it; None where it has none.
        description: the words of the text; a variant that they name ("Scud-B") is more than the label ("Scud").
    """
    facts = _packaged().of(category, designation, description)
    return facts.measures, facts.has, facts.may_be


def load_type_facts(folder: Traversable | None = None) -> Mapping[str, TypeFacts]:
    """Return name -> facts of the types in ``type_facts.yml`` of ``folder`` (default: the packaged one).

    Raises:
        LexiconError: the file is missing or breaks its schema, a row has no source and does not say so, or names a type
            that neither ``weapon_types.yml`` nor a pattern of ``weapon_patterns.yml`` knows in its category.
    """
    tables = read_fact_tables(LexiconFiles(folder)) if folder else _packaged()
    return {facts.name: facts for facts in tables.types.values()}


@dataclass(frozen=True, slots=True)
class FactTables:
    """Traits of kinds, facts on types by key of their name, the noun of each, and the Register's code of types."""

    kinds: KindTraits
    types: Mapping[str, TypeFacts]
    nouns: Mapping[str, str]
    codes: Mapping[tuple[str, Category], str]

    def of(self, category: Category, designation: str | None, description: str) -> Facts:
        """Return the facts on an item; see ``facts_for``."""
        kind = self.kinds.of(category, description)
        types = [Facts(t.measures, t.traits, t.may_be) for t in self._types(category, designation, description)]
        facts = reduce(either, types) if types else self._registered(kind.facts, category, designation)
        facts = self.kinds.with_words(category, facts, description)
        told = {Measured(key): Bounds(*span) for key, span in measures_told(category, description).items()}
        facts = self.kinds.with_reach(category, Facts({**facts.measures, **told}, facts.has, facts.may_be))
        return decided(facts, () if types else kind.splits)

    def noun(self, category: Category, designation: str | None, description: str) -> str:
        """Return the noun for the kind of the one type that words or designation name; empty where none is told."""
        types = self._types(category, designation, description)
        return self.nouns.get(types[0].name, "") if len(types) == 1 else ""

    def _types(self, category: Category, designation: str | None, description: str) -> list[TypeFacts]:
        """Return the types that the words name, else that of the designation; none where none is known."""
        found = list(self._in_words(category, _WORD.findall(description)))
        if designation and (facts := self._of(category, designation)):
            # "Shahed drones" under the label Shahed-136: the words name the family, the label the type.
            family = [each for each in found if name_key(designation).startswith(name_key(each.name))]
            found = [facts] if not found or family else found
        return found

    def _registered(self, facts: Facts, category: Category, designation: str | None) -> Facts:
        """Return ``facts`` with what the Register's category of a listed type says."""
        code = self.codes.get((name_key(designation or ""), category), "")
        over = self.kinds.registered.get((category, code))
        return self.kinds.laid(Facts(facts.measures, facts.has, over.may_be), over) if over else facts

    def _in_words(self, category: Category, words: list[str]) -> Iterator[TypeFacts]:
        """Yield the types that some words name: the longest name at each place, none overlapping."""
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + _LONGEST_NAME), start, -1)
            hits = ((end, self._of(category, " ".join(words[start:end]))) for end in ends if _is_name(words[start]))
            end, facts = next(((end, facts) for end, facts in hits if facts), (start + 1, None))
            if facts:
                yield facts
            start = end

    def _of(self, category: Category, name: str) -> TypeFacts | None:
        facts = self.types.get(name_key(name)) or self.types.get(name_key(name).removesuffix("s"))
        return facts if facts and facts.category is category else None


@cache
def _packaged() -> FactTables:
    return read_fact_tables(LexiconFiles(packaged_data()))


def read_fact_tables(files: LexiconFiles) -> FactTables:
    """Return the tables of facts of a lexicon folder; raises as ``load_type_facts`` does."""
    kinds = load_kinds(files)
    sources = load_sources(files)
    listed = files.read("weapon_types.yml")["types"]
    known = {(name_key(name), row["category"]) for row in listed for name in row["names"]}
    patterns = read_designations(files).patterns
    types: dict[str, TypeFacts] = {}
    nouns: dict[str, str] = {}
    for row in rows_of(files, "types", {"name": str, "category": str}, (*_TYPE_KEYS, *MEASURES)):
        facts = _type(row, kinds, sources)
        for name in (facts.name, *row.get("also", [])):
            if name_key(name) in types:
                raise LexiconError(f"{FILE}, type '{name}' stands twice")
            if (name_key(name), facts.category) not in known and not _patterned(patterns, name, facts.category):
                raise LexiconError(
                    f"{FILE}, type '{name}': neither a name of category {facts.category} in weapon_types.yml nor found "
                    "by a pattern of weapon_patterns.yml; add it there or correct the name"
                )
            types[name_key(name)] = replace(facts, name=name)
            nouns[name] = row.get("kind", "")
    codes = {
        (name_key(name), Category(row["category"])): row["un_register"]
        for row in listed
        for name in row["names"]
        if "un_register" in row
    }
    return FactTables(kinds, types, nouns, codes)


_TYPE_KEYS = ("also", "kind", "has", "may_be", "sources", "seen", "note")


def _type(row: Row, kinds: KindTraits, sources: Mapping[str, str]) -> TypeFacts:
    """Return a row's facts; the traits of its kind hold too."""
    where = f"{FILE}, type '{row['name']}'"
    category = category_of(row, where)
    base = kinds.categories[category].facts
    if "kind" in row:
        heads = kinds.nouns[category].heads(row["kind"])
        if len(heads) != 1:
            raise LexiconError(f"{where}: kind '{row['kind']}' is no noun of category {category} in this file")
        base = heads[0].facts
    has, may_be = traits_of(row, "has", where), traits_of(row, "may_be", where)
    plain = Facts({}, base.has, may_be if "may_be" in row or "kind" not in row else base.may_be)
    facts = kinds.laid(plain, Facts(measures_of(row, where), has, frozenset()))
    seen = row.get("seen", True)
    return TypeFacts(
        row["name"], category, facts.measures, facts.has, facts.may_be, sources_of(row, sources, where), seen=seen
    )


def _patterned(patterns: tuple[DesignationPattern, ...], name: str, category: Category) -> bool:
    return any(p.category is category and p.regex.fullmatch(name) for p in patterns)


def _is_name(word: str) -> bool:
    return any(sign.isupper() or sign.isdigit() for sign in word)
