"""Answers whoever watches a desk, before anybody is asked who he is: ``/healthz``, ``/readyz``, ``/metrics``."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from ipaddress import ip_address
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from armstrace.extractor import extractor_version
from armstrace.observing.exposition import tell_metrics
from armstrace.observing.figures import Asked, StoreFigures
from armstrace.web.desk import LOCAL_HOSTS, Desk
from armstrace.web.guards.hosts import name_of
from armstrace.web.observing.health import OK

_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
_FRESH: Final = {"cache-control": "no-store"}
_PROXIES: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Probes:
    """Answers what may be asked of a desk's health by any name it is reached by, and without an account."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        answer = _ANSWERS.get(scope["path"]) if scope["type"] == "http" else None
        if answer is None:
            await self.app(scope, receive, send)
        elif scope["method"] not in {"GET", "HEAD"}:
            await PlainTextResponse("ask by GET\n", 405, {"allow": "GET, HEAD"})(scope, receive, send)
        else:
            await (await answer(self, scope))(scope, receive, send)

    async def tell_life(self, _scope: Scope) -> Response:
        """Return "ok": the process lives."""
        return PlainTextResponse("ok\n", headers=_FRESH)

    async def tell_readiness(self, _scope: Scope) -> Response:
        """Return how each part is, as 503 where one keeps the desk from serving."""
        found = await self.desk.health.look(self.desk)
        is_ready = all(one.word == OK for one in found.values())
        told = {"ready": is_ready, "checks": {name: one.word for name, one in found.items()}}
        return JSONResponse(told, 200 if is_ready else 503, _FRESH)

    async def tell_metrics(self, scope: Scope) -> Response:
        """Return the metrics to who may have them."""
        refusal = refused(Headers(scope=scope), scope.get("client"), self.desk)
        if refusal:
            return PlainTextResponse(f"{refusal}\n", 403, _FRESH)
        told = await asyncio.get_running_loop().run_in_executor(
            self._teller, tell_metrics, self.desk.metrics, self._figures, _Reader()
        )
        return Response(told, headers={**_FRESH, "content-type": _TEXT})

    @cached_property
    def _figures(self) -> StoreFigures:
        desk = self.desk
        return StoreFigures(Asked(desk.store, extractor_version, desk.stages.version, desk.metrics.current))

    @cached_property
    def _teller(self) -> ThreadPoolExecutor:
        """Own threads, for those of the desk may all wait for a database."""
        return ThreadPoolExecutor(2, "metrics")


def refused(headers: Headers, client: tuple[str, int] | None, desk: Desk) -> str:
    """Return why somebody is told no metrics, "" where he is.

    Where the desk has a token, whoever shows it. Else who works at this machine himself, on a desk without accounts,
    that is, one where he may do everything anyway.
    """
    token = desk.settings.metrics_token
    if token:
        shown = headers.get("authorization", "")
        is_right = hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())
        return "" if is_right else "metrics are for who shows the token of --metrics-token-file"
    is_local = client is not None and _is_loopback(client[0]) and name_of(headers.get("host", "")) in LOCAL_HOSTS
    if desk.accounts is None and is_local and not any(name in headers for name in _PROXIES):
        return ""
    return "metrics are told on the machine itself of a desk without accounts; else start it with --metrics-token-file"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class _Reader:
    def collect(self) -> list[GaugeMetricFamily]:
        made = GaugeMetricFamily("armstrace_reader_info", "The reader of claims, by its version.", labels=["version"])
        made.add_metric([extractor_version()], 1)
        return [made]


_ANSWERS: Final[Mapping[str, Callable[[Probes, Scope], Awaitable[Response]]]] = {
    "/healthz": Probes.tell_life,
    "/readyz": Probes.tell_readiness,
    "/metrics": Probes.tell_metrics,
}
