"""The page of one document, and what the register tells of it."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from armstrace.document import Document
from armstrace.errors import InputError, StoreError
from armstrace.export.jsonl import claim_from_dict
from armstrace.export.plain import plain
from armstrace.model import Claim
from armstrace.registering import copies_of_document, transfers_of_document
from armstrace.store.repository import Store
from armstrace.web.current import UNTIL_DONE
from armstrace.web.desk import Desk
from armstrace.web.originals import is_part_of_another, tell_original
from armstrace.web.pages.originals import evidence_of, find_document
from armstrace.web.templating import render_page
from armstrace.web.views.document import DocumentView, Material, Version, view_document
from armstrace.web.views.pictures import PageView, view_page, words_on_page
from armstrace.web.views.registered import lines_of

router = APIRouter(include_in_schema=False)

_MOST_VERSIONS: Final = 20
_MOST_COPIES: Final = 50
_MOST_DIGITS: Final = 9


@router.get("/documents/{document}")
def show_document(request: Request, document: str) -> Response:
    """Return the page of a document.

    Of a long text ``at`` (a character) or ``claim`` (an id) choose the part; ``beside=original`` puts the original
    beside the text instead of the claims, of a PDF the ``page`` of a number.
    """
    desk: Desk = request.app.state.desk
    query = request.query_params
    found = find_document(desk.store, document)
    claims = read_claims(desk.store, document)
    asked = next(
        (one.evidence.span.start for one in claims if one.id == query.get("claim")), _number(query.get("at", ""))
    )
    captures = desk.store.captures(document)
    addresses = (found.metadata.url, *(one.capture.source for one in captures))
    material = Material(found, claims, captures, _versions(desk.store, addresses), desk.store.reading(document))
    view = view_document(material, desk.names, asked)
    shown: dict[str, Any] = {"shown": view, "heading": view.heading, "asked": asked, "beside": None}
    if query.get("beside") == "original":
        shown["beside"] = _beside(request, found, view, _number(query.get("page", "")))
    return render_page(request, "document.html", shown)


@router.get("/documents/{document}/register")
def show_registered(request: Request, document: str) -> Response:
    """Return what the register tells of a document: its lines and its copies."""
    desk: Desk = request.app.state.desk
    found = find_document(desk.store, document)
    desk.current.stand(UNTIL_DONE)
    family = copies_of_document(desk.store, document)
    transfers = transfers_of_document(desk.store, desk.stages, document)
    shown = {
        "heading": plain(found.metadata.title or found.name) or found.id,
        "document": document,
        "lines": lines_of(transfers, document, desk.names),
        "copies": [_about(desk.store, one, 0) for one in family[:_MOST_COPIES]],
        "more": max(len(family) - _MOST_COPIES, 0),
    }
    return render_page(request, "document_register.html", shown)


def read_claims(store: Store, document: str) -> tuple[Claim, ...]:
    """Return the claims of a document in their order.

    Raises:
        StoreError: one cannot be read.
    """
    stored = store.claims(document)
    try:
        return tuple(claim_from_dict(one.body) for one in stored)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"document {document}: its claims cannot be read ({error!r}); run `armstrace update`"
        ) from error


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS else None


def _versions(store: Store, addresses: tuple[str | None, ...]) -> tuple[Version, ...]:
    """Return the documents of the first address that has several, the last of very many."""
    for address in filter(None, addresses):
        ids = list(enumerate(store.versions(address), 1))
        if len(ids) > 1:
            return tuple(_about(store, one, number) for number, one in ids[-_MOST_VERSIONS:])
    return ()


def _about(store: Store, identity: str, number: int) -> Version:
    found = store.document(identity)
    known = found.metadata if found else None
    title = plain((known.title if known else None) or (found.name if found else "")) or identity
    outlet = f"{plain(known.outlet)}: " if known and known.outlet else ""
    return Version(number, identity, plain((known.published if known else None) or "no date"), f"{outlet}{title}")


def _beside(request: Request, document: Document, view: DocumentView, page: int | None) -> dict[str, Any]:
    """Return how the original is shown: its kind, its size, and of a PDF the page."""
    desk: Desk = request.app.state.desk
    data = evidence_of(desk.store, document.id)
    original = tell_original(data, ())
    first = next((card.page for card in view.cards if card.page), 1)
    is_pdf = original.shown == "pictures"
    return {
        "original": original,
        "size": len(data),
        "is_part": is_part_of_another(document, original),
        "page": _page(request, document, view, page or first) if is_pdf else None,
    }


def _page(request: Request, document: Document, view: DocumentView, number: int) -> PageView:
    desk: Desk = request.app.state.desk
    asked = words_on_page(document, view.cards, number)
    spans = tuple(one.span for one in asked)
    try:
        picture = request.app.state.page_pictures.picture(
            document.id, number, lambda: evidence_of(desk.store, document.id), spans
        )
    except InputError as error:
        return PageView(number, 0, problem=str(error))
    return view_page(picture, number, asked)
