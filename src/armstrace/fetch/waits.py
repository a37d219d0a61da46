"""How long to wait before asking again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_WAIT = 1.0  # seconds; each further wait is twice as long


def has_come(moment: datetime | None, now: datetime, longest: timedelta) -> bool:
    """Tell whether a moment that was set at most so far ahead has come; None has.

    One that is further off was set by a clock that ran ahead and was put right since: it counts as come, else nothing
    would be asked until then.
    """
    return moment is None or moment <= now or moment - now > longest


def backoff(failures: int, first: float, longest: float) -> float:
    """Return the seconds to wait after so many failures in a row: doubling, up to a longest."""
    return min(first * 2.0 ** min(max(failures - 1, 0), 60), longest)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for; None where it says nothing that can be read."""
    if value is None:
        return None
    if value.isascii() and value.isdigit() and len(value) < 10:  # noqa: PLR2004 - beyond it no wait but a trap
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        moment = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max((moment - now).total_seconds(), 0.0)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
