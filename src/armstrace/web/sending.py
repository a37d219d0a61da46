"""Alerts raised and sent while the desk is served, beside its pages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from armstrace.delivering import deliver
from armstrace.errors import ArmstraceError
from armstrace.keeping.update import update_register
from armstrace.web.desk import Desk

EVERY: Final = 20.0  # seconds between two looks at what is due
_ENDS_WITHIN: Final = 5.0  # seconds; what is being sent then is sent again another time


@contextmanager
def sending(desk: Desk, tell: Callable[[str], None], every: float = EVERY) -> Iterator[None]:
    """Bring the register up to date and send what is due, again and again, as long as some watch sends alerts.

    ``tell`` is told what was not taken, and why the store could not be used.
    """
    end = threading.Event()
    thread = threading.Thread(target=_send, args=(desk, tell, end, every), daemon=True, name="sending alerts")
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(_ENDS_WITHIN)


def _send(desk: Desk, tell: Callable[[str], None], end: threading.Event, every: float) -> None:
    while not end.is_set():
        try:
            if any(row.hook_url and not row.is_paused for row in desk.store.alerts.watches()):
                _send_due(desk, tell, end)
        except ArmstraceError as error:
            tell(str(error))
        end.wait(every)


def _send_due(desk: Desk, tell: Callable[[str], None], end: threading.Event) -> None:
    update_register(desk.store, desk.stages)
    for one in deliver(desk.store, allow_private=desk.settings.private_hooks):
        if one.reason:
            tell(f"{one.watch}, alert {one.alert}: {one.reason}")
        if end.is_set():
            return
