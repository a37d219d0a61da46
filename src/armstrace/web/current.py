"""The register as pages show it: brought up to date when changes wait, by one thread, for all who read."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict
from typing import Final, NamedTuple

from armstrace.errors import ArmstraceError
from armstrace.keeping.stages import Stages
from armstrace.keeping.update import update_register
from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.observing.metrics import Metrics
from armstrace.store.again import again
from armstrace.store.changes import is_pending, state_of
from armstrace.store.checking_state import checking_of
from armstrace.store.repository import Store

BEHIND: Final = "The register is being brought up to date; what it does not hold yet will show in a moment."
PATIENCE: Final = 0.5  # seconds that a page waits for an update: one more document takes a twentieth of that
UNTIL_DONE: Final = 30.0  # seconds that who asks for what he has just changed waits for it
_ENDS_WITHIN: Final = 10.0  # seconds that an update gets once the desk ends; each of its steps is whole


class Standing(NamedTuple):
    """Of which generation the register is; ``notice`` tells what it does not hold yet, "" where it holds all."""

    generation: int
    notice: str


class Current:
    """Keeps the register of a store up to date while it is asked for."""

    def __init__(
        self, store: Store, stages: Stages, patience: float = PATIENCE, metrics: Metrics | None = None
    ) -> None:
        self._store = store
        self._stages = stages
        self._patience = patience
        self._lock = threading.Lock()
        self._working: threading.Thread | None = None
        self._metrics = metrics or Metrics()
        self._trouble = ""

    @property
    def trouble(self) -> str:
        """Why it could not be brought up to date the last time, "" where it could."""
        return self._trouble

    def stand(self, patience: float | None = None) -> Standing:
        """Return how the register stands, brought up to date unless that takes long; then it goes on meanwhile.

        ``patience`` is how many seconds are waited for it, where other than usual.

        Raises:
            StoreError: the database cannot be used.
        """
        standing = self._look()
        if not standing.notice:
            return standing
        self._start().join(self._patience if patience is None else patience)
        return self._look()

    def close(self) -> None:
        """Wait for an update that is under way, but not for long: the next one goes on where it was broken off."""
        with self._lock:
            working = self._working
        if working is not None:
            working.join(_ENDS_WITHIN)

    @again
    def _look(self) -> Standing:
        with self._store.database.read() as connection:
            version, generation = state_of(connection)
            checking = checking_of(connection)
            is_checked = checking.law == self._stages.law and checking.after is None
            waits = version != self._stages.version or not is_checked or is_pending(connection)
        if not waits:
            return Standing(generation, "")
        return Standing(
            generation,
            self._trouble or BEHIND,
        )

    def _start(self) -> threading.Thread:
        """Return the thread that brings it up to date: one for all who ask."""
        with self._lock:
            if self._working is None or not self._working.is_alive():
                self._working = threading.Thread(target=self._update, name="register", daemon=True)
                self._working.start()
            return self._working

    def _update(self) -> None:
        begun = time.monotonic()
        try:
            updated = update_register(self._store, self._stages)
        except ArmstraceError as error:
            self._metrics.updates.labels("failed").inc()
            log(Event.REGISTER_NOT_UPDATED, {"reason": str(error)})
            self._trouble = f"The register could not be brought up to date: {error}"
        else:
            self._trouble = ""
            self._metrics.updates.labels("done").inc()
            self._metrics.current.set(time.time())
            log(Event.REGISTER_UPDATED, {"seconds": round(time.monotonic() - begun, 3), **asdict(updated)})
