"""Designations that no list holds ("Su-57E"), told by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from armstrace.document import Span
from armstrace.errors import LexiconError
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.match import Hit
from armstrace.lexicon.schema import LexiconFiles, Row, checked_rows
from armstrace.lexicon.weapons import read_category
from armstrace.model import Category

_FILE = "weapon_patterns.yml"


@dataclass(frozen=True, slots=True)
class DesignationPattern:
    """The shape of a family's designations, and the category and maker that it tells."""

    regex: re.Pattern[str]
    category: Category
    maker: str | None


@dataclass(frozen=True, slots=True)
class Designations:
    """The shapes of designations, the first before the later; ``any_of`` finds out at once where none stands."""

    patterns: tuple[DesignationPattern, ...]
    any_of: re.Pattern[str]

    def stand_in(self, words: str) -> bool:
        """Tell whether something of the shape of a designation stands in words."""
        return bool(self.any_of.search(words))

    def find(self, words: str) -> Iterator[Hit]:
        """Yield what has the shape of a designation, pattern by pattern; hits of several patterns may overlap."""
        if not self.stand_in(words):
            return
        for pattern in self.patterns:
            for match in pattern.regex.finditer(words):
                entry = Entry(EntryKind.WEAPON_TYPE, match.group(), pattern.maker, pattern.category)
                yield Hit(Span(*match.span()), (entry,))


def read_designations(files: LexiconFiles) -> Designations:
    """Return the packaged shapes of designations.

    Raises:
        LexiconError: a row of weapon_patterns.yml is not as it must be.
    """
    data = files.read(_FILE)
    rows = checked_rows(
        data.get("patterns"),
        _FILE,
        {"prefix": str, "regex": str, "category": str},
        frozenset({"maker", "examples", "misses", "note", "bare"}),
    )
    before, after = data.get("before") or "", data.get("after") or ""
    patterns = tuple(_pattern(row, before, after) for row in rows)
    return Designations(patterns, re.compile(f"{before}(?:{'|'.join(row['regex'] for row in rows)}){after}"))


def _pattern(row: Row, before: str, after: str) -> DesignationPattern:
    try:
        regex = re.compile(f"{before}(?:{row['regex']}){after}")
    except re.error as error:
        raise LexiconError(f"{_FILE}: pattern {row['prefix']!r} is broken: {error}") from error
    maker = row.get("maker")
    category = read_category(row["category"], f"{_FILE} ({row['prefix']})")
    return DesignationPattern(regex, category, maker if isinstance(maker, str) else None)
