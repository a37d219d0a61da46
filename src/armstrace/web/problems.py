"""What went wrong, as its reader needs it: a page, or ``application/problem+json`` (RFC 9457) for a program."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from armstrace.errors import ArmstraceError, BrokenOffError, NotNowError, StoreError
from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.store.columns import to_json
from armstrace.web.guards.headers import HEADERS
from armstrace.web.observing.requests import REQUEST_ID, request_id_of
from armstrace.web.people.person import NOBODY
from armstrace.web.templating import render_page

API = "/api/"
BROKEN_OFF = "broken_off"  # in the state of a request whose answer may be asked for again at once
_AGAIN_IN = "10"  # seconds after which to ask a desk again whose database is away
_LONGEST, _MOST = 1000, 100  # characters of a detail, errors that are named


class Problem(NamedTuple):
    """Status, what is wrong and what to do, and what else a program may read of it."""

    status: int
    detail: str
    more: tuple[tuple[str, Any], ...] = ()


def problem_response(request: Request, problem: Problem) -> Response:
    """Return a problem as JSON under the API, as a page elsewhere."""
    title = HTTPStatus(problem.status).phrase
    if request.url.path.startswith(API):
        body = {"type": "about:blank", "title": title, "status": problem.status, "detail": problem.detail}
        content = to_json(body | dict(problem.more))  # in ASCII: what was sent may hold signs that no encoding has
        return Response(content, status_code=problem.status, media_type="application/problem+json")
    shown = {"heading": title, "problem": problem}
    return render_page(request, "problem.html", shown, status=problem.status)


async def answer_problem(scope: Scope, receive: Receive, send: Send, problem: Problem) -> None:
    """Answer a request by a problem, outside any route, and perhaps before anybody asked who sends it."""
    scope.setdefault("state", {}).setdefault("person", NOBODY)
    await problem_response(Request(scope), problem)(scope, receive, send)


async def on_http(request: Request, error: Exception) -> Response:
    """Return what a refused request gets."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.UNAUTHORIZED and _may_log_in(request):
        return RedirectResponse(f"/login?next_page={quote(request.url.path)}", status_code=303)
    response = problem_response(request, Problem(error.status_code, str(error.detail)))
    response.headers.update(error.headers or {})
    return response


def _may_log_in(request: Request) -> bool:
    """Tell whether a person at a browser asks for a page, who can be sent to log in first."""
    return request.method == "GET" and not request.url.path.startswith(API)


async def on_ours(request: Request, error: Exception) -> Response:
    """Return what an error of the project's own family gets: its message says what to do."""
    if not isinstance(error, ArmstraceError):
        raise error
    is_stores = isinstance(error, StoreError) and isinstance(error.__cause__, SQLAlchemyError | OSError)
    is_unable = is_stores or isinstance(error, NotNowError)
    if is_unable:
        log(Event.STORE_UNAVAILABLE, {"request_id": request_id_of(request.scope), "reason": str(error)})
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_unable else HTTPStatus.BAD_REQUEST
    response = problem_response(request, Problem(status, str(error)))
    if isinstance(error, NotNowError):
        response.headers["retry-after"] = _AGAIN_IN
        request.scope["state"][BROKEN_OFF] = isinstance(error, BrokenOffError)
    return response


async def on_invalid(request: Request, error: Exception) -> Response:
    """Return what a request gets whose values will not do: which, and what they must be, never what they were."""
    if not isinstance(error, RequestValidationError):
        raise error
    found = [{"where": ".".join(map(str, one["loc"])), "problem": str(one["msg"])} for one in error.errors()]
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return problem_response(request, Problem(HTTPStatus.BAD_REQUEST, "the body is no JSON; send one object"))
    detail = "; ".join(f"{one['where']}: {one['problem']}" for one in found)
    problem = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail[:_LONGEST], (("errors", found[:_MOST]),))
    return problem_response(request, problem)


async def on_anything(request: Request, _: Exception) -> Response:
    """Return what a fault of the program gets: nothing of its inside, but by what to find it in the log."""
    named = request_id_of(request.scope)
    request.scope.setdefault("state", {}).setdefault("person", NOBODY)  # it may have failed before anybody asked who
    detail = f"the desk failed at this; its log says why, under the request {named}. Nothing that was saved is lost"
    problem = Problem(500, detail, (("request", named),))
    response = problem_response(request, problem)
    response.headers.update({**HEADERS, REQUEST_ID: named})  # it is answered outside of what adds them
    return response
