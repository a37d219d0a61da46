"""How an entry of a measure stands on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from armstrace.embargo.measures import Ending, Entry


class Standing(StrEnum):
    """How an entry stands on a day; ``unknown``: its set end has passed and no one looked for a renewal."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


def standing_on(entry: Entry, on: date) -> Standing:
    """Return how ``entry`` stands on the day ``on``; disputes do not change it."""
    if on < entry.in_force_from:
        return Standing.NOT_YET
    if entry.in_force_to is not None and on >= entry.in_force_to:
        return Standing.UNKNOWN if entry.ending is Ending.UNCHECKED else Standing.ENDED
    if any(_holds(pause.suspended_from, pause.suspended_to, on) for pause in entry.suspensions):
        return Standing.SUSPENDED
    return Standing.IN_FORCE


def _holds(start: date, end: date | None, on: date) -> bool:
    return start <= on and (end is None or on < end)
