"""Runs the desk until it is told to end."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from armstrace.errors import InputError

_ENDS_WITHIN = 10  # seconds that answers under way get once the end is asked for


def run(app: ASGIApp, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve an application at an address until SIGINT or SIGTERM; ``ready`` is told the address once it listens.

    Raises:
        InputError: nothing can listen there.
    """
    with _listen(host, port) as listening:
        name, bound = listening.getsockname()[:2]
        ready(f"http://{f'[{name}]' if ':' in name else name}:{bound}/")
        settings = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,  # addresses of pages hold what people search for
            server_header=False,
            timeout_graceful_shutdown=_ENDS_WITHIN,
        )
        uvicorn.Server(settings).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise InputError(f"{host}:{port}: nothing can listen there ({error.strerror}); give another --port") from error
