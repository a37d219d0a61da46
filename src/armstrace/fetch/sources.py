"""Reading one watched source: what it lists is written down before it counts as read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from armstrace.errors import InputError
from armstrace.fetch.address import parse_address
from armstrace.fetch.events import (
    FetchedFeed,
    FetchedPage,
    PageFailed,
    SitemapPartFailed,
    SitemapsLeft,
    SourceFailed,
    SourceRead,
    SourceUnchanged,
    WatchEvent,
)
from armstrace.fetch.feeds_file import WatchSource
from armstrace.fetch.fetched import Fetched, FetchError, Known, shown
from armstrace.fetch.listing import FeedLink, Sitemap, links_of_feed, links_of_sitemap
from armstrace.fetch.waits import backoff
from armstrace.watched import LONGEST_WAIT, LinkState, LinkStatus, SourceState, WatchState

_MOST_SITEMAPS = 50  # that one sitemap lists, read at a time; the least recently read come first
_DEEPEST = 2  # sitemaps below a sitemap; the protocol knows one level
_FIRST_WAIT = timedelta(minutes=15)
_GONE = 410
_NOT_FOUND = 404
_MISSED = 3  # times in a row after which a source that is not found is said to be gone


FeedReader = Callable[[bytes, str], Sequence[FeedLink]]
SitemapReader = Callable[[bytes, str], Sitemap]


@dataclass(frozen=True, slots=True)
class SourceTools:
    """How sources are fetched and read.

    ``fetch`` is polite (see ``PoliteFetcher.fetch``); ``read_feed`` and ``read_sitemap`` take the bytes and the
    address that they came from, and raise InputError where those are none.
    """

    fetch: Callable[[str, Known | None], Fetched]
    read_feed: FeedReader
    read_sitemap: SitemapReader
    now: Callable[[], datetime]
    stopped: Callable[[], bool]


class _Counts(NamedTuple):
    """How many wanted links a source lists, how many of them are new; what to show it next time."""

    listed: int
    new: int
    known: Known


_Reading = Generator[WatchEvent, None, _Counts | None]
"""Yields events and returns the counts; None where the run is to stop before the source was read to its end."""


class SourceReader:
    """Reads sources into the state."""

    def __init__(self, state: WatchState, tools: SourceTools) -> None:
        self._state = state
        self._tools = tools
        self._kinds = {"feed": self._feed, "sitemap": self._sitemap, "page": self._page}

    def read(self, source: WatchSource) -> Iterator[WatchEvent]:
        """Ask a source what is new and yield what became of it.

        The source counts as read when its new links are written down and the entries that hold their text are
        acknowledged. Until then it is asked as if it had not been read.
        """
        before = self._state.source(source.url)
        # Entries that a killed run did not take from the feed are only to be had from the feed itself.
        known = Known() if self._state.unread_entries(source.url) else _known(source, before)
        try:
            fetched = self._tools.fetch(source.url, known)
            counts = None if fetched.unchanged else (yield from self._kinds[source.kind](source, fetched))
        except InputError as error:
            if not self._tools.stopped():
                yield self._failed(source, before, error)
            return
        now = self._tools.now()
        due = now + source.every
        if fetched.unchanged:
            self._state.put_source(source.url, replace(before, last_fetched=now, next_due=due, failures=0))
            yield SourceUnchanged(source, due)
        elif counts is not None:
            self._state.put_source(source.url, _read_now(source, counts.known, now, due))
            yield SourceRead(source, counts.listed, counts.new, due)

    def _feed(self, source: WatchSource, fetched: Fetched) -> _Reading:
        links = links_of_feed(source, self._tools.read_feed(fetched.body, fetched.final_address))
        new = yield from self._queue(source, links)
        yield from self._take_entries(source, fetched, {link.url for link in links})
        return _Counts(len(links), new, fetched.known)

    def _page(self, source: WatchSource, fetched: Fetched) -> _Reading:
        link = LinkState(source.url, source.url, source.url, status=LinkStatus.DONE)
        yield FetchedPage(source, link, fetched)
        self._state.put_links([link])
        return _Counts(1, 1, fetched.known)

    def _queue(self, source: WatchSource, links: Sequence[LinkState]) -> Generator[WatchEvent, None, int]:
        """Write down the links that no source listed before, and return how many they are."""
        new = [link for link in links if self._state.link(link.url) is None]
        self._state.put_links(link for link in new if link.status is LinkStatus.PENDING)
        for link in new:
            if link.status is LinkStatus.FAILED:
                yield PageFailed(source, link, link.reason or "", None)
                self._state.put_links([link])
        return len(new)

    def _take_entries(self, source: WatchSource, fetched: Fetched, listed: set[str]) -> Iterator[WatchEvent]:
        """Hand over the entries whose text is in the feed; those that it no longer holds are fetched as pages."""
        entries = self._state.unread_entries(source.url)
        for entry in entries:
            if entry.url in listed:
                continue
            if entry.url.startswith(f"{source.url}#"):
                lost = replace(entry, status=LinkStatus.FAILED, reason=f"{entry.url}: the feed no longer holds it")
                yield PageFailed(source, lost, lost.reason or "", None)
                self._state.put_links([lost])
            else:
                self._state.put_links([replace(entry, in_feed=False)])
        here = tuple(entry for entry in entries if entry.url in listed)
        if here:
            yield FetchedFeed(source, here, fetched)
            self._state.put_links(replace(entry, status=LinkStatus.DONE) for entry in here)

    def _sitemap(self, source: WatchSource, fetched: Fetched) -> _Reading:
        sitemap = self._tools.read_sitemap(fetched.body, fetched.final_address)
        links = links_of_sitemap(source, sitemap.pages)
        new = yield from self._queue(source, links)
        counts = _Counts(len(links), new, Known() if sitemap.sitemaps else fetched.known)
        parts = deque((part, 1) for part in sorted(_addresses(sitemap.sitemaps), key=self._last_read))
        seen = {source.url}
        while parts and len(seen) <= _MOST_SITEMAPS:
            if self._tools.stopped():
                return None
            part, depth = parts.popleft()
            if part in seen:
                continue
            seen.add(part)
            listed, new, further = yield from self._part(source, part)
            counts = _Counts(counts.listed + listed, counts.new + new, counts.known)
            parts.extend((one, depth + 1) for one in _addresses(further) if depth < _DEEPEST)
        if parts:
            yield SitemapsLeft(source, len(parts))
        return counts

    def _part(self, source: WatchSource, part: str) -> Generator[WatchEvent, None, tuple[int, int, Sequence[str]]]:
        """Read one of the sitemaps that a sitemap lists; return its counts and those that it lists in turn.

        It has a state of its own, so it is not sent again where nothing changed; its failure costs only itself.
        """
        before = self._state.source(part)
        try:
            fetched = self._tools.fetch(part, _known(source, before))
            now = self._tools.now()
            if fetched.unchanged:
                self._state.put_source(part, replace(before, last_fetched=now, failures=0))
                return 0, 0, ()
            sitemap = self._tools.read_sitemap(fetched.body, fetched.final_address)
        except InputError as error:
            if not self._tools.stopped():
                now, failures = self._tools.now(), before.failures + 1
                self._state.put_source(part, replace(before, last_fetched=now, failures=failures))
                yield SitemapPartFailed(source, part, str(error))
            return 0, 0, ()
        links = links_of_sitemap(source, sitemap.pages)
        new = yield from self._queue(source, links)
        known = Known() if sitemap.sitemaps else fetched.known
        self._state.put_source(part, _read_now(source, known, now, before.next_due))
        return len(links), new, sitemap.sitemaps

    def _last_read(self, part: str) -> str:
        """Return a key that puts the sitemaps first that were not read, then those read longest ago."""
        last = self._state.source(part).last_fetched
        return "" if last is None else last.isoformat()

    def _failed(self, source: WatchSource, before: SourceState, error: InputError) -> SourceFailed:
        failures = before.failures + 1
        asked = error.wait or 0 if isinstance(error, FetchError) else 0
        status = error.status if isinstance(error, FetchError) else None
        wait = backoff(failures, min(source.every, _FIRST_WAIT).total_seconds(), LONGEST_WAIT.total_seconds())
        due = self._tools.now() + max(timedelta(seconds=wait), min(timedelta(seconds=asked), LONGEST_WAIT))
        self._state.put_source(source.url, replace(before, failures=failures, next_due=due))
        gone = status == _GONE or (status == _NOT_FOUND and failures >= _MISSED)
        reason = str(error) if str(error).startswith(source.url) else f"{source.url}: {error}"
        return SourceFailed(source, reason, due, gone)


def _known(source: WatchSource, state: SourceState) -> Known:
    """Return what to show the server; nothing where other pages are wanted now than when it was last read."""
    return Known(state.etag, state.last_modified) if state.choice == source.choice else Known()


def _read_now(source: WatchSource, known: Known, now: datetime, due: datetime | None) -> SourceState:
    return SourceState(known.etag, known.last_modified, now, due, choice=source.choice)


def _addresses(texts: Sequence[str]) -> list[str]:
    """Return addresses in their one spelling, each once; what is none stays, to fail where it is fetched."""
    found: dict[str, None] = {}
    for text in texts:
        try:
            found[str(parse_address(text))] = None
        except FetchError:
            found[shown(text)] = None
    return list(found)
