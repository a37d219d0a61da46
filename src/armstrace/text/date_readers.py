"""One reader a form of date: a pattern and what its match means. :mod:`armstrace.text.dates` puts them together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from armstrace.model import DatePrecision as P  # noqa: N817  (one letter keeps the table readable)
from armstrace.model import Span
from armstrace.text import calendar_periods as calendar
from armstrace.text.calendar_periods import UNKNOWN, Period
from armstrace.text.date_words import (
    CLEAR_MONTHS,
    COUNT,
    DAY,
    DAY_2,
    MONTH,
    MONTHS,
    NAME_MONTHS,
    NEAR_DAYS,
    ONE_UNIT,
    ORDINALS,
    OUTLET_TAILS,
    SEASON,
    UNIT,
    WAY,
    WAYS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    alternatives,
)
from armstrace.text.measures import counts_things
from armstrace.text.numerals import FLAGS, GAP, RIGHT, SMALL

if TYPE_CHECKING:
    from collections.abc import Callable


class Reading(NamedTuple):
    """A date as read. ``partial`` is (month, day or 0) where the words lack a year."""

    span: Span
    period: Period
    precision: P
    partial: tuple[int, int] | None = None


def _reading(match: re.Match[str], period: Period | None, precision: P) -> Reading | None:
    return None if period is None else Reading(Span(*match.span()), period, precision)


def _relative(match: re.Match[str], period: Period | None, precision: P = P.RELATIVE) -> Reading:
    """Return what the anchor resolves, else a relative time without bounds."""
    return Reading(Span(*match.span()), period or UNKNOWN, precision if period else P.RELATIVE)


def _read_numeric(match: re.Match[str], _: Period | None) -> Reading | None:
    """Read 06/09/2022 only where it can be one day; dots always put the day first."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    days = {calendar.day_period(year, second, first)}
    if match["sign"] != ".":
        days.add(calendar.day_period(year, first, second))
    found = [day for day in days if day]
    return _reading(match, found[0], P.DAY) if len(found) == 1 else None


def _read_iso(match: re.Match[str], _: Period | None) -> Reading | None:
    return _reading(match, calendar.day_period(*(int(match[part]) for part in ("year", "mon", "day"))), P.DAY)


def _read_day(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read a day of a month, or a run of days, with or without its year."""
    month, first = _month(match), int(match["day"])
    last = int(match["day_2"] or first)
    if month is None or last < first:
        return None
    if match["year"]:
        start = calendar.day_period(int(match["year"]), month, first)
        end = calendar.day_period(int(match["year"]), month, last)
        return _reading(match, Period(start.start, end.end), P.DAY) if start and end else None
    if calendar.day_period(2000, month, last) is None:  # 2000 has every day there is
        return None
    start, end = (calendar.nearest_day(anchor, month, day) for day in (first, last))
    period = (
        Period(start.start, end.end) if start and end and (start.start or last) <= (end.end or last) else None
    )
    return Reading(Span(*match.span()), period or UNKNOWN, P.DAY if period else P.DAY_NO_YEAR, (month, first))


def _read_month(match: re.Match[str], anchor: Period | None) -> Reading | None:
    month, year = _month(match), match["year"]
    if month is None:
        return None
    if year:
        return _reading(match, calendar.month_period(int(year), month), P.MONTH)
    if match["month"].lower() not in CLEAR_MONTHS and not _opens_month(match):
        return None
    period = calendar.nearest_month(anchor, month)
    return Reading(Span(*match.span()), period or UNKNOWN, P.MONTH if period else P.MONTH_NO_YEAR, (month, 0))


_MONTH_OPENER = re.compile(
    rf"(?<!(?u:\w))(?:(?:in|since|until|till|before|after|during|late|early|mid|throughout|last|next|this){GAP}|mid-"
    rf"|(?P<weak>by|around|of|from|through|between|to|and|for){GAP})\Z",
    FLAGS,
)
_NAME_FOLLOWS = re.compile(rf"{GAP}[A-Z]", re.ASCII)


def _opens_month(match: re.Match[str]) -> bool:
    """Tell whether the word before shows that "May" or "April" is a month and no name ("to April Glaspie")."""
    text, (start, end) = match.string, match.span()
    opener = _MONTH_OPENER.search(text, max(start - 16, 0), start)
    if opener is None or (match["month"].lower() in NAME_MONTHS and text[end - 1] != "."):
        return False
    return not (opener["weak"] and _NAME_FOLLOWS.match(text, end))


def _read_way_month(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read "last March" as the latest that was over, "next March" as the first to come, "this March" as this year's."""
    month, way, seen = _month(match), WAYS.get(match["way"].lower()), calendar.only_month(anchor)
    if month is None:
        return None
    if way is None or seen is None:
        return _relative(match, None)
    year = seen[0] - (way < 0 and month >= seen[1]) + (way > 0 and month <= seen[1])
    return _relative(match, calendar.month_period(year, month), P.MONTH)


def _read_quarter(match: re.Match[str], anchor: Period | None) -> Reading | None:
    """Read "Q3 2026", "the third quarter of 2026", "first half of this year"."""
    parts = match.groupdict()
    number = int(parts["number"]) if parts.get("number") else ORDINALS[match["ordinal"].lower()]
    half = bool(parts.get("half"))
    if half and number > 2:
        number = 2
    year = _named_year(parts, anchor)
    length = 6 if half else 3
    period = calendar.month_period(year, (number - 1) * length + 1, length) if year else None
    return _relative(match, period, P.SEASON if half else P.QUARTER)


def _read_season(match: re.Match[str], anchor: Period | None) -> Reading | None:
    parts = match.groupdict()
    season = match["season"].lower()
    if parts.get("way"):
        way = WAYS.get(match["way"].lower())
        return _relative(
            match, None if way is None else calendar.shift_seasons(anchor, season, way), P.SEASON
        )
    if not parts.get("year"):
        return _relative(match, None)
    if parts.get("year_2"):
        return _reading(
            match, calendar.month_period(int(match["year"]), calendar.SEASONS[season], 3), P.SEASON
        )
    return _reading(match, calendar.season_period(season, int(match["year"])), P.SEASON)


def _read_decade(match: re.Match[str], _: Period | None) -> Reading | None:
    digits = match["decade"]
    return _reading(
        match,
        calendar.year_period(int(digits if len(digits) == len("1980") else "19" + digits), 10),
        P.DECADE,
    )


def _read_year_range(match: re.Match[str], _: Period | None) -> Reading | None:
    first, last = match["year"], match["last"]
    end = int(last if len(last) == len(first) else first[:2] + last)
    years = end - int(first) + 1
    return _reading(match, calendar.year_period(int(first), years), P.YEAR) if years > 1 else None


def _read_year(match: re.Match[str], _: Period | None) -> Reading | None:
    return _reading(match, calendar.year_period(int(match["year"])), P.YEAR)


def _read_fiscal(match: re.Match[str], _: Period | None) -> Reading:
    """Read "fiscal 2014": each state has its own fiscal year, so the bounds stay unknown."""
    return Reading(Span(*match.span()), UNKNOWN, P.YEAR)


def _read_weekday(match: re.Match[str], anchor: Period | None) -> Reading | None:
    name = match["weekday"]
    if not name[0].isupper() or _OUTLET_TAIL.match(match.string, match.end()):
        return None
    way = (match["way"] or "").lower()
    return _relative(match, calendar.weekday_period(anchor, WEEKDAYS.index(name.lower()), way), P.DAY)


_OUTLET_TAIL = re.compile(rf"{GAP}{alternatives(OUTLET_TAILS)}{RIGHT}", re.ASCII)


def _read_near_day(match: re.Match[str], anchor: Period | None) -> Reading | None:
    if match.group()[0].isupper() and _AFTER_NAME.search(
        match.string[max(match.start() - 16, 0) : match.start()]
    ):
        return None  # "Russia Today", "USA Today"
    words = re.sub(r"\s+", " ", match.group().lower())
    return _relative(match, calendar.shift_day(anchor, NEAR_DAYS[words]), P.DAY)


_AFTER_NAME = re.compile(r"[A-Z][A-Za-z]+ \Z", re.ASCII)


def _read_way_unit(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "last month" (the calendar month before) and "the past month" (the month up to publication)."""
    unit, way = match["unit"].lower(), match["way"].lower()
    step = WAYS.get(way)
    windowed = (
        way in {"past", "coming", "upcoming"} or match["the"] is not None or unit in {"decade", "fortnight"}
    )
    if step is None or (unit == "decade" and way == "next"):
        return _relative(match, None)
    if step and windowed:
        return _relative(match, calendar.window(anchor, unit, step))
    return _relative(match, *_whole_unit(anchor, unit, step))


def _read_window(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "over the past ten years", "in the next five years", "within six months"."""
    parts, count = match.groupdict(), _count(match["count"])
    step = WAYS.get(parts["way"].lower()) if parts.get("way") else 1
    if count is None or not step:
        return _relative(match, None)
    return _relative(match, calendar.window(anchor, match["unit"].lower(), step * count))


def _read_recent(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "recent weeks", "the coming months": open at the far side, for nobody says how many."""
    day = calendar.only_day(anchor)
    ahead = match["open"].lower() in {"coming", "next", "upcoming"}
    return _relative(match, (Period(day, None) if ahead else Period(None, day)) if day else None)


def _read_ago(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "two weeks ago" as the week, "five years ago" as the year; "earlier" and "later" have another anchor."""
    unit, count = match["unit"].lower(), _count(match["count"])
    if match["from"].lower() != "ago" or count is None or unit in {"decade", "fortnight"}:
        return _relative(match, None)
    return _relative(match, *_whole_unit(anchor, unit, -count))


def _read_the_year(match: re.Match[str], anchor: Period | None) -> Reading:
    """Read "the end of the year", "year-end"."""
    unit = (match["unit"] or "year").lower()
    return _relative(match, *_whole_unit(anchor, unit, 0))


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


def _month(match: re.Match[str]) -> int | None:
    return MONTHS[match["month"].lower()] if match["month"][0].isupper() else None


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


_RUN = rf"(?:(?:[-–/]|{GAP}(?:to|and|or){GAP}){DAY_2})?"
_NEAR = rf"(?:{WEEKDAY}(?:,?{GAP}|,{GAP}the{GAP}))?"
_OF_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?:{YEAR}|{WAY}{GAP}year|(?P<the_year>the{GAP}year)))"

READERS: tuple[tuple[Callable[[re.Match[str], Period | None], Reading | None], re.Pattern[str]], ...] = tuple(
    (reader, re.compile(source, FLAGS))
    for reader, source in (
        (
            _read_iso,
            r"(?P<year>(?:19|20)[0-9]{2})(?P<s>[-/])(?P<mon>[01][0-9])(?P=s)(?P<day>[0-3][0-9])(?![0-9]|(?P=s))",
        ),
        (
            _read_numeric,
            rf"(?P<first>[0-3]?[0-9])(?P<sign>[./-])(?P<second>[0-3]?[0-9])(?P=sign){YEAR}(?!(?P=sign))",
        ),
        (_read_day, rf"{_NEAR}{DAY}{_RUN}(?:{GAP}|-)(?:of{GAP})?{MONTH}(?:(?:,?{GAP}|-){YEAR})?"),
        (
            _read_day,
            rf"{_NEAR}{MONTH}{GAP}(?:the{GAP})?{DAY}(?!,[0-9]|\.[0-9]|:|[ ]?%){_RUN}(?:,?{GAP}{YEAR})?",
        ),
        (_read_month, rf"{MONTH}(?:,?{GAP}(?:of{GAP})?{YEAR})?"),
        (_read_way_month, rf"{WAY}{GAP}{MONTH}(?!{GAP}[0-9])"),
        (_read_quarter, rf"Q(?P<number>[1-4])(?:{GAP}(?:of{GAP})?{YEAR})?{RIGHT}"),
        (_read_quarter, rf"{YEAR}{GAP}Q(?P<number>[1-4]){RIGHT}"),
        (
            _read_quarter,
            rf"(?P<ordinal>{alternatives(ORDINALS)})(?:-|{GAP})(?:quarter|(?P<half>half))(?:{_OF_YEAR})",
        ),
        (_read_quarter, rf"(?P<ordinal>first|second|third|fourth)(?:-|{GAP})quarter{RIGHT}"),
        (
            _read_season,
            rf"{SEASON}{RIGHT},?{GAP}(?:of{GAP})?{YEAR}(?:[-–/](?P<year_2>(?:20)?[0-9]{{2}}){RIGHT})?",
        ),
        (_read_season, rf"{WAY}{GAP}{SEASON}{RIGHT}"),
        (_read_decade, rf"(?P<decade>(?:19|20)[0-9]0)['’]?s{RIGHT}"),
        (_read_decade, rf"['’](?P<decade>[6-9]0)s{RIGHT}"),
        (
            _read_year_range,
            r"(?P<year>(?:19|20)[0-9]{2})[-–/](?P<last>(?:19|20)?[0-9]{2})(?![0-9]|[-–/][0-9])",
        ),
        (
            _read_fiscal,
            rf"(?:fiscal(?:{GAP}year)?{GAP}|FY[ -]?(?:19|20)?)(?:(?<=[ \n]){YEAR}|[0-9]{{2}}){RIGHT}",
        ),
        (_read_weekday, rf"(?:{WAY}{GAP})?{WEEKDAY}"),
        (_read_near_day, rf"{alternatives(NEAR_DAYS)}{RIGHT}"),
        (_read_way_unit, rf"(?P<the>the{GAP})?{WAY}{GAP}{ONE_UNIT}"),
        (_read_window, rf"(?:the{GAP})?{WAY}{GAP}{COUNT}{GAP}{UNIT}"),
        (_read_window, rf"within{GAP}(?:(?:about|around|the{GAP}next){GAP})?{COUNT}{GAP}{UNIT}"),
        (
            _read_recent,
            rf"(?:the{GAP})?(?P<open>recent|past|coming|upcoming|next)(?:{GAP}few)?{GAP}(?:days|weeks|months|years|decades)",
        ),
        (_read_ago, rf"{COUNT}{GAP}{UNIT}{GAP}(?P<from>ago|earlier|later)"),
        (_read_the_year, rf"(?:the{GAP})?(?:end|beginning|start|middle|close){GAP}of{GAP}the{GAP}{UNIT}"),
        (_read_the_year, rf"(?:the{GAP})?year(?:[-–]|['’]s{GAP}|{GAP})end(?P<unit>){RIGHT}"),
    )
)
"""Every form, tried at each place where one may begin; the longest that means something wins."""

_BARE_SEASON = re.compile(rf"(?:spring|summer|autumn|winter){RIGHT}", FLAGS)
_SEASON_OPENER = re.compile(
    rf"(?<!(?u:\w))(?:in|by|since|until|during|through|before|after|late|early){GAP}(?:the{GAP}|late{GAP}|early{GAP})?\Z",
    FLAGS,
)
_YEAR_ONLY = re.compile(YEAR, FLAGS)
_YEAR_OPENER = re.compile(
    rf"(?<!(?u:\w))(?:in|since|by|until|till|before|after|during|throughout|from|through|late|early|mid|between"
    rf"|(?:in|from|since|by){GAP}(?:about|around|late|early|mid|summer|fiscal)|(?:later|earlier|sooner){GAP}than|year|years){GAP}\Z"
    r"|(?:mid|late|early|pre|post)-\Z",
    FLAGS,
)
_YEAR_MAYBE = re.compile(
    rf"(?<!(?u:\w))(?:of|the|a|an|its|their|his|for)(?:{GAP})\Z|['’]s?{GAP}\Z|\(\Z", FLAGS
)


def read_bare(text: str, start: int, *, after_year: bool) -> Reading | None:
    """Return a year or season without other words, where what stands before shows that it is one.

    ``after_year`` tells that a year and a comma, "and" or "to" stand before ("in 2014 and 2015").
    """
    before = text[max(start - 24, 0) : start]
    season = _BARE_SEASON.match(text, start)
    if season:
        return _relative(season, None) if _SEASON_OPENER.search(before) else None
    year = _YEAR_ONLY.match(text, start)
    if year is None or text[year.end() : year.end() + 1] in {"%", "°"} or _RUNS_ON.match(text, year.end()):
        return None
    if _YEAR_OPENER.search(before):
        return _read_year(year, None)
    if counts_things(text, year.end()) or not (after_year or _YEAR_MAYBE.search(before)):
        return None
    # "The 2000 fighters": hundreds are more often counts.
    doubtful = int(year["year"]) % 100 == 0 and _NOUN_FOLLOWS.match(text, year.end())
    return None if doubtful else _read_year(year, None)


_RUNS_ON = re.compile(
    rf"[.,:/+][0-9]|[-–][0-9]|{GAP}(?:hours|GMT|UTC|feet|metres|meters|miles|km|percent|per{GAP}cent){RIGHT}",
    FLAGS,
)
_NOUN_FOLLOWS = re.compile(
    rf"{GAP}(?!(?:and|or|to|in|at|by|the|when|after|before|with|was|were|is|had|has){RIGHT})[a-z]", FLAGS
)
