"""Every form of date: the pattern, and the reader that says what its match means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.text import absolute_dates as absolute
from armstrace.text import relative_dates as relative
from armstrace.text.date_words import (
    COUNT,
    DAY,
    DAY_2,
    MONTH,
    NEAR_DAYS,
    ONE_UNIT,
    ORDINALS,
    SEASON,
    THAT_YEAR,
    UNIT,
    WAY,
    WEEKDAY,
    YEAR,
)
from armstrace.text.measures import counts_things
from armstrace.text.numerals import FLAGS, GAP, RIGHT
from armstrace.text.tables import alternatives

if TYPE_CHECKING:
    from collections.abc import Callable

    from armstrace.text.absolute_dates import Reading
    from armstrace.text.calendar_periods import Period


_RUN = rf"(?:(?:[-–/]|{GAP}(?:to|and|or){GAP}){DAY_2})?"


_NEAR = rf"(?:{WEEKDAY}(?:,?{GAP}|,{GAP}the{GAP}))?"


_NO_COUNT = r"(?!,[0-9]|\.[0-9]|:|[ ]?%)"
_PARTS = "(?:end|beginning|start|middle|close)"
_OF_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?:{YEAR}|{WAY}{GAP}year|(?P<the_year>the{GAP}year)))"


READERS: tuple[tuple[Callable[[re.Match[str], Period | None], Reading | None], re.Pattern[str]], ...] = tuple(
    (reader, re.compile(source, FLAGS))
    for reader, source in (
        (
            absolute.read_iso,
            r"(?P<year>(?:19|20)[0-9]{2})(?P<s>[-/])(?P<mon>[01][0-9])(?P=s)(?P<day>[0-3][0-9])(?![0-9]|(?P=s))",
        ),
        (
            absolute.read_numeric,
            rf"(?P<first>[0-3]?[0-9])(?P<sign>[./-])(?P<second>[0-3]?[0-9])(?P=sign){YEAR}(?!(?P=sign))",
        ),
        (
            absolute.read_day,
            rf"{_NEAR}{DAY}{_RUN}(?:{GAP}|-)(?:of{GAP})?{MONTH}(?:(?:,?{GAP}|-){YEAR}|{THAT_YEAR})",
        ),
        (
            absolute.read_day,
            rf"{_NEAR}{MONTH}{GAP}(?:the{GAP})?{DAY}{_NO_COUNT}{_RUN}(?:,?{GAP}{YEAR}|{THAT_YEAR})",
        ),
        (absolute.read_month, rf"{MONTH}(?:,?{GAP}(?:of{GAP})?{YEAR}|{THAT_YEAR})"),
        (relative.read_way_month, rf"{WAY}{GAP}{MONTH}(?!{GAP}[0-9])"),
        (relative.read_quarter, rf"Q(?P<number>[1-4])(?:{GAP}(?:of{GAP})?{YEAR})?{RIGHT}"),
        (relative.read_quarter, rf"{YEAR}{GAP}Q(?P<number>[1-4]){RIGHT}"),
        (
            relative.read_quarter,
            rf"(?P<ordinal>{alternatives(ORDINALS)})(?:-|{GAP})(?:quarter|(?P<half>half))(?:{_OF_YEAR})",
        ),
        (relative.read_quarter, rf"(?P<ordinal>first|second|third|fourth)(?:-|{GAP})quarter{RIGHT}"),
        (
            relative.read_season,
            rf"{SEASON}{RIGHT},?{GAP}(?:of{GAP})?{YEAR}(?:[-–/](?P<year_2>(?:20)?[0-9]{{2}}){RIGHT})?",
        ),
        (relative.read_season, rf"{WAY}{GAP}{SEASON}{RIGHT}"),
        (absolute.read_decade, rf"(?P<decade>(?:19|20)[0-9]0)['’]?s{RIGHT}"),
        (absolute.read_decade, rf"['’](?P<decade>[6-9]0)s{RIGHT}"),
        (
            absolute.read_year_range,
            r"(?P<year>(?:19|20)[0-9]{2})[-–/](?P<last>(?:19|20)?[0-9]{2})(?![0-9]|[-–/][0-9])",
        ),
        (
            absolute.read_fiscal,
            rf"(?:fiscal(?:{GAP}year)?{GAP}|FY[ -]?(?:19|20)?)(?:(?<=[ \n]){YEAR}|[0-9]{{2}}){RIGHT}",
        ),
        (relative.read_weekday, rf"(?:{WAY}{GAP})?{WEEKDAY}"),
        (relative.read_near_day, rf"{alternatives(NEAR_DAYS)}{RIGHT}"),
        (relative.read_way_unit, rf"(?P<the>the{GAP})?{WAY}{GAP}{ONE_UNIT}"),
        (relative.read_window, rf"(?:the{GAP})?{WAY}{GAP}{COUNT}{GAP}{UNIT}"),
        (relative.read_window, rf"within{GAP}(?:(?:about|around|the{GAP}next){GAP})?{COUNT}{GAP}{UNIT}"),
        (
            relative.read_recent,
            rf"(?:the{GAP})?(?P<open>recent|past|coming|upcoming|next)(?:{GAP}few)?{GAP}(?:days|weeks|months|years|decades)",
        ),
        (relative.read_ago, rf"{COUNT}{GAP}{UNIT}{GAP}(?P<from>ago|earlier|later)"),
        (
            relative.read_the_year,
            rf"(?:the{GAP})?(?:end|beginning|start|middle|close){GAP}of{GAP}the{GAP}{UNIT}",
        ),
        (relative.read_the_year, rf"(?:the{GAP})?year(?:[-–]|['’]s{GAP}|{GAP})end(?P<unit>){RIGHT}"),
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


_YEAR_MAYBE = re.compile(rf"(?<!(?u:\w))(?:of|the|a|an|its|their|his|for)(?:{GAP})\Z|['’]s?{GAP}\Z|\(\Z", FLAGS)


def read_bare(text: str, start: int, *, after_year: bool) -> Reading | None:
    """Return a year or season without other words, where what stands before shows that it is one.

    ``after_year`` tells that a year and a comma, "and" or "to" stand before ("in 2014 and 2015").
    """
    before = text[max(start - 24, 0) : start]
    season = _BARE_SEASON.match(text, start)
    if season:
        return absolute.make_relative(season, None) if _SEASON_OPENER.search(before) else None
    year = _YEAR_ONLY.match(text, start)
    if year is None or text[year.end() : year.end() + 1] in {"%", "°"} or _RUNS_ON.match(text, year.end()):
        return None
    if _YEAR_OPENER.search(before):
        return absolute.read_year(year, None)
    if counts_things(text, year.end()) or not (after_year or _YEAR_MAYBE.search(before)):
        return None
    # "The 2000 fighters": hundreds are more often counts.
    doubtful = int(year["year"]) % 100 == 0 and _NOUN_FOLLOWS.match(text, year.end())
    return None if doubtful else absolute.read_year(year, None)


_RUNS_ON = re.compile(
    rf"[.,:/+][0-9]|[-–][0-9]|{GAP}(?:hours|GMT|UTC|feet|metres|meters|miles|km|percent|per{GAP}cent){RIGHT}",
    FLAGS,
)


_NOUN_FOLLOWS = re.compile(
    rf"{GAP}(?!(?:and|or|to|in|at|by|the|when|after|before|with|was|were|is|had|has){RIGHT})[a-z]", FLAGS
)
