"""Refuses requests that another page made a browser send: by the name asked for, and by where a change comes from.

Without it a page elsewhere could point a name of its own to this machine and read the desk of whoever visits it (DNS
rebinding), or post a judgement in the visitor's name.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from armstrace.web.problems import Problem, answer_problem

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN: Final = frozenset({"same-origin", "none"})


class Hosts:
    """Lets through what asks for one of ``hosts`` (names without ports), and changes that the desk's own pages send."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            reason = self._misdirected(headers) or self._foreign(scope["method"], headers)
            if reason:
                await answer_problem(scope, receive, send, reason)
                return
        await self.app(scope, receive, send)

    def _misdirected(self, headers: Headers) -> Problem | None:
        if name_of(headers.get("host", "")) in self.hosts:
            return None
        return Problem(421, "this desk does not go by that name; add it by `armstrace serve --host-name NAME`")

    def _foreign(self, method: str, headers: Headers) -> Problem | None:
        """Return why a change is refused: a browser tells where it comes from; a program tells nothing, and may."""
        if method in _SAFE:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if (site is None or site in _OWN) and (origin is None or _is_own(origin, headers.get("host", ""))):
            return None
        return Problem(403, "a change was asked for by another site's page; open the desk itself and try again")


def _is_own(origin: str, host: str) -> bool:
    return urlsplit(origin).netloc.casefold() == host.casefold()


def name_of(host: str) -> str:
    """Return a Host header without its port, in lower case."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).casefold()
