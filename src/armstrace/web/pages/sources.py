"""Sources and outlets: the table, the page of each, and the form by which one is graded."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.keeping.told_rows import told_from_json
from armstrace.store.repository import Store
from armstrace.store.source_grades import Grade, Graded
from armstrace.store.sources import (
    ORDERS,
    SourceRow,
    claims_of_source,
    count_sources,
    find_source,
    kinds_and_countries,
    list_sources,
)
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.people.person import Role
from armstrace.web.templating import render_page
from armstrace.web.views.sources import (
    AT_ONCE,
    CLAIMS_AT_ONCE,
    FIRST,
    NAMES,
    PATH,
    grade_choices,
    query_of,
    stretch_of,
    view_source,
    view_sources,
)

router = APIRouter(include_in_schema=False)

_LONGEST: Final = 200  # characters of a field


@router.get(PATH)
def show_sources(request: Request) -> Response:
    """Return a page of the table of sources."""
    desk: Desk = request.app.state.desk
    request.app.state.desk.current.stand()
    asked = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in NAMES}
    order = asked["sort"] if asked["sort"] in ORDERS else FIRST
    page, stretch = stretch_of(request.query_params.get("page", ""), AT_ONCE)
    query = query_of(asked)
    with desk.store.database.read() as connection:
        rows, count = list_sources(connection, query, order, stretch), count_sources(connection, query)
        known = kinds_and_countries(connection)
    view = view_sources(rows, count, {**asked, "sort": order}, page, (desk.reliability(), desk.names, known))
    return render_page(request, "sources.html", {"heading": "Sources", "shown": view})


@router.get(f"{PATH}/{{source}}")
def show_source(request: Request, source: str) -> Response:
    """Return the page of a source."""
    desk: Desk = request.app.state.desk
    request.app.state.desk.current.stand()
    row = _found(desk.store, source)
    page, stretch = stretch_of(request.query_params.get("page", ""), CLAIMS_AT_ONCE)
    with desk.store.database.read() as connection:
        claims = claims_of_source(connection, source, stretch)
    told = [(told_from_json(one.body), one.is_carrier) for one in claims]
    graded = next((one for one in desk.store.grades.all() if one.of.source_id == source), None)
    view = view_source(row, told, page, (desk.reliability(), desk.names, graded))
    may_grade = request.state.person.role >= Role.ADMIN
    shown = {"heading": view.line.label, "shown": view, "may_grade": may_grade, "grades": grade_choices()}
    return render_page(request, "source.html", shown)


@router.post(f"{PATH}/{{source}}/grade", dependencies=[Depends(check_form)])
def grade(
    request: Request, source: str, letter: Annotated[str, Form()] = "", why: Annotated[str, Form()] = ""
) -> Response:
    """Grade a source, or take its grade back where no letter is given."""
    desk: Desk = request.app.state.desk
    row, who = _found(desk.store, source), request.state.person.name
    if letter:
        graded = Graded(row.id, tuple(dict.fromkeys((row.label, *row.known_as))), row.kind, row.country)
        desk.store.grades.put(Grade(graded, letter, why, who, desk.now()))
    else:
        desk.store.grades.take_back(row.id, who, desk.now())
    return RedirectResponse(f"{PATH}/{row.id}", status_code=303)


def _found(store: Store, source: str) -> SourceRow:
    with store.database.read() as connection:
        row = find_source(connection, source)
    if row is None:
        raise HTTPException(404, "no source of this id is named in a claim; the list of sources has them all")
    return row
