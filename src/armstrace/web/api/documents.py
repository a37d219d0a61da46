"""Documents: listed, given with their text and as they came."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.document import Document
from armstrace.store import filters, listing
from armstrace.store.columns import to_json
from armstrace.store.repository import Store
from armstrace.web.api.answers import Listing, Paged, Part, answer, answer_listing, is_known, strong_tag, unchanged
from armstrace.web.api.claims import AskedClaims, listing_of
from armstrace.web.api.cursors import Place
from armstrace.web.api.operations import gives, gives_bytes, gives_page
from armstrace.web.api.params import Day, Id, Words
from armstrace.web.api.routing import api_router, desk_of
from armstrace.web.api.shapes import documents as shapes
from armstrace.web.api.shapes.claims import Claim, ClaimPage

router = api_router("Documents")

# Nothing in an original runs, whoever opens it: it is a file to be saved.
_AS_FILE = {
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, no-cache",
    "vary": "Authorization, Cookie",
}
_ABOUT = ("name", "format")
_KNOWN = ("title", "outlet", "byline", "url", "language", "published", "published_from")


class AskedDocuments(Paged):
    """Which documents are asked for."""

    outlet: Words | None = None
    """Published by exactly this outlet."""
    url: Annotated[str, Query(min_length=1, max_length=2000)] | None = None
    """Of this address; several are versions of it."""
    after: Day | None = None
    """Published on or after this day, month or year; what may have been then counts."""
    before: Day | None = None
    """Published on or before it."""


@router.get(
    "/documents",
    summary="List documents",
    responses=gives_page(shapes.DocumentPage, shapes.DocumentLine, "The documents that are all that is asked for."),
)
def list_documents(request: Request, asked: Annotated[AskedDocuments, Query()]) -> Response:
    """List the documents of the store without their texts, by id. `/search` finds them by their words."""
    store = desk_of(request).store
    query = filters.Query(after=asked.after, before=asked.before)
    wanted = listing.AskedDocuments(query, asked.outlet, asked.url)

    def part(after: Place | None, most: int) -> Part:
        with store.database.read() as connection:
            found = listing.list_documents(connection, wanted, most + 1, after[0] if after else None)
        shown = found[:most]
        following = (shown[-1].id,) if len(found) > most else None
        return Part([to_json(_line(row)) for row in shown], following)

    return answer_listing(request, Listing(part, (str,)), asked)


@router.get(
    "/documents/{document}",
    summary="One document",
    responses=gives(shapes.Document, "The document with its text.", 404),
)
def show_document(request: Request, document: Id) -> Response:
    """Give a document: its text, what cleaning removed, what it says of itself, how it came here, who read it."""
    store = desk_of(request).store
    return answer(request, _document(store, _find(store, document)))


@router.get(
    "/documents/{document}/claims",
    summary="Its claims",
    responses=gives_page(ClaimPage, Claim, "The claims, in order of the text.", 404),
)
def list_document_claims(request: Request, document: Id, asked: Annotated[Paged, Query()]) -> Response:
    """List the claims of a document, in order of the text, as they count."""
    store = desk_of(request).store
    _find(store, document)
    return answer_listing(request, listing_of(store, AskedClaims(document=document)), asked)


@router.get(
    "/documents/{document}/original",
    summary="The original",
    response_class=Response,
    responses=gives_bytes("The bytes as they came here, whatever they are.", 404),
)
def show_original(request: Request, document: Id) -> Response:
    """Give the bytes that a document was read from, as a file to be saved. They come from strangers: open with care."""
    store = desk_of(request).store
    _find(store, document)
    content = store.evidence_of(document) or b""
    tag = strong_tag(content)
    if is_known(request, tag):
        return unchanged(tag)
    name = "".join(sign for sign in document if sign.isascii() and sign.isalnum())
    headers = {**_AS_FILE, "etag": tag, "content-disposition": f'attachment; filename="{name}.original"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _find(store: Store, identity: str) -> Document:
    found = store.document(identity)
    if found is None:
        raise HTTPException(404, "no document of this id is in the store; GET /api/v1/documents lists them")
    return found


def _line(row: listing.DocumentRow) -> dict[str, Any]:
    values = row._asdict()
    return {"document": values.pop("id"), "claims": values.pop("claim_count"), **values}


def _document(store: Store, document: Document) -> dict[str, Any]:
    reading = store.reading(document.id)
    known = document.metadata
    return {
        "document": document.id,
        **{name: getattr(document, name) for name in _ABOUT},
        **{name: getattr(known, name) for name in _KNOWN},
        "text": document.text,
        "removed": [{"span": list(one.span), "reason": one.reason} for one in document.removed],
        "facts": [{"kind": f.kind, "text": f.text, "span": list(f.span) if f.span else None} for f in document.facts],
        "left_out": [{"text": one.text, "reason": one.reason, "place": one.place} for one in document.left_out],
        "captures": [
            {"source": one.capture.source, "moment": one.capture.moment, "noted_at": one.noted_at}
            for one in store.captures(document.id)
        ],
        "reading": {
            "extractor": reading.extractor,
            "read_at": reading.read_at,
            "claims": reading.claim_count,
            "left_out": reading.left_out,
            "failure": reading.failure,
        }
        if reading
        else None,
        "versions": list(store.versions(known.url)) if known.url else [],
    }
