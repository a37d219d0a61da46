"""How long the desk took for an answer, told with each as ``Server-Timing`` (W3C): browsers and benchmarks read it."""

from __future__ import annotations

import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Timing:
    """Adds ``server-timing: total;dur=…``: milliseconds from the request's head to the answer's, waiting included.

    Of an answer that is streamed only what comes before its first bytes counts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                taken = 1000 * (time.perf_counter() - begun)
                MutableHeaders(scope=message)["server-timing"] = f"total;dur={taken:.1f}"
            await send(message)

        await self.app(scope, receive, send_with)
