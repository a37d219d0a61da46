"""What the watcher must remember between rounds and runs: it asks for it, and the store keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

LONGEST_WAIT: Final = timedelta(days=1)  # for a page or a source that failed


class LinkStatus(StrEnum):
    """Where a link stands: to be fetched, taken in, or given up."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a watched address. ``failures`` counts those since it last answered; moments are UTC.

    ``choice`` is by which patterns its pages were chosen: with others, all that it lists has to be looked at again.
    """

    etag: str | None = None
    last_modified: str | None = None
    last_fetched: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class LinkState:
    """One link that a source listed. ``url`` is its key: one page is fetched once, whoever lists it.

    An entry without an address goes by "feed address#id". ``in_feed`` says that the text is to be taken from the feed
    itself. ``not_before`` is the moment (UTC) of the next try after ``tries`` failures, ``reason`` the last one.
    """

    url: str
    source: str
    id: str
    title: str | None = None
    published: str | None = None
    in_feed: bool = False
    status: LinkStatus = LinkStatus.PENDING
    tries: int = 0
    not_before: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RobotsState:
    """The robots.txt of one site; where it was not ``reachable``, nothing is fetched from there until it expires."""

    rules: str
    reachable: bool
    expires: datetime


class RobotsMemory(Protocol):
    """Remembers robots.txt files by site ("https://outlet.example")."""

    def robots(self, site: str) -> RobotsState | None:
        """Return what is known of a site's robots.txt, expired or not."""

    def put_robots(self, site: str, robots: RobotsState) -> None:
        """Remember a site's robots.txt."""


class WatchState(RobotsMemory, Protocol):
    """What the watcher reads and writes. What a ``put`` was given is durable when it returns, all of it or nothing."""

    def hold(self, urls: Sequence[str]) -> AbstractContextManager[frozenset[str]]:
        """Give those of the watched addresses that no other process holds; until the end no other gets them."""

    def source(self, url: str) -> SourceState:
        """Return what is known of a watched address; a blank state where nothing is."""

    def put_source(self, url: str, state: SourceState) -> None:
        """Remember the state of a watched address."""

    def link(self, url: str) -> LinkState | None:
        """Return the link of this key, None where no source ever listed it."""

    def put_links(self, links: Iterable[LinkState]) -> None:
        """Add links, or replace those of the same key, which keep their place in the order."""

    def ready_pages(self, source: str, moment: datetime, most: int) -> Sequence[LinkState]:
        """Return pending links of a source that are not ``in_feed`` and whose time has come, oldest first."""

    def unread_entries(self, source: str) -> Sequence[LinkState]:
        """Return pending links of a source that are ``in_feed``, oldest first."""
