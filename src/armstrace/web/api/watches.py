"""Watches: listed, made, changed, paused, removed; and the alerts to them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from armstrace.alerts.watches import Kind, read_asks
from armstrace.keeping.watch_rows import Wish, watch_of
from armstrace.keeping.watches import (
    change_watch,
    make_watch,
    measure_keys,
    pause_watch,
    remove_watch,
    stored_shape,
)
from armstrace.store.alerts import AlertQuery, WatchRow
from armstrace.store.columns import to_json
from armstrace.web.api.answers import Listing, Paged, Part, answer, answer_listing, answer_made, answer_now
from armstrace.web.api.cursors import Place
from armstrace.web.api.operations import answers, gives, gives_page, makes, removes
from armstrace.web.api.params import Id
from armstrace.web.api.queries import bring_up_to_date
from armstrace.web.api.routing import PREFIX, api_router, desk_of, telling_conflicts
from armstrace.web.api.shapes.watches import (
    Alert,
    AlertPage,
    NewWatch,
    ReadAlerts,
    Unread,
    Watch,
    WatchPage,
)
from armstrace.web.desk import Desk
from armstrace.web.own_watches import find_own, list_own

router = api_router("Watches")


class AskedAlerts(Paged):
    """Which alerts are asked for."""

    watch: Id | None = None
    """To the watch of this id; else to all of yours."""
    unread: bool | None = None
    """Whether they are unread."""


@router.get("/watches", summary="List watches", responses=gives_page(WatchPage, Watch, "The watches, by owner, name."))
def list_watches(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """List your watches, by name; an admin's list holds those of all."""
    desk, rows = desk_of(request), list_own(request)
    bring_up_to_date(desk)

    def part(after: Place | None, most: int) -> Part:
        found = [row for row in rows if after is None or (row.owner, row.name) > after]
        shown = found[:most]
        following = (shown[-1].owner, shown[-1].name) if len(found) > most else None
        return Part([to_json(row) for row in _told(desk, shown)], following)

    return answer_listing(request, Listing(part, (str, str)), asked)


@router.post(
    "/watches", status_code=201, summary="Make a watch", responses=makes(Watch, "The watch tells from now on.", 409)
)
def make(request: Request, given: NewWatch) -> Response:
    """Make a watch. It tells of what becomes of lines after it was made, and nothing of what is known already."""
    desk, who = desk_of(request), request.state.person.name
    with telling_conflicts():
        row = make_watch(desk.store, desk.stages, who, _wish(given))
        if given.paused:
            pause_watch(desk.store, row, who, desk.now(), paused=True)
    return answer_made(_one(desk, row.id), f"{PREFIX}/watches/{row.id}")


@router.get("/watches/{watch}", summary="One watch", responses=gives(Watch, "The watch.", 404))
def show_watch(request: Request, watch: Id) -> Response:
    """Give a watch by its id."""
    row = find_own(request, watch)
    bring_up_to_date(desk_of(request))
    return answer(request, _one(desk_of(request), row.id))


@router.put(
    "/watches/{watch}",
    summary="Change or pause a watch",
    responses=answers(Watch, "The watch as it is from now on.", 404, 409),
)
def change(request: Request, watch: Id, given: NewWatch) -> Response:
    """Put what is sent in the place of what a watch asks for, from now on; pause it, or let it go on."""
    desk, who = desk_of(request), request.state.person.name
    row = find_own(request, watch)
    with telling_conflicts():
        change_watch(desk.store, row, _wish(given), who, desk.now())
        changed = find_own(request, watch)
        if changed.is_paused != given.paused:
            pause_watch(desk.store, changed, who, desk.now(), paused=given.paused)
    return answer_now(_one(desk, row.id))


@router.delete("/watches/{watch}", status_code=204, summary="Remove a watch", responses=removes("It is gone.", 404))
def remove(request: Request, watch: Id) -> Response:
    """Remove a watch, and its alerts."""
    desk = desk_of(request)
    remove_watch(desk.store, find_own(request, watch), request.state.person.name, desk.now())
    return Response(status_code=204)


@router.get(
    "/alerts", summary="List alerts", responses=gives_page(AlertPage, Alert, "The alerts, the latest first.", 404)
)
def list_alerts(request: Request, asked: Annotated[AskedAlerts, Query()]) -> Response:
    """List the alerts to your watches, the latest first, with sources and headlines as they were then."""
    desk = desk_of(request)
    owner = request.state.person.name if asked.watch is None else find_own(request, asked.watch).owner
    bring_up_to_date(desk)
    is_read = None if asked.unread is None else not asked.unread

    def part(after: Place | None, most: int) -> Part:
        query = AlertQuery(owner, asked.watch, is_read, before=after[0] if after else None)
        found = desk.store.alerts.alerts(query, most + 1)
        told = [{**stored_shape(one), "number": one.number, "read_at": one.read_at} for one in found[:most]]
        return Part([to_json(row) for row in told], (found[most - 1].number,) if len(found) > most else None)

    return answer_listing(request, Listing(part, (int,)), asked)


@router.post("/alerts/read", summary="Mark alerts as read", responses=answers(Unread, "What is left to be read."))
def mark_read(request: Request, given: ReadAlerts) -> Response:
    """Note that you have read alerts to your own watches; others' stay as they are."""
    desk, who = desk_of(request), request.state.person.name
    desk.store.alerts.mark_read(who, given.numbers, desk.now())
    return answer_now({"unread": sum(desk.store.alerts.counts(AlertQuery(who, is_read=False)).values())})


def _wish(given: NewWatch) -> Wish:
    asked = given.asks.model_dump(mode="json")
    told = {name: None if value is None else str(value) for name, value in asked.items()}
    return Wish(given.name, read_asks(told, measure_keys()), frozenset(given.changes) or frozenset(Kind))


def _one(desk: Desk, identity: str) -> dict[str, Any] | None:
    row = desk.store.alerts.watch(identity)
    return _told(desk, [row])[0] if row else None


def _told(desk: Desk, rows: list[WatchRow]) -> list[dict[str, Any]]:
    total, unread = desk.store.alerts.counts(), desk.store.alerts.counts(AlertQuery(is_read=False))
    return [_shape(row, total.get(row.id, 0), unread.get(row.id, 0)) for row in rows]


def _shape(row: WatchRow, alerts: int, unread: int) -> dict[str, Any]:
    watch = watch_of(row)
    return {
        "watch": row.id,
        "owner": row.owner,
        "name": row.name,
        "asks": asdict(watch.asks),
        "changes": [str(kind) for kind in Kind if kind in watch.kinds],
        "paused": row.is_paused,
        "made_at": row.made_at,
        "sent_to": row.hook_url,
        "alerts": alerts,
        "unread": unread,
    }
