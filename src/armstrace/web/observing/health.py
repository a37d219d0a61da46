"""Whether a desk can serve: what must hold, looked at now and then, each look within a limit of time."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from armstrace.errors import ArmstraceError
from armstrace.extractor import extractor_version
from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.store.database import Database
from armstrace.store.migrate import find_revision
from armstrace.store.schema import REVISION

if TYPE_CHECKING:
    from armstrace.web.desk import Desk

LIMIT: Final = 2.0  # seconds that a database gets to answer
_KEPT: Final = 1.0  # seconds for which a look counts, however often somebody asks
OK: Final = "ok"
_LOADING: Final = "loading"


class Found(NamedTuple):
    """What a look found: "ok" or a word for what is wrong, which anybody may read; ``reason`` is for the log."""

    word: str
    reason: str = ""


@dataclass(slots=True)
class Health:
    """What becomes of the parts of one desk.

    Attributes:
        stopping: set once the desk is told to end: it still answers, and wants no more requests.
        loading: reads what the reader and pages need; None where nothing is read ahead.
        threads: that must live as long as the desk does, by name.
        limit: seconds that a look may take.
    """

    stopping: threading.Event = field(default_factory=threading.Event)
    loading: threading.Thread | None = None
    threads: dict[str, threading.Thread] = field(default_factory=dict)
    limit: float = LIMIT
    _file: tuple[int, int] | None = None
    _looker: ThreadPoolExecutor | None = None
    _look: Future[dict[str, Found]] | None = None
    _looked_at: float = 0.0
    _told: dict[str, str] | None = None

    async def look(self, desk: Desk) -> dict[str, Found]:
        """Return how each part is. Asked from the event loop; nothing in it waits longer than the limit."""
        if self.stopping.is_set():
            return {"running": Found("stopping")}
        look = self._begin(desk)
        try:
            found = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(look)), self.limit)
        except TimeoutError:
            found = {"database": Found("no-answer", f"no answer within {self.limit:g} seconds")}
        self._tell(found)
        return found

    def _begin(self, desk: Desk) -> Future[dict[str, Found]]:
        """Return the look that is under way, or was just taken, else a new one: never two at once."""
        old = self._look
        if old is not None and (not old.done() or time.monotonic() - self._looked_at < _KEPT):
            return old
        if self._looker is None:
            self._looker = ThreadPoolExecutor(1, "readiness")
        self._looked_at = time.monotonic()
        self._look = self._looker.submit(self._take, desk)
        return self._look

    def _take(self, desk: Desk) -> dict[str, Found]:
        found = {name: check(self, desk) for name, check in _CHECKS.items()}
        return {"running": Found(OK)} | found

    def _tell(self, found: dict[str, Found]) -> None:
        """Note when a desk begins or ceases to be ready, and why; that it loads at first is not worth a line."""
        wrong = {name: one for name, one in found.items() if one.word not in {OK, _LOADING}}
        words = {name: one.word for name, one in found.items() if one.word != OK}
        if words == self._told:
            return
        self._told = words
        if wrong:
            log(Event.NOT_READY, {name: one.reason or one.word for name, one in wrong.items()})
        elif not words:
            log(Event.READY)

    def check_database(self, desk: Desk) -> Found:
        """Return whether the database answers, and is of today's version."""
        database = desk.store.database
        if database.is_sqlite and (found := self._file_of(database)).word != OK:
            return found
        try:
            with database.read() as connection:
                revision = find_revision(connection)
        except ArmstraceError as error:
            return Found("unreachable", str(error))
        return Found(OK) if revision == REVISION else Found("other-version", f"its tables are of version {revision}")

    def _file_of(self, database: Database) -> Found:
        """Return whether the file is there that was opened: connections go on with one that was moved away."""
        file = Path(database.place.name)
        try:
            told = os.stat(file)  # noqa: PTH116 - named as the call of the system
        except OSError as error:
            return Found("gone", f"{file}: {error.strerror}")
        if self._file is None:
            self._file = (told.st_dev, told.st_ino)
        if self._file != (told.st_dev, told.st_ino):
            return Found("replaced", f"{file}: another file stands there than was opened; start the desk anew")
        return Found(OK)

    def check_reader(self, _desk: Desk) -> Found:
        """Return whether the reader is there."""
        if self.loading is not None and self.loading.is_alive():
            return Found(_LOADING)
        try:
            extractor_version()
        except (ArmstraceError, OSError) as error:
            return Found("damaged", str(error))
        return Found(OK)

    def check_register(self, desk: Desk) -> Found:
        """Return whether the register can be brought up to date."""
        return Found("not-updated", desk.current.trouble) if desk.current.trouble else Found(OK)

    def check_threads(self, _desk: Desk) -> Found:
        """Return whether all threads live that must."""
        dead = [name for name, thread in self.threads.items() if not thread.is_alive()]
        return Found("dead", ", ".join(dead)) if dead else Found(OK)


_CHECKS: Final[dict[str, Callable[[Health, Desk], Found]]] = {
    "database": Health.check_database,
    "reader": Health.check_reader,
    "register": Health.check_register,
    "threads": Health.check_threads,
}
