"""How far apart two times are: days between stretches, each as wide as its date is vague."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

_YEAR, _MONTH, _DAY = 4, 7, 10  # characters of an ISO year, month and day
_LAST_MONTH = 12


class Stretch(NamedTuple):
    """Days from ``first`` to ``last``, both inclusive, as proleptic Gregorian ordinals."""

    first: int
    last: int


def stretch_of(start: str | None, end: str | None) -> Stretch | None:
    """Return the stretch between two ISO days, months or years; None where neither is known or is no date.

    Of two ends of which one is unknown the other is both: no longer time is claimed than the text tells.
    """
    first, last = _days(start or end), _days(end or start)
    if first is None or last is None or first.first > last.last:
        return None
    return Stretch(first.first, last.last)


def days_between(one: Stretch | None, other: Stretch | None) -> int | None:
    """Return the days between two stretches, 0 where they touch; None where one is unknown."""
    if one is None or other is None:
        return None
    return max(0, one.first - other.last, other.first - one.last)


def _days(text: str | None) -> Stretch | None:
    """Return the days that an ISO day, month or year covers; None for anything else."""
    if text is None:
        return None
    try:
        if len(text) == _YEAR:
            year = int(text)
            return Stretch(date(year, 1, 1).toordinal(), date(year, _LAST_MONTH, 31).toordinal())
        if len(text) == _MONTH:
            year, month = int(text[:_YEAR]), int(text[_YEAR + 1 :])
            return Stretch(date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal())
        day = date.fromisoformat(text[:_DAY]).toordinal()
    except ValueError:
        return None
    return Stretch(day, day)
