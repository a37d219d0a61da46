"""Parties and arms as SIPRI's trade register names them, in the words of the lexicon.

``*`` behind a party marks an armed group ("Redwater Front (Chad)*"), ``**`` an international body.
"""

from __future__ import annotations

import re
from typing import Final

from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import Hit
from armstrace.lexicon.sipri_words import load_sipri_words
from armstrace.model import Category, Item, Party
from armstrace.text.csv_records import Cell, words_of

_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)\s*")
_UNKNOWN: Final = re.compile(r"unknown\b", re.IGNORECASE)
_ACTORS: Final = (EntryKind.GROUP, EntryKind.BODY)
_NOUN: Final = EntryKind.WEAPON_NOUN


class Names:
    """The lexicon's names; what a cell means is looked up once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = load_sipri_words()
        self._parties: dict[str, tuple[str | None, str | None]] = {}
        self._items: dict[tuple[str, str], tuple[Category, tuple[tuple[str, str], ...]]] = {}

    def party(self, cell: Cell, text: str) -> Party | None:
        """Return the party of a cell; None for an unknown one."""
        span = words_of(cell, text)
        words = cell.text.strip()
        if _UNKNOWN.match(words):
            return None
        if words not in self._parties:
            self._parties[words] = self._meant(words)
        return Party(*self._parties[words], span.of(text), span)

    def item(self, designation: Cell, description: Cell, text: str) -> Item:
        """Return the arms of two cells; a designation that only repeats the description is none."""
        name, kind = designation.text.strip(), description.text.strip()
        if (name, kind) not in self._items:
            category = self._category(name, kind)
            own = name if name and name != kind else None
            self._items[name, kind] = category, self._lexicon.item_codes.certain(category, kind or name, own)
        category, codes = self._items[name, kind]
        span = words_of(description if kind else designation, text)
        return Item(name if name != kind and name else None, span.of(text), category, span, codes)

    def _meant(self, words: str) -> tuple[str | None, str | None]:
        """Return country and organisation of a name; a state that is no more goes by the code that the lexicon gives.

        A name that is not that of a state whole is an organisation, of the one state that it names.
        """
        name = words.rstrip("*").strip()
        hits = self._lexicon.matcher.find(name)
        states = {e.country for hit in hits for e in hit.entries if e.kind is EntryKind.COUNTRY}
        state = next(iter(states)) if len(states) == 1 else None
        if not words.endswith("*") and state and _covers(name, hits):
            return state, None
        actors = [e for hit in hits for e in hit.entries if e.kind in _ACTORS and e.strong]
        label = actors[0].label if actors else " ".join(_IN_BRACKETS.sub(" ", name).split()) or name
        return state or (actors[0].country if actors else None), label

    def _category(self, designation: str, description: str) -> Category:
        """Return the category that the end of the description tells, else the type; arms in general where none does."""
        listed = self._words.category_of(description)
        if listed:
            return listed
        return self._told(description) or self._told(designation) or Category.OTHER

    def _told(self, words: str) -> Category | None:
        ends = [hit for hit in self._lexicon.matcher.find(words) if hit.span.end == len(words)]
        found = [e.category for hit in ends for e in hit.entries if e.category and (e.kind is _NOUN or _is_type(e))]
        return found[0] if found else None


def _is_type(entry: Entry) -> bool:
    return entry.kind is EntryKind.WEAPON_TYPE and entry.strong


def _covers(name: str, hits: tuple[Hit, ...]) -> bool:
    """Tell whether names of states take up every letter of a name."""
    inside = [hit.span for hit in hits if any(e.kind is EntryKind.COUNTRY for e in hit.entries)]
    return all(any(s.start <= at < s.end for s in inside) for at, c in enumerate(name) if c.isalnum())
