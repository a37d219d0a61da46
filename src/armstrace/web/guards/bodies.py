"""Refuses bodies that are too long, whatever they say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from armstrace.web.people.person import Role
from armstrace.web.problems import Problem, answer_problem


class _TooLongError(Exception):
    pass


class Room(NamedTuple):
    """A path to which those of a role may send more than anybody may elsewhere, and how many bytes."""

    path: str
    role: Role
    longest: int


class Bodies:
    """Lets a body of at most ``longest`` bytes through, where there is room for it a longer one."""

    def __init__(self, app: ASGIApp, longest: int, rooms: Sequence[Room] = ()) -> None:
        self.app = app
        self.longest = longest
        self.rooms = {room.path: room for room in rooms}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told, longest = Headers(scope=scope).get("content-length", ""), self._longest(scope)
        problem = Problem(413, f"the body is longer than {longest:,} bytes; send less at once")
        if told.isdigit() and int(told) > longest:
            await answer_problem(scope, receive, send, problem)
            return
        taken, started = 0, False

        async def receive_some() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > longest:
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

    def _longest(self, scope: Scope) -> int:
        """Return how much may be sent there; who asks is known by now."""
        room = self.rooms.get(scope["path"])
        return room.longest if room and scope["state"]["person"].role >= room.role else self.longest
