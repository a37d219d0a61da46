"""The page of one transfer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from armstrace.export.findings import Findings
from armstrace.register.reliability import Row
from armstrace.register.types import Transfer
from armstrace.registering import check_day, find_transfer_ids, load_transfers
from armstrace.store.transfers import days_of, transfer_rows
from armstrace.web.addresses import DESK
from armstrace.web.desk import Desk
from armstrace.web.kept_pages import KeptPages
from armstrace.web.templating import render_page
from armstrace.web.views.exports import transfer_exports
from armstrace.web.views.register import slider_of
from armstrace.web.views.transfer_page import transfer_values
from armstrace.web.views.watch_this import watch_line

router = APIRouter(include_in_schema=False)

_LONGEST: Final = 200  # characters of an id that is looked for


@router.get("/transfers/{transfer}")
def show_transfer(request: Request, transfer: str) -> Response:
    """Return the page of a transfer, today or with ``as_of`` as it was known on a day.

    The id of one of its claims, one that it bore before, or the unambiguous beginning of either leads to it.

    Raises:
        HTTPException: no transfer has such an id, several have, or nothing was known of it on the day.
    """
    desk: Desk = request.app.state.desk
    pages: KeptPages = request.app.state.kept_pages
    standing = desk.current.stand()
    found = _find(desk, transfer)
    if found != transfer:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/transfers/{quote(found)}{query}", status_code=307)
    as_of = _day(request.query_params.get("as_of", "").strip())
    reliability = desk.reliability()
    return pages.answer(
        request, (standing, reliability), lambda: _render(request, (found, as_of), reliability, standing.notice)
    )


def _find(desk: Desk, asked: str) -> str:
    wanted = asked if asked.isprintable() and len(asked) <= _LONGEST else ""
    found = find_transfer_ids(desk.store, wanted)
    if len(found) != 1:
        several = f"{len(found)} transfers have ids that begin so; give more of it"
        raise HTTPException(404, several if found else "no transfer or claim of the register has this id")
    return found[0]


def _day(given: str) -> str | None:
    try:
        return check_day(given) if given else None
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _render(request: Request, asked: tuple[str, str | None], reliability: Sequence[Row], notice: str) -> HTMLResponse:
    identity, as_of = asked
    desk: Desk = request.app.state.desk
    with desk.store.database.read() as connection:
        days = days_of(connection, identity)
    transfer = next(iter(load_transfers(desk.store, desk.stages, [identity], as_of)), None)
    if transfer is None:
        first = f"; it was first reported on {days[0]}" if days else ""
        raise HTTPException(404, f"nothing was known of this transfer on {as_of}{first}")
    law = _findings(desk, transfer, as_of)
    shown = transfer_values(transfer, law, reliability, desk.names, DESK)
    shown |= {"as_of": as_of or "", "slider": slider_of(days, as_of or ""), "notice": notice}
    shown["exports"] = transfer_exports(transfer.id, as_of or "")
    shown["watch"] = watch_line(transfer)
    return render_page(request, "transfer.html", shown)


def _findings(desk: Desk, transfer: Transfer, as_of: str | None) -> Findings:
    """Return the findings as they are kept, or what the law says of it as of a day."""
    if as_of is not None:
        return desk.stages.check(transfer)
    with desk.store.database.read() as connection:
        return [finding for row in transfer_rows(connection, [transfer.id]) for finding in row.law]
