"""Numbers as the press writes them: "1,200", "2.5 million", "twenty-two", "two dozen", "tens of thousands".

A numeral does not know what it counts; :mod:`armstrace.text.quantities` and :mod:`armstrace.text.money` do.
Every pattern is bounded, so that reading stays linear on any input; only ASCII digits are numbers, because
superscripts and other scripts' digits are footnote marks far more often than counts in English reports.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from armstrace.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = re.ASCII | re.IGNORECASE
"""ASCII folding only: with Unicode folding "ſ" and the Kelvin sign would be letters of English words."""

GAP = r"[ \t\r\n\u00a0\u2009\u202f]{1,3}"
LEFT = r"(?<!(?u:\w))"
RIGHT = r"(?!(?u:\w))"


class Numeral(NamedTuple):
    """A number and where it stands. ``vague`` means that ``value`` is only a floor ("millions")."""

    value: int | float
    vague: bool
    scale: int
    span: Span


ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {
    **{word: value for value, word in enumerate((*ONES, *TEENS), start=1)},
    **{word: value * 10 for value, word in enumerate(TENS, start=2)},
}
MAGNITUDES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "score": 20,
    "lakh": 10**5,
    "crore": 10**7,
    "ten": 10,
}
SUFFIXES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
GROUPS = {"pair": 2, "couple": 2, "brace": 2, "duo": 2, "trio": 3, "quartet": 4}
"""Nouns that are numbers when "of" follows."""

FEW = 2
"""The floor of "several" and "a few": "several hundred" is at least two hundred."""

_MAX_DIGITS = 15
"""Longer runs of digits are identifiers, and would overflow what a register can hold."""


def _any(*words: str) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_JOIN = rf"(?:-|{GAP})"
_BIG = _any("thousand", "million", "billion", "trillion", "crore", "lakh")
_SCALE = _any("hundred", "thousand", "million", "billion", "trillion", "crore", "lakh", "dozen")
_BELOW_100 = rf"(?:{_any(*TENS)}(?:{_JOIN}{_any(*ONES)}{RIGHT})?|{_any(*ONES, *TEENS)})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|an?){_JOIN}hundred(?:{GAP}(?:and{GAP})?{_BELOW_100}{RIGHT})?|{_BELOW_100}{RIGHT})"
_CARDINAL = (
    rf"(?:(?:{_BELOW_1000}|an?){_JOIN}{_BIG}{RIGHT}"
    rf"(?:{_JOIN}{_BIG}{RIGHT}|(?:{GAP}(?:and{GAP})?{_BELOW_1000}(?:{_JOIN}{_BIG})?{RIGHT}){{0,3}})|{_BELOW_1000})"
)
_DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}(?![0-9])"
    r"|[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}(?![0-9])"
    r"|[1-9][0-9]{0,2}(?: 000){1,4}(?![0-9])"
    rf"|[0-9]{{1,{_MAX_DIGITS}}}(?![0-9]))(?:\.[0-9]{{1,4}}(?![0-9]))?(?![.,]?[0-9])"
)
_PLURAL = _any(
    "tens",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "millions",
    "billions",
    "trillions",
    "crores",
    "lakhs",
)

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(source, FLAGS))
    for name, source in (
        (
            "digits",
            rf"(?P<digits>{_DIGITS})(?:(?P<scales>(?:{_JOIN}{_SCALE}{RIGHT}){{1,2}})|(?P<suffix>{_any(*SUFFIXES)}){RIGHT})?",
        ),
        ("words", rf"(?P<words>{_CARDINAL}){RIGHT}"),
        ("dozens", rf"(?:(?P<words>{_BELOW_1000})|an?|another){_JOIN}(?P<scales>dozen|score(?={GAP}of)){RIGHT}"),
        ("halves", rf"(?:half{_JOIN}an?|an?{_JOIN}half|half){_JOIN}(?P<half>(?:{_SCALE})){RIGHT}"),
        ("and a half", rf"(?P<words>{_BELOW_100}){GAP}and{GAP}a{GAP}half{GAP}(?P<and_half>{_SCALE}){RIGHT}"),
        ("quarters", rf"an?{_JOIN}quarter(?:{GAP}of)?(?:{GAP}an?)?{GAP}(?P<quarter>million|billion){RIGHT}"),
        ("groups", rf"(?:(?:an?|the|another|one){GAP})?(?P<group>{_any(*GROUPS)})(?={GAP}of{RIGHT})"),
        ("couple of hundred", rf"an?{GAP}couple(?:{GAP}of)?(?P<couple>(?:{GAP}{_SCALE}{RIGHT}){{1,2}})"),
        ("several hundred", rf"(?:several|(?:an?{GAP})?few)(?P<few>(?:{GAP}{_SCALE}{RIGHT}){{1,2}})"),
        (
            "few",
            rf"(?:several|(?:an?{GAP})?few)(?P<few_of>{GAP}{_PLURAL}{RIGHT}(?:{GAP}of{GAP}{_PLURAL}{RIGHT})?)",
        ),
        (
            "plural",
            rf"(?!(?:tens|scores){GAP}(?!of))(?P<plural>{_PLURAL}{RIGHT}(?:{GAP}of{GAP}{_PLURAL}{RIGHT})?)",
        ),
        ("multi", rf"(?:multi-?(?P<multi>{_BIG}){RIGHT}|(?P<bare>million|billion|trillion)(?=-[a-z]))"),
    )
)
_TRIGGER = re.compile(
    # The lookahead comes first because it costs least; most characters fail it.
    rf"(?=[0-9abcdefhlmnopqst]){LEFT}(?:[0-9]|an?{_JOIN}(?=[bcdfhlmpqst])"
    + _any(*GROUPS, _SCALE, "score", "half", "quarter", "few")
    + rf"{RIGHT}|(?:{_any(*ONES, *TEENS, *TENS, *GROUPS)}|half|few|several|{_PLURAL}){RIGHT}"
    rf"|(?:the|another|one){GAP}{_any(*GROUPS)}{RIGHT}|another{GAP}dozen{RIGHT}|(?:multi-?)?(?:m|b|tr)illion{RIGHT})",
    FLAGS,
)
_INSIDE = re.compile(r"(?:[.#]|[0-9][,:]|[0-9][ ]?[x×][ ]?|(?u:\w)[-–/+'’])\Z", FLAGS)
"""What stands before a number that is part of something else: "F-16", ".50", "5/6", "10:30", "4 x 4"."""
_REPEATED = re.compile(r"[ \u00a0]?\((?P<digits>[0-9]{1,3}(?:,[0-9]{3}){0,4}|[0-9]{1,15})\)")
_WORD = re.compile(r"[a-z]+", FLAGS)


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield every number of ``text`` in order, none overlapping; designations such as "F-16" hold none."""
    position = 0
    while found := _TRIGGER.search(text, position):
        start = found.start()
        inside = _INSIDE.search(text[max(start - 4, 0) : start])
        numeral = None if inside else read_numeral(text, start)
        if numeral is not None:
            yield numeral
        position = found.end() if numeral is None else max(numeral.span.end, start + 1)


def read_numeral(text: str, position: int) -> Numeral | None:
    """Return the longest number that begins exactly at ``position``, or None."""
    best: re.Match[str] | None = None
    for _, form in _FORMS:
        match = form.match(text, position)
        if match and (best is None or match.end() > best.end()):
            best = match
    return None if best is None else _with_repetition(text, _evaluate(best))


def whole(value: Fraction) -> int | float:
    """Return an int where ``value`` is whole, else the nearest float."""
    return value.numerator if value.denominator == 1 else float(value)


def _evaluate(match: re.Match[str]) -> Numeral:
    parts = {name: text for name, text in match.groupdict().items() if text}
    base = _cardinal(parts["words"]) if "words" in parts else Fraction(1)
    if "digits" in parts:
        base = Fraction(re.sub("[^0-9.]", "", parts["digits"]))
    if "group" in parts:
        base = Fraction(GROUPS[parts["group"].lower()])
    scale = _scale(parts.get("scales", "")) * SUFFIXES.get(parts.get("suffix", "").lower(), 1)
    for name, share in _SHARES:
        if name in parts:
            base, scale = base + share - 1, _scale(parts[name])
    vague = bool(parts.keys() & {"few", "few_of", "plural", "multi", "bare"})
    return Numeral(whole(base * scale), vague, scale, Span(match.start(), match.end()))


_SHARES = (
    *(("half", Fraction(1, 2)), ("and_half", Fraction(3, 2)), ("quarter", Fraction(1, 4))),
    *(("couple", Fraction(2)), ("few", Fraction(FEW)), ("few_of", Fraction(FEW))),
    *(("plural", Fraction(1)), ("multi", Fraction(1)), ("bare", Fraction(1))),
)
"""Which share of its magnitude a form names; a number in words before it ("one and a half") is added."""


def _scale(words: str) -> int:
    scale = 1
    for word in _WORD.findall(words.lower()):
        scale *= MAGNITUDES.get(word.removesuffix("s"), 1)
    return scale


def _cardinal(words: str) -> Fraction:
    total = current = 0
    for word in _WORD.findall(words.lower()):
        if word in SMALL:
            current += SMALL[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in MAGNITUDES:
            total, current = (
                (total * MAGNITUDES[word], 0)
                if not current and total
                else (
                    total + max(current, 1) * MAGNITUDES[word],
                    0,
                )
            )
    return Fraction(total + current)


def _with_repetition(text: str, numeral: Numeral) -> Numeral:
    """Take in the figure that notices repeat: "thirty-six (36)" is one number."""
    repeated = _REPEATED.match(text, numeral.span.end)
    if repeated is None or int(repeated["digits"].replace(",", "")) != numeral.value:
        return numeral
    return numeral._replace(span=Span(numeral.span.start, repeated.end()))
