"""The words of a text as they are compared: house style taken off, so that a desk's spelling is no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_QUOTED: Final = re.compile(r"[“«„\"]([^“”«»„\"]{3,1500})[”»\"]")
_OPENS: Final = re.compile(r"[.!?:\n“«„\"]")  # between two words: the second opens a sentence or a quotation
_APOSTROPHES: Final = str.maketrans({"’": "'", "ʼ": "'"})
# Spellings that differ by house; the longer ending comes first.
_ENDINGS: Final = (
    ("isation", "ization"),
    ("isations", "izations"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("ours", "ors"),
    ("our", "or"),
    ("tres", "ters"),
    ("tre", "ter"),
    ("ence", "ense"),
    ("elled", "eled"),
    ("elling", "eling"),
    ("amme", "am"),
    ("ammes", "ams"),
)
_CACHED: Final = 1 << 16  # words kept; a language has fewer that matter
_SHORTEST_STEM: Final = 3  # letters before an ending: "four" is not "for", "rise" not "rize"
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
# One spelling for what each house writes its own way; titles go, since some houses drop them.
_SAME: Final = {
    **_NUMBERS,
    "percent": "%",
    "per": "%",
    "mr": "",
    "mrs": "",
    "ms": "",
    "dr": "",
    "said": "say",
    "says": "say",
    "told": "say",
    "armor": "armour",
    "gray": "grey",
    "defence": "defense",
    "centre": "center",
    "metre": "meter",
}
# Words that carry no content: what two reports share of them says nothing.
FUNCTION_WORDS: Final = frozenset(
    "a about above after again against all also although am among an and any are as at be because been before "
    "being between both but by can could did do does doing down during each few for from further had has have "
    "having he her here hers him his how however i if in into is it its itself just last latter like made make "
    "many may me might more most much must my near no nor not now of off on once only onto or other our out over "
    "own per same say she should since so some still such than that the their them then there these they this "
    "those through to too toward towards under until up upon us very was we were what when where whether which "
    "while who whom whose why will with within without would yesterday yet you your monday tuesday wednesday "
    "thursday friday saturday sunday today week month year years day days according report reported reports "
    "official officials government".split()
)


class Words(NamedTuple):
    """The words of a text in order as they are compared.

    Attributes:
        keys: the words in small letters and one spelling.
        quoted: whether each stands in quotation marks.
        named: whether it is part of a name, as a capital inside a sentence shows.
    """

    keys: tuple[str, ...]
    quoted: tuple[bool, ...]
    named: tuple[bool, ...]


def compared_words(text: str) -> Words:
    """Return the words of a text for comparison: in small letters, one spelling, figures without their commas."""
    quotes = bytearray(len(text) + 1)
    for match in _QUOTED.finditer(text):
        start, end = match.span(1)
        quotes[start:end] = b"\x01" * (end - start)
    rows = [(key, *match.span()) for match in _WORD.finditer(text) if (key := key_of(match.group()))]
    return Words(
        tuple(key for key, _, _ in rows),
        tuple(bool(quotes[start]) for _, start, _ in rows),
        tuple(_named(text, [(start, end) for _, start, end in rows])),
    )


def _named(text: str, places: Sequence[tuple[int, int]]) -> Iterator[bool]:
    """Yield for each word whether a capital marks it as a name; none is marked in a text all of capitals."""
    capitals = [text[start].isupper() for start, _ in places]
    tells = sum(capitals) * 2 < len(capitals)
    before = 0
    for (start, end), capital in zip(places, capitals, strict=True):
        yield tells and capital and before > 0 and _OPENS.search(text, before, start) is None
        before = end


@lru_cache(maxsize=_CACHED)
def key_of(word: str) -> str:
    """Return one word as it is compared; "" for what is dropped."""
    return compared_key(word.translate(_APOSTROPHES).lower())


def content_stems(text: str) -> list[str]:
    """Return the stems of the content words of a text in order: what ``compared_words`` gives, by a shorter way."""
    return [stem for word in _WORD.findall(text) if (stem := _stem_of(word))]


@lru_cache(maxsize=_CACHED)
def _stem_of(word: str) -> str:
    return content_stem(key_of(word))


def compared_key(word: str) -> str:
    """Return one word in small letters as it is compared; "" for what is dropped."""
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    word = word.removesuffix("'s").replace("'", "")
    if word in _SAME:
        return _SAME[word]
    for ending, other in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending) + other
    return word


@lru_cache(maxsize=_CACHED)
def content_stem(key: str) -> str:
    """Return what two forms of one content word share ("delivers", "delivered" -> "deliver"); "" for function words."""
    if key in FUNCTION_WORDS:
        return ""
    for ending in ("ings", "ing", "edly", "ed", "ers", "er", "ies", "es", "s", "ly"):
        if key.endswith(ending) and len(key) - len(ending) > _SHORTEST_STEM:
            return key.removesuffix(ending)
    return key
