"""A web site on loopback that answers as it is told, and the wires to it: names and connections are recorded.

Tests speak to public-looking addresses; the wires lead every connection to the site, and to nowhere else.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from armstrace.fetch.fetched import Again, FetchError
from armstrace.fetch.network import Network, connect, system_trust

TLS = Path(__file__).parent / "tls"
PUBLIC = "93.184.216.34"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    """One answer. With ``raw`` those very bytes are sent and no more; ``drip`` seconds pass after each of them."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    drip: float = 0
    stall: float = 0
    reset: bool = False
    after: bytes = b""  # sent a little later


def html(text: str, **headers: str) -> Reply:
    page = f"<html><body><p>{text}</p></body></html>".encode()
    return Reply(page, headers={"Content-Type": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}})


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": location})


def raw(*lines: str, body: bytes = b"", **more: object) -> Reply:
    return Reply(raw="\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body, **more)


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    host: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for a site."""

    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.headers["Host"], self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        reply = self.site.take(asked)
        self.close_connection = True
        try:
            self._send(reply)
        except OSError:
            return  # the client went away

    def _send(self, reply: Reply) -> None:
        self.site.closing.wait(reply.stall)
        if reply.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            self.connection.close()
            return
        data = reply.raw if reply.raw is not None else self._framed(reply)
        if not reply.drip:
            self.wfile.write(data)
        for byte in data if reply.drip else b"":
            self.wfile.write(bytes([byte]))
            if self.site.closing.wait(reply.drip):
                return
        if reply.after:
            self.wfile.flush()
            self.site.closing.wait(0.02)
            self.wfile.write(reply.after)

    def _framed(self, reply: Reply) -> bytes:
        headers = {"Content-Length": str(len(reply.body)), **reply.headers}
        if reply.status == 304:
            del headers["Content-Length"]
        lines = [f"HTTP/1.1 {reply.status} Said", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + reply.body


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass  # a client that refuses the certificate hangs up


Route = Reply | list[Reply] | Callable[[Asked], Reply]


class Site:
    """Answers by path, or by host and path ("b.example/feed"); a list is answered in turn, its last again and again."""

    def __init__(self, routes: Mapping[str, Route], *, tls: bool = False) -> None:
        self.routes = dict(routes)
        self.asked: list[Asked] = []
        self.names: list[str | None] = []  # what TLS clients said whom they want
        self.closing = threading.Event()
        self._server = Server(("127.0.0.1", 0), type("", (Handler,), {"site": self}))
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
            context.sni_callback = lambda _, name, __: self.names.append(name)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port

    def take(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        route = self.routes.get(f"{asked.host}{asked.path}", self.routes.get(asked.path, Reply(status=404)))
        if isinstance(route, list):
            return route.pop(0) if len(route) > 1 else route[0]
        return route(asked) if callable(route) else route

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    @property
    def pages(self) -> list[str]:
        return [f"{one.host}{one.path}" for one in self.asked if one.path != "/robots.txt"]

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(routes: Mapping[str, Route] | Reply, *, tls: bool = False) -> Iterator[Site]:
    """Yield a site that runs on this machine; one reply stands for ``/page``."""
    site = Site({"/page": routes} if isinstance(routes, Reply) else routes, tls=tls)
    site.start()
    try:
        yield site
    finally:
        site.stop()


class Clock:
    """A clock that goes only when somebody waits, or as the real one does on top."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.seconds += seconds
        return False


class Wires:
    """Names and connections, recorded. Unlisted names lead to a public address; all connections lead to the site."""

    def __init__(self, site: Site | None = None, names: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._site = site
        self._names = dict(names or {})
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, _port: int) -> tuple[str, ...]:
        self.resolved.append(host)
        found = self._names.get(host, (PUBLIC,))
        if not found:
            raise FetchError(f"{host}: no such host", again=Again.LATER)
        return found

    def connect(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((ip, port))
        if self._site is None:
            raise ConnectionRefusedError(111, "Connection refused")
        return connect("127.0.0.1", self._site.port, seconds)

    def network(self, clock: Clock | None = None, trust: Callable[[], ssl.SSLContext] = system_trust) -> Network:
        real = Network(self.resolve, self.connect, trust)
        if clock is None:
            return real
        return Network(self.resolve, self.connect, trust, clock.clock, clock.now, clock.sleep)
