"""What the watcher remembers between rounds and runs: its sources, their links, and the robots.txt of sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from armstrace.ids import content_id
from armstrace.store.again import each_call_again
from armstrace.store.database import Database, lock
from armstrace.store.holding import holding
from armstrace.store.schema import WATCHED_LINKS, WATCHED_SITES, WATCHED_SOURCES
from armstrace.watched import LONGEST_WAIT, LinkState, LinkStatus, RobotsState, SourceState

_LOCK = "armstrace links"  # one writer at a time: two that replace the same links would wait for each other


@each_call_again
class StoredWatch:
    """A ``WatchState`` in a database. What a ``put`` was given is on the disk when it returns, or none of it.

    Every method may raise a StoreError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def hold(self, urls: Sequence[str]) -> Iterator[frozenset[str]]:
        """Give those of the watched addresses that no other process holds; until the end no other gets them."""
        names = {f"watch {url}": url for url in urls}
        with holding(self._database, names) as held:
            yield frozenset(names[name] for name in held)

    def source(self, url: str) -> SourceState:
        """Return what is known of a watched address; a blank state where nothing is."""
        row = self._row(WATCHED_SOURCES, url)
        return SourceState(**_read(row)) if row else SourceState()

    def put_source(self, url: str, state: SourceState) -> None:
        """Remember the state of a watched address."""
        with self._database.write() as connection:
            _put(connection, WATCHED_SOURCES, [{"key": content_id(url), "url": url, **_written(asdict(state))}])

    def link(self, url: str) -> LinkState | None:
        """Return the link of this key, None where no source ever listed it."""
        row = self._row(WATCHED_LINKS, url)
        return _link(row) if row else None

    def put_links(self, links: Iterable[LinkState]) -> None:
        """Add links, or replace those of the same key, which keep their place in the order."""
        rows = [{"key": content_id(link.url), **_written(asdict(link))} for link in links]
        with self._database.write() as connection:
            lock(connection, _LOCK)
            _put(connection, WATCHED_LINKS, rows)

    def ready_pages(self, source: str, moment: datetime, most: int) -> Sequence[LinkState]:
        """Return pending links of a source that are not ``in_feed`` and whose time has come, oldest first."""
        c = WATCHED_LINKS.c
        # A moment further off than anybody waits was set by a clock that ran ahead.
        is_ready = or_(
            c.not_before.is_(None), c.not_before <= _text(moment), c.not_before > _text(moment + LONGEST_WAIT)
        )
        return self._pending(source, (c.in_feed.is_(False), is_ready), max(most, 0))

    def unread_entries(self, source: str) -> Sequence[LinkState]:
        """Return pending links of a source that are ``in_feed``, oldest first."""
        return self._pending(source, (WATCHED_LINKS.c.in_feed.is_(True),))

    def robots(self, site: str) -> RobotsState | None:
        """Return what is known of a site's robots.txt, expired or not."""
        row = self._row(WATCHED_SITES, site)
        return RobotsState(**_read(row)) if row else None

    def put_robots(self, site: str, robots: RobotsState) -> None:
        """Remember a site's robots.txt."""
        with self._database.write() as connection:
            _put(connection, WATCHED_SITES, [{"key": content_id(site), "url": site, **_written(asdict(robots))}])

    def counts(self) -> dict[str, int]:
        """Return how many links there are of each status."""
        c = WATCHED_LINKS.c
        with self._database.read() as connection:
            rows = connection.execute(select(c.status, func.count().label("links")).group_by(c.status))
            return {row.status: row.links for row in rows}

    def _row(self, table: Table, url: str) -> Mapping[str, Any] | None:
        with self._database.read() as connection:
            found = connection.execute(select(table).where(table.c.key == content_id(url)))
            row = found.mappings().one_or_none()
        return dict(row) if row else None

    def _pending(
        self, source: str, conditions: Sequence[ColumnElement[bool]], most: int | None = None
    ) -> list[LinkState]:
        c = WATCHED_LINKS.c
        found = select(WATCHED_LINKS).where(c.source == source, c.status == LinkStatus.PENDING, *conditions)
        with self._database.read() as connection:
            return [_link(dict(row)) for row in connection.execute(found.order_by(c.number).limit(most)).mappings()]


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or replace those of the same key."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table)
    if rows:
        new = {name: statement.excluded[name] for name in rows[0] if name != "key"}
        connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=new), rows)


_MOMENTS = frozenset({"last_fetched", "next_due", "not_before", "expires"})
_OURS = frozenset({"key", "number"})


def _text(moment: datetime) -> str:
    """Return a moment as text that sorts as moments do.

    Raises:
        ValueError: it is one without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment}: its time zone must be known")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _written(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) if isinstance(value, datetime) else value for name, value in fields.items()}


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a state, but for the address that it is kept under."""
    fields = {name: value for name, value in row.items() if name not in _OURS | {"url"}}
    return {n: datetime.fromisoformat(v) if n in _MOMENTS and v is not None else v for n, v in fields.items()}


def _link(row: Mapping[str, Any]) -> LinkState:
    return LinkState(url=row["url"], **{**_read(row), "status": LinkStatus(row["status"])})
