"""Refuses bodies that are too long, whatever they say of themselves."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from armstrace.web.problems import Problem, answer_problem


class _TooLongError(Exception):
    pass


class Bodies:
    """Lets a body of at most ``longest`` bytes through."""

    def __init__(self, app: ASGIApp, longest: int) -> None:
        self.app = app
        self.longest = longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "")
        problem = Problem(413, f"the body is longer than {self.longest:,} bytes; send less at once")
        if told.isdigit() and int(told) > self.longest:
            await answer_problem(scope, receive, send, problem)
            return
        taken, started = 0, False

        async def receive_some() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.longest:
                raise _TooLongError
            return message

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive_some, send_noting)
        except _TooLongError:
            if started:
                raise
            await answer_problem(scope, receive, send, problem)
