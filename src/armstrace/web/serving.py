"""Runs the desk until it is told to end, in one process or in several."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from armstrace.errors import InputError
from armstrace.web.observing.draining import SIGNALS, end_at_once, ending_cleanly

_STARTS_WITHIN = 60  # seconds that a process of several gets before it is taken for dead: a busy machine needs ten
_ENDS_WITHIN = 10  # seconds that answers under way get once the end is asked for


def run(app: ASGIApp, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve an application at an address until SIGINT or SIGTERM; ``ready`` is told the address once it listens.

    Raises:
        InputError: nothing can listen there.
    """
    with _listening(host, port, ready) as listening, ending_cleanly():
        uvicorn.Server(_config(app)).run(sockets=[listening])


def run_several(
    make: Callable[[], ASGIApp], processes: int, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serve an application that each of several processes makes for itself, else as ``run``.

    ``make`` and all that it holds must be picklable. A process that ends is replaced.

    Raises:
        InputError: nothing can listen there.
    """
    with _listening(host, port, ready) as listening:
        _Several(_config(make, workers=processes, factory=True), [listening]).run()


class _Several(Multiprocess):
    """Several processes; those that a second signal finds are ended at once."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        for number in SIGNALS:
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.should_exit.is_set() or any(one in SIGNALS for one in self.signal_queue):
            for process in self.processes:
                process.kill()
            end_at_once(number)
        self.signal_queue.append(number)


def _config(app: ASGIApp | Callable[[], ASGIApp], **how: Any) -> uvicorn.Config:  # noqa: ANN401 - as it is passed on
    return uvicorn.Config(
        app,
        log_config=None,  # its messages go where all go
        log_level="warning",
        access_log=False,  # ``observing.requests`` tells of each request, without what people search for
        server_header=False,
        timeout_graceful_shutdown=_ENDS_WITHIN,
        timeout_worker_healthcheck=_STARTS_WITHIN,
        **how,
    )


@contextmanager
def _listening(host: str, port: int, ready: Callable[[str], None]) -> Iterator[socket.socket]:
    with _listen(host, port) as listening:
        name, bound = listening.getsockname()[:2]
        ready(f"http://{f'[{name}]' if ':' in name else name}:{bound}/")
        yield listening


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise InputError(f"{host}:{port}: nothing can listen there ({error.strerror}); give another --port") from error
