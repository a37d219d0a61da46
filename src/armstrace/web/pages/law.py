"""The law: which measures are encoded, each of them, and what they say of a transfer that somebody asks about."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.checking import check_question, packaged_law, question_from_words
from armstrace.embargo.findings import HONESTY
from armstrace.errors import MetadataError
from armstrace.model import Status
from armstrace.registering import check_day
from armstrace.web.desk import Desk
from armstrace.web.templating import render_page
from armstrace.web.views.findings import NAMES as ASKED
from armstrace.web.views.findings import STATUSES, view_answer
from armstrace.web.views.measures import NAMES, PATH, view_measure, view_measures

router = APIRouter(include_in_schema=False)

_LONGEST: Final = 200  # characters of a field


@router.get(PATH)
def show_law(request: Request) -> Response:
    """Return the table of measures, and the form to ask about a transfer."""
    desk: Desk = request.app.state.desk
    asked = _given(request, NAMES)
    on, problem = None, ""
    try:
        day = check_day(asked["on"] or None)
        on = date.fromisoformat(day) if day else None
    except ValueError as error:
        problem = str(error)
    view = view_measures(packaged_law().measures, asked, desk.names, on)
    shown = {"shown": view, "problem": problem, "question": dict.fromkeys(ASKED, "")}
    return render_page(request, "law.html", {"heading": "Law", "statuses": STATUSES, "notice": HONESTY, **shown})


@router.get(f"{PATH}/question")
def answer_question(request: Request) -> Response:
    """Return what each measure says of the transfer that is asked about."""
    desk: Desk = request.app.state.desk
    asked = _given(request, ASKED)
    shown: dict[str, Any] = {"question": asked, "answer": None, "problem": ""}
    try:
        status = Status(asked["status"]) if asked["status"] in set(Status) else Status.UNSPECIFIED
        question = question_from_words(
            asked["supplier"] or None,
            asked["recipient"] or None,
            asked["item"] or "arms",
            asked["date"] or None,
            status,
        )
        shown["answer"] = view_answer(question, check_question(question), desk.names)
    except MetadataError as error:
        shown["problem"] = str(error)
    heading = "Would this transfer break the law?"
    return render_page(request, "question.html", {"heading": heading, "statuses": STATUSES, "notice": HONESTY, **shown})


@router.get(f"{PATH}/{{key}}")
def show_measure(request: Request, key: str) -> Response:
    """Return the page of a measure."""
    law = packaged_law()
    measure = next((one for one in law.measures if one.key == key), None)
    if measure is None:
        raise HTTPException(404, "no measure goes by this key; the page of the law lists all")
    view = view_measure(measure, law)
    return render_page(request, "measure.html", {"heading": f"{view.line.key}: {view.line.title}", "shown": view})


def _given(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in names}
