"""The words of a text as they are compared: house style taken off, so that a desk's spelling is no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from armstrace.document import Span

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_QUOTED: Final = re.compile(r"[“«„\"]([^“”«»„\"]{3,1500})[”»\"]")
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
    "a about above after again against all also although am among an and any are as at be because been before being "
    "between both but by can could did do does doing down during each few for from further had has have having he her "
    "here hers him his how however i if in into is it its itself just last latter like made make many may me might more "
    "most much must my near no nor not now of off on once only onto or other our out over own per same say she should "
    "since so some still such than that the their them then there these they this those through to too toward towards "
    "under until up upon us very was we were what when where whether which while who whom whose why will with within "
    "without would yesterday yet you your monday tuesday wednesday thursday friday saturday sunday today week month "
    "year years day days according report reported reports official officials government".split()
)


class Words(NamedTuple):
    """The words of a text in order as they are compared; ``spans`` say where each stands, ``quoted`` which are quotes."""

    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]


def compared_words(text: str) -> Words:
    """Return the words of a text for comparison: in small letters, one spelling, figures without their commas."""
    marks = bytearray(len(text) + 1)
    for match in _QUOTED.finditer(text):
        start, end = match.span(1)
        marks[start:end] = b"\x01" * (end - start)
    rows = [(key, span) for key, span in _keys(text) if key]
    return Words(
        tuple(key for key, _ in rows),
        tuple(span for _, span in rows),
        tuple(bool(marks[span.start]) for _, span in rows),
    )


def _keys(text: str) -> Iterator[tuple[str, Span]]:
    for match in _WORD.finditer(text):
        word = match.group().translate(_APOSTROPHES).lower()
        yield compared_key(word), Span(*match.span())


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


def content_stem(key: str) -> str:
    """Return what two forms of one content word share ("delivers", "delivered" -> "deliver"); "" for function words."""
    if key in FUNCTION_WORDS:
        return ""
    for ending in ("ings", "ing", "edly", "ed", "ers", "er", "ies", "es", "s", "ly"):
        if key.endswith(ending) and len(key) - len(ending) > _SHORTEST_STEM:
            return key.removesuffix(ending)
    return key
