"""Who failed to log in must wait, longer each time: by the name that was given, and by where it came from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from armstrace.store.people import People
from armstrace.web.people.secrets import kept

_FREE: Final = 5  # failures that cost nothing: people mistype
_LONGEST: Final = timedelta(minutes=15)


def wait_of(failures: int) -> timedelta:
    """Return how long to wait after so many failures: nothing at first, then 1, 2, 4 ... seconds up to 15 minutes."""
    over = failures - _FREE
    return timedelta(0) if over < 0 else min(_LONGEST, timedelta(seconds=2 ** min(over, 12)))


def seconds_left(people: People, names: tuple[str, ...], at: str) -> int:
    """Return how many seconds whoever goes by these names must wait still."""
    left = [_left(*people.tries(kept(name)), at) for name in names]
    return max(left, default=0)


def note_failure(people: People, names: tuple[str, ...], at: str) -> None:
    """Count a failure of each name."""
    for name in names:
        people.note_failure(kept(name), at)


def _left(failures: int, last: str | None, at: str) -> int:
    if last is None:
        return 0
    wait = wait_of(failures)
    left = datetime.fromisoformat(last) + wait - datetime.fromisoformat(at)
    # A failure in the future was noted by a clock that ran ahead: nobody waits longer than they were told.
    return max(0, int(min(left, wait).total_seconds()))
