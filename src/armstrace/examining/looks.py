"""What a look at one thing tells."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How one thing is: as it should be, worth a thought, or in the way of work."""

    FINE = "fine"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


class Look(NamedTuple):
    """One thing that was looked at: how it is, what was found, and what to do about it ("" where nothing)."""

    what: str
    state: State
    found: str
    remedy: str = ""


def fine(what: str, found: str) -> Look:
    """Return that a thing is as it should be."""
    return Look(what, State.FINE, found)


def doubtful(what: str, found: str, remedy: str) -> Look:
    """Return that a thing is worth a thought."""
    return Look(what, State.DOUBTFUL, found, remedy)


def broken(what: str, found: str, remedy: str) -> Look:
    """Return that a thing is in the way of work."""
    return Look(what, State.BROKEN, found, remedy)
