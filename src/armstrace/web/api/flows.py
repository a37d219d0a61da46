"""Who is said to supply whom: what map, matrix and network show."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from armstrace.store.routes import RouteCount, count_routes
from armstrace.web.api.answers import answer, is_known, unchanged
from armstrace.web.api.operations import gives
from armstrace.web.api.queries import AskedLines, bring_up_to_date, query_of, register_tag
from armstrace.web.api.routing import api_router, desk_of
from armstrace.web.api.shapes.flows import Flows

router = api_router("Transfers")


class AskedFlows(AskedLines):
    """Which lines of the register are counted."""

    by_name: bool = False
    """Whether organisations of a country are told apart; else they stand for it."""


@router.get("/flows", summary="Who supplies whom", responses=gives(Flows, "The pairs with their counts."))
def show_flows(request: Request, asked: Annotated[AskedFlows, Query()]) -> Response:
    """Count the lines of the register that are all that is asked for, by supplier and recipient.

    A line of which claims name several parties stands in several pairs. It is what is reported, not what took place.
    """
    desk = desk_of(request)
    bring_up_to_date(desk)
    tag = register_tag(desk, request.url)
    if is_known(request, tag):
        return unchanged(tag)
    with desk.store.database.read() as connection:
        found = count_routes(connection, query_of(asked), by_name=asked.by_name)
    pairs = [_pair(one) for one in found.pairs]
    return answer(request, {"pairs": pairs, "left_out": found.left_out, "transfers": found.transfers}, tag)


def _pair(one: RouteCount) -> dict[str, Any]:
    return {
        "supplier": _party(one.supplier, one.supplier_name),
        "recipient": _party(one.recipient, one.recipient_name),
        "transfers": one.transfers,
        "moved": one.moved,
        "stopped": one.stopped,
        "denied": one.denied,
    }


def _party(country: str, name: str) -> dict[str, str | None] | None:
    return {"country": country or None, "name": name or None} if country or name else None
