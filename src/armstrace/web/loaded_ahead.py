"""What pages need that takes a second or more to read, read while nobody waits for it yet."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Final

from armstrace.checking import packaged_law
from armstrace.errors import ArmstraceError
from armstrace.extractor import extractor_version
from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.pictures.world import load_world
from armstrace.register.reliability import load_reliability
from armstrace.web.templating import environment


def _templates() -> None:
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


# Each is read once and kept, whoever asks first.
_READ: Final[tuple[Callable[[], object], ...]] = (
    _templates,
    packaged_law,
    load_world,
    load_reliability,
    extractor_version,
)


def load_ahead() -> threading.Thread:
    """Begin to read what pages need; return the thread that does. Who asks meanwhile reads it as well."""
    thread = threading.Thread(target=_load, name="load ahead", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    for read in _READ:
        try:
            read()
        except ArmstraceError as error:  # whoever asks for it is told
            log(Event.PART_NOT_LOADED, {"reason": str(error)})
    # What was read stays as long as the desk does. Looking through its half a million objects for garbage, again and
    # again, would hold up a page now and then for a quarter of a second.
    gc.collect()
    gc.freeze()
