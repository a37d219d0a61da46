"""Documents that are sent: kept and read as ``armstrace add`` does it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Annotated, Any, Final, NamedTuple

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.document import Capture, Metadata
from armstrace.errors import MetadataError
from armstrace.extractor import extractor_version
from armstrace.ingest.metadata import known_metadata
from armstrace.ingest.raw import Piece, RawText, Unread
from armstrace.ingest.walk import Known, read_piece
from armstrace.intake import Receipt, keep_texts, read_documents
from armstrace.pipeline import Reader, load_reader
from armstrace.web.api.answers import answer_made
from armstrace.web.api.operations import makes
from armstrace.web.api.routing import PREFIX, api_router, desk_of
from armstrace.web.api.shapes.documents import NewText, Receipts
from armstrace.web.desk import Desk

router = api_router("Documents")

MOST_TEXTS: Final = 200  # of one feed, table or archive
_FIELDS: Final = frozenset(NewText.model_fields) - {"text"}
_READING: Final = Lock()  # one at a time: reading takes a processor for itself


class Sent(NamedTuple):
    """What was sent: the bytes, the media type that they are said to be of, and what is said of them."""

    data: bytes
    media_type: str | None
    about: NewText


async def read_sent(request: Request) -> Sent:
    """Return what was sent as JSON, or as a form with a file.

    Raises:
        HTTPException: 415, it is neither.
        RequestValidationError: a field will not do.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind == "application/json":
        about = _checked(await request.body())
        return Sent(about.text.encode("utf-8", "surrogatepass"), "text/plain; charset=utf-8", about)
    if kind == "multipart/form-data":
        return await _read_form(request)
    raise HTTPException(415, "send application/json with a `text`, or multipart/form-data with a `file`")


def _openapi() -> dict[str, Any]:
    """Return how the body is told in the OpenAPI document."""
    text = {"$ref": "#/components/schemas/NewText"}
    fields = NewText.model_json_schema()["properties"]
    known = {name: shape for name, shape in fields.items() if name in _FIELDS}
    file = {"type": "string", "format": "binary", "description": "The original, in any format that is read."}
    form = {
        "type": "object",
        "properties": {"file": file, **known},
        "required": ["file"],
        "additionalProperties": False,
    }
    content = {"application/json": {"schema": text}, "multipart/form-data": {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


@router.post(
    "/documents",
    status_code=201,
    summary="Add a document",
    responses=makes(Receipts, "What became of each text.", 415),
    openapi_extra=_openapi(),
)
def add_document(request: Request, sent: Annotated[Sent, Depends(read_sent)]) -> Response:
    """Add a document to the store, and read its claims: as JSON with its text, or as a form with a file.

    The bytes are kept as they are. The format is told from them: text, web page, PDF, DOCX, letter, feed, table of
    articles, archive. What is here already is passed over. Of what cannot be read the receipt says why.
    """
    desk = desk_of(request)
    receipts = _keep(desk, sent, request.state.person.name)
    if not receipts:
        raise HTTPException(422, "what was sent holds no document: no text, page, letter or entry of a feed is in it")
    added = [one.id for one in receipts if one.id is not None]
    counts = _read(desk, added) if sent.about.read else {}
    rows = [
        {
            "outcome": one.outcome,
            "document": one.id,
            "name": one.name,
            "claims": counts.get(one.id or ""),
            "detail": one.detail,
        }
        for one in receipts
    ]
    return answer_made({"documents": rows}, f"{PREFIX}/documents/{added[0]}" if added else f"{PREFIX}/documents")


async def _read_form(request: Request) -> Sent:
    async with request.form(max_files=1, max_fields=len(_FIELDS)) as form:
        file, fields = form.get("file"), {name: value for name, value in form.items() if name != "file"}
        if not isinstance(file, UploadFile):
            raise RequestValidationError([_error("file", "a file is needed")])
        data = await file.read()
        if not data:
            raise RequestValidationError([_error("file", "the file is empty")])
        name = (file.filename or "")[:_LONGEST_NAME]
        given = {"name": name, **{one: value for one, value in fields.items() if value != ""}}
        about = _validated({"text": "a file", **{one: value for one, value in given.items() if value}})
        return Sent(data, file.content_type, about)


_LONGEST_NAME: Final = 200


def _checked(body: bytes) -> NewText:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the body is no JSON, or nested too deeply; send an object with a `text`") from error
    return _validated(given)


def _validated(given: Any) -> NewText:  # noqa: ANN401 - any JSON may be sent
    try:
        return NewText.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(
            [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False, include_input=False)]
        ) from error


def _error(field: str, words: str) -> Mapping[str, Any]:
    return {"type": "missing", "loc": ("body", field), "msg": words}


def _keep(desk: Desk, sent: Sent, who: str) -> list[Receipt]:
    about = sent.about
    try:
        known = known_metadata(about.outlet, about.published)
    except MetadataError as error:
        raise RequestValidationError([_error("published", str(error).replace("--published ", ""))]) from error
    said = Metadata(known.outlet, known.published, about.title, about.url)
    moment = datetime.fromisoformat(desk.now()).strftime("%Y-%m-%dT%H:%M:%SZ")
    piece = Piece(about.name, sent.data, Capture(f"sent by {who}", moment), media_type=sent.media_type)
    found = _bounded(read_piece(piece, desk.store.holds))
    return list(keep_texts(desk.store, found, lambda _: (said,), desk.now))


def _bounded(found: Iterator[RawText | Known | Unread]) -> Iterator[RawText | Known | Unread]:
    for number, one in enumerate(found):
        if number >= MOST_TEXTS:
            raise HTTPException(413, f"it holds more than {MOST_TEXTS} texts; those were kept, add the rest by hand")
        yield one


def _read(desk: Desk, added: list[str]) -> dict[str, int]:
    """Read those of the documents that today's reader has not read; return how many claims each of all has."""
    version = extractor_version()
    readings = {one: desk.store.reading(one) for one in added}
    unread = [one for one, last in readings.items() if last is None or last.extractor != version]
    with _READING:
        read = {one.id: one.claims for one in read_documents(desk.store, _reader(), version, desk.now, unread)}
    return {one: last.claim_count for one, last in readings.items() if last} | read


@cache
def _reader() -> Reader:
    """Return the reader: its model takes some seconds to load, so that is done for the first document, and once."""
    return load_reader()
