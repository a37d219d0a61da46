"""The pages of watches: listed, made, changed, paused, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.alerts.watches import ASKED, read_asks, read_kinds
from armstrace.errors import ArmstraceError, NotNowError
from armstrace.keeping.watch_rows import Wish, watch_of
from armstrace.keeping.watches import change_watch, make_watch, measure_keys, pause_watch, remove_watch
from armstrace.store.alerts import AlertQuery, WatchRow
from armstrace.web.current import UNTIL_DONE
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.own_watches import find_own, list_own
from armstrace.web.templating import render_page
from armstrace.web.views.alerts import view_alert
from armstrace.web.views.watches import WatchLine, view_delivery, view_form, view_watch

router = APIRouter(include_in_schema=False)

_AT_ONCE = 50
_NEW = ("New watch", "/watches")


async def posted(request: Request) -> FormData:
    """Return what a form holds."""
    return await request.form()


Posted = Annotated[FormData, Depends(posted)]


@router.get("/watches")
def show_watches(request: Request) -> Response:
    """Return the list of one's watches; an admin's holds all."""
    desk: Desk = request.app.state.desk
    desk.current.stand(UNTIL_DONE)
    person, rows = request.state.person, list_own(request)
    total, unread = desk.store.alerts.counts(), desk.store.alerts.counts(AlertQuery(is_read=False))
    lines = [view_watch(row, watch_of(row), unread.get(row.id, 0), total.get(row.id, 0)) for row in rows]
    return render_page(request, "watches.html", {"heading": "Watches", "watches": lines, "own": person.name})


@router.get("/watches/new")
def show_new(request: Request) -> Response:
    """Return the form of a new watch, filled with what a filter of the register asked for."""
    asked = {name: request.query_params.get(name, "") for name in ASKED}
    told = [value for value in asked.values() if value.strip()]
    return _form(request, _NEW, (request.query_params.get("name", " ".join(told)), asked, ()))


@router.post("/watches", dependencies=[Depends(check_form)])
def make(request: Request, form: Posted) -> Response:
    """Make a watch and go to it."""
    desk: Desk = request.app.state.desk
    told = _told(form)
    try:
        row = make_watch(desk.store, desk.stages, request.state.person.name, _wish(told))
    except NotNowError:
        raise
    except ArmstraceError as error:
        return _form(request, _NEW, told, str(error))
    return RedirectResponse(f"/watches/{row.id}", status_code=303)


@router.get("/watches/{watch}")
def show_watch(request: Request, watch: str, before: int | None = None) -> Response:
    """Return a watch with its alerts, its feed and what was sent."""
    desk: Desk = request.app.state.desk
    row = find_own(request, watch)
    desk.current.stand(UNTIL_DONE)
    return watch_page(request, row, before=before)


@router.get("/watches/{watch}/edit")
def show_edit(request: Request, watch: str) -> Response:
    """Return the form of a watch that is there."""
    row = find_own(request, watch)
    found = watch_of(row)
    asked = {name: str(value) for name, value in found.asks.given().items()}
    return _form(request, _edit(row), (row.name, asked, tuple(map(str, found.kinds))))


@router.post("/watches/{watch}", dependencies=[Depends(check_form)])
def change(request: Request, watch: str, form: Posted) -> Response:
    """Change a watch, from now on."""
    desk: Desk = request.app.state.desk
    row, told = find_own(request, watch), _told(form)
    try:
        change_watch(desk.store, row, _wish(told), request.state.person.name, desk.now())
    except NotNowError:
        raise
    except ArmstraceError as error:
        return _form(request, _edit(row), told, str(error))
    return RedirectResponse(f"/watches/{row.id}", status_code=303)


@router.post("/watches/{watch}/pause", dependencies=[Depends(check_form)])
def pause(request: Request, watch: str, *, paused: Annotated[bool, Form()]) -> Response:
    """Pause a watch, or let it go on."""
    desk: Desk = request.app.state.desk
    row = find_own(request, watch)
    pause_watch(desk.store, row, request.state.person.name, desk.now(), paused=paused)
    return RedirectResponse(f"/watches/{row.id}", status_code=303)


@router.post("/watches/{watch}/remove", dependencies=[Depends(check_form)])
def remove(request: Request, watch: str) -> Response:
    """Remove a watch and its alerts."""
    desk: Desk = request.app.state.desk
    remove_watch(desk.store, find_own(request, watch), request.state.person.name, desk.now())
    return RedirectResponse("/watches", status_code=303)


def watch_page(
    request: Request, row: WatchRow, *, before: int | None = None, shown_once: Mapping[str, str] | None = None
) -> Response:
    """Return the page of a watch; ``shown_once`` holds a secret that was just made."""
    desk: Desk = request.app.state.desk
    alerts = desk.store.alerts.alerts(AlertQuery(watch=row.id, before=before), _AT_ONCE + 1)
    answer = render_page(
        request,
        "watch.html",
        {
            "heading": row.name,
            "watch": _line(desk, row),
            "alerts": [view_alert(alert) for alert in alerts[:_AT_ONCE]],
            "following": alerts[_AT_ONCE - 1].number if len(alerts) > _AT_ONCE else None,
            "deliveries": [view_delivery(one) for one in desk.store.deliveries.of_watch(row.id)],
            "has_feed_key": row.feed_key is not None,
            "shown_once": {"feed": "", "secret": "", **(shown_once or {})},
        },
    )
    answer.headers["cache-control"] = "no-store" if shown_once else "private, no-cache"
    return answer


def _line(desk: Desk, row: WatchRow) -> WatchLine:
    total = desk.store.alerts.counts(AlertQuery(watch=row.id))
    unread = desk.store.alerts.counts(AlertQuery(watch=row.id, is_read=False))
    return view_watch(row, watch_of(row), unread.get(row.id, 0), total.get(row.id, 0))


_Told = tuple[str, Mapping[str, str], tuple[str, ...]]


def _told(form: FormData) -> _Told:
    """Return the name, what is asked for and the kinds of changes that a form holds."""
    asked = {name: str(form.get(name, "")) for name in ASKED}
    return str(form.get("name", "")), asked, tuple(str(kind) for kind in form.getlist("kinds"))


def _wish(told: _Told) -> Wish:
    name, asked, kinds = told
    return Wish(name, read_asks(asked, measure_keys()), read_kinds(kinds))


def _edit(row: WatchRow) -> tuple[str, str]:
    return "Change the watch", f"/watches/{row.id}"


def _form(request: Request, frame: tuple[str, str], told: _Told, problem: str = "") -> Response:
    shown = view_form(frame, *told, measure_keys())._replace(problem=problem)
    status = 400 if problem else 200
    return render_page(request, "watch_form.html", {"heading": frame[0], "shown": shown}, status=status)
