"""Readers of dates that stand on the calendar: "6 September 2022", "March 14-16", "the 1980s"."""

from __future__ import annotations

import re
from typing import NamedTuple

from armstrace.document import Span
from armstrace.model import DatePrecision as P
from armstrace.text import calendar_periods as calendar
from armstrace.text.calendar_periods import UNKNOWN, Period
from armstrace.text.date_words import CLEAR_MONTHS, MONTHS, NAME_MONTHS, WAYS
from armstrace.text.numerals import FLAGS, GAP


class Reading(NamedTuple):
    """A date as read. ``partial`` is (month, day or 0) where the words lack a year."""

    span: Span
    period: Period
    precision: P
    partial: tuple[int, int] | None = None


def make_reading(match: re.Match[str], period: Period | None, precision: P) -> Reading | None:
    """Return the match as a date of that period, or None where there is no such period."""
    return None if period is None else Reading(Span(*match.span()), period, precision)


def make_relative(match: re.Match[str], period: Period | None, precision: P = P.RELATIVE) -> Reading:
    """Return what the anchor resolves, else a relative time without bounds."""
    return Reading(Span(*match.span()), period or UNKNOWN, precision if period else P.RELATIVE)


def read_numeric(match: re.Match[str], _: Period | None) -> Reading | None:
    """Read 06/09/2022 only where it can be one day; dots always put the day first."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    days = {calendar.day_period(year, second, first)}
    if match["sign"] != ".":
        days.add(calendar.day_period(year, first, second))
    found = [day for day in days if day]
    return make_reading(match, found[0], P.DAY) if len(found) == 1 else None


def read_iso(match: re.Match[str], _: Period | None) -> Reading | None:
    """Read 2022-09-06 and 2022/09/06."""
    year, month, day = (int(match[part]) for part in ("year", "mon", "day"))
    return make_reading(match, calendar.day_period(year, month, day), P.DAY)


def read_day(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read a day of a month, or a run of days, with or without its year."""
    month, first = read_month_number(match), int(match["day"])
    last = int(match["day_2"] or first)
    # 2000 has every day there is.
    if month is None or last < first or calendar.day_period(int(match["year"] or 2000), month, last) is None:
        return None
    period = _run_of_days(_find_day(match, anchor, first), _find_day(match, anchor, last))
    if period:
        partial = None if match["year"] else (month, first)
        return Reading(Span(*match.span()), period, P.DAY, partial)
    return Reading(Span(*match.span()), UNKNOWN, P.DAY_NO_YEAR, (month, first))


def _find_day(match: re.Match[str], anchor: Period | None, day: int) -> Period | None:
    month, year = MONTHS[match["month"].lower()], _year(match, anchor)
    if year is not None:
        return calendar.day_period(year, month, day)
    return None if match["that_year"] else calendar.nearest_day(anchor, month, day, _months_ahead(match))


def _run_of_days(first: Period | None, last: Period | None) -> Period | None:
    if first is None or last is None or first.start is None or last.end is None or first.start > last.end:
        return None
    return Period(first.start, last.end)


def _year(match: re.Match[str], anchor: Period | None) -> int | None:
    """Return the year named, also as "this year"; None where none is, or nobody knows which it was."""
    if match["year"]:
        return int(match["year"])
    seen = calendar.only_year(anchor)
    return seen + WAYS[match["that_year"].lower()] if seen and match["that_year"] else None


def read_month(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read a month, which without its year needs a word before it that shows it is one."""
    month, named = read_month_number(match), match["year"] or match["that_year"]
    if month is None:
        return None
    clear = named or match["month"].lower() in CLEAR_MONTHS
    if not clear and not _opens_month(match):
        return None
    year = _year(match, anchor)
    period = calendar.month_period(year, month) if year else None
    if not named:
        period = calendar.nearest_month(anchor, month, _months_ahead(match))
    partial = None if match["year"] else (month, 0)
    return Reading(Span(*match.span()), period or UNKNOWN, P.MONTH if period else P.MONTH_NO_YEAR, partial)


_MONTH_OPENER = re.compile(
    rf"(?<!(?u:\w))(?:(?:in|since|until|till|before|after|during|late|early|mid|throughout|last|next|this){GAP}|mid-"
    rf"|(?P<weak>by|around|of|from|through|between|to|and|for){GAP})\Z",
    FLAGS,
)


_NAME_FOLLOWS = re.compile(rf"{GAP}[A-Z]", re.ASCII)


# What is to come names its month without a year more than two months ahead: "will ship the rest by August".
_TO_COME = re.compile(
    rf"(?<!(?u:\w))(?:will|would|shall|to be|due|expected|scheduled|planned|plans?|set|hopes?|intends?)(?!(?u:\w))"
    rf"[^.;!?\n]{{0,80}}(?:by|until|till|before|from|in|on|for)(?:{GAP}(?:the|end|middle|start|early|mid|late|of))*{GAP}\Z",
    FLAGS,
)
_ALL_YEAR = 11
_LOOKED_BACK = 120  # characters


def _months_ahead(match: re.Match[str]) -> int:
    start = match.start()
    to_come = _TO_COME.search(match.string, max(start - _LOOKED_BACK, 0), start)
    return _ALL_YEAR if to_come else calendar.MONTHS_AHEAD


def _opens_month(match: re.Match[str]) -> bool:
    """Tell whether the word before shows that "April" is a month and no name ("to April Glaspie")."""
    text, (start, end) = match.string, match.span()
    opener = _MONTH_OPENER.search(text, max(start - 16, 0), start)
    if opener is None or (match["month"].lower() in NAME_MONTHS and text[end - 1] != "."):
        return False
    return not (opener["weak"] and _NAME_FOLLOWS.match(text, end))


def read_decade(match: re.Match[str], _: Period | None) -> Reading | None:
    """Read "the 1980s" and "the '80s"; two digits are of the twentieth century."""
    digits = match["decade"]
    return make_reading(
        match,
        calendar.year_period(int(digits if len(digits) == len("1980") else "19" + digits), 10),
        P.DECADE,
    )


def read_year_range(match: re.Match[str], _: Period | None) -> Reading | None:
    """Read "2011-13" and "2011-2013"."""
    first, last = match["year"], match["last"]
    end = int(last if len(last) == len(first) else first[:2] + last)
    years = end - int(first) + 1
    return make_reading(match, calendar.year_period(int(first), years), P.YEAR) if years > 1 else None


def read_year(match: re.Match[str], _: Period | None) -> Reading | None:
    """Read a year; whether the number is one has been settled before."""
    return make_reading(match, calendar.year_period(int(match["year"])), P.YEAR)


def read_fiscal(match: re.Match[str], _: Period | None) -> Reading:
    """Read "fiscal 2014": each state has its own fiscal year, so the bounds stay unknown."""
    return Reading(Span(*match.span()), UNKNOWN, P.YEAR)


def read_month_number(match: re.Match[str]) -> int | None:
    """Return the number of the month; None for "may" and "march" without a capital."""
    return MONTHS[match["month"].lower()] if match["month"][0].isupper() else None
