"""Sums of money: "$1.5bn", "100 million euros", "up to $20bn", "multi-billion-dollar", "Rs 59,000 crore".

``amount`` is the figure stated, also where it is approximate ("nearly $60 million"); ``low`` and ``high`` are
set only where the words bound it ("more than", "up to", "$8bn-$10bn", "billions of dollars"). The currency is
None where its name alone does not tell which it is ("francs", "dinars").
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from armstrace.document import Span
from armstrace.model import Value
from armstrace.text.hedges import (
    Hedge,
    bound_number,
    join_range,
    read_hedge_after,
    read_hedge_before,
    read_range_frame,
    widen_range,
)
from armstrace.text.numerals import FLAGS, GAP, LEFT, RIGHT, Numeral, find_numerals, read_numeral
from armstrace.text.tables import alternatives, load_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LARGE = 10_000
"""From here on, or with "million" or the like, a weak sign or noun is money ("SR 71" is an aircraft)."""

_UNTOLD = "?"
_BLANKS = re.compile(r"\s+")


class Sum(NamedTuple):
    """One number with its currency; the span takes in sign or noun."""

    number: Numeral
    currency: str | None
    span: Span
    signed: bool


class Currencies(NamedTuple):
    """The tables of ``currencies.yml`` as patterns, and the code and strength of each word in them."""

    sign: re.Pattern[str]
    noun: re.Pattern[str]
    codes: Mapping[str, str]
    weak: frozenset[str]


def find_money(text: str) -> tuple[Value, ...]:
    """Return every sum of money in ``text``, in order, none overlapping."""
    values: list[Value] = []
    sums = tuple(_find_sums(text))
    following = {later.span.start: later for later in sums}
    last = 0
    for found in sums:
        if found.span.start >= last:
            value = _read_value(text, found, following)
            values.append(value)
            last = value.span.end
    return tuple(values)


def _find_sums(text: str) -> Iterator[Sum]:
    both = (*_find_signed(text), *_find_named(text))
    last = 0
    for found in sorted(both, key=lambda found: (found.span.start, -found.span.end)):
        if found.span.start >= last:
            last = found.span.end
            yield found


def _find_signed(text: str) -> Iterator[Sum]:
    """Yield sums whose sign or code stands before the number."""
    words = load_currencies()
    for match in words.sign.finditer(text):
        number = read_numeral(text, match.end())
        if number is None or text[number.span.end : number.span.end + 1].isalnum():
            continue
        sign = match["sign"]
        if sign in words.weak and not _is_large(number):
            continue
        code = words.codes.get(sign, _UNTOLD)
        yield Sum(number, _code(code), Span(match.start(), number.span.end), signed=True)


def _find_named(text: str) -> Iterator[Sum]:
    """Yield sums whose currency stands after the number; of "8 to 10 billion dollars" both numbers."""
    for number in find_numerals(text):
        named = _read_named(text, number)
        if named is None and (position := join_range(text, number.span.end, _frame(text, number))) is not None:
            second = read_numeral(text, position)
            shared = None if second is None else _read_named(text, second)
            named = None if shared is None else Sum(number, shared.currency, number.span, signed=False)
        if named is not None:
            yield named


def _frame(text: str, number: Numeral) -> str | None:
    return read_range_frame(text, number.span.start)[0]


def _read_named(text: str, number: Numeral) -> Sum | None:
    words = load_currencies()
    match = words.noun.match(text, number.span.end)
    if match is None:
        return None
    name = _BLANKS.sub(" ", match["noun"].lower())
    if name not in words.codes:
        name = name.removesuffix("s")
    if name in words.weak and not _is_large(number):
        return None
    span = Span(number.span.start, match.end())
    return Sum(number, _code(words.codes.get(name, _UNTOLD)), span, signed=False)


def _read_value(text: str, found: Sum, following: Mapping[int, Sum]) -> Value:
    frame, start = read_range_frame(text, found.span.start)
    position = join_range(text, found.span.end, frame)
    second = None if position is None else _second(text, found, position, following)
    if second is not None:
        low = widen_range(found.number, second.number)
        if low is not None:
            span = Span(start if frame else found.span.start, second.span.end)
            return Value(span.of(text), None, low.value, second.number.value, found.currency, span)
    before, start = read_hedge_before(text, found.span.start)
    after, end = read_hedge_after(text, found.span.end)
    return _bound(text, found, after if before is Hedge.EXACT else before, Span(start, end))


def _bound(text: str, found: Sum, hedge: Hedge, span: Span) -> Value:
    low, best, high = bound_number(found.number, hedge)
    if hedge in {Hedge.EXACT, Hedge.ABOUT} and not found.number.vague:
        low = high = None
    return Value(span.of(text), best, low, high, found.currency, span)


def _second(text: str, first: Sum, position: int, following: Mapping[int, Sum]) -> Sum | None:
    """Return the second end of a range; beside a sign it may lack its own ("$8-10 billion")."""
    if position in following:
        return following[position]
    number = read_numeral(text, position) if first.signed else None
    if number is None or number.scale == 1:
        return None
    return Sum(number, first.currency, number.span, signed=True)


def _is_large(number: Numeral) -> bool:
    return number.scale > 1 or number.value >= LARGE


def _code(code: str) -> str | None:
    return None if code == _UNTOLD else code


@cache
def load_currencies() -> Currencies:
    """Return the tables of ``currencies.yml`` as patterns; the same at every call."""
    rows = load_table("currencies")
    tables = ("signs", "weak_signs", "nouns", "weak_nouns", "qualified")
    codes = {word: code for table in tables for code, words in rows[table].items() for word in words}
    codes |= {spelling: code for code in rows["codes"] for spelling in (code, code.lower())}
    signs = [sign for table in tables[:2] for words in rows[table].values() for sign in words] + rows["codes"]
    nouns = [noun for table in tables[2:] for words in rows[table].values() for noun in words]
    return Currencies(
        sign=re.compile(
            rf"(?P<sign>{LEFT}(?:{_written(s for s in signs if s[0].isalpha())}|[A-Z]{{1,3}}\$)"
            rf"|{_written(s for s in signs if not s[0].isalpha())})[ \u00a0\u202f]{{0,2}}(?=[0-9a-z])",
            re.ASCII,
        ),
        noun=re.compile(
            rf"(?:(?:{GAP}of)?{GAP}|-)(?P<noun>(?:{_written(nouns)})s?|(?-i:{_written(rows['codes'])}))"
            rf"{RIGHT}(?!(?<=pounds){GAP}of)",
            FLAGS,
        ),
        codes=MappingProxyType(codes),
        weak=frozenset(
            word for table in ("weak_signs", "weak_nouns") for words in rows[table].values() for word in words
        ),
    )


def _written(words: Iterable[str]) -> str:
    """Return a pattern of words that are meant letter by letter."""
    return alternatives(re.escape(word).replace("\\ ", " ") for word in words)
