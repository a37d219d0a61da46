"""Watching feeds, sitemaps and pages: what is due is asked, what is new is fetched, nothing is lost.

Whoever takes the events acknowledges each by asking for the next. Only then is it written down that a page was taken
in: a run that is killed fetches again what was not acknowledged, and nothing that was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from threading import Event

from armstrace.fetch.address import parse_address
from armstrace.fetch.events import FetchedPage, HostPaused, PageFailed, SourceHeld, SourceNotDue, WatchEvent
from armstrace.fetch.feeds_file import WatchSource
from armstrace.fetch.fetched import Again, Fetched, FetchError, FetchOptions
from armstrace.fetch.network import Network
from armstrace.fetch.polite import PoliteFetcher
from armstrace.fetch.sources import FeedReader, SitemapReader, SourceReader, SourceTools
from armstrace.fetch.waits import backoff, has_come
from armstrace.watched import LONGEST_WAIT, LinkState, LinkStatus, WatchState

_MOST_TRIES = 8  # of one page: with the waits between them, about a day and a half
_FIRST_WAIT = 15 * 60.0  # seconds
_TROUBLES = 2  # failures in a row after which a host is left alone for the round
_OVERLOADED = frozenset({429, 503})
_SHORTEST_SLEEP = 1.0
_STAND_BY = timedelta(seconds=15)  # after which it is looked whether another process still holds a source


@dataclass(frozen=True, slots=True)
class WatchTools(SourceTools):
    """What the watcher works with. ``wait`` sleeps some seconds and returns whether the run is to stop."""

    wait: Callable[[float], bool]


def polite_tools(
    state: WatchState,
    readers: tuple[FeedReader, SitemapReader],
    stop: Event,
    options: FetchOptions | None = None,
    network: Network | None = None,
) -> WatchTools:
    """Return the tools of a watcher that heeds robots.txt and pauses, and that wakes from every wait on ``stop``."""
    outside = replace(network or Network(), sleep=stop.wait)
    fetcher = PoliteFetcher(state, options, outside)
    return WatchTools(fetcher.fetch, *readers, outside.now, stop.is_set, stop.wait)


def watch_sources(
    sources: Sequence[WatchSource], state: WatchState, tools: WatchTools, *, once: bool = False
) -> Iterator[WatchEvent]:
    """Yield what is new at the sources, round after round, sleeping until the next one is due; ``once``: one round.

    Asking for the next event acknowledges the last. Where the run is to stop, the event at hand is the last one.
    A source or page that fails costs only itself.
    """
    watch = _Watch(sources, state, tools)
    while True:
        yield from watch.round(tell_all=once)
        if once or tools.stopped() or tools.wait(watch.seconds_to_next()):
            return


class _Watch:
    def __init__(self, sources: Sequence[WatchSource], state: WatchState, tools: WatchTools) -> None:
        self._sources = sources
        self._mine: Sequence[WatchSource] = ()
        self._state = state
        self._tools = tools
        self._reader = SourceReader(state, tools)
        # Pages that each source may still have until it is next due.
        self._budget = {source.url: source.max_pages for source in sources}

    def round(self, *, tell_all: bool) -> Iterator[WatchEvent]:
        """Ask the sources that are due, then fetch the pages that are pending; those that another holds are his."""
        with self._state.hold([source.url for source in self._sources]) as held:
            self._mine = [source for source in self._sources if source.url in held]
            if tell_all:
                yield from (SourceHeld(source) for source in self._sources if source.url not in held)
            yield from self._round(tell_all=tell_all)

    def _round(self, *, tell_all: bool) -> Iterator[WatchEvent]:
        for source in self._mine:
            if self._tools.stopped():
                return
            if self._is_due(source):
                self._budget[source.url] = source.max_pages
                yield from self._reader.read(source)
            elif tell_all and (due := self._state.source(source.url).next_due):
                yield SourceNotDue(source, due)
        yield from self._pages()

    def seconds_to_next(self) -> float:
        now = self._tools.now()
        due = (self._next(source, now) for source in self._sources)
        return max((min(due, default=now) - now).total_seconds(), _SHORTEST_SLEEP)

    def _next(self, source: WatchSource, now: datetime) -> datetime:
        """Return when to look at a source again; at another watcher's after a while, for he may have gone."""
        due = None if self._is_due(source) else self._state.source(source.url).next_due
        return max(due or now, now if source in self._mine else now + _STAND_BY)

    def _is_due(self, source: WatchSource) -> bool:
        longest = max(source.every, LONGEST_WAIT)
        return has_come(self._state.source(source.url).next_due, self._tools.now(), longest)

    def _pages(self) -> Iterator[WatchEvent]:
        queue = self._queue()
        troubles: Counter[str] = Counter()
        for place, (host, source, link) in enumerate(queue):
            if self._tools.stopped():
                return
            if troubles[host] >= _TROUBLES:
                continue
            self._budget[source.url] -= 1
            try:
                fetched = self._tools.fetch(link.url, None)
            except FetchError as error:
                if self._tools.stopped():
                    return
                yield from self._failed(source, link, error)
                troubles[host] = _troubles(error, troubles[host])
                left = sum(other == host for other, _, _ in queue[place + 1 :])
                if troubles[host] >= _TROUBLES and left:
                    yield HostPaused(host, left)
            else:
                troubles[host] = 0
                yield FetchedPage(source, link, fetched)
                self._state.put_links(self._done(link, fetched))

    def _queue(self) -> list[tuple[str, WatchSource, LinkState]]:
        """Return the pages to fetch in this round, one of each host in turn."""
        hosts: dict[str, list[tuple[str, WatchSource, LinkState]]] = {}
        for source in self._mine:
            for link in self._state.ready_pages(source.url, self._tools.now(), self._budget[source.url]):
                host = parse_address(link.url).host
                hosts.setdefault(host, []).append((host, source, link))
        return [row for row in chain.from_iterable(zip_longest(*hosts.values())) if row is not None]

    def _done(self, link: LinkState, fetched: Fetched) -> list[LinkState]:
        """Return the link as done; and the address that it led to, so that no other feed brings it again."""
        done = replace(link, status=LinkStatus.DONE, reason=None, not_before=None)
        led_to = replace(done, url=fetched.final_address)
        known = self._state.link(led_to.url)
        return [done] if known is not None else [done, led_to]

    def _failed(self, source: WatchSource, link: LinkState, error: FetchError) -> Iterator[WatchEvent]:
        failed = replace(link, tries=link.tries + 1, reason=str(error))
        if error.again is Again.NEVER or failed.tries >= _MOST_TRIES:
            failed = replace(failed, status=LinkStatus.FAILED, not_before=None)
        else:
            longest = LONGEST_WAIT.total_seconds()
            wait = max(backoff(failed.tries, _FIRST_WAIT, longest), min(error.wait or 0, longest))
            failed = replace(failed, not_before=self._tools.now() + timedelta(seconds=wait))
        yield PageFailed(source, failed, str(error), failed.not_before)
        self._state.put_links([failed])


def _troubles(error: FetchError, before: int) -> int:
    """Return how many failures in a row a host has had; a page that is not there is none of the host."""
    if error.status in _OVERLOADED:
        return _TROUBLES
    return 0 if error.again is Again.NEVER else before + 1
