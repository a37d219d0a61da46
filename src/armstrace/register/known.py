"""From which day something is known, and the order of claims that follows from it."""

from __future__ import annotations

from collections.abc import Iterable

from armstrace.ids import content_id
from armstrace.text.calendar_periods import parse_published
from armstrace.told import Told

_NEVER = "9999-99-99"  # sorts behind every day


def known_from(published: str | None) -> str | None:
    """Return the day from which what was published is surely known: the last that an ISO day, month or year covers.

    None where the date is unknown or none.
    """
    period = parse_published(published)
    return period.end.isoformat() if period and period.end else None


def in_order(claims: Iterable[Told]) -> tuple[Told, ...]:
    """Return claims, each id once, by the day from which they are known, document and id; undated ones last."""
    once = {(told.claim.document, told.claim.id): told for told in claims}
    return tuple(sorted(once.values(), key=_order))


def transfer_id(claim: str) -> str:
    """Return the id of the transfer whose first claim is the given one."""
    return content_id("transfer", claim)


def _order(told: Told) -> tuple[str, str, str]:
    return (known_from(told.published) or _NEVER, told.claim.document, told.claim.id)
