"""How many alerts whoever asks has not read yet, for the banner of every page."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from armstrace.errors import StoreError
from armstrace.web.desk import Desk
from armstrace.web.people.access import ACCESS, Route

MOST_TOLD: Final = 99
ALERTS: Final = "/alerts"
_NEEDED: Final = ACCESS[Route("GET", ALERTS)]


def count_unread(request: Request) -> int:
    """Return how many alerts whoever asks has not read; ``MOST_TOLD`` + 1 for more, 0 for who may not see alerts.

    The database is asked once a request.
    """
    state = request.state
    if not hasattr(state, "unread"):
        state.unread = _count(request) if state.person.role >= _NEEDED else 0
    found: int = state.unread
    return found


def _count(request: Request) -> int:
    desk: Desk = request.app.state.desk
    try:
        return desk.store.alerts.count_unread(request.state.person.name, MOST_TOLD + 1)
    except StoreError:  # the page that tells why the database cannot be used bears the banner too
        return 0


def told_unread(request: Request, address: str) -> str:
    """Return what the banner tells beside an address: the number of unread alerts beside theirs; "" for nothing."""
    count = count_unread(request) if address == ALERTS else 0
    return f"{MOST_TOLD}+" if count > MOST_TOLD else str(count or "")
