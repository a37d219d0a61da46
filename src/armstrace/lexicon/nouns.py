"""The noun that heads the words for an item: of "parts for guns" the parts, of "rounds of ammunition" the latter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*", re.UNICODE)
# Spellings of one word; tables hold the first.
_BRITISH = {
    "armor": "armour",
    "armored": "armoured",
    "antiarmor": "antiarmour",
    "defense": "defence",
    "defenses": "defences",
}
_QUALIFIES = re.compile(r"\s(?:for|with|to|in|from|by|on|at|that|which|including|used|made|capable)\s|[(;]")
_SEVERAL = re.compile(r"\s*(?:,|/|\band\b|\bor\b|&)\s*")
# Before "of" these only count or package what follows: "rounds of rifle ammunition", "shipments of drones".
_COUNTING = frozenset(
    "round piece box crate case shipment consignment cargo stock stockpile set batch lot delivery supply type kind "
    "number quantity thousand million hundred dozen ton tonne unit item variety range".split()
)

T = TypeVar("T")


def forms(noun: str) -> tuple[str, ...]:
    """Return a noun with its regular plural."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun, f"{noun[:-1]}ies"
    if noun.endswith("man"):
        return noun, f"{noun[:-3]}men"
    return noun, f"{noun}es" if noun.endswith(_SIBILANTS) else f"{noun}s"


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case and British spelling, parted by hyphens and other signs too."""
    return tuple(_BRITISH.get(word, word) for word in map(str.lower, _WORD.findall(text)))


@dataclass(frozen=True, slots=True)
class NounTable(Generic[T]):
    """What nouns stand for, found by the longest noun that ends a phrase."""

    by_words: Mapping[tuple[str, ...], T]
    longest: int

    def heads(self, description: str) -> tuple[T, ...]:
        """Return what the heads of ``description`` stand for: several where it joins several, none if unknown."""
        phrase = _without_counting(_QUALIFIES.split(description.strip(), maxsplit=1)[0])
        joined = [found for part in _SEVERAL.split(phrase) if (found := self._last(words_of(part))) is not None]
        return tuple(joined)

    def _last(self, words: tuple[str, ...]) -> T | None:
        """Return the value of the longest noun among those that end last."""
        for end in range(len(words), 0, -1):
            for start in range(max(0, end - self.longest), end):
                if (found := self.by_words.get(words[start:end])) is not None:
                    return found
        return None


def noun_table(named: Iterable[tuple[str, T]]) -> NounTable[T]:
    """Return a table of nouns, singular and plural; of two entries for one noun the first stays."""
    by_words: dict[tuple[str, ...], T] = {}
    for noun, value in named:
        for form in forms(noun.lower()):
            by_words.setdefault(words_of(form), value)
    return NounTable(by_words, max(map(len, by_words), default=0))


def joins_several(description: str) -> bool:
    """Tell whether the words for an item join several ("anti-tank and anti-aircraft missiles")."""
    phrase = _QUALIFIES.split(description.strip(), maxsplit=1)[0]
    return len([part for part in _SEVERAL.split(phrase) if words_of(part)]) > 1


def _without_counting(phrase: str) -> str:
    """Return the part that "of" joins to a word of counting; else the part before "of"."""
    before, of, after = phrase.partition(" of ")
    counting = (
        bool(of) and words_of(before)[-1:] != () and any(form in _COUNTING for form in _singular(words_of(before)[-1]))
    )
    return _without_counting(after) if counting else before


def _singular(word: str) -> tuple[str, ...]:
    return word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"
