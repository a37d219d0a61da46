"""Answers a question once more where the database broke it off: who reads a page need not know of a restart."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from armstrace.web.problems import BROKEN_OFF

_TRIES: Final = 3  # each waits for the server by itself
_QUESTIONS: Final = frozenset({"GET", "HEAD"})  # which change nothing; what is sent is done again where it is written


class Again:
    """Asks the application again instead of passing on that the database broke its answer off."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] not in _QUESTIONS:
            await self.app(scope, receive, send)
            return
        for _ in range(_TRIES - 1):
            if not await self._is_broken_off(scope, receive, send):
                return
        await self.app(scope, receive, send)

    async def _is_broken_off(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer a request, or tell that the answer was broken off before any of it was sent."""
        state = {**scope.get("state", {}), BROKEN_OFF: False}

        async def send_unless(message: Message) -> None:
            if not state[BROKEN_OFF]:
                await send(message)

        asked = {**scope, "state": state}
        await self.app(asked, receive, send_unless)
        if "route" in asked:
            scope["route"] = asked["route"]  # whoever counts requests counts them by it
        return bool(state[BROKEN_OFF])
