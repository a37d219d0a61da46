"""Tells who asks, before any route."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from armstrace.web.people.person import Person

Identify = Callable[[Request], Person]


class People:
    """Notes who asks in the state of the request, as ``identify`` tells it."""

    def __init__(self, app: ASGIApp, identify: Identify) -> None:
        self.app = app
        self.identify = identify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http":
            scope.setdefault("state", {})["person"] = self.identify(Request(scope))
        await self.app(scope, receive, send)
