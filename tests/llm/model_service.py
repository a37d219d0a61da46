"""An OpenAI-compatible service on loopback that answers as it is told: well, falsely, late, cut off or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/v1/chat/completions"
MODEL = "invented-7b"


@dataclass(frozen=True)
class Step:
    """One response; ``stall`` seconds pass before it, and ``drip`` seconds after each byte of its body.

    With ``drip_head`` it never gets beyond its headers.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json; charset=utf-8"
    stall: float = 0
    drip: float = 0
    drip_head: float = 0
    hang_up: bool = False


def completion(content: str | None, *, finish: str = "stop", usage: object = (1000, 200), **message: object) -> bytes:
    """Return the body of a chat completion."""
    tokens = usage
    if isinstance(usage, tuple):
        tokens = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": MODEL,
            "choices": [
                {
                    "index": 0,
                    "finish_reason": finish,
                    "message": {"role": "assistant", "content": content, **message},
                }
            ],
            "usage": tokens,
        }
    ).encode()


def answer(*claims: object, **more: Any) -> Step:
    """Return a response with these claims."""
    return Step(completion(json.dumps({"claims": list(claims)}), **more))


def error(status: int, message: str, **headers: str) -> Step:
    """Return an error as such services word it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Step(json.dumps({"error": {"message": message}}).encode(), status, named)


@dataclass
class Asked:
    """One request that came in."""

    path: str
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)

    @property
    def report(self) -> str:
        return self.body["messages"][-1]["content"]


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for a service."""

    protocol_version = "HTTP/1.1"
    service: ModelService

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        step = self.service.take(Asked(self.path, dict(self.headers), raw))
        try:
            self._send(step)
        except OSError:
            self.close_connection = True  # the client went away

    def _send(self, step: Step) -> None:
        if step.hang_up or step.drip_head:
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 10_000 if step.drip_head else b"", step.drip_head)
            self.close_connection = True
            return
        self.send_response(step.status)
        for name, value in {"Content-Type": step.kind, **step.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(step.body)))
        self.end_headers()
        if step.drip:
            self._drip(step.body, step.drip)
        else:
            self.wfile.write(step.body)

    def _drip(self, data: bytes, seconds: float) -> None:
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.service.closing.wait(seconds):
                return


class ModelService:
    """Takes its steps one by one, the last again and again; or from a function of the request."""

    def __init__(self, steps: Sequence[Step] | Callable[[Asked], Step], key: str | None = None, port: int = 0) -> None:
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._steps = steps
        self._key = key
        self._server = ThreadingHTTPServer(("127.0.0.1", port), type("", (Handler,), {"service": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def step(self, asked: Asked) -> Step:
        if asked.path.partition("?")[0] != PATH:
            return error(404, "no such address")
        if self._key and asked.headers.get("Authorization") != f"Bearer {self._key}":
            return error(401, f"Incorrect API key provided: {asked.headers.get('Authorization')}")
        if callable(self._steps):
            return self._steps(asked)
        return self._steps[min(len(self.asked), len(self._steps)) - 1]

    def take(self, asked: Asked) -> Step:
        """Note a request, wait as told, and return the response to it."""
        self.asked.append(asked)
        step = self.step(asked)
        self.closing.wait(step.stall)
        return step

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(
    steps: Sequence[Step] | Callable[[Asked], Step] | Step, key: str | None = None, port: int = 0
) -> Iterator[ModelService]:
    """Yield a service that runs on this machine, on a free port if none is named."""
    service = ModelService([steps] if isinstance(steps, Step) else steps, key, port)
    service.start()
    try:
        yield service
    finally:
        service.stop()
