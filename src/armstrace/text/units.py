"""What a number counts: the noun after it, looked up in ``units.yml``."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from armstrace.text.numerals import FLAGS, GAP, LEFT, RIGHT
from armstrace.text.tables import alternatives, flatten, load_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PIECES = "pieces"
PERSONS = "persons"


class Unit(NamedTuple):
    """The counting unit, and where the words that tell it end (where they follow the number directly)."""

    name: str
    end: int


class UnitWords(NamedTuple):
    """The tables of ``units.yml``: noun in lower case -> unit, and the sets of words around them."""

    plural: Mapping[str, str]
    singular: Mapping[str, str]
    arms: frozenset[str]
    through: frozenset[str]
    stops: frozenset[str]
    unmarked: frozenset[str]
    carried: frozenset[str]
    pronoun_one: frozenset[str]
    container: re.Pattern[str]


_TOKEN = re.compile(rf"{GAP}(?P<word>[^\W_](?:[\w'’./-]{{0,40}}[\w])?)")
_OF = re.compile(rf"{GAP}of{RIGHT}", FLAGS)
_LOOK_AHEAD = 6
_NO_PLURALS = ("ss", "us", "is", "'s", "’s")


def read_unit(text: str, end: int, *, singular: bool) -> Unit:
    """Return what a number that ends at ``end`` counts; ``pieces`` where no listed noun tells.

    The nearest listed noun decides, up to the first plural noun or the first word that cannot stand inside a
    noun phrase. ``singular`` admits singular nouns ("one battery"); elsewhere a singular is a mere modifier
    ("20 troop carriers").
    """
    words = load_unit_words()
    position, previous = end, ""
    for token in _phrase(text, end):
        word = token["word"].lower()
        name = words.plural.get(f"{previous} {word}") or words.plural.get(word)
        if name is None and singular and _closes(text, token.end()):
            name = words.singular.get(word)
        if name is not None and not (word in words.carried and _stands_before_plural(text, token.end())):
            unit = Unit(name, token.end() if position == end and name in words.arms else end)
            return _packed(text, token.end(), unit)
        if _is_marked_plural(word):
            break
        position, previous = token.end(), word
    return Unit(PIECES, end)


def _stands_before_plural(text: str, end: int) -> bool:
    token = next(_phrase(text, end), None)
    return token is not None and _is_marked_plural(token["word"].lower())


def counts_arms(unit: str) -> bool:
    """Tell whether a unit can count arms: pieces, packings, formations, weights; not persons or deals."""
    return unit == PIECES or unit in load_unit_words().arms


def opens_phrase(text: str, end: int) -> bool:
    """Tell whether a noun phrase with a plural head begins at ``end``, as after "several" or "many"."""
    words = load_unit_words()
    nouns = (token["word"].lower() for token in _phrase(text, end))
    return any(noun in words.plural or noun in words.unmarked or _is_marked_plural(noun) for noun in nouns)


def _phrase(text: str, position: int) -> Iterator[re.Match[str]]:
    """Yield the next few words up to one that ends a noun phrase."""
    for _ in range(_LOOK_AHEAD):
        token = _TOKEN.match(text, position)
        if token is None or token["word"].lower() in load_unit_words().stops:
            return
        yield token
        position = token.end()


def _packed(text: str, end: int, unit: Unit) -> Unit:
    """Return what a packing holds if that is neither arms nor people: "three rounds of talks" are events."""
    words = load_unit_words()
    of = _OF.match(text, end) if unit.name in words.arms else None
    token = _TOKEN.match(text, of.end()) if of else None
    held = words.plural.get(token["word"].lower()) if token else None
    return unit if held is None or held == PERSONS or held in words.arms else Unit(held, unit.end)


def _closes(text: str, end: int) -> bool:
    """Tell whether the noun phrase ends here: "one fighter" is a person or a jet, "one fighter jet" a jet."""
    token = _TOKEN.match(text, end)
    if token is None:
        return True
    word = token["word"].lower()
    return word in load_unit_words().stops or word.endswith("ed") or word == "of"


def _is_marked_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(_NO_PLURALS) and word not in load_unit_words().through


@cache
def load_unit_words() -> UnitWords:
    """Return the tables of ``units.yml``; the same tables at every call."""
    rows = load_table("units")
    singular = {
        word: unit for table in (rows["others"], rows["units"]) for unit, nouns in table.items() for word in nouns
    }
    singular |= dict.fromkeys(flatten(rows["persons"]), PERSONS)
    marked = frozenset(rows["person_plurals"])
    plural = {(word if _is_plural(word, marked) else _plural(word)): unit for word, unit in singular.items()}
    return UnitWords(
        plural=MappingProxyType(plural),
        singular=MappingProxyType(singular),
        arms=frozenset(rows["units"]),
        through=frozenset((*rows["through"], *rows["modifiers"])),
        stops=frozenset(flatten(rows["stops"])),
        unmarked=frozenset(rows["unmarked_plurals"]),
        carried=frozenset(rows["carried"]),
        pronoun_one=frozenset(flatten(rows["pronoun_one"])),
        container=re.compile(rf"{LEFT}(?P<noun>{alternatives(rows['containers'])}){GAP}of{RIGHT}", FLAGS),
    )


def _is_plural(word: str, marked: frozenset[str]) -> bool:
    return word in marked or word.endswith(("men", "women", "ies", "sses"))


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
