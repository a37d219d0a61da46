"""The watches that whoever asks may see: their own, an admin all."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from armstrace.store.alerts import WatchRow
from armstrace.web.desk import Desk
from armstrace.web.people.person import Role


def list_own(request: Request) -> list[WatchRow]:
    """Return the watches of whoever asks, an admin's list all, by owner and name."""
    desk: Desk = request.app.state.desk
    person = request.state.person
    return desk.store.alerts.watches(None if person.role is Role.ADMIN else person.name)


def find_own(request: Request, watch: str) -> WatchRow:
    """Return a watch of whoever asks; an admin may see all. That others have one is not told.

    Raises:
        HTTPException: there is none.
    """
    desk: Desk = request.app.state.desk
    row, person = desk.store.alerts.watch(watch), request.state.person
    if row is None or (row.owner != person.name and person.role is not Role.ADMIN):
        raise HTTPException(404, "there is no such watch; /watches lists yours")
    return row
