"""An answer's values checked against the report and the closed lists; what fails is dropped and noted, never mended."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from armstrace.document import Span
from armstrace.llm.quotes import Quotes

# Why something was dropped; these words are shown and counted.
NOT_IN_TEXT = "words that are not in the report"
NO_CODE = "no such country code"
NOT_LISTED = "value outside its closed list"
NO_NUMBER = "words in which no number or date can be read"
WRONG_SHAPE = "value of the wrong shape"
NOT_ASKED = "key that was not asked for"
TOO_MANY = "more entries than are read"
# These cost the whole claim.
NO_EVIDENCE = "evidence that is no sentence of the report"
NO_PARTY = "neither supplier nor recipient"
UNTOLD = "kind or polarity not told"
REPEATED = "the same claim again"

CLAIM = "claim"  # the field of a drop that costs the whole claim
MOST_ENTRIES = 20  # of one list inside a claim; no sentence names more
_LONGEST_WORDS = 160

Row = dict[str, Any]
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Drop:
    """One value of an answer that was left out: of which claim (by its number there), what, and why."""

    number: int
    field: str
    words: str
    reason: str

    def __str__(self) -> str:
        """Return one line for people, ``claim 2, recipient: 'Atlantis' (words that are not in the report)``."""
        place = f"claim {self.number}" if self.field == CLAIM else f"claim {self.number}, {self.field}"
        return f"{place}: '{self.words}' ({self.reason})"


class Checks:
    """Checks the values of one answer; ``number`` is the claim that is being read."""

    def __init__(self, quotes: Quotes, codes: Collection[str]) -> None:
        self.drops: list[Drop] = []
        self.number = 0
        self._quotes = quotes
        self._codes = codes

    def drop(self, field: str, value: object, reason: str) -> None:
        """Note that a value is left out."""
        words = value if isinstance(value, str) else "null" if value is None else type(value).__name__
        short = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]} …"
        self.drops.append(Drop(self.number, field, short, reason))

    def quote(self, value: object, field: str, near: Span | None) -> Span | None:
        """Return where a quote stands inside one sentence of the report; None, and noted, where it does not."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.drop(field, value, WRONG_SHAPE)
            return None
        span = self._quotes.find(value, near)
        if span is None or self._quotes.sentence_of(span) is None:
            self.drop(field, value, NOT_IN_TEXT)
            return None
        return span

    def listed(self, kind: type[E], value: object, field: str) -> E | None:
        """Return a value of a closed list; None, and noted, for any other."""
        found = next((member for member in kind if member.value == value), None)
        if found is None:
            self.drop(field, value, NOT_LISTED)
        return found

    def country(self, value: object, field: str) -> str | None:
        """Return a known country code; None, and noted, for any other."""
        if value is None:
            return None
        if isinstance(value, str) and value in self._codes:
            return value
        self.drop(f"{field} country", value, NO_CODE)
        return None

    def row(self, value: object, field: str, keys: Collection[str]) -> Row | None:
        """Return an object, what was not asked for noted; None, and noted, for anything else."""
        if not isinstance(value, dict):
            self.drop(field, value, WRONG_SHAPE)
            return None
        for key in value:
            if key not in keys:
                self.drop(f"{field} key", key, NOT_ASKED)
        return value

    def rows(self, value: object, field: str, keys: Collection[str]) -> Iterator[Row]:
        """Yield the objects of a list, at most twenty."""
        if not isinstance(value, list):
            self.drop(field, value, WRONG_SHAPE)
            return
        for number, each in enumerate(value):
            if number >= MOST_ENTRIES:
                self.drop(field, f"{len(value)} entries", TOO_MANY)
                return
            row = self.row(each, field, keys)
            if row is not None:
                yield row
