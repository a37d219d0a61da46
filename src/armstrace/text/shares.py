"""Counts made of two: "12 of the 30", "half of the 60", "two batches of 12".

* A number out of another counts what it says itself; a fraction of one is taken of its bounds. Where a share is no
  whole number, low and high are the whole numbers around it, and no best is told.
* "Most of the 60", "some of the 60" have the whole as their ceiling and nothing else.
* Equal lots are multiplied: "two batches of 12" are 24.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.text.numerals import FLAGS, GAP, LEFT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armstrace.model import Quantity

_WHOLE = rf"of{GAP}(?:the|its|their|his|her|our|those|these)(?:{GAP}(?:first|original|planned|promised|total|initial))?"
_OUT_OF = re.compile(rf"{GAP}{_WHOLE}{GAP}", FLAGS)
_LOTS = re.compile(
    rf"(?:{GAP}(?P<lot>batches|lots|tranches|squadrons|batteries|groups|sets|consignments|shipments|deliveries"
    rf"|instalments|installments|crates|packages))?{GAP}of{GAP}",
    FLAGS,
)
_LOT_UNITS = frozenset(
    "batches lots tranches squadrons batteries sets crates packages consignments shipments deliveries".split()
)
_ROW = 2  # one lot is no row of lots
_SHARES: tuple[tuple[str, Fraction], ...] = (
    (r"half", Fraction(1, 2)),
    (r"(?:a|one)[ -]third", Fraction(1, 3)),
    (r"two[ -]thirds", Fraction(2, 3)),
    (r"(?:a|one)[ -]quarter", Fraction(1, 4)),
    (r"three[ -]quarters", Fraction(3, 4)),
    (r"(?:a|one)[ -]fifth", Fraction(1, 5)),
    (r"(?:a|one)[ -]tenth", Fraction(1, 10)),
)
_SHARE = re.compile(
    rf"{LEFT}(?:{'|'.join(f'(?P<share{n}>{words})' for n, (words, _) in enumerate(_SHARES))}"
    rf"|(?P<one>one)|(?P<part>most|some|several|many|part|a{GAP}few|the{GAP}rest|the{GAP}remainder|the{GAP}remaining))"
    rf"{GAP}{_WHOLE}{GAP}\Z",
    FLAGS,
)
_LOOK_BACK = 64


def join_counts(text: str, counts: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Return the counts of ``text`` in order, each share of a number and each row of equal lots as one count."""
    joined: list[Quantity] = []
    for count in counts:
        before = joined[-1] if joined else None
        pair = _joined(text, before, count) if before else None
        if pair:
            joined[-1] = pair
        else:
            joined.append(_share(text, count, before) or count)
    return tuple(joined)


def _joined(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    between = text[first.span.end : second.span.start]
    span = Span(first.span.start, second.span.end)
    if _OUT_OF.fullmatch(between):
        return replace(first, text=span.of(text), unit=second.unit, span=span)
    lots = _LOTS.fullmatch(between)
    named = lots and (lots["lot"] or first.unit in _LOT_UNITS)
    if not named or first.best is None or first.best < _ROW:
        return None
    low, best, high = (_times(first.best, bound) for bound in (second.low, second.best, second.high))
    return replace(second, text=span.of(text), low=low, best=best, high=high, span=span)


def _times(lots: int, bound: int | None) -> int | None:
    return None if bound is None else lots * bound


def _share(text: str, count: Quantity, before: Quantity | None) -> Quantity | None:
    start = max(count.span.start - _LOOK_BACK, before.span.end if before else 0)
    match = _SHARE.search(text[start : count.span.start])
    if match is None:
        return None
    span = Span(start + match.start(), count.span.end)
    if match["one"]:
        return replace(count, text=span.of(text), low=1, best=1, high=1, span=span)
    if match["part"]:
        return replace(count, text=span.of(text), low=None, best=None, high=count.high, span=span)
    share = next(value for n, (_, value) in enumerate(_SHARES) if match[f"share{n}"])
    low, best, high = (None if b is None else share * b for b in (count.low, count.best, count.high))
    return replace(
        count,
        text=span.of(text),
        low=None if low is None else math.floor(low),
        best=int(best) if best is not None and best.denominator == 1 else None,
        high=None if high is None else math.ceil(high),
        span=span,
    )
