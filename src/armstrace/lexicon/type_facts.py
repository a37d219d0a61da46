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
from armstrace.lexicon.weapons import designation_patterns
from armstrace.model import Category

__all__ = ["Bounds", "Measured", "Trait", "TypeFacts", "facts_for", "load_type_facts"]

_SIGNS = re.compile(r"[^a-z0-9]+")
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
    tables = _packaged()
    kind = tables.kinds.of(category, description)
    types = tables.named(category, designation, description)
    facts = reduce(either, types) if types else tables.registered(kind.facts, category, designation)
    facts = tables.kinds.with_words(category, facts, description)
    told = {Measured(key): Bounds(*span) for key, span in measures_told(category, description).items()}
    facts = Facts({**facts.measures, **told}, facts.has, facts.may_be)
    facts = decided(facts, () if types else kind.splits)
    return facts.measures, facts.has, facts.may_be


def load_type_facts(folder: Traversable | None = None) -> Mapping[str, TypeFacts]:
    """Return name -> facts of the types in ``type_facts.yml`` of ``folder`` (default: the packaged one).

    Raises:
        LexiconError: the file is missing or breaks its schema, a row has no source and does not say so, or names a type
            that neither ``weapon_types.yml`` nor a pattern of ``weapon_patterns.yml`` knows in its category.
    """
    tables = _read(folder) if folder else _packaged()
    return {facts.name: facts for facts in tables.types.values()}


@dataclass(frozen=True, slots=True)
class _Tables:
    kinds: KindTraits
    types: Mapping[str, TypeFacts]
    codes: Mapping[str, tuple[Category, str]]

    def named(self, category: Category, designation: str | None, description: str) -> list[Facts]:
        """Return the facts on the types that the words name, else on the designation; none where none is known."""
        found = list(self._in_words(category, _WORD.findall(description)))
        if not found and designation and (facts := self._of(category, designation)):
            found = [facts]
        return [Facts(facts.measures, facts.traits, facts.may_be) for facts in found]

    def registered(self, facts: Facts, category: Category, designation: str | None) -> Facts:
        """Return ``facts`` with what the Register's category of a listed type says."""
        of_type, code = self.codes.get(designation or "", (None, ""))
        over = self.kinds.registered.get((category, code)) if of_type is category else None
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
        facts = self.types.get(_key(name)) or self.types.get(_key(name).removesuffix("s"))
        return facts if facts and facts.category is category else None


@cache
def _packaged() -> _Tables:
    return _read(packaged_data())


def _read(folder: Traversable) -> _Tables:
    files = LexiconFiles(folder)
    kinds = load_kinds(files)
    sources = load_sources(files)
    listed = files.read("weapon_types.yml")["types"]
    known = {(_key(name), row["category"]) for row in listed for name in row["names"]}
    types: dict[str, TypeFacts] = {}
    for row in rows_of(files, "types", {"name": str, "category": str}, (*_TYPE_KEYS, *MEASURES)):
        facts = _type(row, kinds, sources)
        for name in (facts.name, *row.get("also", [])):
            if _key(name) in types:
                raise LexiconError(f"{FILE}, type '{name}' stands twice")
            if (_key(name), facts.category) not in known and not _patterned(files, name, facts.category):
                raise LexiconError(
                    f"{FILE}, type '{name}': neither a name of category {facts.category} in weapon_types.yml nor found "
                    "by a pattern of weapon_patterns.yml; add it there or correct the name"
                )
            types[_key(name)] = replace(facts, name=name)
    codes = {row["name"]: (Category(row["category"]), row.get("un_register", "")) for row in listed}
    return _Tables(kinds, types, codes)


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


def _patterned(files: LexiconFiles, name: str, category: Category) -> bool:
    return any(p.category is category and p.regex.fullmatch(name) for p in designation_patterns(files))


def _is_name(word: str) -> bool:
    return any(sign.isupper() or sign.isdigit() for sign in word)


def _key(name: str) -> str:
    """Return a name without case, hyphens and spaces: "Scud B", "Scud-B" and "SCUD-B" are one."""
    return _SIGNS.sub("", name.lower())
