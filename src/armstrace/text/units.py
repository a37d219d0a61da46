"""What a number counts: the noun after it, looked up in ``units.yml``."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from armstrace.text.numerals import FLAGS, GAP, LEFT, RIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping

PIECES = "pieces"
PERSONS = "persons"


class Unit(NamedTuple):
    """The counting unit, and where the words that tell it end (where they follow the number directly)."""

    name: str
    end: int


class UnitWords(NamedTuple):
    """The tables of ``units.yml``: noun in lower case -> unit, and the units that measure arms."""

    plural: Mapping[str, str]
    singular: Mapping[str, str]
    arms: frozenset[str]
    container: re.Pattern[str]


_TOKEN = re.compile(rf"(?:{GAP}|(?<=-))(?P<word>[^\W_](?:[\w'’./-]{{0,40}}[\w])?)")
_OF = re.compile(rf"{GAP}of{RIGHT}", FLAGS)
_LOOK_AHEAD = 6

_THROUGH = frozenset(
    (
        "of",
        "the",
        "its",
        "their",
        "his",
        "our",
        "these",
        "those",
        "such",
        "more",
        "other",
        "additional",
        "further",
    )
)
_STOPS = frozenset(
    (
        "and",
        "or",
        "but",
        "to",
        "for",
        "from",
        "in",
        "on",
        "at",
        "by",
        "with",
        "without",
        "into",
        "onto",
        "via",
        "that",
    )
    + (
        "which",
        "who",
        "whose",
        "when",
        "where",
        "while",
        "as",
        "if",
        "than",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
    )
    + (
        "has",
        "have",
        "had",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "can",
        "said",
        "says",
        "did",
        "does",
    )
    + (
        "a",
        "an",
        "each",
        "per",
        "it",
        "they",
        "he",
        "she",
        "we",
        "not",
        "after",
        "before",
        "since",
        "during",
        "over",
    )
    + (
        "under",
        "against",
        "between",
        "through",
        "about",
        "remain",
        "remained",
        "because",
        "worth",
        "plus",
        "including",
    )
)
_S_MODIFIERS = frozenset(
    ("arms", "weapons", "munitions", "defense", "sports", "airforces", "series", "chemicals")
)
"""Plurals that stand before the head noun: "three arms shipments", "two weapons systems"."""


def read_unit(text: str, end: int, *, singular: bool) -> Unit:
    """Return what a number that ends at ``end`` counts; ``pieces`` where no listed noun tells.

    The nearest listed noun decides, up to the first plural noun or the first word that cannot stand inside a
    noun phrase. ``singular`` admits singular nouns ("one battery"); elsewhere a singular is a mere modifier
    ("20 troop carriers").
    """
    words = load_unit_words()
    position, first = end, True
    for _ in range(_LOOK_AHEAD):
        token = _TOKEN.match(text, position)
        if token is None or (word := token["word"].lower()) in _STOPS:
            break
        name = words.plural.get(word) or (words.singular.get(word) if singular else None)
        if name is not None and not (singular and _continues(text, token.end())):
            if name not in words.arms:
                return Unit(name, end)
            return _packed(text, token.end(), Unit(name, token.end() if first else end))
        if (
            word.endswith("s")
            and not word.endswith(("ss", "us", "is", "'s", "’s"))
            and word not in _S_MODIFIERS | _THROUGH
        ):
            break
        position, first = token.end(), False
    return Unit(PIECES, end)


def _packed(text: str, end: int, unit: Unit) -> Unit:
    """Return what a packing holds where that is no arms: "three rounds of talks" are events."""
    of = _OF.match(text, end)
    token = _TOKEN.match(text, of.end()) if of else None
    words = load_unit_words()
    held = words.plural.get(token["word"].lower()) if token else None
    return unit if held is None or held == PERSONS or held in words.arms else Unit(held, end)


def counts_arms(unit: str) -> bool:
    """Tell whether a unit can count arms: pieces, packings, formations and weights, but not persons or deals."""
    return unit == PIECES or unit in load_unit_words().arms


def opens_phrase(text: str, end: int) -> bool:
    """Tell whether a noun phrase with a plural head begins at ``end``, as after "several" or "many"."""
    position = end
    for _ in range(_LOOK_AHEAD):
        token = _TOKEN.match(text, position)
        if token is None or (word := token["word"].lower()) in _STOPS:
            return False
        if word in load_unit_words().plural or word in _UNMARKED_PLURALS:
            return True
        if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and word not in _THROUGH:
            return True
        position = token.end()
    return False


_UNMARKED_PLURALS = frozenset(
    ("aircraft", "hovercraft", "watercraft", "spacecraft", "craft", "ordnance", "helos")
)


def _continues(text: str, end: int) -> bool:
    """Tell whether another noun of the phrase follows: "one battery commander" is no battery."""
    token = _TOKEN.match(text, end)
    return token is not None and token["word"].lower() in load_unit_words().singular


@cache
def load_unit_words() -> UnitWords:
    """Return the tables of ``units.yml``; the same tables at every call."""
    rows: Any = yaml.safe_load(files("armstrace.text").joinpath("units.yml").read_text("utf-8"))
    singular = {
        word: unit
        for table in (rows["others"], rows["units"])
        for unit, nouns in table.items()
        for word in nouns
    }
    singular |= {word: PERSONS for line in rows["persons"] for word in line}
    plural = {_plural(word): unit for word, unit in singular.items()}
    plural |= {word: PERSONS for word in singular if singular[word] == PERSONS and _is_plural(word)}
    nouns = "|".join(sorted(rows["containers"], key=len, reverse=True))
    return UnitWords(
        MappingProxyType(plural),
        MappingProxyType(singular),
        frozenset(rows["units"]),
        re.compile(rf"{LEFT}(?P<noun>{nouns}){GAP}of{RIGHT}", FLAGS),
    )


_PERSON_PLURALS = frozenset(
    ("people", "men", "women", "children", "troops", "personnel", "police", "crew", "staff", "dead", "killed")
    + ("wounded", "injured", "missing", "lives")
)


def _is_plural(word: str) -> bool:
    return word in _PERSON_PLURALS or word.endswith(("men", "women", "ies", "sses"))


def _plural(word: str) -> str:
    if _is_plural(word):
        return word
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("s" if not word.endswith("s") else "")
