"""The number that an entry of a list begins with: "Up to four (4) aircraft", "36 (thirty-six)", "10 engines".

In lists the number comes first, and notices write it twice. Where words and figure differ ("six (8)") both are kept
as bounds and there is no best number.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from armstrace.document import Span
from armstrace.model import Quantity
from armstrace.text.hedges import Bounds, bound_number, read_hedge_before
from armstrace.text.numerals import FLAGS, GAP, RIGHT, Numeral, find_numerals, read_numeral
from armstrace.text.quantities import find_quantities
from armstrace.text.tables import alternatives, load_table
from armstrace.text.units import PIECES, read_unit

_LONGEST = 120  # characters within which an entry's number ends
_MOST_NUMERALS = 4  # of which the first is the entry's: "six (6) to ten (10)"; what follows is of other entries
_REPEATED = re.compile(r"\([0-9][0-9,]{0,14}\)")
_OPENING = re.compile(r"[ \t\r\n\u00a0]{0,12}\(")  # a figure may stand on the next line, indented
_COUNTED = re.compile(r"[ \t\r\n\u00a0]{1,12}[\w.“\"(]")


class Count(NamedTuple):
    """A number at the head of an entry: its bounds, where number and unit end; ``twice``: in words and figures."""

    bounds: Bounds
    end: int
    unit: str
    unit_end: int
    twice: bool


def read_count(text: str, piece: Span) -> Count | None:
    """Return the number that counts what is named after it; None where the piece begins with none.

    A ratio ("2 per aircraft") counts nothing.
    """
    words = _without_others(text[piece.start : min(piece.end, piece.start + _LONGEST)])
    count = _read_twice(words) or _read_once(words)
    if count is None or load_ratio().match(words, count.end) or not _COUNTED.match(words, count.end):
        return None
    return count._replace(end=piece.start + count.end, unit_end=piece.start + count.unit_end)


def quantity_of(text: str, start: int, count: Count) -> Quantity:
    """Return the count as a quantity; only whole numbers are kept, for pieces are."""
    low, best, high = (bound if isinstance(bound, int) else None for bound in count.bounds)
    span = Span(start, count.unit_end)
    return Quantity(span.of(text), low, best, high, count.unit, span)


def _without_others(words: str) -> str:
    """Return words up to the numbers that can only be of later entries, so that none is read for each before it."""
    other = next(islice(find_numerals(words), _MOST_NUMERALS, None), None)
    return words[: other.span.start] if other else words


def _read_twice(words: str) -> Count | None:
    """Return a number that the words open with and repeat in brackets."""
    numeral = next(find_numerals(words), None)
    again = _written_again(words, numeral) if numeral else None
    if numeral is None or again is None or numeral.vague:
        return None
    hedge, begin = read_hedge_before(words, numeral.span.start)
    if begin:
        return None
    low, high = sorted((again.value, numeral.value))
    bounds = bound_number(numeral, hedge) if low == high else Bounds(low, None, high)
    unit = read_unit(words, again.span.end, singular=bounds.best == 1)
    return Count(bounds, again.span.end, unit.name, unit.end, twice=True)


def _written_again(words: str, numeral: Numeral) -> Numeral | None:
    """Return the number in brackets after another ("six (6)", "6 (six)"), its span up to the closing bracket."""
    start, end = numeral.span
    if _REPEATED.search(words, start, end):
        return numeral  # a numeral takes in the figure that repeats it
    opening = _OPENING.match(words, end)
    again = read_numeral(words, opening.end()) if opening else None
    closed = again is not None and words.startswith(")", again.span.end)
    return again._replace(span=Span(start, again.span.end + 1)) if again and closed else None


def _read_once(words: str) -> Count | None:
    """Return a number written once, by the rules for counts in prose, as far as it opens the words."""
    found = next(iter(find_quantities(words)), None)
    if found is None or found.span.start:
        return None
    before = found.text.rpartition(" ")[0]
    unit = read_unit(words, len(before), singular=found.best == 1)
    named = bool(before) and found.unit != PIECES and unit.end == found.span.end
    end = len(before) if named else found.span.end
    return Count(Bounds(found.low, found.best, found.high), end, found.unit, found.span.end, twice=False)


@cache
def load_ratio() -> re.Pattern[str]:
    """Return the pattern of the words that make a number a ratio; the same at every call."""
    return re.compile(rf"{GAP}{alternatives(load_table('item_lists')['ratios'])}{RIGHT}", FLAGS)
