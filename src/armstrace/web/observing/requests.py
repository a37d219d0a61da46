"""One line and one count for each request. Of what is asked they tell the route alone: the rest is what people seek."""

from __future__ import annotations

import logging
import re
import secrets
import time
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from armstrace.observing.events import Event
from armstrace.observing.logs import log, told_as
from armstrace.observing.metrics import Metrics

REQUEST_ID: Final = "x-request-id"
UNMATCHED: Final = "unmatched"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SOMEBODYS: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_ERROR: Final = 500
# What asks again and again whether the desk is there: told where everything is.
_OFTEN: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_STATIC: Final = "/static/"


class Requests:
    """Notes each request in the log and in the metrics; its id stands in the answer's ``x-request-id``.

    A proxy may give the id in the same header; what does not look like one is passed over.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _id_of(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        begun, status, is_whole = time.perf_counter(), 0, False

        async def send_noting(message: Message) -> None:
            nonlocal status, is_whole
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            elif message["type"] == "http.response.body":
                is_whole = not message.get("more_body", False)
            await send(message)

        self.metrics.in_flight.inc()
        try:
            await self.app(scope, receive, send_noting)
        except Exception as error:
            status = status or _ERROR
            told_as(error, request_id)
            facts = {"request_id": request_id, "method": _method(scope), "route": route_of(scope)}
            log(Event.REQUEST_FAILED, facts, error=error)
            raise
        finally:
            self.metrics.in_flight.dec()
            self._note(scope, status, time.perf_counter() - begun, is_whole=is_whole)

    def _note(self, scope: Scope, status: int, seconds: float, *, is_whole: bool) -> None:
        method, route = _method(scope), route_of(scope)
        self.metrics.requests.labels(method, route, f"{status // 100}xx" if status else "none").inc()
        self.metrics.seconds.labels(method, route).observe(seconds)
        facts = {
            "request_id": scope["state"]["request_id"],
            "method": method,
            "route": route,
            "status": status or None,
            "outcome": _outcome(status, is_whole=is_whole),
            "ms": round(1000 * seconds, 1),
        }
        log(Event.REQUEST, facts, level=_level(route, status))


def request_id_of(scope: Scope) -> str:
    """Return the id of a request, "" where none was given."""
    return str(scope.get("state", {}).get("request_id", ""))


def route_of(scope: Scope) -> str:
    """Return the route of a request as it is declared; one word for whatever has none."""
    if scope["path"] in _OFTEN:
        return str(scope["path"])
    if scope["path"].startswith(_STATIC):
        return f"{_STATIC}{{file}}"
    return str(getattr(scope.get("route"), "path", UNMATCHED))


def _id_of(scope: Scope) -> str:
    given = Headers(scope=scope).get(REQUEST_ID, "")
    return given if _SOMEBODYS.fullmatch(given) else secrets.token_hex(8)


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "other"


def _outcome(status: int, *, is_whole: bool) -> str:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "failed"
    if not is_whole:
        return "broken-off"
    return "refused" if status >= HTTPStatus.BAD_REQUEST else "answered"


def _level(route: str, status: int) -> int:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and route != "/readyz":
        return logging.ERROR
    return logging.DEBUG if route in _OFTEN else logging.INFO
