"""The page of one transfer."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from armstrace.keeping.update import update_register
from armstrace.registering import find_transfer, findings_on
from armstrace.web.addresses import DESK
from armstrace.web.desk import Desk
from armstrace.web.templating import render_page
from armstrace.web.views.findings import view_findings
from armstrace.web.views.transfer import view_transfer

router = APIRouter(include_in_schema=False)


@router.get("/transfers/{transfer}")
def show_transfer(request: Request, transfer: str) -> Response:
    """Return the page of a transfer."""
    desk: Desk = request.app.state.desk
    update_register(desk.store, desk.stages)
    found = find_transfer(desk.store, desk.stages, transfer)
    shown = {
        "shown": view_transfer(found, desk.names, DESK),
        "findings": view_findings(findings_on(desk.store, found.id), DESK),
    }
    return render_page(request, "transfer.html", shown)
