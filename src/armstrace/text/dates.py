"""Dates and times as the press words them, absolute and relative.

Without the day of publication relative times and dates that lack a year have no bounds; with it they are
resolved as far as that goes (see :mod:`armstrace.text.calendar_periods`). "Early" and "late" never narrow the
bounds, because nobody says by how much; "earlier this year" ends and "since 2015" ends on publication.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.model import DatePrecision, When
from armstrace.text.absolute_dates import Reading
from armstrace.text.calendar_periods import Period, day_period, month_period, only_day, parse_published
from armstrace.text.date_readers import READERS, read_bare
from armstrace.text.date_words import FULL_MONTHS, MONTHS, NEAR_DAYS, ORDINALS, WAYS, WEEKDAYS
from armstrace.text.measures import counts_things
from armstrace.text.numerals import FLAGS, GAP, LEFT, ONES, RIGHT, TEENS, TENS
from armstrace.text.tables import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIGGER = re.compile(
    rf"(?=[0-9'’a-z]){LEFT}(?:[0-9]{{1,4}}(?![0-9])|['’][6-9]0s|q[1-4]|fy(?=[ -]?[0-9])|fiscal{RIGHT}"
    rf"|{alternatives((*MONTHS, *WEEKDAYS, *NEAR_DAYS, *ORDINALS, *WAYS))}{RIGHT}"
    rf"|{alternatives((*ONES, *TEENS, *TENS, 'few', 'several', 'many'))}{RIGHT}"
    rf"|(?:spring|summer|autumn|fall|winter|within|recent|previous|preceding|following|year){RIGHT}"
    rf"|(?:the{GAP})?(?:end|beginning|start|middle|close){GAP}of{GAP}the{GAP}"
    rf"|the{GAP}(?:{alternatives(WAYS)}|recent|year){RIGHT}"
    rf"|(?:an?|half{GAP}an?){GAP}(?:few|couple|year|month|week|day|decade|quarter|fortnight){RIGHT})",
    FLAGS,
)
_ATTACKS = re.compile(rf"{GAP}(?:terror|terrorist|attacks|attack|hijack)", FLAGS)
_PART = re.compile(
    rf"{LEFT}(?:(?:the{GAP})?(?P<part>start|beginning|end|middle|close|turn){GAP}of(?:{GAP}the)?{GAP}"
    rf"|(?P<way>earlier|later|early|late|mid)(?:-|{GAP})(?:(?:in|on){GAP})?(?:the{GAP})?)\Z",
    FLAGS,
)
_SINCE = re.compile(rf"{LEFT}since{GAP}(?:the{GAP})?\Z", FLAGS)
_FRAME = re.compile(rf"{LEFT}(?P<frame>between|from){GAP}(?:the{GAP})?\Z", FLAGS)
_JOINS = {
    "between": re.compile(rf"{GAP}and{GAP}(?:the{GAP})?", FLAGS),
    "from": re.compile(rf"(?:{GAP}(?:to|until|till|through){GAP}(?:the{GAP})?|[-–])", FLAGS),
    "": re.compile(rf"[-–]|{GAP}(?:through|to){GAP}", FLAGS),
}
_LISTED = re.compile(
    rf"(?:,|,?{GAP}(?:and|or|to|until|through))(?:{GAP}|(?<=,))|[-–]|{GAP}and{GAP}(?:late|early){GAP}", FLAGS
)
_COARSENESS = tuple(DatePrecision)
_LOOK_BACK = 32


def find_dates(text: str, published: str | None = None) -> tuple[When, ...]:
    """Return every time expression of ``text`` in order, none overlapping.

    Args:
        text: Any stretch of text.
        published: ISO day, month or year of publication; anything else counts as unknown.

    Returns:
        Times with inclusive ISO bounds; both None where the words, and ``published``, do not tell.

    """
    anchor = parse_published(published)
    found = [_extend(text, reading, anchor) for reading in _read_all(text, anchor)]
    return tuple(_when(text, reading) for reading in _join_ranges(text, found))


def _read_all(text: str, anchor: Period | None) -> Iterator[Reading]:
    position, previous = 0, None
    while trigger := _TRIGGER.search(text, position):
        after_year = previous is not None and _follows(text, previous, trigger.start())
        reading = _read_at(text, trigger.start(), anchor, after_year=after_year)
        position = reading.span.end if reading else max(_next_word(text, trigger), trigger.start() + 1)
        if reading:
            previous = reading
            yield reading


def _next_word(text: str, trigger: re.Match[str]) -> int:
    """Return where to go on after a trigger that came to nothing: after its first word."""
    gap = _BLANK.search(text, trigger.start(), trigger.end())
    return gap.end() if gap else trigger.end()


_BLANK = re.compile(GAP)


def _follows(text: str, previous: Reading, start: int) -> bool:
    listed = _LISTED.fullmatch(text, previous.span.end, start) if start - previous.span.end < _LOOK_BACK else None
    return listed is not None and previous.precision is DatePrecision.YEAR


def _read_at(text: str, start: int, anchor: Period | None, *, after_year: bool) -> Reading | None:
    best = read_bare(text, start, after_year=after_year)
    for reader, pattern in READERS:
        match = _leave_count(pattern, pattern.match(text, start))
        if match and (best is None or match.end() > best.span.end):
            best = reader(match, anchor) or best
    if best and best.partial and _ATTACKS.match(text, best.span.end):
        return None  # "the Sept. 11 attacks" are a name
    return best


def _leave_count(pattern: re.Pattern[str], match: re.Match[str] | None) -> re.Match[str] | None:
    """Leave a trailing number to what it counts: "in March 20 tanks", "on 6 March, 2000 rifles"."""
    if match is None or not match[0][-1].isdigit() or not counts_things(match.string, match.end()):
        return match
    if _YEAR_AT_END.search(match[0]) and _NAME_AFTER.match(match.string, match.end()):
        return match  # "In August 2021 Belarus delivered rifles"
    text, (start, end) = match.string, match.span()
    number = _LAST_NUMBER.search(text, max(end - 8, start), end)
    if number is None or _ON.search(text, max(start - 4, 0), start):
        return match if number is None else pattern.match(text, start, number.start()) or match
    return pattern.match(text, start, number.start())


_YEAR_AT_END = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\Z")
_NAME_AFTER = re.compile(rf"{GAP}[A-Z][a-z]+(?<!s){RIGHT}(?!{GAP}[A-Z0-9])", re.ASCII)
_ON = re.compile(rf"{LEFT}on{GAP}\Z", FLAGS)
_LAST_NUMBER = re.compile(r",?[ \t\r\n\u00a0]{1,3}[0-9]{1,4}\Z")


def _extend(text: str, reading: Reading, anchor: Period | None) -> Reading:
    """Take in "early", "end of", "since" before a date, and what they do to its bounds."""
    start, end = reading.span
    (first, last), today = reading.period, only_day(anchor)
    part = _PART.search(text, max(start - _LOOK_BACK, 0), start)
    if part:
        start = part.start()
        way = (part["way"] or "").lower()
        if today and first and last and first <= today <= last:
            first, last = (today if way == "later" else first), (today if way == "earlier" else last)
    since = _SINCE.search(text, max(start - _LOOK_BACK, 0), start)
    if since:
        start, last = since.start(), (today if today and first and today >= first else None)
    return reading._replace(span=Span(start, end), period=Period(first, last))


def _join_ranges(text: str, readings: list[Reading]) -> Iterator[Reading]:
    waiting: Reading | None = None
    for reading in readings:
        joined = _join(text, waiting, reading) if waiting else None
        if waiting and joined is None:
            yield waiting
        waiting = joined or reading
    if waiting:
        yield waiting


def _join(text: str, first: Reading, last: Reading) -> Reading | None:
    """Return the range that two dates make ("between March and May 2014"), or None."""
    frame = _FRAME.search(text, max(first.span.start - _LOOK_BACK, 0), first.span.start)
    join = _JOINS[frame["frame"].lower() if frame else ""]
    if join.fullmatch(text, first.span.end, last.span.start) is None:
        return None
    start = _borrow_year(first, last)
    span = Span(frame.start() if frame else first.span.start, last.span.end)
    if start is None or (start.period.start and last.period.end and start.period.start > last.period.end):
        return None
    precision = max(start.precision, last.precision, key=_COARSENESS.index)
    known = start.period.start is not None and last.period.end is not None
    period = Period(start.period.start, last.period.end) if known else Period(None, None)
    return Reading(span, period, precision)


def _borrow_year(first: Reading, last: Reading) -> Reading | None:
    """Give the first date the year of the second, which stands for both: "from March to May 2014"."""
    if first.partial is None or last.partial is not None or last.period.end is None:
        return first
    (month, day), end = first.partial, last.period.end
    year = end.year - (month > end.month)
    period = day_period(year, month, day) if day else month_period(year, month)
    precision = DatePrecision.DAY if day else DatePrecision.MONTH
    return first._replace(period=period, precision=precision) if period else None


def _when(text: str, reading: Reading) -> When:
    start, end = reading.period
    span = reading.span
    words = span.of(text)
    if words.endswith(".") and words[:-1].split()[-1].lower() in FULL_MONTHS:
        span = Span(span.start, span.end - 1)  # a full stop, no abbreviation
    return When(
        span.of(text),
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        reading.precision,
        span,
    )
