"""Finding the signs in plain words: one automaton for the listed ones, patterns for designations that no list holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import ahocorasick_rs

from armstrace.lexicon.designations import DesignationPattern
from armstrace.lexicon.load import Lexicon
from armstrace.relevance.plain import HYPHEN
from armstrace.relevance.signs import DESIGNATION, Sign, list_signs
from armstrace.relevance.windows import Found

_DIGIT = re.compile(rb"\d")
# What makers and the press add to a name that is listed: "U-209PN", "Fateh-360s".
_VARIANT = re.compile(rb"[A-Z]{0,4}s?$")
_HYPHEN = HYPHEN.encode()
_KNOWN_NUMBERS = 8192
_LONGEST = 24  # bytes of a designation

_IsDesignation = Callable[[bytes, bytes], bool]


class Spotter:
    """Finds signs; built once for a lexicon and read only."""

    def __init__(self, lexicon: Lexicon) -> None:
        signs = list_signs(lexicon)
        self._signs = list(signs.values())
        self._search = ahocorasick_rs.BytesAhoCorasick(
            list(signs),
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )
        self._is_designation = _reader_of(lexicon.designations.patterns, signs)

    def find(self, words: bytes) -> list[Found]:
        """Return the signs among plain words in order of places."""
        signs = self._signs
        found = [
            Found(start, sign)
            for number, start, _ in self._search.find_matches_as_indexes(words.lower())
            for sign in signs[number]
            if not sign.begins or words.startswith(sign.begins, start + 1)
        ]
        arms = {one.at for one in found if one.sign.role == "arms"}
        numbered = [Found(at, DESIGNATION) for at in self._designations(words) if at not in arms]
        return sorted(found + numbered, key=_place) if numbered else found

    def _designations(self, words: bytes) -> Iterator[int]:
        """Yield the places of words with a digit that are designations, with the word before a hyphen."""
        end = 0
        while match := _DIGIT.search(words, end):
            start = words.rfind(b" ", 0, match.start()) + 1
            end = words.find(b" ", start)
            before = words.rfind(b" ", 0, start - 2) + 1
            if end - before <= _LONGEST and self._is_designation(words[before : start - 2], words[start:end]):
                yield (before if words.startswith(_HYPHEN, start) else start) - 1


def _place(one: Found) -> int:
    return one.at


def _reader_of(patterns: Sequence[DesignationPattern], signs: Mapping[bytes, tuple[Sign, ...]]) -> _IsDesignation:
    any_of = re.compile("|".join(f"(?:{pattern.regex.pattern})" for pattern in patterns), re.IGNORECASE)
    names = {key for key, found in signs.items() if any(one.role == "arms" and not one.begins for one in found)}

    @lru_cache(_KNOWN_NUMBERS)  # of a pure function: the same years and numbers fill all texts
    def is_designation(before: bytes, numbered: bytes) -> bool:
        """Tell whether a word with a digit, after the word before it, is a listed name or fits a pattern."""
        root = _VARIANT.sub(b"", numbered).lower()
        if root[-1:].isdigit() and (b" %b  %b " % (before.lower(), root) in names or b" %b " % root in names):
            return True
        word = numbered.decode("utf-8", "replace")
        if word.startswith(HYPHEN) or (word[:1].isdigit() and before.isalpha()):
            word = before.decode("utf-8", "replace") + ("-" if word[0] == HYPHEN else " ") + word.lstrip(HYPHEN)
        return any(any_of.fullmatch(form) for form in (word, word.removesuffix("s")))

    return is_designation
