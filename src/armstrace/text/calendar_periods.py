"""Stretches of the calendar, and what "last month" or "Sept 6" are when seen from the day of publication.

Pure arithmetic on :class:`datetime.date`; nothing here asks what day it is. Whatever cannot be told from the
publication date as given is unknown: a report of "2022-09" does not tell what "Monday" was.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """First and last day, inclusive; None where open or unknown."""

    start: date | None
    end: date | None


UNKNOWN = Period(None, None)

MONTHS_AHEAD = 2
"""A date without a year is sought up to two months after publication, else in the ten months before."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First months of the northern, meteorological seasons; the southern press seldom dates deals by them."""

_IN_A_YEAR = 12
_PUBLISHED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:[T ].{0,40})?", re.ASCII | re.DOTALL)


def parse_published(published: str | None) -> Period | None:
    """Return the days that an ISO day, month or year covers; None for anything else."""
    match = _PUBLISHED.fullmatch(published) if published else None
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not MINYEAR <= year <= MAXYEAR:
        return None
    if month is None:
        return year_period(year)
    if not 1 <= month <= _IN_A_YEAR:
        return None
    if day is None:
        return month_period(year, month)
    return day_period(year, month, day)


def day_period(year: int, month: int, day: int) -> Period | None:
    """Return one day, or None where the calendar has no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found)


def month_period(year: int, month: int, months: int = 1) -> Period | None:
    """Return ``months`` months from the given one; a ``month`` outside 1-12 counts on into other years."""
    first, last = year * 12 + month - 1, year * 12 + month + months - 2
    if not (first >= MINYEAR * 12 and last < MAXYEAR * 12):
        return None
    end_year, end_month = last // 12, last % 12 + 1
    end = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Period(date(first // 12, first % 12 + 1, 1), end)


def year_period(year: int, years: int = 1) -> Period | None:
    """Return ``years`` years from the given one."""
    return month_period(year, 1, 12 * years)


def season_period(season: str, year: int) -> Period | None:
    """Return the season of a year; a winter without a second year may be either, so both are covered."""
    if season == "winter":
        return month_period(year, 0, 15)
    return month_period(year, SEASONS[season], 3)


def only_day(anchor: Period | None) -> date | None:
    """Return the day of an anchor that is exactly one day."""
    return anchor.start if anchor and anchor.start == anchor.end else None


def only_month(anchor: Period | None) -> tuple[int, int] | None:
    """Return year and month of an anchor that lies within one month."""
    if anchor is None or anchor.start is None or anchor.end is None:
        return None
    month = anchor.start.year, anchor.start.month
    return month if month == (anchor.end.year, anchor.end.month) else None


def only_year(anchor: Period | None) -> int | None:
    """Return the year of an anchor that lies within one year."""
    return (
        anchor.start.year if anchor and anchor.start and anchor.end and anchor.start.year == anchor.end.year else None
    )


def nearest_month(anchor: Period | None, month: int, most_ahead: int = MONTHS_AHEAD) -> Period | None:
    """Return that month of the twelve that end ``most_ahead`` after publication."""
    seen = only_month(anchor)
    if seen is None:
        return None
    ahead = (month - seen[1]) % 12
    return month_period(seen[0], seen[1] + (ahead if ahead <= most_ahead else ahead - 12))


def nearest_day(anchor: Period | None, month: int, day: int, most_ahead: int = MONTHS_AHEAD) -> Period | None:
    """Return that day in the twelve months that end ``most_ahead`` after publication."""
    seen = only_month(anchor)
    if seen is None:
        return None
    limit = only_day(anchor) or date(seen[0], seen[1], 1)
    latest = (limit.year * 12 + limit.month + most_ahead, limit.day)
    for year in (limit.year + 1, limit.year, limit.year - 1):
        if (year * 12 + month, day) <= latest:
            return day_period(year, month, day) if MINYEAR <= year <= MAXYEAR else None
    return None


def shift_day(anchor: Period | None, days: int) -> Period | None:
    """Return the day so many days after publication (before, if negative)."""
    day = only_day(anchor)
    found = None if day is None else _add_days(day, days)
    return Period(found, found) if found else None


def shift_weeks(anchor: Period | None, weeks: int) -> Period | None:
    """Return the whole week, Monday to Sunday, so many weeks from that of publication."""
    day = only_day(anchor)
    monday = None if day is None else _add_days(day, 7 * weeks - day.weekday())
    sunday = None if monday is None else _add_days(monday, 6)
    return Period(monday, sunday) if sunday else None


def shift_months(anchor: Period | None, months: int) -> Period | None:
    """Return the whole month so many months from that of publication."""
    seen = only_month(anchor)
    return None if seen is None else month_period(seen[0], seen[1] + months)


def shift_quarters(anchor: Period | None, quarters: int) -> Period | None:
    """Return the whole calendar quarter so many quarters from that of publication."""
    seen = only_month(anchor)
    return None if seen is None else month_period(seen[0], (seen[1] - 1) // 3 * 3 + 1 + 3 * quarters, 3)


def shift_years(anchor: Period | None, years: int) -> Period | None:
    """Return the whole year so many years from that of publication."""
    year = only_year(anchor)
    return None if year is None else year_period(year + years)


def shift_seasons(anchor: Period | None, season: str, way: int) -> Period | None:
    """Return the latest such season that was over (-1), the first to come (+1), or this year's (0)."""
    day = only_day(anchor)
    if day is None:
        return None
    found = (month_period(year, SEASONS[season], 3) for year in range(day.year - 2, day.year + 3))
    seasons = [each for each in found if each and each.start and each.end]
    if way < 0:
        return next((each for each in reversed(seasons) if each.end and each.end < day), None)
    if way > 0:
        return next((each for each in seasons if each.start and each.start > day), None)
    holding = [each for each in seasons if each.start and each.end and each.start <= day <= each.end]
    return next(iter(holding), month_period(day.year, SEASONS[season], 3))


def window(anchor: Period | None, unit: str, count: int) -> Period | None:
    """Return the days between publication and the day ``count`` units later (earlier, if negative)."""
    day = only_day(anchor)
    if day is None:
        return None
    if unit in _DAYS:
        far = _add_days(day, _DAYS[unit] * count)
    else:
        whole = month_period(day.year, day.month + _MONTHS[unit] * count)
        far = None
        if whole and whole.start and whole.end:
            far = whole.start.replace(day=min(day.day, whole.end.day))
    if far is None:
        return None
    return Period(min(day, far), max(day, far))


def weekday_period(anchor: Period | None, weekday: int, way: str) -> Period | None:
    """Return the weekday as the press means it: bare, the latest one up to the day of publication itself."""
    day = only_day(anchor)
    if day is None:
        return None
    back = (day.weekday() - weekday) % 7
    days = {"last": -(back or 7), "next": 7 - back, "this": weekday - day.weekday()}.get(way, -back)
    return shift_day(anchor, days)


_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def _add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
