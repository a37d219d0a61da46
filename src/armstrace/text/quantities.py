"""Count expressions: "18", "about six", "up to 40", "between 30 and 50", "millions", "a shipment of".

Conventions for the bounds are those of :mod:`armstrace.text.hedges`. Beside them:

* vague plurals have the unit as their floor and nothing else ("millions": low 1,000,000; "dozens": 12), and
  with "several" or "a few" twice the unit;
* "several", "many" and their like have no bounds at all, and count only where a plural follows;
* the span holds the hedge, the number, and the unit where that follows directly ("two batteries").
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.model import Quantity
from armstrace.text.dates import find_dates
from armstrace.text.hedges import (
    Bounds,
    Hedge,
    bound_number,
    join_range,
    read_hedge_after,
    read_hedge_before,
    read_range_frame,
    widen_range,
)
from armstrace.text.measures import follows_measure, is_measured, is_part_of_word, is_reference, is_year
from armstrace.text.money import find_money
from armstrace.text.numerals import FLAGS, GAP, LEFT, RIGHT, Numeral, find_numerals, read_numeral
from armstrace.text.shares import join_counts
from armstrace.text.units import load_unit_words, opens_phrase, read_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_VAGUE = re.compile(
    rf"{LEFT}(?:several|(?:quite{GAP})?a{GAP}few|(?<!how )(?<!as )(?<!so )(?<!too )many|numerous"
    # "multiple rocket launchers" are one kind of launcher
    rf"|multiple(?!{GAP}(?:launch{GAP})?rockets?{RIGHT}|{GAP}launch{RIGHT}|-)"
    rf"|countless|(?:an?{GAP}(?:[a-z]{{3,12}}{GAP})?(?:numbers?|quantity|amount|handful|array|variety|multitude)"
    rf"|(?:large|small|huge|significant|vast|unknown|increasing){GAP}(?:numbers|quantities|amounts)){GAP}of){RIGHT}",
    FLAGS,
)
_ARTICLE = re.compile(rf"{LEFT}(?:an?|another){GAP}(?:[a-z-]{{2,20}}{GAP}){{0,2}}\Z", FLAGS)
_LOOK_BACK = 64
_FIRST_OF = re.compile(rf"{LEFT}(?:the{GAP})?first{GAP}of{GAP}(?:the{GAP})?\Z", FLAGS)  # "the first of three"
_ONE_NOT_BEFORE = re.compile(
    rf"(?:no|any|every|some|each|this|that|which|everyone|number|square|day|page){GAP}\Z", FLAGS
)
_ONE_NOUN = re.compile(rf"{GAP}(?P<word>(?u:[^\W_][\w'’-]*))", FLAGS)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return every count expression of ``text`` in order, none overlapping.

    Money, dates, durations, measures, calibres, designations and references are no counts. People, countries,
    deals and the like are returned with their own unit, so that callers can tell them from arms with
    :func:`armstrace.text.units.counts_arms`.
    """
    dated = (when.span for when in find_dates(text) if when.span)
    taken = _Spans((*(value.span for value in find_money(text)), *dated))
    counts = join_counts(text, (count for count in _find_counts(text, taken) if not taken.touch(count.span)))
    taken = _Spans((*taken.all, *(count.span for count in counts)))
    vague = (count for count in _find_unnumbered(text) if not taken.touch(count.span))
    return tuple(sorted((*counts, *vague), key=lambda count: count.span))


class _Spans:
    """Spans that belong to something else, merged and in order, to be asked in logarithmic time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.all: list[Span] = []
        for span in sorted(spans):
            if self.all and span.start < self.all[-1].end:
                self.all[-1] = Span(self.all[-1].start, max(self.all[-1].end, span.end))
            else:
                self.all.append(span)

    def touch(self, span: Span) -> bool:
        """Tell whether any of the spans shares a character with ``span``."""
        index = bisect_right(self.all, (span.end - 1, _BEYOND)) - 1
        return index >= 0 and self.all[index].end > span.start


_BEYOND = sys.maxsize


def _find_counts(text: str, taken: _Spans) -> Iterator[Quantity]:
    """Yield the counts that hold a number."""
    last = 0
    for numeral in find_numerals(text):
        if numeral.span.start < last or taken.touch(numeral.span):
            continue
        if is_reference(text, numeral) or _is_pronoun(text, numeral):
            continue
        second = _read_second(text, numeral)
        last = (second or numeral).span.end
        count = _read_single(text, numeral) if second is None else _read_range(text, numeral, second)
        if count is not None:
            last = count.span.end
            yield count


def _read_second(text: str, first: Numeral) -> Numeral | None:
    """Return the second number of a range that begins with ``first``, or None where there is no range."""
    frame, _ = read_range_frame(text, first.span.start)
    position = join_range(text, first.span.end, frame)
    second = None if position is None else read_numeral(text, position)
    return None if second is None or widen_range(first, second) is None else second


def _read_range(text: str, first: Numeral, second: Numeral) -> Quantity | None:
    low = widen_range(first, second)
    if low is None or is_part_of_word(text, second) or is_measured(text, second):
        return None
    frame, start = read_range_frame(text, first.span.start)
    if frame is None:
        _, start = read_hedge_before(text, first.span.start)
    return _count(text, Span(start, second.span.end), Bounds(low.value, None, second.value))


def _read_single(text: str, numeral: Numeral) -> Quantity | None:
    first = _FIRST_OF.search(text[max(numeral.span.start - _LOOK_BACK, 0) : numeral.span.start])
    if first:
        return _count(text, Span(numeral.span.start - len(first.group()), numeral.span.end), Bounds(1, 1, 1))
    before, start = read_hedge_before(text, numeral.span.start)
    after, end = read_hedge_after(text, numeral.span.end)
    hedge = after if before is Hedge.EXACT else before
    if end == numeral.span.end and is_part_of_word(text, numeral):
        return None
    if is_measured(text, numeral._replace(span=Span(numeral.span.start, end))):
        return None
    if hedge is Hedge.EXACT and is_year(text, numeral):
        return None
    return _count(text, Span(start, end), bound_number(numeral, hedge))


def _count(text: str, span: Span, bounds: Bounds) -> Quantity | None:
    """Return the count with its unit; None where the number is not whole, for pieces are."""
    low, best, high = (_whole(bound) for bound in bounds)
    if (low, best, high) != bounds:
        return None
    unit = read_unit(text, span.end, singular=best == 1)
    span = Span(span.start, unit.end)
    return Quantity(span.of(text), low, best, high, unit.name, span)


def _whole(value: float | None) -> int | None:
    return value if isinstance(value, int) else None


def _is_pronoun(text: str, numeral: Numeral) -> bool:
    """Tell whether "one" stands for somebody or something ("no one", "one of them") and counts nothing."""
    start, end = numeral.span
    if text[start:end].lower() != "one":
        return False
    noun = _ONE_NOUN.match(text, end)
    if noun is None or noun["word"].lower() in load_unit_words().pronoun_one:
        return join_range(text, end, None) is None or _read_second(text, numeral) is None
    return _ONE_NOT_BEFORE.search(text[max(start - _LOOK_BACK, 0) : start]) is not None


def _find_unnumbered(text: str) -> Iterator[Quantity]:
    """Yield "several missiles" (no bounds) and "a shipment of" (one shipment)."""
    for match in _VAGUE.finditer(text):
        if opens_phrase(text, match.end()) and not follows_measure(text, match.end()):
            span = Span(match.start(), match.end())
            unit = read_unit(text, span.end, singular=False)
            yield Quantity(span.of(text), None, None, None, unit.name, span)
    words = load_unit_words()
    for match in words.container.finditer(text):
        article = _ARTICLE.search(text[max(match.start() - _LOOK_BACK, 0) : match.start()])
        # "A batch of four missiles" counts missiles.
        if article is None or _numbered(text, match.end()):
            continue
        span = Span(match.start() - len(article.group()), match.end("noun"))
        yield Quantity(span.of(text), 1, 1, 1, words.singular[match["noun"].lower()], span)


def _numbered(text: str, end: int) -> bool:
    """Tell whether a number, hedged or not, follows within three words."""
    position = end
    for _ in range(4):
        gap = _GAP.match(text, position)
        if gap is None:
            return False
        if read_numeral(text, gap.end()):
            return True
        word = _HEDGE_WORD.match(text, gap.end())
        if word is None:
            return False
        position = word.end()
    return False


_GAP = re.compile(GAP)
_HEDGE_WORD = re.compile(
    rf"(?:up|to|about|around|some|at|least|more|than|over|nearly|almost|roughly|an|estimated){RIGHT}", FLAGS
)
