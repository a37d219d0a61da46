"""Readers of times that need the day of publication: "last month", "Monday", "two weeks ago"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.model import DatePrecision as P
from armstrace.text import calendar_periods as calendar
from armstrace.text.absolute_dates import Reading, make_reading, make_relative, read_month_number
from armstrace.text.calendar_periods import Period
from armstrace.text.date_words import NEAR_DAYS, ORDINALS, OUTLET_TAILS, WAYS, WEEKDAYS
from armstrace.text.numerals import GAP, RIGHT, SMALL
from armstrace.text.tables import alternatives

if TYPE_CHECKING:
    from collections.abc import Callable


def read_way_month(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read "last March" as the latest that was over, "next March" as the first to come, else this year's."""
    month, way, seen = read_month_number(match), WAYS.get(match["way"].lower()), calendar.only_month(anchor)
    if month is None:
        return None
    if way is None or seen is None:
        return make_relative(match, None)
    year = seen[0] - (way < 0 and month >= seen[1]) + (way > 0 and month <= seen[1])
    return make_relative(match, calendar.month_period(year, month), P.MONTH)


def read_quarter(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read "Q3 2026", "the third quarter of 2026", "first half of this year"."""
    parts = match.groupdict()
    number = int(parts["number"]) if parts.get("number") else ORDINALS[match["ordinal"].lower()]
    half = bool(parts.get("half"))
    if half:
        number = min(number, len(("first", "second")))
    year = _named_year(parts, anchor)
    length = 6 if half else 3
    period = calendar.month_period(year, (number - 1) * length + 1, length) if year else None
    return make_relative(match, period, P.SEASON if half else P.QUARTER)


def read_season(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read "spring 2014", "winter 2013-14", "this summer", "last spring"."""
    parts = match.groupdict()
    season = match["season"].lower()
    if parts.get("way"):
        way = WAYS.get(match["way"].lower())
        return make_relative(match, None if way is None else calendar.shift_seasons(anchor, season, way), P.SEASON)
    if not parts.get("year"):
        return make_relative(match, None)
    if parts.get("year_2"):
        return make_reading(match, calendar.month_period(int(match["year"]), calendar.SEASONS[season], 3), P.SEASON)
    return make_reading(match, calendar.season_period(season, int(match["year"])), P.SEASON)


def read_weekday(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read a weekday with its capital; "The Sunday Times" and "Fox News Sunday" hold none."""
    name = match["weekday"]
    text, (start, end) = match.string, match.span()
    if not name[0].isupper() or _OUTLET_TAIL.match(text, end) or _OUTLET_HEAD.search(text, max(start - 10, 0), start):
        return None
    way = (match["way"] or "").lower()
    return make_relative(match, calendar.weekday_period(anchor, WEEKDAYS.index(name.lower()), way), P.DAY)


_OUTLET_HEAD = re.compile(rf"(?:News|Mail{GAP}on){GAP}\Z", re.ASCII)
_OUTLET_TAIL = re.compile(rf"{GAP}{alternatives(OUTLET_TAILS)}{RIGHT}", re.ASCII)


def read_near_day(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read "yesterday", "tonight"; "Russia Today" holds none."""
    if match.group()[0].isupper() and _AFTER_NAME.search(match.string[max(match.start() - 16, 0) : match.start()]):
        return None  # "Russia Today", "USA Today"
    words = re.sub(r"\s+", " ", match.group().lower())
    return make_relative(match, calendar.shift_day(anchor, NEAR_DAYS[words]), P.DAY)


_AFTER_NAME = re.compile(r"[A-Z][A-Za-z]+ \Z", re.ASCII)


def read_way_unit(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "last month" (the calendar month before) and "the past month" (the month up to publication)."""
    unit, way = match["unit"].lower(), match["way"].lower()
    step = WAYS.get(way)
    windowed = way in {"past", "coming", "upcoming"} or match["the"] is not None or unit in {"decade", "fortnight"}
    if step is None or (unit == "decade" and way == "next"):
        return make_relative(match, None)
    if step and windowed:
        return make_relative(match, calendar.window(anchor, unit, step))
    return make_relative(match, *_whole_unit(anchor, unit, step))


def read_window(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "over the past ten years", "in the next five years", "within six months"."""
    parts, count = match.groupdict(), _count(match["count"])
    step = WAYS.get(parts["way"].lower()) if parts.get("way") else 1
    if count is None or not step:
        return make_relative(match, None)
    return make_relative(match, calendar.window(anchor, match["unit"].lower(), step * count))


def read_recent(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "recent weeks", "the coming months": open at the far side, for nobody says how many."""
    day = calendar.only_day(anchor)
    ahead = match["open"].lower() in {"coming", "next", "upcoming"}
    return make_relative(match, (Period(day, None) if ahead else Period(None, day)) if day else None)


def read_ago(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "two weeks ago" as the week, "five years ago" as the year; "earlier" has another anchor."""
    unit, count = match["unit"].lower(), _count(match["count"])
    if match["from"].lower() != "ago" or count is None or unit in {"decade", "fortnight"}:
        return make_relative(match, None)
    return make_relative(match, *_whole_unit(anchor, unit, -count))


def read_the_year(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "the end of the year", "year-end"."""
    unit = (match["unit"] or "year").lower()
    return make_relative(match, *_whole_unit(anchor, unit, 0))


def _whole_unit(anchor: Period | None, unit: str, step: int) -> tuple[Period | None, P]:
    shift, precision = _SHIFTS.get(unit, (None, P.RELATIVE))
    return (shift(anchor, step) if shift else None), precision


def _decade(anchor: Period | None, step: int) -> Period | None:
    year = calendar.only_year(anchor)
    return None if year is None or step else calendar.year_period(year // 10 * 10, 10)


_SHIFTS: dict[str, tuple[Callable[[Period | None, int], Period | None], P]] = {
    "day": (calendar.shift_day, P.DAY),
    "week": (calendar.shift_weeks, P.RELATIVE),
    "month": (calendar.shift_months, P.MONTH),
    "quarter": (calendar.shift_quarters, P.QUARTER),
    "year": (calendar.shift_years, P.YEAR),
    "decade": (_decade, P.DECADE),
}


def _count(words: str) -> int | None:
    """Return the number, or None for "several" and its like."""
    folded = re.sub(r"\s+", " ", words.lower())
    if folded.isdigit():
        return int(folded)
    return {"a": 1, "an": 1, "a couple of": 2}.get(folded) or SMALL.get(folded)


def _named_year(parts: dict[str, str | None], anchor: Period | None) -> int | None:
    if parts.get("year"):
        return int(parts["year"] or 0)
    step = WAYS.get((parts.get("way") or "").lower())
    if parts.get("the_year"):
        step = 0
    seen = calendar.only_year(anchor)
    return None if step is None or seen is None else seen + step
