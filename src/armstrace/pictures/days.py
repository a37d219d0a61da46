"""Days along a line: where each stands, and which are written below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

_MOST_TICKS: Final = 9
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Tick(NamedTuple):
    """A day that is written, and as what."""

    day: date
    words: str


class _Step(NamedTuple):
    """Ticks every so many years, months or days, and how they are written."""

    years: int = 0
    months: int = 0
    days: int = 0
    parts: int = 1  # of the date that are written: year, month, day


# The finest step that gives few enough ticks is taken.
_STEPS: Final = (
    _Step(days=1, parts=3),
    _Step(days=2, parts=3),
    _Step(days=7, parts=3),
    _Step(months=1, parts=2),
    _Step(months=3, parts=2),
    _Step(months=6, parts=2),
    _Step(years=1),
    _Step(years=2),
    _Step(years=5),
    _Step(years=10),
    _Step(years=25),
    _Step(years=100),
    _Step(years=500),
    _Step(years=2000),
)


@dataclass(frozen=True, slots=True)
class DayScale:
    """A line from ``left`` to ``right`` for the days from ``first`` to ``last``."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return where a day stands."""
        whole = (self.last - self.first).days or 1
        return self.left + (self.right - self.left) * (day - self.first).days / whole

    def ticks(self) -> tuple[Tick, ...]:
        """Return the days to write: at most nine, evenly by the calendar."""
        for step in _STEPS:
            found = _days(self.first, self.last, step)
            if len(found) <= _MOST_TICKS:
                return tuple(Tick(day, _written(day, step.parts)) for day in found)
        return ()


def day_scale(days: Sequence[date], left: float, right: float) -> DayScale:
    """Return a scale that holds all of ``days`` (at least one), with some room on either side."""
    first, last = min(days), max(days)
    room = timedelta(days=max(1, (last - first).days // 25))
    return DayScale(_earlier(first, room), _later(last, room), left, right)


def _earlier(day: date, room: timedelta) -> date:
    return day - room if day - date.min > room else date.min


def _later(day: date, room: timedelta) -> date:
    return day + room if date.max - day > room else date.max


def _written(day: date, parts: int) -> str:
    return " ".join((str(day.day), _MONTHS[day.month - 1], str(day.year))[3 - parts :])


def _days(first: date, last: date, step: _Step) -> list[date]:
    if step.days:
        start = first + timedelta(days=-first.toordinal() % step.days)
        count = max(0, (last - start).days // step.days + 1)
        return [start + timedelta(days=step.days * n) for n in range(min(count, _MOST_TICKS + 1))]
    months = 12 * step.years + step.months
    begin = -(-(12 * first.year + first.month - (first.day == 1)) // months) * months
    found = []
    for month in range(begin, begin + months * (_MOST_TICKS + 1), months):
        year, index = divmod(month, 12)
        if not date.min.year <= year <= date.max.year or date(year, index + 1, 1) > last:
            break
        found.append(date(year, index + 1, 1))
    return found
