"""What the watcher remembers: when each source was asked, its links still to be taken in, and robots.txt files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from armstrace.ids import content_id
from armstrace.store.database import Database
from armstrace.store.schema import FEED_LINKS, FEED_SOURCES, ROBOTS
from armstrace.watched import LinkState, LinkStatus, RobotsState, SourceState

_MOMENTS = frozenset({"last_fetched", "next_due", "not_before", "expires"})


class StoredWatch:
    """A ``WatchState`` in the store's database: what a ``put`` was given is on the disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def source(self, url: str) -> SourceState:
        """Return what is known of a watched address; a blank state where nothing is."""
        row = self._row(FEED_SOURCES, url)
        return SourceState(**_values(row, SourceState)) if row else SourceState()

    def put_source(self, url: str, state: SourceState) -> None:
        """Remember the state of a watched address."""
        with self._database.write() as connection:
            _put(connection, FEED_SOURCES, {"key": content_id(url), "url": url, **_columns(asdict(state))})

    def link(self, url: str) -> LinkState | None:
        """Return the link of this key, None where no source ever listed it."""
        row = self._row(FEED_LINKS, url)
        return _link(row) if row else None

    def put_links(self, links: Iterable[LinkState]) -> None:
        """Add links, or replace those of the same key, which keep their place in the order; all of them or none."""
        with self._database.write() as connection:
            for link in links:
                keys = {"key": content_id(link.url), "source_key": content_id(link.source)}
                _put(connection, FEED_LINKS, keys | _columns(asdict(link)))

    def ready_pages(self, source: str, moment: datetime, most: int) -> Sequence[LinkState]:
        """Return pending links of a source that are not ``in_feed`` and whose time has come, oldest first."""
        now = moment.isoformat()
        is_time = or_(FEED_LINKS.c.not_before.is_(None), FEED_LINKS.c.not_before <= now)
        return self._pending(source, FEED_LINKS.c.in_feed.is_(False), is_time, most=most)

    def unread_entries(self, source: str) -> Sequence[LinkState]:
        """Return pending links of a source that are ``in_feed``, oldest first."""
        return self._pending(source, FEED_LINKS.c.in_feed.is_(True))

    def robots(self, site: str) -> RobotsState | None:
        """Return what is known of a site's robots.txt, expired or not."""
        row = self._row(ROBOTS, site)
        return RobotsState(**_values(row, RobotsState)) if row else None

    def put_robots(self, site: str, robots: RobotsState) -> None:
        """Remember a site's robots.txt."""
        with self._database.write() as connection:
            _put(connection, ROBOTS, {"key": content_id(site), "site": site, **_columns(asdict(robots))})

    def _row(self, table: Table, name: str) -> RowMapping | None:
        with self._database.read() as connection:
            return connection.execute(select(table).where(table.c.key == content_id(name))).mappings().one_or_none()

    def _pending(self, source: str, *conditions: ColumnElement[bool], most: int | None = None) -> list[LinkState]:
        found = select(FEED_LINKS).where(
            FEED_LINKS.c.source_key == content_id(source), FEED_LINKS.c.status == str(LinkStatus.PENDING), *conditions
        )
        with self._database.read() as connection:
            rows = connection.execute(found.order_by(FEED_LINKS.c.number).limit(most)).mappings().all()
        return [_link(row) for row in rows]


def count_links(connection: Connection) -> dict[str, int]:
    """Return how many links there are of each status."""
    found = select(FEED_LINKS.c.status, func.count()).group_by(FEED_LINKS.c.status)
    return {status: number for status, number in connection.execute(found)}  # noqa: C416  rows are no pairs to mypy


def _put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    changed = {name: value for name, value in row.items() if name != "key"}
    connection.execute(insert(table).values(row).on_conflict_do_update(index_elements=["key"], set_=changed))


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _values(row: RowMapping, kind: type) -> dict[str, Any]:
    """Return the fields of a record from a row; moments are kept as ISO text in UTC, whose order is that of time."""
    found = {field.name: row[field.name] for field in fields(kind)}
    return {
        name: datetime.fromisoformat(value) if value and name in _MOMENTS else value for name, value in found.items()
    }


def _link(row: RowMapping) -> LinkState:
    values = _values(row, LinkState)
    return LinkState(**{**values, "status": LinkStatus(values["status"])})
