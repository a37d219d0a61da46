"""Words that turn a number into a bound: "about six", "up to 40", "more than 20", "20 or more".

Conventions, for counts and sums alike:

* ``about``: the number stands for all three bounds, because the source offers none ("about six": 6, 6, 6);
* ``below``: "nearly 2,000" is best and high 2,000; what it exceeds is not said, so low is unknown;
* ``most``: only a ceiling; ``least``: only a floor. "More than 20" keeps 20 as its floor, as registers do.
"""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from armstrace.text.numerals import FLAGS, GAP, RIGHT, Numeral, whole


class Hedge(StrEnum):
    """What the words around a number make of it."""

    EXACT = "exact"
    ABOUT = "about"
    BELOW = "below"
    MOST = "most"
    LEAST = "least"


class Bounds(NamedTuple):
    """Floor, best figure and ceiling; None where the words do not tell."""

    low: int | float | None
    best: int | float | None
    high: int | float | None


_BEFORE: tuple[tuple[Hedge, tuple[str, ...]], ...] = (
    (
        Hedge.ABOUT,
        ("about", "around", "some", "roughly", "approximately", "approx", "approx.", "estimated", "circa"),
    ),
    (
        Hedge.ABOUT,
        ("c.", "ca.", "perhaps", "maybe", "possibly", "probably", "an estimated", "in the region of"),
    ),
    (
        Hedge.ABOUT,
        ("on the order of", "in the order of", "in the neighborhood of", "in the neighbourhood of"),
    ),
    (
        Hedge.ABOUT,
        ("somewhere around", "little more than", "a total of about", "the equivalent of", "reportedly some"),
    ),
    (
        Hedge.BELOW,
        ("nearly", "almost", "close to", "just under", "just short of", "approaching", "not quite"),
    ),
    (
        Hedge.BELOW,
        ("slightly under", "slightly less than", "slightly fewer than", "just below", "little short of"),
    ),
    (
        Hedge.MOST,
        ("up to", "as many as", "as much as", "no more than", "not more than", "at most", "at the most"),
    ),
    (
        Hedge.MOST,
        ("a maximum of", "maximum of", "maximum", "the maximum of", "fewer than", "less than", "under"),
    ),
    (
        Hedge.MOST,
        ("below", "well under", "well below", "no fewer or more than", "anything up to", "at maximum"),
    ),
    (Hedge.MOST, ("not exceeding", "up to a maximum of", "up to another", "as high as", "no greater than")),
    (
        Hedge.LEAST,
        ("at least", "more than", "over", "no fewer than", "no less than", "not less than", "above"),
    ),
    (
        Hedge.LEAST,
        ("not fewer than", "a minimum of", "minimum of", "minimum", "upwards of", "upward of", "well over"),
    ),
    (
        Hedge.LEAST,
        ("in excess of", "exceeding", "north of", "just over", "slightly more than", "far more than"),
    ),
    (
        Hedge.LEAST,
        ("well above", "as few as", "greater than", "much more than", "many more than", "well in excess of"),
    ),
    (
        Hedge.LEAST,
        ("slightly over", "just above", "better than", "a little over", "a little more than", "at the least"),
    ),
)
HEDGES = {phrase: hedge for hedge, phrases in _BEFORE for phrase in phrases}
_LONGEST = max(len(phrase.split()) for phrase in HEDGES)
_LOOK_BACK = 64
_WORD = re.compile(r"\S+")
_SIGNS = {
    "~": Hedge.ABOUT,
    "≈": Hedge.ABOUT,
    ">": Hedge.LEAST,
    "<": Hedge.MOST,
    "≥": Hedge.LEAST,
    "≤": Hedge.MOST,
}

_AFTER = re.compile(
    rf"(?:{GAP}or{GAP}(?P<word>more|so|fewer|less|thereabouts)|(?:-|{GAP})(?P<odd>odd|plus)|(?P<sign>\+)(?![0-9])){RIGHT}",
    FLAGS,
)
_AFTER_HEDGES = {
    "more": Hedge.LEAST,
    "plus": Hedge.LEAST,
    "+": Hedge.LEAST,
    "so": Hedge.ABOUT,
    "odd": Hedge.ABOUT,
    "thereabouts": Hedge.ABOUT,
    "fewer": Hedge.MOST,
    "less": Hedge.MOST,
}

_TO = re.compile(rf"{GAP}(?:to|or|up{GAP}to){GAP}|[-–—]", FLAGS)
_AND = re.compile(rf"{GAP}and{GAP}", FLAGS)
_CHANGE = re.compile(
    r"(?:increas|ris(?:e|ing|en)|grow|grew|rose|cut|reduc|expand|boost|rais|fell|fall|drop|lower|shr[iau]nk|jump|declin)"
    r"[a-z]{0,5}(?:[ \t\r\n][\w'’-]{1,24}){0,6}[ \t\r\n]\Z",
    FLAGS,
)
"""Verbs of change: "rose from 20 to 30" is no range but two counts."""
_FRAMES = {"between": _AND, "from": _TO}


def read_hedge_before(text: str, start: int) -> tuple[Hedge, int]:
    """Return the hedge that ends where a number starts, and where it begins; EXACT and ``start`` if none.

    Two hedges may stand together ("up to an estimated 40"): the one that sets a bound decides.
    """
    if start and text[start - 1] in _SIGNS:
        return _SIGNS[text[start - 1]], start - 1
    inner, begin = _last_hedge(text, start)
    if inner is Hedge.EXACT:
        return inner, start
    outer, outer_begin = _last_hedge(text, begin)
    if outer is Hedge.EXACT:
        return inner, begin
    return (inner if outer is Hedge.ABOUT else outer), outer_begin


def read_hedge_after(text: str, end: int) -> tuple[Hedge, int]:
    """Return the hedge after a number ("or more", "-odd", "+") and its end; EXACT and ``end`` if none."""
    match = _AFTER.match(text, end)
    if match is None:
        return Hedge.EXACT, end
    word = match["word"] or match["odd"] or match["sign"]
    return _AFTER_HEDGES[word.lower()], match.end()


def bound_number(numeral: Numeral, hedge: Hedge) -> Bounds:
    """Return what a hedged number says; a vague number ("millions") is never more than a floor."""
    value = numeral.value
    if numeral.vague:
        return Bounds(None if hedge in {Hedge.MOST, Hedge.BELOW} else value, None, None)
    return {
        Hedge.EXACT: Bounds(value, value, value),
        Hedge.ABOUT: Bounds(value, value, value),
        Hedge.BELOW: Bounds(None, value, value),
        Hedge.MOST: Bounds(None, None, value),
        Hedge.LEAST: Bounds(value, None, None),
    }[hedge]


def read_range_frame(text: str, start: int) -> tuple[str | None, int]:
    """Return "between" or "from" where that word stands before a number, and where it begins.

    "Rose from 20 to 30" is a "change": two numbers, no range.
    """
    words = list(_WORD.finditer(text, max(start - _LOOK_BACK, 0), start))
    if not words or words[-1].end() == start or words[-1].group().lower() not in _FRAMES:
        return None, start
    start = words[-1].start()
    if words[-1].group().lower() == "from" and _CHANGE.search(text[max(start - _LOOK_BACK, 0) : start]):
        return "change", start
    return words[-1].group().lower(), start


def join_range(text: str, end: int, frame: str | None) -> int | None:
    """Return where the second number of a range would begin ("30 to", "30-", "between 30 and"), or None."""
    match = None if frame == "change" else _FRAMES[frame or "from"].match(text, end)
    return match.end() if match else None


def widen_range(low: Numeral, high: Numeral) -> Numeral | None:
    """Return the low end on the scale of the high one ("8 to 10 billion"), or None if they make no range."""
    value = low.value
    if low.scale == 1 and high.scale > 1 and value < high.value / high.scale:
        value = whole(Fraction(str(value)) * high.scale)
    if low.vague or high.vague or value >= high.value:
        return None
    return low._replace(value=value)


def _last_hedge(text: str, end: int) -> tuple[Hedge, int]:
    words = list(_WORD.finditer(text, max(end - _LOOK_BACK, 0), end))[-_LONGEST:]
    if not words or words[-1].end() == end:
        return Hedge.EXACT, end
    for first in range(len(words)):
        phrase = " ".join(word.group().lower() for word in words[first:]).lstrip("(“\"'‘—–")
        if phrase in HEDGES:
            return HEDGES[phrase], words[-1].end() - _written_length(words[first:], phrase)
    return Hedge.EXACT, end


def _written_length(words: list[re.Match[str]], phrase: str) -> int:
    """Return how many characters the phrase takes in the text, less any opening quote before it."""
    opening = len(words[0].group()) - len(phrase.split(maxsplit=1)[0])
    return words[-1].end() - words[0].start() - max(opening, 0)
