"""How the API answers: JSON in ASCII, with a tag of its content, whole, page by page, or as lines in one stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from armstrace.store.columns import to_json
from armstrace.web.api.cursors import LONGEST, Place, listing_mark, read_cursor, write_cursor

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
MOST: Final = 500  # of a page
_USUAL: Final = 50
_DIGITS: Final = 32
# Answers differ by who asks, and whoever keeps one asks whether it still holds.
_HEADERS: Final = {"cache-control": "private, no-cache", "vary": "Accept, Authorization, Cookie"}
_OF_PAGING: Final = frozenset({"cursor", "limit", "format"})


class Paged(BaseModel):
    """What every listing takes."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    limit: int = Field(default=_USUAL, ge=1, le=MOST)
    """How many to give at most on one page."""
    cursor: str | None = Field(default=None, min_length=1, max_length=LONGEST)
    """Where to go on: as the page before gives it in `next`."""
    format: Literal["json", "jsonl"] | None = None
    """`jsonl` streams everything that is asked for as JSON Lines, whatever the limit; the same as
    `Accept: application/x-ndjson`."""


class Part(NamedTuple):
    """Some of a listing, each as JSON in ASCII; ``next`` is the place behind the last, None where that is the last."""

    texts: Sequence[str]
    next: Place | None


class Listing(NamedTuple):
    """A listing: gives at most so many behind a place, or from the first; ``kinds`` are those of a place's values.

    ``tag`` changes whenever anything in it may have; None where only the content tells.
    """

    part: Callable[[Place | None, int], Part]
    kinds: tuple[type, ...]
    tag: str | None = None


def strong_tag(content: bytes) -> str:
    """Return the entity tag of bytes: others have another."""
    return f'"{sha256(content).hexdigest()[:_DIGITS]}"'


def weak_tag(*of: object) -> str:
    """Return the entity tag of an answer that follows from these values."""
    return f"W/{strong_tag(to_json([str(one) for one in of]).encode())}"


def is_known(request: Request, tag: str) -> bool:
    """Tell whether who asks has the answer of a tag already (``If-None-Match``)."""
    told = request.headers.get("if-none-match", "")
    known = [one.strip().removeprefix("W/") for one in told.split(",")]
    return told.strip() == "*" or tag.removeprefix("W/") in known


def unchanged(tag: str) -> Response:
    """Return the answer to who has it already."""
    return Response(status_code=304, headers={**_HEADERS, "etag": tag})


def answer_text(request: Request, text: str, tag: str | None = None, headers: dict[str, str] | None = None) -> Response:
    """Return JSON, or that who asks has it already."""
    content = text.encode("ascii")
    tag = tag or strong_tag(content)
    if is_known(request, tag):
        return unchanged(tag)
    return Response(content, media_type=JSON, headers={**_HEADERS, **(headers or {}), "etag": tag})


def answer(request: Request, value: object, tag: str | None = None, headers: dict[str, str] | None = None) -> Response:
    """Return plain values as JSON, or that who asks has them already."""
    return answer_text(request, to_json(value), tag, headers)


def answer_made(value: object, address: str) -> Response:
    """Return that something was made, what it is, and where it stands from now on."""
    headers = {"cache-control": "no-store", "location": address}
    return Response(to_json(value).encode("ascii"), status_code=201, media_type=JSON, headers=headers)


def answer_now(value: object) -> Response:
    """Return what came of a change; nobody keeps it."""
    headers = {"cache-control": "no-store"}
    return Response(to_json(value).encode("ascii"), media_type=JSON, headers=headers)


def answer_listing(request: Request, listing: Listing, asked: Paged) -> Response:
    """Return a page of a listing with the address of the next, or all of it as lines."""
    given = request.query_params.multi_items()
    filters = [(name, value) for name, value in given if name not in _OF_PAGING]
    mark = listing_mark(request.url.path, filters)
    after = read_cursor(asked.cursor, mark, listing.kinds) if asked.cursor else None
    as_lines = _wants_lines(request, asked)
    tag = weak_tag(listing.tag, mark, asked.cursor, asked.limit, as_lines) if listing.tag else None
    if tag and is_known(request, tag):
        return unchanged(tag)
    if as_lines:
        headers = {**_HEADERS, "etag": tag} if tag else _HEADERS
        return StreamingResponse(_lines(listing, after), media_type=LINES, headers=headers)
    part = listing.part(after, asked.limit)
    pairs = [*filters, ("limit", str(asked.limit))]
    following = _address(request, [*pairs, ("cursor", write_cursor(mark, part.next))]) if part.next else None
    text = f'{{"items":[{",".join(part.texts)}],"next":{to_json(following)}}}'
    return answer_text(request, text, tag, {"link": f'<{following}>; rel="next"'} if following else None)


def _lines(listing: Listing, after: Place | None) -> Iterator[str]:
    """Yield the lines of a listing, some at once: no more of it is held than one page."""
    while True:
        part = listing.part(after, MOST)
        if part.texts:
            yield "\n".join((*part.texts, ""))
        if part.next is None:
            return
        after = part.next


def _wants_lines(request: Request, asked: Paged) -> bool:
    if asked.format:
        return asked.format == "jsonl"
    ranges = [one.partition(";")[0].strip().casefold() for one in request.headers.get("accept", "").split(",")]
    return LINES in ranges


def _address(request: Request, pairs: Sequence[tuple[str, Any]]) -> str:
    return f"{request.url.path}?{urlencode(pairs)}"
