"""A name taken apart: its words, what each weighs, and the form of the firm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from armstrace.screen.entries import ListedKind
from armstrace.screen.fold import LONGEST_NAME, fold, is_ideographic, is_unvowelled, join_dotted
from armstrace.screen.name_words import NameWords
from armstrace.screen.sounds import consonants_of, sound_of

MOST_WORDS: Final = 24  # of one name; lists hold none longer, and comparing grows with the square
# How much a word counts. One that tells a name apart counts 1.
FULL: Final = 1.0
COMMON: Final = 0.5  # "trading", "Muhammad"
PARTICLE: Final = 0.2  # "bin", "of"
ASIDE: Final = 0.1  # a title, a legal form, a vessel's "MV"
_ROMAN: Final = re.compile(r"(?=[ivx])(?:x{0,2})(?:ix|iv|v?i{0,3})")
_ABD: Final = re.compile(r"^abd(?:[ueo]l|[ueoa][lrsd](?=[rsdn])|[ueo]r|al|us|as|ur|ar)?(?=[a-z]{4})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name. ``sound`` is its key (see ``sounds``), ``frame`` its consonants where vowels are unwritten."""

    text: str
    weight: float
    sound: str
    frame: str = ""
    is_number: bool = False
    is_sign: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name as compared. ``joined`` is all of it without spaces; ``forms`` are kinds of legal forms."""

    text: str
    words: tuple[Word, ...]
    aside: tuple[str, ...]
    forms: frozenset[str]
    joined: str

    @property
    def weight(self) -> float:
        """What all words weigh together."""
        return sum(word.weight for word in self.words)

    @property
    def initials(self) -> str:
        """The first letters of the words that say something."""
        return "".join(word.text[0] for word in self.words if word.weight >= COMMON)


def parse_name(text: str, kind: ListedKind, words: NameWords) -> Name:
    """Return a name taken apart as that of a person, a vessel or a body; a name without letters has no words."""
    is_person = kind is ListedKind.PERSON
    cut = text[:LONGEST_NAME]
    unvowelled = is_unvowelled(cut)
    tokens = fold(cut if is_person else join_dotted(cut)).split()[:MOST_WORDS]
    joined = "".join(tokens)
    tokens = list(_replaced(tokens, words.same_words))
    left, aside, forms = _without_forms(tokens, words.legal_forms)
    if kind is ListedKind.VESSEL:
        left, aside = _without_prefix(left, words.vessel_prefixes, aside)
    if is_person:
        left, aside = _without_titles(left, words.titles, aside)
        left = [part for token in left for part in ([token] if token in words.common_names else _split_abd(token))]
    light = words.common_names if is_person else words.common_words
    number_of = _digits if is_person else _number
    parsed = tuple(
        _word(token, _weight(token, light, words), number_of(token), unvowelled=unvowelled) for token in left
    )
    return Name(text, parsed, tuple(aside), frozenset(forms), joined)


def _word(token: str, weight: float, number: str, *, unvowelled: bool) -> Word:
    if number:
        return Word(number, FULL, number, is_number=True)
    sound = sound_of(token)
    return Word(token, weight, sound, consonants_of(sound) if unvowelled else "", is_sign=is_ideographic(token))


def _weight(token: str, light: frozenset[str], words: NameWords) -> float:
    if token in words.particles:
        return PARTICLE
    return COMMON if token in light else FULL


def _digits(token: str) -> str:
    """Return a number without its leading zeros, anything else that holds a digit as it is, "" for a word."""
    if token.isdigit():
        return token.lstrip("0") or "0"
    return token if any(c.isdigit() for c in token) else ""


def _number(token: str) -> str:
    """Return a number as digits, "" for a word; Roman numerals from 2 to 39 count, unless they are a single letter."""
    if number := _digits(token):
        return number
    if len(token) > 1 and _ROMAN.fullmatch(token):
        values = [_ROMAN_VALUES[c] for c in token]
        signed = [-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True)]
        return str(sum(signed))
    return ""


def _replaced(tokens: Sequence[str], table: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """Yield words, each known way to write one replaced by the one form."""
    for phrase, instead in _phrases(tokens, table):
        yield from instead.split() if instead else phrase


def _phrases(
    tokens: Sequence[str], table: Mapping[tuple[str, ...], str]
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield the words in order as the longest phrases that the table has, each with its value."""
    longest = max(map(len, table), default=1)
    at = 0
    while at < len(tokens):
        sizes = range(min(longest, len(tokens) - at), 0, -1)
        size = next((n for n in sizes if tuple(tokens[at : at + n]) in table), 0)
        phrase = tuple(tokens[at : at + (size or 1)])
        yield phrase, table.get(phrase)
        at += size or 1


def _without_forms(
    tokens: Sequence[str], table: Mapping[tuple[str, ...], str]
) -> tuple[list[str], list[str], list[str]]:
    """Return the words without legal forms, the forms, and their kinds. A name of nothing else keeps its words."""
    found = list(_phrases(tokens, table))
    left = [token for phrase, kind in found if kind is None for token in phrase]
    if not left:
        return list(tokens), [], []
    return left, [" ".join(p) for p, kind in found if kind], [kind for _, kind in found if kind]


def _without_prefix(
    tokens: list[str], prefixes: frozenset[tuple[str, ...]], aside: list[str]
) -> tuple[list[str], list[str]]:
    size = next((n for n in (2, 1) if tuple(tokens[:n]) in prefixes and len(tokens) > n), 0)
    return tokens[size:], [*aside, *tokens[:size]]


def _without_titles(tokens: list[str], titles: frozenset[str], aside: list[str]) -> tuple[list[str], list[str]]:
    left = [token for token in tokens if token not in titles]
    return (left, [*aside, *(t for t in tokens if t in titles)]) if left else (tokens, aside)


def _split_abd(token: str) -> list[str]:
    """Return "abdulrahman" as "abd" and "rahman", which lists write in one word, in two, and in three."""
    found = _ABD.match(token)
    return ["abd", token[found.end() :]] if found else [token]
