"""Who is said to supply whom: the map, the matrix and the network, all of one filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from armstrace.keeping.update import update_register
from armstrace.pictures.flows import KINDS
from armstrace.pictures.world import BORDERS
from armstrace.registering import query_for
from armstrace.store.routes import RouteCounts, count_routes
from armstrace.web.desk import Desk
from armstrace.web.templating import render_page
from armstrace.web.views.flow_filter import NAMES, FlowFilter
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

router = APIRouter(include_in_schema=False)

_LONGEST: Final = 200  # characters of a field
_NOTHING: Final = RouteCounts((), 0, 0)


@router.get(MAP)
def show_map(request: Request) -> Response:
    """Return the map of flows between states."""
    region = region_of(request.query_params.get("region", ""))
    desk: Desk = request.app.state.desk
    return _show(request, "map.html", MAP, lambda counts, asked: view_map(counts, asked, desk.names, region))


@router.get(MATRIX)
def show_matrix(request: Request) -> Response:
    """Return the matrix of suppliers and recipients."""
    desk: Desk = request.app.state.desk
    return _show(request, "matrix.html", MATRIX, lambda counts, asked: view_matrix(counts, asked, desk.names))


@router.get(NETWORK)
def show_network(request: Request) -> Response:
    """Return the network of parties."""
    desk: Desk = request.app.state.desk
    return _show(request, "network.html", NETWORK, lambda counts, asked: view_network(counts, asked, desk.names))


def _show(request: Request, template: str, here: str, view: Callable[[RouteCounts, FlowFilter], Any]) -> Response:
    desk: Desk = request.app.state.desk
    update_register(desk.store, desk.stages)
    given = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in NAMES}
    asked = FlowFilter({name: value for name, value in given.items() if value})
    counts, problem = _NOTHING, ""
    try:
        query = query_for(asked.wanted())
    except ValueError as error:
        problem = str(error)
    else:
        with desk.store.database.read() as connection:
            counts = count_routes(connection, query, by_name=here == NETWORK)
    shown = {
        "heading": "Flows",
        "here": here,
        "region": request.query_params.get("region", "") if here == MAP else "",
        "fields": asked.fields(),
        "pictures": pictures_of(asked, here),
        "problem": problem,
        "shown": view(counts, asked),
        "kinds": KINDS,
        "borders": BORDERS,
    }
    return render_page(request, template, shown)
