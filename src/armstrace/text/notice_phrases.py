"""The fixed phrases of official notices in a text, its sentences, and the sums told after words of cost."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.model import Value
from armstrace.text.money import find_money
from armstrace.text.notice_forms import phrase_pattern
from armstrace.text.numerals import FLAGS, LEFT, RIGHT
from armstrace.text.paragraphs import trim_span
from armstrace.text.quotations import find_quotations
from armstrace.text.tables import flatten, load_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# A stop before a capital, a blank line, a masked stretch, a line that a dateline opens: notices are wrapped by hand, so
# that a line break alone ends nothing. A single letter ("U.S.") and a short title ("Mr.", "St.") end nothing either.
_BREAK = re.compile(
    r"(?<![.\s][A-Za-z])(?<!\b[A-Z][a-z])[.?!]\s+(?=[A-Z“\"(])"
    r"|\n[ \t\r]*\n\s*|[ ]{6,}|\n(?=[A-Z][^\n]{0,120}(?:–|--)[ ])"
)
_TOTAL = re.compile(r"\btotal\b[ \t.*:]*\Z", re.ASCII | re.IGNORECASE)
_REACH = 40  # characters between words of cost and the sum ("estimated cost is not to exceed $3 million")
_LONGEST_LINE = 120
_PHRASES = (
    *("approved", "refused", "licensed", "sale", "request", "combined", "also", "tails"),
    *("total_cost", "cost", "marks", "notified"),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A stretch of a text with the phrases of notices that stand in it outside quotations, and its sentences."""

    text: str
    region: Span
    quoted: Sequence[Span]
    breaks: Sequence[int]

    def within(self, region: Span) -> Wording:
        """Return the same of a smaller stretch."""
        return replace(self, region=region)

    def find(self, name: str, region: Span | None = None) -> list[Span]:
        """Return where the phrases of one row of the table stand, in order."""
        found = load_phrases()[name].finditer(self.text, *(region or self.region))
        return [Span(*match.span()) for match in found if not self._is_quoted(match.start())]

    def first(self, name: str) -> Span | None:
        """Return the first of the phrases of one row."""
        return next(iter(self.find(name)), None)

    def sentence(self, position: int) -> Span:
        """Return the sentence that holds a position."""
        number = bisect_right(self.breaks, position, hi=len(self.breaks) - 1)
        return trim_span(self.text, self.breaks[number - 1], self.breaks[number])

    def total(self) -> Value | None:
        """Return the cost that sentences tell, that of the whole before others; None where two differ."""
        for name in ("total_cost", "cost"):
            told = [value for cue in self.find(name) if (value := _sum_after(self.text, cue))]
            if told:
                return told[0] if len({(v.amount, v.high) for v in told}) == 1 else None
        return None

    def _is_quoted(self, position: int) -> bool:
        before = bisect_right(self.quoted, Span(position, len(self.text))) - 1
        return before >= 0 and position < self.quoted[before].end


def read_wording(text: str) -> Wording:
    """Return the whole of a text."""
    quoted = _merged(quotation.span for quotation in find_quotations(text) if not quotation.scare)
    breaks = (0, *(match.end() for match in _BREAK.finditer(text)), len(text))
    return Wording(text, Span(0, len(text)), quoted, breaks)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def form_total(text: str, field: Span) -> Value | None:
    """Return the sum of a form's field: the one after "total", or the only one; None in doubt."""
    sums = [_moved(value, field.start) for value in find_money(field.of(text))]
    totals = [v for v in sums if _TOTAL.search(text, max(field.start, v.span.start - _LONGEST_LINE), v.span.start)]
    if totals:
        return totals[-1]
    return sums[0] if len({value.amount for value in sums}) == 1 else None


def _sum_after(text: str, cue: Span) -> Value | None:
    following = find_money(text[cue.end : cue.end + 3 * _REACH])
    near = [_moved(value, cue.end) for value in following if value.span.start <= _REACH]
    return near[0] if near else None


def _moved(value: Value, offset: int) -> Value:
    return replace(value, span=Span(value.span.start + offset, value.span.end + offset))


def find_programme(text: str, region: Span) -> tuple[str, Span] | None:
    """Return the country whose programme or law is named first, and the words."""
    found = ((country, pattern.search(text, *region)) for country, pattern in load_programmes().items())
    named = [(Span(*match.span()), country) for country, match in found if match]
    first = min(named, default=None)
    return (first[1], first[0]) if first else None


@cache
def load_phrases() -> Mapping[str, re.Pattern[str]]:
    """Return the phrases of ``notices.yml`` by the name of their row; the same at every call."""
    table = load_table("notices")
    return MappingProxyType(
        {name: re.compile(rf"{LEFT}{phrase_pattern(flatten(table[name]))}{RIGHT}", FLAGS) for name in _PHRASES}
    )


@cache
def load_programmes() -> Mapping[str, re.Pattern[str]]:
    """Return country -> the words that name its programmes and laws; the same at every call."""
    rows = load_table("notices")["programmes"].items()
    return MappingProxyType({c: re.compile(rf"{LEFT}{phrase_pattern(words)}{RIGHT}", FLAGS) for c, words in rows})


@cache
def load_services() -> frozenset[str]:
    """Return the words that end what is a service or a paper and no article; the same at every call."""
    return frozenset(load_table("notices")["services"])
