"""What the watcher remembers: when each feed was fetched, and which of its links are still to be taken in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from armstrace.errors import StoreError
from armstrace.ids import content_id
from armstrace.store.documents import insert_new
from armstrace.store.schema import FEED_LINKS, FEED_SOURCES

PENDING, DONE, FAILED = "pending", "done", "failed"
_LONGEST_ADDRESS = 2_000  # characters of a feed's own address


class FeedState(NamedTuple):
    """What is known of a feed or site map. Moments are ISO in UTC; ``failures`` counts those since the last success."""

    address: str
    etag: str | None = None
    last_modified: str | None = None
    last_fetched: str | None = None
    next_due: str | None = None
    failures: int = 0


class NewLink(NamedTuple):
    """A link that a feed holds: its address, or the id of the entry where it has none."""

    address: str
    title: str | None = None


class Link(NamedTuple):
    """A link of a feed: state is pending, done or failed; ``tries`` counts how often it was tried."""

    source: str
    address: str
    title: str | None
    state: str
    tries: int
    reason: str | None
    noted_at: str
    tried_at: str | None


def feed_state(connection: Connection, address: str) -> FeedState | None:
    """Return what is known of a feed, None where it is new."""
    columns = (FEED_SOURCES.c[name] for name in FeedState._fields)
    row = connection.execute(select(*columns).where(FEED_SOURCES.c.address == address)).one_or_none()
    return FeedState(*row) if row else None


def keep_feed_state(connection: Connection, state: FeedState) -> None:
    """Keep what is known of a feed in place of what was.

    Raises:
        StoreError: its address is too long.
    """
    _check_address(state.address)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = state._asdict()
    statement = insert(FEED_SOURCES).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["address"], set_=row))


def add_links(connection: Connection, source: str, links: Iterable[NewLink], noted_at: str) -> int:
    """Note the links of a feed as pending, but for those that are known; return how many were new.

    Raises:
        StoreError: the feed's address is too long.
    """
    _check_address(source)
    insert_new(connection, FEED_SOURCES, FeedState(source)._asdict())
    return sum(_add_link(connection, source, link, noted_at) for link in links)


def _add_link(connection: Connection, source: str, link: NewLink, noted_at: str) -> bool:
    row = {
        "key": content_id(source, link.address),
        "source": source,
        **link._asdict(),
        "state": PENDING,
        "tries": 0,
        "noted_at": noted_at,
    }
    return insert_new(connection, FEED_LINKS, row)


def pending_links(connection: Connection, source: str | None, limit: int) -> list[Link]:
    """Return the pending links of a feed, or of all, those tried least first, then the first noted."""
    columns = (FEED_LINKS.c[name] for name in Link._fields)
    found = select(*columns).where(FEED_LINKS.c.state == PENDING)
    if source is not None:
        found = found.where(FEED_LINKS.c.source == source)
    rows = connection.execute(found.order_by(FEED_LINKS.c.tries, FEED_LINKS.c.number).limit(limit))
    return [Link(*row) for row in rows]


def mark_done(connection: Connection, source: str, address: str, at: str) -> None:
    """Note that a link was taken in.

    Raises:
        StoreError: there is no such link.
    """
    _mark(connection, source, address, {"state": DONE, "reason": None, "tried_at": at})


def mark_failed(connection: Connection, link: Link, reason: str, at: str, *, for_good: bool) -> None:
    """Note that a link could not be taken in; it stays pending unless that is ``for_good``.

    Raises:
        StoreError: there is no such link.
    """
    state = FAILED if for_good else PENDING
    _mark(connection, link.source, link.address, {"state": state, "reason": reason, "tried_at": at})


def count_links(connection: Connection) -> dict[str, int]:
    """Return how many links there are of each state."""
    found = select(FEED_LINKS.c.state, func.count()).group_by(FEED_LINKS.c.state)
    return {state: number for state, number in connection.execute(found)}  # noqa: C416  rows are no pairs to mypy


def _check_address(address: str) -> None:
    if len(address) > _LONGEST_ADDRESS:
        raise StoreError(f"{address[:80]}…: an address of a feed has at most {_LONGEST_ADDRESS} characters")


def _mark(connection: Connection, source: str, address: str, values: dict[str, str | None]) -> None:
    meant = FEED_LINKS.c.key == content_id(source, address)
    done = update(FEED_LINKS).where(meant).values({**values, "tries": FEED_LINKS.c.tries + 1})
    if connection.execute(done).rowcount == 0:
        raise StoreError(f"{address}: is no link that is known of {source}; add it before it is marked")
