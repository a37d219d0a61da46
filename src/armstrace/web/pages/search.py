"""The page of the search over documents and claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from armstrace.errors import NotNowError, StoreError
from armstrace.store.search import Page
from armstrace.web.desk import Desk
from armstrace.web.templating import render_page
from armstrace.web.views.search import NAMES, SearchView, query_of, view_hits, view_search

router = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 20
_LONGEST: Final = 1000  # characters of a field; nobody looks for more


@router.get("/search")
def show_search(request: Request) -> Response:
    """Return the form, and what was found by it."""
    desk: Desk = request.app.state.desk
    asked = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in NAMES}
    view = _search(desk, asked, request.query_params.get("cursor", ""))
    shown = {"heading": "Search", "shown": view, "kept": None if view.is_asked else desk.store.counts()}
    return render_page(request, "search.html", shown)


def _search(desk: Desk, asked: Mapping[str, str], cursor: str) -> SearchView:
    if not any(asked.values()):
        return view_search(asked)
    query = query_of(asked)
    try:
        hits = desk.store.search(query, Page(_AT_ONCE, cursor or None))
        counts = desk.store.count_hits(query)
    except NotNowError:
        raise
    except StoreError as error:
        return view_search(asked, str(error), cursor=cursor)
    return view_hits(asked, hits, counts, desk.names, cursor=cursor)
