"""How operations are declared in the OpenAPI document: what each answers, and every problem that it may tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

Responses = dict[int | str, dict[str, Any]]

_PROBLEMS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("Problem", "A parameter does not exist, or what is asked for cannot be meant."),
    401: ("Problem", "Nobody has told who asks: send a key, `Authorization: Bearer KEY`."),
    403: ("Problem", "Whoever asks may not do this."),
    404: ("Problem", "There is nothing of this id."),
    409: ("Problem", "It cannot be done as things stand."),
    412: ("StaleProblem", "The claim is not as `If-Match` says: somebody judged it meanwhile. Nothing was saved."),
    413: ("Problem", "The body is too long."),
    415: ("Problem", "The body is of a type that is not taken."),
    422: ("InvalidProblem", "A value will not do; `errors` names each."),
    428: ("Problem", "Neither `latest` nor `If-Match` was sent."),
    503: ("Problem", "The database cannot be used now, or too much is asked of the desk at once."),
}
_ALWAYS: Final = (400, 401, 403, 422, 503)
_STALE: Final = "Somebody judged the claim since the judgement that `latest` names. Nothing was saved."
_TAG: Final = {
    "ETag": {
        "description": "Tag of the answer: send it as `If-None-Match` to be told whether it changed.",
        "schema": {"type": "string"},
    }
}
_NEXT: Final = {
    "Link": {"description": 'The next page (RFC 8288): `<address>; rel="next"`.', "schema": {"type": "string"}}
}
_FILE: Final = {
    "Content-Disposition": {"description": "The name of the file.", "schema": {"type": "string"}},
}
_PLACE: Final = {"Location": {"description": "Where it stands from now on.", "schema": {"type": "string"}}}


def gives(shape: type[BaseModel], words: str, *problems: int) -> Responses:
    """Return the answers of an operation that gives something."""
    whole = {"model": shape, "description": words, "headers": _TAG}
    return {200: whole, 304: _unchanged(), **_problems(*problems)}


def gives_page(shape: type[BaseModel], line: type[BaseModel], words: str, *problems: int) -> Responses:
    """Return the answers of an operation that lists: pages of a shape, or lines."""
    found = gives(shape, words, *problems)
    lines = {"schema": {"type": "string", "description": f"One `{line.__name__}` as JSON a line."}}
    found[200] |= {"content": {"application/x-ndjson": lines}, "headers": {**_TAG, **_NEXT}}
    return found


def gives_bytes(words: str, *problems: int) -> Responses:
    """Return the answers of an operation that gives bytes as they are."""
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {
        200: {"description": words, "content": content, "headers": _TAG},
        304: _unchanged(),
        **_problems(*problems),
    }


def gives_files(words: str, media_types: Sequence[str], *problems: int) -> Responses:
    """Return the answers of an operation that gives a file of one of several types, to be saved."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in media_types}
    return {
        200: {"description": words, "content": content, "headers": {**_TAG, **_FILE}},
        304: _unchanged(),
        **_problems(*problems),
    }


def answers(shape: type[BaseModel], words: str, *problems: int) -> Responses:
    """Return the answers of an operation that works something out and keeps nothing."""
    return {200: {"model": shape, "description": words}, **_problems(*problems, 413)}


def makes(shape: type[BaseModel], words: str, *problems: int) -> Responses:
    """Return the answers of an operation that makes something."""
    return {201: {"model": shape, "description": words, "headers": _PLACE}, **_problems(*problems, 413)}


def removes(words: str, *problems: int) -> Responses:
    """Return the answers of an operation that takes something away."""
    return {204: {"description": words}, **_problems(*problems)}


def stale() -> Responses:
    """Return the answer to whoever judges what somebody else judged meanwhile."""
    return {409: _problem("StaleProblem", _STALE)}


def _unchanged() -> dict[str, Any]:
    return {"description": "The answer is still that of `If-None-Match`; nothing is sent."}


def _problems(*more: int) -> Responses:
    return {status: _problem(*_PROBLEMS[status]) for status in sorted({*_ALWAYS, *more})}


def _problem(shape: str, words: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    return {"description": words, "content": content}
