"""Finding the lexicon's names in a text: longest name at whole-word borders, all meanings kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from armstrace.document import Span
from armstrace.lexicon.entries import Entry, Names


@dataclass(frozen=True, slots=True)
class Hit:
    """One name found: where, and everything that it may stand for."""

    span: Span
    entries: tuple[Entry, ...]


class Matcher:
    """Automata over all names; built once, read only."""

    def __init__(self, names: Names) -> None:
        self._cased = _Automaton(names.cased)
        self._upper = _Automaton(_upper_case(names.cased))
        self._lower = _Automaton(names.lower)

    def names(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Yield every name as written and every noun in lower case, in order, with all that it may stand for."""
        yield from self._cased.entries()
        yield from self._lower.entries()

    def find(self, text: str, *, capitals: bool = False) -> tuple[Hit, ...]:
        """Return the names in ``text`` in order, none overlapping; of two that overlap the longer stays.

        With ``capitals`` the text is all in capitals (old telexes, headlines), and names match so too.
        """
        text = folded(text)
        low = lower_keeping_length(text)
        found = [*self._cased.find(text), *self._lower.find(low)]
        if capitals:
            found += self._upper.find(text)
        return _longest(found)


class _Automaton:
    def __init__(self, entries: Mapping[str, tuple[Entry, ...]]) -> None:
        self._keys = sorted(entries)
        self._entries = [entries[key] for key in self._keys]
        self._search = ahocorasick_rs.AhoCorasick(self._keys, matchkind=ahocorasick_rs.MatchKind.Standard)

    def entries(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        return zip(self._keys, self._entries, strict=True)

    def find(self, text: str) -> list[Hit]:
        if not self._keys:
            return []
        matches = self._search.find_matches_as_indexes(text, overlapping=True)
        return [Hit(Span(s, e), self._entries[k]) for k, s, e in matches if _is_whole(text, s, e)]


# One character for each: curly apostrophes, hyphens and spaces as the names are written, and lone surrogates, which
# the automaton does not take, as what no name holds.
_FOLDS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\n": " ", "\r": " ", "\t": " "}
) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def folded(text: str) -> str:
    """Return ``text`` with typographic apostrophes, hyphens and white space made plain, length kept."""
    return text.translate(_FOLDS)


def lower_keeping_length(text: str) -> str:
    """Return ``text`` in lower case with every character at its place (a few letters lower to two: those stay)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a match begins and ends at word borders ("Iran" is not in "Iranian" nor in "pro-Iran2")."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return False
    return not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())


def _upper_case(entries: Mapping[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
    upper: dict[str, tuple[Entry, ...]] = {}
    for name, meanings in entries.items():
        key = name.upper()
        upper[key] = upper.get(key, ()) + meanings
    return upper


def _longest(hits: list[Hit]) -> tuple[Hit, ...]:
    """Keep, from left to right, the longer of overlapping hits; meanings of equal spans are joined."""
    hits.sort(key=lambda h: (h.span.start, -h.span.end))
    kept: list[Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if last and last.span == hit.span:
            kept[-1] = Hit(hit.span, tuple(dict.fromkeys(last.entries + hit.entries)))
        elif not last or hit.span.start >= last.span.end:
            kept.append(hit)
        elif hit.span.end - hit.span.start > last.span.end - last.span.start:
            kept[-1] = hit
    return tuple(kept)
