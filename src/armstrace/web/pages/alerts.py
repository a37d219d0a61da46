"""The alerts to one's watches, the unread ones first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.store.alerts import AlertQuery
from armstrace.web.current import UNTIL_DONE
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.pages.login import own_page
from armstrace.web.templating import render_page
from armstrace.web.views.alerts import view_alert

router = APIRouter(include_in_schema=False)

_AT_ONCE = 50


@router.get("/alerts")
def show_alerts(request: Request, before: int | None = None) -> Response:
    """Return one's alerts: those that are unread, then those that were read, the latest first."""
    desk: Desk = request.app.state.desk
    desk.current.stand(UNTIL_DONE)
    owner = request.state.person.name
    unread_query = AlertQuery(owner=owner, is_read=False)
    unread = [] if before else desk.store.alerts.alerts(unread_query, _AT_ONCE)
    read = desk.store.alerts.alerts(AlertQuery(owner=owner, is_read=True, before=before), _AT_ONCE + 1)
    shown = {
        "heading": "Alerts",
        "unread": [view_alert(one) for one in unread],
        "unread_count": sum(desk.store.alerts.counts(unread_query).values()),
        "read": [view_alert(one) for one in read[:_AT_ONCE]],
        "following": read[_AT_ONCE - 1].number if len(read) > _AT_ONCE else None,
        "has_watches": bool(desk.store.alerts.watches(owner)),
    }
    return render_page(request, "alerts.html", shown)


@router.post("/alerts/read", dependencies=[Depends(check_form)])
def mark_read(
    request: Request, numbers: Annotated[list[int], Form()], next_page: Annotated[str, Form()] = "/alerts"
) -> Response:
    """Note that one read alerts of one's own."""
    desk: Desk = request.app.state.desk
    desk.store.alerts.mark_read(request.state.person.name, numbers, desk.now())
    return RedirectResponse(own_page(next_page), status_code=303)
