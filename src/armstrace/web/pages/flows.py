"""Who is said to supply whom: the map, the matrix and the network, all of one filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from armstrace.pictures.flows import KINDS
from armstrace.pictures.world import BORDERS
from armstrace.store.routes import RouteCounts, count_routes
from armstrace.web.desk import Desk
from armstrace.web.kept_pages import KeptPages
from armstrace.web.templating import render_page
from armstrace.web.views.flow_filter import FlowFilter
from armstrace.web.views.flow_map import (
    MAP,
    MATRIX,
    NETWORK,
    pictures_of,
    region_of,
    view_map,
    view_matrix,
    view_network,
)
from armstrace.web.views.register_form import query_of, read_asked

router = APIRouter(include_in_schema=False)

_NOTHING: Final = RouteCounts((), 0, 0)
_View = Callable[[RouteCounts, FlowFilter], Any]


@router.get(MAP)
def show_map(request: Request) -> Response:
    """Return the map of flows between states."""
    region = region_of(request.query_params.get("region", ""))
    names = request.app.state.desk.names
    return _show(request, "map.html", MAP, lambda counts, asked: view_map(counts, asked, names, region))


@router.get(MATRIX)
def show_matrix(request: Request) -> Response:
    """Return the matrix of suppliers and recipients."""
    names = request.app.state.desk.names
    return _show(request, "matrix.html", MATRIX, lambda counts, asked: view_matrix(counts, asked, names))


@router.get(NETWORK)
def show_network(request: Request) -> Response:
    """Return the network of parties."""
    names = request.app.state.desk.names
    return _show(request, "network.html", NETWORK, lambda counts, asked: view_network(counts, asked, names))


def _show(request: Request, template: str, here: str, view: _View) -> Response:
    desk: Desk = request.app.state.desk
    pages: KeptPages = request.app.state.kept_pages
    standing = desk.current.stand()

    def make() -> HTMLResponse:
        asked = FlowFilter(read_asked(request.query_params.multi_items(), desk.names))
        counts = _NOTHING if asked.asked.problems else _count(desk, asked, by_name=here == NETWORK)
        shown = {
            "heading": "Flows",
            "here": here,
            "region": region_of(request.query_params.get("region", "")).key if here == MAP else "",
            "filter": asked,
            "pictures": pictures_of(asked, here),
            "notice": standing.notice,
            "shown": view(counts, asked),
            "kinds": KINDS,
            "borders": BORDERS,
        }
        return render_page(request, template, shown, status=400 if asked.asked.problems else 200)

    return pages.answer(request, standing, make)


def _count(desk: Desk, asked: FlowFilter, *, by_name: bool) -> RouteCounts:
    with desk.store.database.read() as connection:
        return count_routes(connection, query_of(asked.asked, desk.names), by_name=by_name)
