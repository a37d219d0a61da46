"""The end of a desk: first it says that it is not ready, then it takes no more requests; a second signal ends it."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Final

from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.web.observing.health import Health

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def draining(health: Health, seconds: float) -> Iterator[None]:
    """Hold back the signal to end for some seconds, in which the desk serves but is not ready.

    Entered once the server has its own handlers, in its event loop. Ctrl-C is a person's, who is not kept waiting.
    A second signal ends the process at once; one of several leaves that to the process which started it, for a
    terminal and a service manager send the first to both.
    """
    if threading.current_thread() is not threading.main_thread():  # it gets no signals
        yield
        return
    loop, is_one_of_several = asyncio.get_running_loop(), multiprocessing.parent_process() is not None
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def on_signal(number: int, frame: FrameType | None) -> None:
        if health.stopping.is_set():
            if not is_one_of_several:
                end_at_once(number)
            return
        health.stopping.set()
        loop.call_soon_threadsafe(partial(log, Event.DESK_STOPPING, {"signal": signal.Signals(number).name}))
        handler = before[signal.Signals(number)]
        if callable(handler):
            wait = 0.0 if number == signal.SIGINT else seconds
            loop.call_soon_threadsafe(partial(loop.call_later, wait, handler, number, frame))

    for number in SIGNALS:
        signal.signal(number, on_signal)
    yield  # the handlers stay: what still runs is ended by the second signal


def end_at_once(number: int) -> None:
    """End this process as the system does by a signal that nobody handles."""
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


@contextmanager
def ending_cleanly(on_second: Callable[[int], None] = end_at_once) -> Iterator[None]:
    """Let signals that the server raises once more when it has ended do nothing: it ended as it was asked to."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    told: set[int] = set()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if number in told:
            on_second(number)
        told.add(number)

    for number in SIGNALS:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
