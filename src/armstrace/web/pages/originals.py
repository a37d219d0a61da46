"""Originals as they came, so that a text can be compared with them and nothing in them runs."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.store.repository import Store
from armstrace.web.desk import Desk
from armstrace.web.originals import SANDBOX, attachment, harmless_page, tell_original

router = APIRouter(include_in_schema=False)

_MOST_DIGITS: Final = 6
# A document's id is made of its content, so what it gives never changes; nobody but who asked may keep it.
_KEPT: Final = {"cache-control": "private, max-age=86400, immutable"}
# Hints by which a page makes a browser look up or greet other hosts without loading anything.
_NO_HINTS: Final = {"x-dns-prefetch-control": "off"}


@router.get("/documents/{document}/original")
def show_original(request: Request, document: str, download: str = "") -> Response:
    """Return the bytes that a document was read from: to be shown where a browser can without harm, else to be saved.

    A web page is shown in a sandbox and with its links to other hosts undone; saved, everything is as it came.
    """
    desk: Desk = request.app.state.desk
    found = find_document(desk.store, document)
    data = evidence_of(desk.store, document)
    captures = [one.capture for one in desk.store.captures(document)]
    original = tell_original(data, captures)
    headers = {"content-security-policy": SANDBOX, **_KEPT, **_NO_HINTS}
    inline = original.shown in {"page", "text"} and not download
    if not inline:
        headers["content-disposition"] = attachment(found, original)
    body = harmless_page(data, captures) if inline and original.shown == "page" else data
    response = Response(body, headers=headers)
    response.headers["content-type"] = original.media_type if inline else "application/octet-stream"
    return response


@router.get("/documents/{document}/pages/{number}.png")
def show_picture(request: Request, document: str, number: str) -> Response:
    """Return the picture of a page of a PDF, counted from 1."""
    desk: Desk = request.app.state.desk
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        raise HTTPException(404, f"page {number[:20]}: give the number of a page, from 1 on")
    find_document(desk.store, document)
    try:
        picture = request.app.state.page_pictures.picture(
            document, int(number), lambda: evidence_of(desk.store, document)
        )
    except InputError as error:
        raise HTTPException(404, str(error)) from error
    return Response(picture.png, media_type="image/png", headers=_KEPT)


def find_document(store: Store, identity: str) -> Document:
    """Return a document.

    Raises:
        HTTPException: 404 where there is none of that id.
    """
    found = store.document(identity)
    if found is None:
        raise HTTPException(404, "no document of this id is in the store; the search lists what there is")
    return found


def evidence_of(store: Store, identity: str) -> bytes:
    """Return the bytes that a document was read from; none where it is gone meanwhile."""
    return store.evidence_of(identity) or b""
