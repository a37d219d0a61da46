"""Reading the rows of ``type_facts.yml``: traits, measures and sources, each error naming the row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from armstrace.errors import LexiconError
from armstrace.lexicon.schema import LexiconFiles, Row, checked_rows
from armstrace.lexicon.traits import Bounds, Measured, Trait
from armstrace.model import Category

FILE = "type_facts.yml"
MEASURES = frozenset(map(str, Measured))
_BOUNDS = re.compile(r"(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?")
_ALL = "all"


def rows_of(files: LexiconFiles, part: str, required: Mapping[str, type], allowed: Iterable[str]) -> list[Row]:
    """Return the rows of one part of the file.

    Raises:
        LexiconError: the part is missing, or a row lacks a key or holds an unknown one.
    """
    data = files.read(FILE)
    rows = data.get(part) if isinstance(data, dict) else None
    return checked_rows(rows, f"{FILE}, part '{part}'", required, frozenset(allowed))


def category_of(row: Row, where: str) -> Category:
    """Return the category that a row names."""
    try:
        return Category(row["category"])
    except ValueError as error:
        raise LexiconError(f"{where}: category '{row['category']}' is none of {', '.join(Category)}") from error


def traits_of(row: Row, key: str, where: str) -> frozenset[Trait]:
    """Return the traits under ``key``; the word ``all`` stands for every trait."""
    words = row.get(key, [])
    if words == _ALL:
        return frozenset(Trait)
    if not isinstance(words, list):
        raise LexiconError(f"{where}: '{key}' must be a list of traits (found {words!r})")
    unknown = [word for word in words if word not in set(map(str, Trait))]
    if unknown:
        raise LexiconError(f"{where}: {unknown} in '{key}' is none of the traits {', '.join(Trait)}")
    return frozenset(map(Trait, words))


def measures_of(row: Row, where: str) -> dict[Measured, Bounds]:
    """Return the measures of a row, written as one number or as ``low..high``."""
    return {measured: _bounds(row[measured], f"{where}: '{measured}'") for measured in Measured if measured in row}


def _bounds(value: object, where: str) -> Bounds:
    found = _BOUNDS.fullmatch(str(value))
    if not found:
        raise LexiconError(f"{where} must be a number or low..high (found {value!r})")
    bounds = Bounds(float(found[1]), float(found[2] or found[1]))
    if bounds.low > bounds.high:
        raise LexiconError(f"{where}: {found[1]} is above {found[2]}; write the lower value first")
    return bounds


def load_sources(files: LexiconFiles) -> dict[str, str]:
    """Return key -> title and address of each source."""
    rows = rows_of(files, "sources", {"key": str, "title": str, "address": str}, ())
    for row in rows:
        if not row["title"].strip() or not row["address"].startswith(("https://", "http://")):
            raise LexiconError(f"{FILE}, source '{row['key']}': a title and a web address are expected")
    keys = [row["key"] for row in rows]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise LexiconError(f"{FILE}: source {twice} stands twice")
    return {row["key"]: f"{row['title']}, {row['address']}" for row in rows}


def sources_of(row: Row, sources: Mapping[str, str], where: str) -> tuple[str, ...]:
    """Return the sources of a row; none only where it says ``seen: false``."""
    keys = row.get("sources", [])
    unknown = [key for key in keys if key not in sources]
    if unknown:
        raise LexiconError(f"{where}: source {unknown} is not among the sources at the head of the file")
    if bool(keys) == (row.get("seen") is False):
        raise LexiconError(f"{where}: give its sources, or 'seen: false' where no page was looked up for it")
    return tuple(sources[key] for key in keys)
