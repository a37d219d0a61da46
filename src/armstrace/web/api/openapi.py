"""The OpenAPI document of the API: made of the routes and shapes, and of an example for each operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from armstrace import __version__
from armstrace.web.api.answers import answer
from armstrace.web.api.law import MEASURE
from armstrace.web.api.routing import api_router
from armstrace.web.api.shapes.base import InvalidProblem, Problem, StaleProblem
from armstrace.web.api.shapes.documents import NewText

router = api_router("The desk")

Json = dict[str, Any]

_ABOUT: Final = """\
Everything that the pages of a desk do, for programs. All answers are JSON in ASCII (other signs are escaped).

**Who asks.** A desk for one person asks for nothing. A desk with accounts wants a key, made by `armstrace people key`:
`Authorization: Bearer KEY`. A key may what its scope says: `reader` reads, `reviewer` also judges and adds documents,
`admin` also sees what people did, and keeps their accounts.

**Pages.** A listing gives `items` and `next`, the address of the next page; the header `Link` has it too. Its order
stays, and a walk along `next` meets everything once. `format=jsonl`, or `Accept: application/x-ndjson`, streams all
that is asked for, one object a line.

**Tags.** Each answer bears an `ETag`. Send it as `If-None-Match`, and 304 says that nothing changed.

**Problems.** What goes wrong is told as `application/problem+json` (RFC 9457): `detail` says what is wrong and what to
do. A parameter that does not exist is refused, so that a mistyped filter never gives everything.

**Times.** Days, months and years are ISO 8601 and as exact as they are known: `2022-09-06`, `2022-09`, `2022`.

It reports what sources say, and never that a transfer took place."""
_TAGS: Final = (
    ("Transfers", "The register: one line a transfer, each value with the claims that give it."),
    ("Export", "The register, or a part of it, as a file in a format of the field."),
    ("Claims", "What documents say, one attributed statement at a time, each with its words."),
    ("Documents", "The reports, with their texts and as they came."),
    ("Search", "Words over documents and claims."),
    ("Judgements", "What people decide of claims; added, never changed."),
    ("Watches", "What becomes of the lines that you ask for, told as alerts."),
    ("Law", "Arms embargoes by date, and what they say of a transfer."),
    ("Screening", "Names against sanctions lists, with a certificate of each search."),
    ("Sources", "To whom claims are attributed."),
    ("People", "Who may use the desk, and what they may."),
    ("The desk", "Its state, what people did, and this document."),
)
_BASE: Final = "http://127.0.0.1:8477/api/v1"
# What is asked in the examples, behind the address of the API.
_EXAMPLES: Final[Mapping[str, str]] = {
    "GET /transfers": "'{base}/transfers?item=drones&limit=10'",
    "GET /transfers/{transfer}": "'{base}/transfers/TRANSFER?as_of=2022-09'",
    "GET /transfers/{transfer}/tree": "{base}/transfers/TRANSFER/tree",
    "GET /transfers/{transfer}/claims": "{base}/transfers/TRANSFER/claims",
    "GET /transfers/{transfer}/findings": "'{base}/transfers/TRANSFER/findings?all=true'",
    "GET /export": "{base}/export",
    "GET /export/{format}": "-OJ '{base}/export/xlsx?party=KP&as_of=2022-09'",
    "GET /flows": "'{base}/flows?item=drones&after=2022'",
    "GET /why": "'{base}/why?one=CLAIM&other=CLAIM'",
    "GET /claims": "-H 'Accept: application/x-ndjson' '{base}/claims?polarity=denied'",
    "GET /claims/{claim}": "-i {base}/claims/CLAIM",
    "GET /documents": "'{base}/documents?after=2022-09'",
    "POST /documents": "-F file=@report.pdf -F outlet='The Example Post' -F published=2022-09-06 {base}/documents",
    "GET /documents/{document}": "{base}/documents/DOCUMENT",
    "GET /documents/{document}/claims": "{base}/documents/DOCUMENT/claims",
    "GET /documents/{document}/original": "-o original {base}/documents/DOCUMENT/original",
    "GET /search": "--get --data-urlencode 'q=\"artillery shells\" -denied' {base}/search",
    "GET /judgements": "'{base}/judgements?verdict=reject'",
    "POST /judgements": '--json \'{{"claim": "CLAIM", "verdict": "accept", "latest": null}}\' {base}/judgements',
    "GET /watches": "{base}/watches",
    "POST /watches": '--json \'{{"name": "drones to Sudan", "asks": {{"recipient": "SD", "item": "drones"}}}}\' '
    "{base}/watches",
    "GET /watches/{watch}": "{base}/watches/WATCH",
    "PUT /watches/{watch}": '-X PUT --json \'{{"name": "to Sudan", "asks": {{"recipient": "SD"}}, "paused": true}}\' '
    "{base}/watches/WATCH",
    "DELETE /watches/{watch}": "-X DELETE {base}/watches/WATCH",
    "GET /alerts": "'{base}/alerts?unread=true'",
    "POST /alerts/read": "--json '{{\"numbers\": [1, 2]}}' {base}/alerts/read",
    "POST /check": '--json \'{{"supplier": "KP", "recipient": "RU", "item": "shells", "date": "2022-09"}}\' '
    "{base}/check",
    "GET /measures": "{base}/measures",
    "GET /measures/{key}": "{base}/measures/UN-KP",
    "POST /screen": '--json \'{{"names": [{{"name": "Example Trading FZE"}}]}}\' {base}/screen',
    "GET /screenings/{certificate}": "{base}/screenings/CERTIFICATE",
    "GET /lists": "{base}/lists",
    "GET /sources": "'{base}/sources?kind=intelligence'",
    "GET /people": "{base}/people",
    "POST /people": '--json \'{{"name": "Ada", "role": "reviewer", "password": "a long one"}}\' {base}/people',
    "POST /people/change": '--json \'{{"name": "Ada", "closed": true}}\' {base}/people/change',
    "GET /status": "{base}/status",
    "GET /audit": "{base}/audit",
    "GET /openapi.json": "{base}/openapi.json",
}
# Shapes that no route declares by itself.
_BESIDE: Final = (Problem, InvalidProblem, StaleProblem, NewText)
_ANSWER: Final = {
    "200": {"description": "The document.", "content": {"application/json": {"schema": {"type": "object"}}}}
}


@router.get("/openapi.json", summary="This document", openapi_extra={"responses": _ANSWER})
def show_openapi(request: Request) -> Response:
    """Give the OpenAPI document of the API: every operation, parameter and shape."""
    return answer(request, openapi_document(request.app))


def openapi_document(app: FastAPI) -> Json:
    """Return the OpenAPI document of an application; made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _document(app)
    return app.openapi_schema


def _document(app: FastAPI) -> Json:
    document = get_openapi(
        title="armstrace",
        version=__version__,
        summary="Reported arms transfers, traced back to who said it.",
        description=_ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": words} for name, words in _TAGS],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    components = document.setdefault("components", {})
    components["schemas"] = dict(sorted({**components.get("schemas", {}), **_shapes_beside()}.items()))
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "A key; a desk for one person asks for none."}
    }
    document["security"] = [{"key": []}, {}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            name = f"{method.upper()} {path.removeprefix('/api/v1')}"
            if name in _EXAMPLES:
                operation["x-codeSamples"] = [{"lang": "Shell", "source": _example(name)}]
    return document


def _example(name: str) -> str:
    return f'curl -H "Authorization: Bearer $KEY" {_EXAMPLES[name].format(base=_BASE)}'


def _shapes_beside() -> Json:
    """Return the shapes that no route declares, by name; those of a measure bear names of their own."""
    found: Json = {}
    for shape in _BESIDE:
        whole = TypeAdapter(shape).json_schema(ref_template="#/components/schemas/{model}")
        found.update(whole.pop("$defs", {}))
        found[shape.__name__] = whole
    measure = MEASURE.json_schema(ref_template="#/components/schemas/Measure{model}", mode="serialization")
    found.update({f"Measure{name}": shape for name, shape in measure.pop("$defs").items()})
    return {**found, "Measure": measure}
