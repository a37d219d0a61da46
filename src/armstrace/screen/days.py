"""Days as lists write them, as ISO years, months or days; what cannot be told is "", never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_MONTHS: Final = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_LATEST_MONTH, _LATEST_DAY, _LONGEST_SPAN = 12, 31, 40


def _iso(year: str, month: int | str = 0, day: int | str = 0) -> str:
    """Return the parts that are there; an unknown month or day is 0 or letters ("dd")."""
    numbers = [int(part) if str(part).isdigit() else 0 for part in (month, day)]
    if not 0 < numbers[0] <= _LATEST_MONTH:
        return year
    return f"{year}-{numbers[0]:02}" + (f"-{numbers[1]:02}" if 0 < numbers[1] <= _LATEST_DAY else "")


def _span(first: str, last: str) -> str:
    return f"{first}/{last}" if 0 <= int(last) - int(first) <= _LONGEST_SPAN else ""


_Y, _M = r"((?:1[5-9]|20)\d\d)", r"([A-Za-z]{3})[a-z]*\.?"
# How a day is written -> its ISO form. The first pattern that fits the whole counts.
_WAYS: Final[tuple[tuple[re.Pattern[str], Callable[..., str]], ...]] = tuple(
    (re.compile(pattern, re.ASCII), form)
    for pattern, form in (
        (rf"{_Y}-(\d\d)-(\d\d)(?:[T ].*)?", _iso),
        (rf"{_Y}-(\d\d)", _iso),
        (_Y, _iso),
        (rf"{_Y} ?(?:to|-|/|and) ?{_Y}", _span),
        (rf"(\d\d?) {_M} {_Y}", lambda d, m, y: _iso(y, _MONTHS.get(m.lower(), 0), d)),
        (rf"(\d\d?)-{_M}-{_Y}", lambda d, m, y: _iso(y, _MONTHS.get(m.lower(), 0), d)),
        (rf"{_M} {_Y}", lambda m, y: _iso(y, _MONTHS.get(m.lower(), 0))),
        (rf"(\d\d|\d|dd)/(\d\d|\d|mm)/{_Y}(?: .*)?", lambda d, m, y: _iso(y, m, d)),
    )
)
_AMERICAN: Final = re.compile(rf"(\d\d?)/(\d\d?)/{_Y}", re.ASCII)
_ABOUT: Final = re.compile(r"(?i)\A(?:circa|approximately|about|approx\.?|c\.)\s+")


def read_day(text: str) -> str:
    """Return "1962", "1962-03", "1962-03-04" or "1962/1964"; a day between strokes comes before its month."""
    bare = _ABOUT.sub("", text.strip())
    for pattern, form in _WAYS:
        if found := pattern.fullmatch(bare):
            return form(*found.groups())
    return ""


def read_american_day(text: str) -> str:
    """Return the ISO day of "06/22/2026", as United States lists write it; other ways as ``read_day``."""
    found = _AMERICAN.fullmatch(text.strip())
    return _iso(found.group(3), found.group(1), found.group(2)) if found else read_day(text)


def years_of(day: str) -> range:
    """Return the years that an ISO day or span may lie in."""
    first, _, last = day.partition("/")
    return range(int(first[:4]), int((last or first)[:4]) + 1)
