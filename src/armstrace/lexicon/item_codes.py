"""Codes of an item in lists of arms: UN Register, small arms form, SIPRI, Munitions Lists, missile regime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from armstrace.errors import LexiconError
from armstrace.lexicon.code_rules import ItemCode, Rules, read_rules
from armstrace.lexicon.nouns import NounTable, noun_table
from armstrace.lexicon.schema import LexiconFiles, Row, checked_rows, packaged_data
from armstrace.lexicon.type_facts import FactTables, read_fact_tables
from armstrace.lexicon.weapons import name_key
from armstrace.model import Category

__all__ = ["ItemCode", "ItemCodes", "codes_for", "read_item_codes"]

_FILE = "item_codes.yml"
_Kind = Mapping[str, Rules]  # by system


def codes_for(category: Category, description: str, designation: str | None) -> tuple[ItemCode, ...]:
    """Return the codes of an item in every list, in the order of the lists; one without code where a list has none.

    Args:
        category: of the item.
        description: the words of the text.
        designation: the name of its type; None where it has none.
    """
    return _packaged().of(category, description, designation)


@dataclass(frozen=True, slots=True)
class ItemCodes:
    """The crosswalk: titles of codes by list, rules by category and noun, and the codes that types bear themselves."""

    titles: Mapping[str, Mapping[str, str]]
    categories: Mapping[Category, _Kind]
    nouns: Mapping[Category, NounTable[_Kind]]
    types: Mapping[tuple[str, Category], Mapping[str, str]]
    facts: FactTables

    def of(self, category: Category, description: str, designation: str | None) -> tuple[ItemCode, ...]:
        """Return the codes of an item in every list; see ``codes_for``."""
        facts = self.facts.of(category, designation, description)
        own = self.types.get((name_key(designation), category), {}) if designation else {}
        kind = self._kind(category, description) | self._kind(
            category, self.facts.noun(category, designation, description)
        )
        codes: list[ItemCode] = []
        for system, titles in self.titles.items():
            rules = kind.get(system, self.categories[category][system])
            if system in own:
                codes.append(ItemCode(system, own[system], titles[own[system]], certain=True, condition=""))
            else:
                codes += rules.codes(system, titles, facts)
        return tuple(codes)

    def _kind(self, category: Category, words: str) -> dict[str, Rules]:
        """Return the rules of the noun that heads some words; none where several do, or none is known."""
        heads = self.nouns[category].heads(words)
        return dict(heads[0]) if len(heads) == 1 else {}

    def certain(self, category: Category, description: str, designation: str | None) -> tuple[tuple[str, str], ...]:
        """Return (list, code) of the codes that hold for sure, as claims carry them."""
        codes = self.of(category, description, designation)
        return tuple((each.system, each.code) for each in codes if each.certain and each.code)


def read_item_codes(files: LexiconFiles) -> ItemCodes:
    """Return the crosswalk of a lexicon folder.

    Raises:
        LexiconError: a file is missing or breaks its schema, or a category lacks a list.
    """
    titles = _titles(files)
    categories, named = _kinds(files, titles)
    for category in Category:
        lacking = [system for system in titles if system not in categories.get(category, {})]
        if lacking:
            raise LexiconError(f"{_FILE}, category '{category}': nothing is said of {', '.join(lacking)}")
    nouns = {category: noun_table(named[category]) for category in Category}
    return ItemCodes(titles, categories, nouns, _types(files, titles), read_fact_tables(files))


@cache
def _packaged() -> ItemCodes:
    return read_item_codes(LexiconFiles(packaged_data()))


def _titles(files: LexiconFiles) -> dict[str, dict[str, str]]:
    required = {"key": str, "title": str, "sources": list, "codes": list}
    titles = {}
    for row in checked_rows(files.read(_FILE).get("systems"), f"{_FILE}, part 'systems'", required, frozenset()):
        where = f"{_FILE}, system '{row['key']}'"
        sources = checked_rows(row["sources"], where, {"title": str, "address": str}, frozenset())
        if not sources or not all(source["address"].startswith(("https://", "http://")) for source in sources):
            raise LexiconError(f"{where}: a title and a web address of the list are expected")
        codes = checked_rows(row["codes"], where, {"code": str, "title": str}, frozenset({"changed"}))
        titles[row["key"]] = {code["code"]: code["title"] for code in codes}
    return titles


def _kinds(
    files: LexiconFiles, titles: Mapping[str, Mapping[str, str]]
) -> tuple[dict[Category, _Kind], dict[Category, list[tuple[str, _Kind]]]]:
    """Return the rules of each category, and those of the nouns of each."""
    categories: dict[Category, _Kind] = {}
    named: dict[Category, list[tuple[str, _Kind]]] = {category: [] for category in Category}
    rows = files.read(_FILE).get("kinds")
    for row in checked_rows(rows, f"{_FILE}, part 'kinds'", {"category": str}, frozenset({"nouns", *titles})):
        where = f"{_FILE}, {row['category']} {row.get('nouns', [''])[0]}".rstrip()
        if row["category"] not in set(map(str, Category)):
            raise LexiconError(f"{where}: the category is none of {', '.join(Category)}")
        category = Category(row["category"])
        kind = {s: read_rules(row[s], titles[s], f"{where}, {s}") for s in titles if s in row}
        if "nouns" in row:
            named[category] += [(noun, kind) for noun in row["nouns"]]
        else:
            categories[category] = kind
    return categories, named


def _types(files: LexiconFiles, titles: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, Category], dict[str, str]]:
    """Return the codes that the columns of ``weapon_types.yml`` give, by name and category."""
    columns = _columns(files, titles)
    types: dict[tuple[str, Category], dict[str, str]] = {}
    for row in files.read("weapon_types.yml")["types"]:
        category = Category(row["category"])
        own = dict(_own(row, columns, titles))
        for name in row["names"] if own else ():
            types.setdefault((name_key(name), category), own)
    return types


# Columns whose values are codes of a list as they stand; un_register goes by the table of columns.
_PLAIN = (("ml", "wassenaar-ml"), ("usml", "usml"), ("sipri", "sipri"))


def _columns(
    files: LexiconFiles, titles: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str | None], tuple[str, str]]:
    """Return (value of un_register, category or None for any) -> list and code."""
    required = {"value": str, "system": str, "code": str}
    rows = checked_rows(files.read(_FILE).get("un_register"), _FILE, required, frozenset({"category"}))
    for row in rows:
        if row["code"] not in titles.get(row["system"], {}):
            raise LexiconError(f"{_FILE}, part 'un_register': '{row['system']}' has no code '{row['code']}'")
    return {(row["value"], row.get("category")): (row["system"], row["code"]) for row in rows}


def _own(
    row: Row, columns: Mapping[tuple[str, str | None], tuple[str, str]], titles: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, str]]:
    """Return (list, code) of a type's own columns."""
    where = f"weapon_types.yml ({row['name']})"
    own = [(system, str(row[column])) for column, system in _PLAIN if column in row]
    for system, code in own:
        if code not in titles[system]:
            raise LexiconError(f"{where}: the list '{system}' has no code '{code}'")
    if value := row.get("un_register"):
        found = columns.get((value, row["category"])) or columns.get((value, None))
        if found is None:
            raise LexiconError(f"{where}: un_register '{value}' says nothing of category '{row['category']}'")
        own.append(found)
    return own
