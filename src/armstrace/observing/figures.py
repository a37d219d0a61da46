"""How much a store holds and what waits in it, as metrics; asked for in the background, so that nobody waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from prometheus_client import Gauge
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy import Connection, case, func, select

from armstrace.errors import ArmstraceError
from armstrace.observing.events import Event
from armstrace.observing.logs import log
from armstrace.store.alerts_schema import DELIVERIES
from armstrace.store.changes import count_pending, state_of
from armstrace.store.deliveries import DEAD, WAITING
from armstrace.store.readings import unread_by
from armstrace.store.register_schema import TRANSFERS
from armstrace.store.repository import Store
from armstrace.store.review_schema import CLAIM_REVIEWS
from armstrace.store.schema import CLAIMS, DOCUMENTS, FAILURES, WATCHED_SOURCES
from armstrace.store.screen_schema import SANCTIONS_LISTS

_EVERY: Final = 10.0  # seconds between two counts
_SHARE: Final = 20  # counting takes at most a twentieth of the time, however much there is to count
_PATIENCE: Final = 1.0  # seconds that a scrape waits for a count


class _Figure(NamedTuple):
    """A gauge of one value, or of several by a label."""

    name: str
    about: str
    label: str
    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which store figures are told, and what its state is held against.

    Attributes:
        store: that is counted.
        reader: tells the version of today's reader.
        register: the version of what makes the register.
        current: is set to the moment when nothing waited to be worked in.
    """

    store: Store
    reader: Callable[[], str]
    register: str
    current: Gauge


@dataclass(slots=True, eq=False)
class StoreFigures:
    """A collector for Prometheus' client. It tells of the last count; one that is too old is made anew meanwhile."""

    asked: Asked
    patience: float = _PATIENCE
    _told: tuple[_Figure, ...] | None = None
    _counted_at: float | None = None
    _due: float = 0.0
    _counting: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def collect(self) -> Iterator[Metric]:
        """Yield what was counted; of a store that cannot be used only that."""
        self._begin().join(self.patience)
        told, counted_at = self._told, self._counted_at
        yield _gauge(_Figure("store_up", "Whether the store could be counted at the last try.", "", _one(bool(told))))
        if told is not None and counted_at is not None:
            age = max(0.0, time.monotonic() - counted_at)
            yield _gauge(_Figure("store_figures_age_seconds", "How old these counts of the store are.", "", _one(age)))
            yield from map(_gauge, told)

    def _begin(self) -> threading.Thread:
        with self._lock:
            if self._counting is None or (not self._counting.is_alive() and time.monotonic() >= self._due):
                self._counting = threading.Thread(target=self._count, name="figures", daemon=True)
                self._counting.start()
            return self._counting

    def _count(self) -> None:
        begun = time.monotonic()
        try:
            self._told = _figures(self.asked)
            self._counted_at = time.monotonic()
        except ArmstraceError as error:
            self._told = None
            log(Event.FIGURES_FAILED, {"reason": str(error)})
        self._due = time.monotonic() + max(_EVERY, _SHARE * (time.monotonic() - begun))


def _figures(asked: Asked) -> tuple[_Figure, ...]:
    version = asked.reader()
    with asked.store.database.read() as connection:
        waiting = {kind: count_pending(connection, is_new=is_new) for kind, is_new in _CHANGES}
        found = state_of(connection)[0]
        if not any(waiting.values()) and found == asked.register:
            asked.current.set(time.time())
        return (
            _Figure("documents", "Documents kept.", "", _one(_count(connection, DOCUMENTS))),
            _Figure("claims", "Claims read.", "", _one(_count(connection, CLAIMS))),
            _Figure("transfers", "Transfers of the register.", "", _one(_count(connection, TRANSFERS))),
            _Figure("documents_unread", "Documents not read by today's reader.", "", _unread(connection, version)),
            _Figure("review_waiting", "Claims that wait for review.", "", _reviews(connection)),
            _Figure("inputs_failed", "Inputs that could not be read and still cannot.", "", _failures(connection)),
            _Figure("register_waiting", "Changes not yet in the register.", "kind", tuple(waiting.items())),
            _Figure("register_is_todays", "Whether this version made the register.", "", _one(found == asked.register)),
            _Figure("alerts_unsent", "Alerts to be sent, and given up.", "state", _deliveries(connection)),
            _Figure("sources_watched", "Watched sources by whether they answer.", "state", _sources(connection)),
            _Figure("list_age_seconds", "Since each sanctions list was loaded.", "list", _lists(connection)),
        )


_CHANGES: Final = (("document", True), ("claims", False))


def _gauge(figure: _Figure) -> Metric:
    labels = [figure.label] if figure.label else []
    made = GaugeMetricFamily(f"armstrace_{figure.name}", figure.about, labels=labels)
    for label, value in figure.values:
        made.add_metric([label] if labels else [], value)
    return made


def _one(value: float) -> tuple[tuple[str, float], ...]:
    return (("", float(value)),)


def _count(connection: Connection, table: object) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def _unread(connection: Connection, version: str) -> tuple[tuple[str, float], ...]:
    return _one(_count(connection, unread_by(version, failed_too=False).subquery()))


def _reviews(connection: Connection) -> tuple[tuple[str, float], ...]:
    waits = select(func.count()).select_from(CLAIM_REVIEWS).where(CLAIM_REVIEWS.c.waits.is_(True))
    return _one(connection.scalar(waits) or 0)


def _failures(connection: Connection) -> tuple[tuple[str, float], ...]:
    still = select(func.count()).select_from(FAILURES).where(FAILURES.c.resolved_at.is_(None))
    return _one(connection.scalar(still) or 0)


def _deliveries(connection: Connection) -> tuple[tuple[str, float], ...]:
    state = DELIVERIES.c.state
    rows = connection.execute(select(state, func.count()).where(state.in_((WAITING, DEAD))).group_by(state))
    found = {str(name): float(count) for name, count in rows}
    return tuple((name, found.get(name, 0.0)) for name in (WAITING, DEAD))


def _sources(connection: Connection) -> tuple[tuple[str, float], ...]:
    failing = case((WATCHED_SOURCES.c.failures > 0, "failing"), else_="answering").label("state")
    rows = connection.execute(select(failing, func.count()).group_by(failing))
    found = {str(name): float(count) for name, count in rows}
    return tuple((name, found.get(name, 0.0)) for name in ("answering", "failing"))


def _lists(connection: Connection) -> tuple[tuple[str, float], ...]:
    c, now = SANCTIONS_LISTS.c, datetime.now(UTC)
    rows = connection.execute(select(c.key, c.added_at).where(c.in_force.is_(True)).order_by(c.key))
    return tuple((str(key), (now - datetime.fromisoformat(at)).total_seconds()) for key, at in rows)
