"""Alerts raised and sent while the desk is served, beside its pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from armstrace.delivering import deliver
from armstrace.errors import ArmstraceError
from armstrace.keeping.update import update_register
from armstrace.observing.deliveries import note_delivery
from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.web.desk import Desk

EVERY: Final = 20.0  # seconds between two looks at what is due
_ENDS_WITHIN: Final = 5.0  # seconds; what is being sent then is sent again another time
_NAME: Final = "sending alerts"


@contextmanager
def sending(desk: Desk, every: float = EVERY) -> Iterator[None]:
    """Bring the register up to date and send what is due, again and again, as long as some watch sends alerts.

    How each went, and why the store could not be used, is told in the log.
    """
    end = threading.Event()
    thread = threading.Thread(target=_send, args=(desk, end, every), daemon=True, name=_NAME)
    desk.health.threads[_NAME] = thread
    thread.start()
    try:
        yield
    finally:
        desk.health.threads.pop(_NAME, None)
        end.set()
        thread.join(_ENDS_WITHIN)


def _send(desk: Desk, end: threading.Event, every: float) -> None:
    while not end.is_set():
        try:
            if any(row.hook_url and not row.is_paused for row in desk.store.alerts.watches()):
                _send_due(desk, end)
        except ArmstraceError as error:
            log(Event.SENDING_FAILED, {"reason": str(error)})
        end.wait(every)


def _send_due(desk: Desk, end: threading.Event) -> None:
    update_register(desk.store, desk.stages)
    for one in deliver(desk.store, allow_private=desk.settings.private_hooks):
        note_delivery(desk.metrics, one.alert, one.state, one.reason)
        if end.is_set():
            return
