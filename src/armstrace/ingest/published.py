"""Dates as feeds, tables and archives write them, read only where they can mean one day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

_EARLIEST, _LATEST = 1800, 2100  # years; others are defaults of software (0001) or slips
_CENTURY = 100  # years
_SECONDS = (1e8, 4.2e9)  # 1973 to 2103: smaller counts are more often years, numbers or a default than moments
_UNITS = (1, 1_000, 1_000_000)  # a second counted in seconds, milliseconds, microseconds
_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_TIME = r"(?:,?(?:\s+at)?[\sT]+\d{1,2}[:.]\d{2}.{0,40})?"
_ORDINAL = r"(?:st|nd|rd|th)?"

Reading = Callable[[re.Match[str]], "str | None"]


def read_published(value: object) -> str | None:
    """Return the ISO day, month or year that a value of a field means.

    A moment gives the day that it falls on where it was written; a count of seconds or milliseconds its day in UTC.
    Days such as 03/04/2022, which are two, give None, and so does whatever is not understood: nothing is guessed.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _count(value)
    text = str(value).strip()[:100]
    if re.fullmatch(r"[0-9]{4,17}(\.[0-9]{1,9})?", text):
        return _count(float(text) if "." in text else int(text))
    return next((reading(m) for form, reading in _FORMS if (m := form.fullmatch(text))), None)


def _count(value: float) -> str | None:
    if _EARLIEST <= value < _LATEST:
        return str(value) if isinstance(value, int) else None
    if isinstance(value, int) and _EARLIEST * 10_000 <= value < _LATEST * 10_000:  # 20220906
        return _day(value // 10_000, value // 100 % 100, value % 100)
    seconds = next((value / unit for unit in _UNITS if _SECONDS[0] * unit <= value < _SECONDS[1] * unit), None)
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if _EARLIEST <= year < _LATEST else None
    except ValueError:
        return None


def _year_first(match: re.Match[str]) -> str | None:
    year, month, day = match["year"], match["month"], match["day"]
    if day:
        return _day(int(year), int(month), int(day))
    return f"{year}-{int(month):02}" if _day(int(year), int(month), 1) else None


def _named_month(match: re.Match[str]) -> str | None:
    year = int(match["year"])
    if year < _CENTURY:  # RFC 2822, section 4.3
        year += 2000 if year < _CENTURY // 2 else 1900
    month = _MONTHS[match["month"][:3].lower()]
    if match["day"]:
        return _day(year, month, int(match["day"]))
    return f"{year}-{month:02}" if _day(year, month, 1) else None


def _numbers(match: re.Match[str]) -> str | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first == second or first > len(_MONTHS):
        return _day(year, second, first)
    return _day(year, first, second) if second > len(_MONTHS) else None


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_DAY_FIRST = rf"(?P<day>\d{{1,2}}){_ORDINAL}[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d{{2}})"
_MONTH_FIRST = rf"{_MONTH}\s+(?P<day>\d{{1,2}}){_ORDINAL},?\s+(?P<year>\d{{4}})"
_UNIX = rf"{_MONTH}\s+(?P<day>\d{{1,2}})\s+\d\d:\d\d(?::\d\d)?(?:\s+\S{{1,6}})?\s+(?P<year>\d{{4}})"

_FORMS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (_form(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})(?:[T\s]+\d.{0,40})?)?Z?"), _year_first),
    (_form(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})T\d{4}.{0,20}"), _year_first),
    (_form(_WEEKDAY + _DAY_FIRST + _TIME), _named_month),
    (_form(_WEEKDAY + _MONTH_FIRST + _TIME), _named_month),
    (_form(_WEEKDAY + _UNIX), _named_month),
    (_form(rf"(?P<day>){_MONTH},?\s+(?P<year>\d{{4}})"), _named_month),
    (_form(rf"(?P<first>\d{{1,2}})[-/.](?P<second>\d{{1,2}})[-/.](?P<year>\d{{4}}){_TIME}"), _numbers),
)
