"""Arms-embargo law: the packaged measures, and what they say of a transfer in words."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.checking import check_question, question_from_words
from armstrace.embargo.load import load_measures
from armstrace.embargo.measures import Measure
from armstrace.errors import MetadataError
from armstrace.export.findings import finding_to_dict, question_words
from armstrace.extractor import version_of
from armstrace.store.columns import to_json
from armstrace.web.api.answers import JSON, answer
from armstrace.web.api.operations import answers, gives
from armstrace.web.api.params import Id
from armstrace.web.api.routing import api_router, desk_of
from armstrace.web.api.shapes.findings import CheckAnswer
from armstrace.web.api.shapes.law import Measures
from armstrace.web.api.shapes.others import NewCheck

router = api_router("Law")

MEASURE: Final = TypeAdapter(Measure)
_WHOLE: Final = {
    "description": "The measure with all its entries.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Measure"}}},
}


@router.get("/measures", summary="List measures", responses=gives(Measures, "The measures, by key."))
def list_measures(request: Request) -> Response:
    """List the arms embargoes and other measures that transfers are checked against."""
    return answer(request, {"items": [_line(one) for one in measures()]})


@router.get(
    "/measures/{key}",
    summary="One measure",
    responses={**gives(Measures, "The measure.", 404), 200: _WHOLE},
)
def show_measure(request: Request, key: Id) -> Response:
    """Give a measure by its key, such as UN-KP: every dated entry with its provision, scope, target, exemptions."""
    for one in measures():
        if one.key == key.strip().upper():
            return answer(request, MEASURE.dump_python(one, mode="json"))
    raise HTTPException(404, "no measure has this key; GET /api/v1/measures lists them")


@router.post("/check", summary="Check a transfer", responses=answers(CheckAnswer, "The findings, the gravest first."))
def check(request: Request, given: NewCheck) -> Response:
    """Say which arms embargoes a transfer in words would break if it were so, and where that stands. Keeps nothing."""
    try:
        question = question_from_words(given.supplier, given.recipient, given.item, given.date, given.status)
    except MetadataError as error:
        field = str(error).partition(" ")[0]
        raise RequestValidationError([{"type": "value", "loc": ("body", field), "msg": str(error)}]) from error
    findings = [one for one in check_question(question) if given.all or one.bears]
    told = {
        "question": question_words(question, desk_of(request).names),
        "findings": [finding_to_dict(one) for one in findings],
    }
    return Response(to_json(told), media_type=JSON, headers={"cache-control": "no-store"})


# Both are read-only data of the package, the same at every call.
@cache
def measures() -> tuple[Measure, ...]:
    """Return the packaged measures, by key."""
    return tuple(sorted(load_measures(), key=lambda one: one.key))


@cache
def law_version() -> str:
    """Return the version of the law: of the measures and of all that they are read by."""
    return version_of(("embargo",))


def _line(measure: Measure) -> dict[str, Any]:
    ends = [entry.in_force_to for entry in measure.entries]
    return {
        "key": measure.key,
        "title": measure.title,
        "body": str(measure.body),
        "entries": len(measure.entries),
        "in_force_from": min(entry.in_force_from for entry in measure.entries).isoformat(),
        "in_force_to": None if None in ends else max(day for day in ends if day).isoformat(),
        "date_checked": measure.date_checked.isoformat(),
        "known_until": measure.known_until.isoformat(),
        "confidence": str(measure.confidence),
    }
