"""Tells who asks, before any route."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from armstrace.errors import ArmstraceError
from armstrace.web.people.person import NOBODY, Person
from armstrace.web.problems import on_ours

Identify = Callable[[Request], Person]


class People:
    """Notes who asks in the state of the request, as ``identify`` tells it."""

    def __init__(self, app: ASGIApp, identify: Identify) -> None:
        self.app = app
        self.identify = identify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http":
            request = Request(scope)
            state = scope.setdefault("state", {})
            state["person"] = NOBODY
            try:
                state["person"] = await run_in_threadpool(self.identify, request)
            except ArmstraceError as error:
                await (await on_ours(request, error))(scope, receive, send)
                return
        await self.app(scope, receive, send)
