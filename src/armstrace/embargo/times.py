"""The days asked for, cut where the law changes; and how an entry stands within each piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from armstrace.embargo.answers import Answer, Held
from armstrace.embargo.findings import AskedTime, Question
from armstrace.embargo.in_force import Standing, standing_on
from armstrace.embargo.measures import Dispute, Entry, Exemption, Suspension

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """Days within which the law does not change, both inclusive.

    ``opens`` and ``closes`` tell whether the piece begins, or ends, where what is asked for does.
    """

    first: date
    last: date
    opens: bool
    closes: bool

    @property
    def words(self) -> str:
        """Return the days in words, as far as the law and not the question draws them."""
        if self.opens and self.closes:
            return period_words(self.first, self.last)
        if self.opens:
            return f"before {self.last + _DAY}"
        if self.closes:
            return f"from {self.first}"
        return f"from {self.first} to {self.last}"


def period_words(first: date, last: date) -> str:
    """Return days in words; the ends of the calendar stand for no bound."""
    if first == date.min:
        return "at any time" if last == date.max else f"up to {last}"
    if last == date.max:
        return f"from {first}"
    return f"on {first}" if first == last else f"from {first} to {last}"


def cut_days(question: Question, cuts: Iterable[date]) -> tuple[Piece, ...]:
    """Return the days asked for in order, cut before each of ``cuts``; all days where none are told."""
    whole = question.times or (AskedTime(None, None),)
    spans = _merged([(time.first or date.min, time.last or date.max) for time in whole])
    found = []
    for first, last in spans:
        inner = sorted({cut for cut in cuts if first < cut <= last})
        starts, ends = [first, *inner], [*(cut - _DAY for cut in inner), last]
        found += [
            Piece(
                start, end, opens=start == first and first == spans[0][0], closes=end == last and last == spans[-1][1]
            )
            for start, end in zip(starts, ends, strict=True)
        ]
    return tuple(found)


def boundaries(entry: Entry) -> frozenset[date]:
    """Return the days on which anything in an entry begins or ends."""
    inner = (
        (entry.in_force_from, entry.in_force_to),
        *((one.in_force_from, one.in_force_to) for one in entry.exemptions),
        *((one.suspended_from, one.suspended_to) for one in entry.suspensions),
        *((one.disputed_from, one.disputed_to) for one in entry.disputes),
        *((one.listed_from, one.listed_to) for one in entry.target.listed),
    )
    return frozenset(on for pair in inner for on in pair if on is not None)


def days_off(entry: Entry, piece: Piece) -> int:
    """Return how many days lie between an entry and a piece of time; 0 where they meet."""
    last = entry.in_force_to - _DAY if entry.in_force_to else date.max
    return max((entry.in_force_from - piece.last).days, (piece.first - last).days, 0)


def stands(entry: Entry, on: date) -> Answer:
    """Return whether an entry binds on a day."""
    return _STANDINGS[standing_on(entry, on)](entry, on)


def exemptions_on(entry: Entry, on: date) -> tuple[Exemption, ...]:
    """Return the exemptions that hold on a day."""
    return tuple(one for one in entry.exemptions if _holds(one.in_force_from, one.in_force_to, on))


def disputes_on(entry: Entry, on: date) -> tuple[Dispute, ...]:
    """Return the disputes that go on on a day."""
    return tuple(one for one in entry.disputes if _holds(one.disputed_from, one.disputed_to, on))


def _not_yet(entry: Entry, _: date) -> Answer:
    why = f"{_place(entry)} bound only from {entry.in_force_from}"
    return Answer(Held.NO, why, (f"A day {_days(entry)} ({_place(entry)}).",))


def _ended(entry: Entry, _: date) -> Answer:
    by = f" ({entry.ended_by.instrument}, {entry.ended_by.paragraph})" if entry.ended_by else ""
    why = f"{_place(entry)} no longer bound from {entry.in_force_to}{by}"
    return Answer(Held.NO, why, (f"A day {_days(entry)} ({_place(entry)}).",))


def _suspended(entry: Entry, on: date) -> Answer:
    pause = _pause(entry, on)
    until = f" to {pause.suspended_to - _DAY}" if pause.suspended_to else ""
    place = f"{pause.provision.instrument}, {pause.provision.paragraph}"
    why = f"{_place(entry)} was suspended from {pause.suspended_from}{until} ({place})"
    return Answer(Held.NO, why, (f"A day {_days(entry)} on which it was not suspended.",))


def _unchecked(entry: Entry, _: date) -> Answer:
    why = f"{_place(entry)} had a set end on {entry.in_force_to}, and whether it was renewed has not been looked up"
    return Answer(Held.UNKNOWN, why, (f"A renewal beyond {entry.in_force_to}, or its absence.",))


def _in_force(entry: Entry, _: date) -> Answer:
    return Answer(Held.YES, f"in force {_days(entry)}")


def _pause(entry: Entry, on: date) -> Suspension:
    return next(one for one in entry.suspensions if _holds(one.suspended_from, one.suspended_to, on))


def _place(entry: Entry) -> str:
    return f"{entry.provision.instrument}, {entry.provision.paragraph}"


def _days(entry: Entry) -> str:
    last = entry.in_force_to - _DAY if entry.in_force_to else date.max
    return period_words(entry.in_force_from, last)


def _holds(start: date, end: date | None, on: date) -> bool:
    return start <= on and (end is None or on < end)


def _merged(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return spans in order, those that touch made one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and (found[-1][1] == date.max or first <= found[-1][1] + _DAY):
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


_STANDINGS: Mapping[Standing, Callable[[Entry, date], Answer]] = {
    Standing.NOT_YET: _not_yet,
    Standing.ENDED: _ended,
    Standing.SUSPENDED: _suspended,
    Standing.UNKNOWN: _unchecked,
    Standing.IN_FORCE: _in_force,
}
