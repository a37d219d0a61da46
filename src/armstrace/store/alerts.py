"""Watches and the alerts to them, as the database keeps them. Moments are ISO text in UTC to the second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from armstrace.errors import StoreError
from armstrace.store.again import each_call_again
from armstrace.store.alerts_schema import ALERTS, DELIVERIES, WATCHES
from armstrace.store.columns import from_json
from armstrace.store.database import Database, lock
from armstrace.store.people import Deed, note_deed

_LOCK = "armstrace watches"
_W, _A = WATCHES.c, ALERTS.c


class WatchRow(NamedTuple):
    """A watch; what it asks for and the kinds of changes are JSON, ``feed_key`` is a hash."""

    id: str
    owner: str
    name: str
    asks: str
    kinds: str
    place: str
    made_at: str
    is_paused: bool = False
    feed_key: str | None = None
    hook_url: str | None = None
    hook_secret: str | None = None


class StoredAlert(NamedTuple):
    """An alert with the name of its watch, and the number by which it came; ``body`` is plain values."""

    number: int
    id: str
    watch_id: str
    watch: str
    owner: str
    line: str
    raised_at: str
    read_at: str | None
    body: dict[str, Any]


class AlertQuery(NamedTuple):
    """Which alerts: of an owner, of a watch, unread or read ones, raised since a moment, those before a number."""

    owner: str | None = None
    watch: str | None = None
    is_read: bool | None = None
    since: str | None = None
    before: int | None = None


_ALL = AlertQuery()


@each_call_again
class Alerts:
    """The watches of a store. Every call is a transaction of its own and may raise a StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, watch: WatchRow, deed: Deed) -> None:
        """Add a watch.

        Raises:
            StoreError: its owner has one of that name.
        """
        with self._database.write() as connection:
            lock(connection, _LOCK)
            _check_name_is_free(connection, watch, but="")
            connection.execute(WATCHES.insert(), watch._asdict())
            note_deed(connection, deed)

    def change(self, watch: WatchRow, deed: Deed) -> None:
        """Put a watch in the place of that of its id.

        Raises:
            StoreError: there is none, or its owner has another of that name.
        """
        with self._database.write() as connection:
            lock(connection, _LOCK)
            _check_name_is_free(connection, watch, but=watch.id)
            changed = connection.execute(update(WATCHES).where(_W.id == watch.id).values(watch._asdict()))
            if not changed.rowcount:
                raise StoreError(f"{watch.name}: there is no such watch any more; make it anew")
            if watch.hook_url is None:
                connection.execute(delete(DELIVERIES).where(DELIVERIES.c.watch_id == watch.id))
            note_deed(connection, deed)

    def remove(self, identity: str, deed: Deed) -> None:
        """Take a watch away, and its alerts."""
        with self._database.write() as connection:
            lock(connection, _LOCK)
            connection.execute(delete(DELIVERIES).where(DELIVERIES.c.watch_id == identity))
            connection.execute(delete(ALERTS).where(_A.watch_id == identity))
            connection.execute(delete(WATCHES).where(_W.id == identity))
            note_deed(connection, deed)

    def watch(self, identity: str) -> WatchRow | None:
        """Return the watch of an id."""
        return self._one(_W.id == identity)

    def named(self, owner: str, name: str) -> WatchRow | None:
        """Return the watch of a name."""
        return self._one((_W.owner == owner) & (_W.name == name))

    def watches(self, owner: str | None = None) -> list[WatchRow]:
        """Return the watches of an owner, or all, by owner and name."""
        wanted = select(WATCHES).order_by(_W.owner, _W.name)
        if owner is not None:
            wanted = wanted.where(_W.owner == owner)
        with self._database.read() as connection:
            return [WatchRow(*row) for row in connection.execute(wanted)]

    def alerts(self, query: AlertQuery = _ALL, most: int = 100) -> list[StoredAlert]:
        """Return alerts, the latest first."""
        wanted = select(_A.number, _A.id, _A.watch_id, _W.name, _W.owner, _A.line, _A.raised_at, _A.read_at, _A.body)
        wanted = wanted.join(WATCHES, _W.id == _A.watch_id).where(*_conditions(query))
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(_A.number.desc()).limit(most)).all()
        return [StoredAlert(*row[:-1], from_json(row.body)) for row in rows]

    def counts(self, query: AlertQuery = _ALL) -> dict[str, int]:
        """Return how many alerts there are of each watch."""
        wanted = select(_A.watch_id, func.count()).join(WATCHES, _W.id == _A.watch_id).where(*_conditions(query))
        with self._database.read() as connection:
            return {watch: count for watch, count in connection.execute(wanted.group_by(_A.watch_id))}  # noqa: C416

    def count_unread(self, owner: str, most: int) -> int:
        """Return how many alerts to watches of an owner are unread, ``most`` where there are so many or more."""
        found = select(_A.number).join(WATCHES, _W.id == _A.watch_id).where(_W.owner == owner, _A.read_at.is_(None))
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(found.limit(most).subquery())) or 0

    def mark_read(self, owner: str, numbers: Sequence[int], at: str) -> None:
        """Note that the owner of watches read alerts to them; of others' alerts nothing is noted."""
        own = select(_W.id).where(_W.owner == owner)
        found = _A.number.in_(numbers) & _A.watch_id.in_(own) & _A.read_at.is_(None)
        with self._database.write() as connection:
            connection.execute(update(ALERTS).where(found).values(read_at=at))

    def _one(self, condition: ColumnElement[bool]) -> WatchRow | None:
        with self._database.read() as connection:
            row = connection.execute(select(WATCHES).where(condition)).one_or_none()
        return WatchRow(*row) if row else None


def _check_name_is_free(connection: Connection, watch: WatchRow, but: str) -> None:
    same = (_W.owner == watch.owner) & (_W.name == watch.name) & (_W.id != but)
    if connection.execute(select(_W.id).where(same)).first():
        raise StoreError(f"name: {watch.owner} has a watch {watch.name!r} already; give another name, or change that")


def _conditions(query: AlertQuery) -> list[ColumnElement[bool]]:
    given: tuple[tuple[object, ColumnElement[bool]], ...] = (
        (query.owner, _W.owner == query.owner),
        (query.watch, _A.watch_id == query.watch),
        (query.since, _A.raised_at >= (query.since or "")),
        (query.before, _A.number < (query.before or 0)),
        (query.is_read, _A.read_at.is_not(None) if query.is_read else _A.read_at.is_(None)),
    )
    return [condition for value, condition in given if value is not None]
