"""The page of the register."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from armstrace.store.line_query import TransferQuery, count_facets
from armstrace.store.transfers import count_transfers, days_known, page_of
from armstrace.web.desk import Desk
from armstrace.web.kept_pages import KeptPages
from armstrace.web.templating import render_page
from armstrace.web.views.exports import register_exports
from armstrace.web.views.register import Material, view_register
from armstrace.web.views.register_form import Asked, cursor_from_text, query_of, read_asked

router = APIRouter(include_in_schema=False)

LINES_ON_A_PAGE = 50


@router.get("/")
def show_register(request: Request) -> Response:
    """Return the page of the register: what is asked for, as it stands today or stood on a day."""
    desk: Desk = request.app.state.desk
    pages: KeptPages = request.app.state.kept_pages
    standing = desk.current.stand()

    def make() -> HTMLResponse:
        asked = read_asked(request.query_params.multi_items(), desk.names)
        material = None if asked.problems else _gather(desk, asked, standing.notice)
        exports = register_exports(asked)
        shown = {"heading": "Register", "shown": view_register(asked, material), "exports": exports}
        return render_page(request, "register.html", shown, status=400 if asked.problems else 200)

    return pages.answer(request, standing, make)


def _gather(desk: Desk, asked: Asked, notice: str) -> Material:
    query = query_of(asked, desk.names)
    cursor = cursor_from_text(asked.cursor) if asked.cursor else None
    with desk.store.database.read() as connection:
        return Material(
            page=page_of(connection, query, asked.order, LINES_ON_A_PAGE, cursor),
            facets=count_facets(connection, query),
            total=count_transfers(connection, TransferQuery(as_of=query.as_of)),
            days=days_known(connection),
            notice=notice,
        )
