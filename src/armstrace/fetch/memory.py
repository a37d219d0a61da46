"""The memory that the watcher has where no store is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from armstrace.fetch.waits import has_come
from armstrace.watched import LONGEST_WAIT, LinkState, LinkStatus, RobotsState, SourceState


class MemoryState:
    """A state that lasts as long as the run."""

    def __init__(self) -> None:
        self._sources: dict[str, SourceState] = {}
        self._links: dict[str, LinkState] = {}
        self._robots: dict[str, RobotsState] = {}

    def hold(self, urls: Sequence[str]) -> AbstractContextManager[frozenset[str]]:
        """Give all of the addresses: nobody else knows this memory."""
        return nullcontext(frozenset(urls))

    def source(self, url: str) -> SourceState:
        """Return what is known of a watched address."""
        return self._sources.get(url, SourceState())

    def put_source(self, url: str, state: SourceState) -> None:
        """Remember the state of a watched address."""
        self._sources[url] = state

    def link(self, url: str) -> LinkState | None:
        """Return the link of this key."""
        return self._links.get(url)

    def put_links(self, links: Iterable[LinkState]) -> None:
        """Add or replace links."""
        self._links.update({link.url: link for link in links})

    def ready_pages(self, source: str, moment: datetime, most: int) -> Sequence[LinkState]:
        """Return the pages of a source whose time has come."""
        pages = [link for link in self._pending(source) if not link.in_feed]
        return [link for link in pages if has_come(link.not_before, moment, LONGEST_WAIT)][:most]

    def unread_entries(self, source: str) -> Sequence[LinkState]:
        """Return the entries of a feed that are still to be taken from it."""
        return [link for link in self._pending(source) if link.in_feed]

    def robots(self, site: str) -> RobotsState | None:
        """Return what is known of a site's robots.txt."""
        return self._robots.get(site)

    def put_robots(self, site: str, robots: RobotsState) -> None:
        """Remember a site's robots.txt."""
        self._robots[site] = robots

    def _pending(self, source: str) -> list[LinkState]:
        pending = LinkStatus.PENDING
        return [link for link in self._links.values() if link.source == source and link.status is pending]
