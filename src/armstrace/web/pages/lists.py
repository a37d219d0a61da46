"""Sanctions lists: those in force, the form to screen a name, and the certificates of what was searched."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.errors import ListError, MetadataError
from armstrace.screen.entries import ListedKind
from armstrace.screen.match import THRESHOLD, Asked
from armstrace.screening import check_facts, screen_names
from armstrace.store.people import Deed
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.people.person import Role
from armstrace.web.templating import render_page
from armstrace.web.views.lists import AT_ONCE, CERTIFICATES, KINDS, PATH, view_certificate, view_lists
from armstrace.web.views.sources import stretch_of

router = APIRouter(include_in_schema=False)

_LONGEST: Final = 300  # characters of a name
_MOST: Final = 200  # names at once; more are for the command line


@router.get(PATH)
def show_lists(request: Request) -> Response:
    """Return the lists, the form and the certificates."""
    return _lists_page(request, {}, "")


@router.post(CERTIFICATES, dependencies=[Depends(check_form)])
def screen(  # noqa: PLR0913 - one parameter a field
    request: Request,
    *,
    names: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    imo: Annotated[str, Form()] = "",
    born: Annotated[str, Form()] = "",
    country: Annotated[str, Form()] = "",
) -> Response:
    """Screen names, one a line, and go on to the certificate."""
    desk: Desk = request.app.state.desk
    given = {"names": names, "kind": kind, "imo": imo.strip(), "born": born.strip(), "country": country.strip().upper()}
    try:
        asked = _asked(given)
        body = screen_names(desk.store, asked, desk.now(), THRESHOLD, request.app.state.loaded_lists.of(desk.store))
    except (MetadataError, ListError) as error:
        return _lists_page(request, given, str(error), status=400)
    desk.store.people.note(Deed(desk.now(), request.state.person.name, "names screened", body["certificate"]))
    return RedirectResponse(f"{CERTIFICATES}/{body['certificate']}", status_code=303)


@router.get(f"{CERTIFICATES}/{{certificate}}")
def show_certificate(request: Request, certificate: str) -> Response:
    """Return a certificate, fit to print."""
    desk: Desk = request.app.state.desk
    view = view_certificate(desk.store.screening.certificate(certificate))
    return render_page(request, "certificate.html", {"heading": f"Screening certificate {view.id}", "shown": view})


def _asked(given: dict[str, str]) -> list[Asked]:
    """Return what is asked for; kind, number, birth and country hold for every name.

    Raises:
        MetadataError: nothing is, or too much, or a number or date is none.
    """
    lines = list(dict.fromkeys(line.strip() for line in given["names"].splitlines() if line.strip()))
    if not lines:
        raise MetadataError("no name to screen; give names, one a line")
    if len(lines) > _MOST or max(map(len, lines)) > _LONGEST:
        raise MetadataError(
            f"give at most {_MOST} names of at most {_LONGEST} characters; `armstrace screen --file` takes more"
        )
    check_facts(given["born"], given["imo"])
    kind = ListedKind(given["kind"]) if given["kind"] in KINDS else None
    return [Asked(one, kind, given["imo"] or None, given["born"] or None, given["country"] or None) for one in lines]


def _lists_page(request: Request, given: dict[str, str], problem: str, *, status: int = 200) -> Response:
    desk: Desk = request.app.state.desk
    screening = desk.store.screening
    page, stretch = stretch_of(request.query_params.get("page", ""), AT_ONCE)
    found = screening.certificates(stretch.most, stretch.before)
    shown = {
        "heading": "Sanctions lists",
        "shown": view_lists(screening.lists(all_versions=True), found, page, screening.count_certificates()),
        "given": {name: given.get(name, "") for name in ("names", "kind", "imo", "born", "country")},
        "kinds": KINDS,
        "problem": problem,
        "may_screen": request.state.person.role >= Role.REVIEWER,
    }
    return render_page(request, "lists.html", shown, status=status)
