"""Names against the sanctions lists in force, and the certificates of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.errors import ListError
from armstrace.screen.entries import ListedKind
from armstrace.screen.list_kinds import list_title
from armstrace.screen.match import Asked
from armstrace.screening import load_index, screen_names
from armstrace.web.api.answers import answer, answer_made
from armstrace.web.api.operations import gives, makes
from armstrace.web.api.params import Id
from armstrace.web.api.routing import PREFIX, api_router, desk_of, telling_missing
from armstrace.web.api.shapes.screening import AskedName, Certificate, Lists, NewScreening

router = api_router("Screening")

AllVersions = Annotated[bool, Query(description="Give the versions too that are no longer in force.")]


@router.post(
    "/screen",
    status_code=201,
    summary="Screen names",
    responses=makes(Certificate, "The search was made; its certificate is kept.", 409),
)
def screen(request: Request, given: NewScreening) -> Response:
    """Screen names against the sanctions lists in force, and keep a certificate of the search.

    A hit is a likeness of names and no identification. The certificate says what was searched, when, and against which
    versions of which lists, also where nothing was found.
    """
    desk = desk_of(request)
    asked = [_asked(one) for one in given.names]
    try:
        lists = load_index(desk.store, given.lists) if given.lists else request.app.state.loaded_lists.of(desk.store)
        body = screen_names(desk.store, asked, desk.now(), given.threshold, lists)
    except ListError as error:
        raise HTTPException(409, str(error)) from error
    return answer_made(body, f"{PREFIX}/screenings/{body['certificate']}")


@router.get(
    "/screenings/{certificate}",
    summary="One certificate",
    responses=gives(Certificate, "The certificate, as it was kept.", 404),
)
def show_certificate(request: Request, certificate: Id) -> Response:
    """Give the certificate of an earlier search by its id."""
    with telling_missing():
        body = desk_of(request).store.screening.certificate(certificate)
    return answer(request, body)


@router.get("/lists", summary="List sanctions lists", responses=gives(Lists, "The lists."))
def list_lists(request: Request, *, all_versions: AllVersions = False) -> Response:
    """List the sanctions lists in force; with `all_versions` the earlier versions too."""
    lists = desk_of(request).store.screening.lists(all_versions=all_versions)
    rows = [
        {
            "list": one.key,
            "title": list_title(one.key),
            "dated": one.dated or None,
            "sha256": one.sha256,
            "format": one.format,
            "entries": one.entry_count,
            "rows_left_out": one.fault_count,
            "added_at": one.added_at,
            "in_force": one.in_force,
        }
        for one in lists
    ]
    return answer(request, {"items": rows})


def _asked(one: AskedName) -> Asked:
    return Asked(one.name, ListedKind(one.kind) if one.kind else None, one.imo, one.born, one.country)
