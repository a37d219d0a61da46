"""What is to be sent to the addresses of watches: taken one by one, each watch's in their order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, func, select, update

from armstrace.store.again import each_call_again
from armstrace.store.alerts import WatchRow
from armstrace.store.alerts_schema import ALERTS, DELIVERIES, WATCHES
from armstrace.store.columns import from_json
from armstrace.store.database import Database

WAITING, DELIVERED, DEAD = "waiting", "delivered", "dead"
LONGEST_WAIT: Final = timedelta(hours=12)  # before an alert is sent again
_D = DELIVERIES.c


class Delivery(NamedTuple):
    """What is to be sent: the alert with its body as plain values, the watch, and how often it was tried before."""

    number: int
    alert: str
    line: str
    raised_at: str
    body: dict[str, Any]
    watch: WatchRow
    tries: int


class Sent(NamedTuple):
    """How sending went: the new state, when, the status of the answer if any, why not, and when to try again."""

    state: str
    at: str
    status: int | None = None
    reason: str | None = None
    not_before: str | None = None


class StoredDelivery(NamedTuple):
    """A delivery as it is shown."""

    number: int
    state: str
    tries: int
    not_before: str | None
    last_at: str | None
    status: int | None
    reason: str | None


@each_call_again
class Deliveries:
    """The deliveries of a store. Every call is a transaction of its own and may raise a StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, at: str) -> list[int]:
        """Return for each watch that is not paused the number of its first waiting alert, where its time has come."""
        first = (
            select(func.min(_D.number).label("number"))
            .join(WATCHES, WATCHES.c.id == _D.watch_id)
            .where(_D.state == WAITING, WATCHES.c.is_paused.is_(False))
            .group_by(_D.watch_id)
            .subquery()
        )
        wanted = select(_D.number).join(first, first.c.number == _D.number).where(_has_come(at)).order_by(_D.number)
        with self._database.read() as connection:
            return list(connection.scalars(wanted))

    def take(self, number: int, at: str, until: str) -> Delivery | None:
        """Return a delivery to be sent, which is nobody else's until a moment; None where somebody was faster.

        The try counts from here: whoever is broken off while sending has tried.
        """
        mine = (_D.number == number) & (_D.state == WAITING) & _has_come(at)
        with self._database.write() as connection:
            taken = update(DELIVERIES).where(mine).values(tries=_D.tries + 1, not_before=until, last_at=at)
            if not connection.execute(taken).rowcount:
                return None
            alert = connection.execute(select(ALERTS).where(ALERTS.c.number == number)).one()
            watch = WatchRow(*connection.execute(select(WATCHES).where(WATCHES.c.id == alert.watch_id)).one())
            tries = connection.scalar(select(_D.tries).where(_D.number == number)) or 0
        return Delivery(number, alert.id, alert.line, alert.raised_at, from_json(alert.body), watch, tries)

    def note(self, number: int, sent: Sent) -> None:
        """Note how sending went."""
        values = {
            "state": sent.state,
            "last_at": sent.at,
            "status": sent.status,
            "reason": sent.reason,
            "not_before": sent.not_before,
        }
        with self._database.write() as connection:
            connection.execute(update(DELIVERIES).where(_D.number == number).values(values))

    def revive(self, watch: str) -> int:
        """Let the dead deliveries of a watch be tried again; return how many there are."""
        dead = (_D.watch_id == watch) & (_D.state == DEAD)
        anew = {"state": WAITING, "tries": 0, "not_before": None}
        with self._database.write() as connection:
            return connection.execute(update(DELIVERIES).where(dead).values(anew)).rowcount

    def of_watch(self, watch: str, most: int = 20) -> list[StoredDelivery]:
        """Return the latest deliveries of a watch, the latest first."""
        columns = (_D.number, _D.state, _D.tries, _D.not_before, _D.last_at, _D.status, _D.reason)
        wanted = select(*columns).where(_D.watch_id == watch).order_by(_D.number.desc()).limit(most)
        with self._database.read() as connection:
            return [StoredDelivery(*row) for row in connection.execute(wanted)]


def _has_come(at: str) -> ColumnElement[bool]:
    """Return whether the time of a delivery has come; one further off was set by a clock that ran ahead."""
    latest = (datetime.fromisoformat(at) + LONGEST_WAIT).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _D.not_before.is_(None) | (_D.not_before <= at) | (_D.not_before > latest)
