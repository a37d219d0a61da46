"""What the watcher tells: pages to take in, and what became of sources and pages. ``str`` gives a line for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from armstrace.fetch.feeds_file import WatchSource
from armstrace.fetch.fetched import Fetched
from armstrace.watched import LinkState


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page to take in. ``link`` is what the source said of it; taken in when the watcher is resumed."""

    source: WatchSource
    link: LinkState
    fetched: Fetched = field(repr=False)

    def __str__(self) -> str:
        return f"{self.link.url}: fetched, {len(self.fetched.body):,} bytes"


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """A feed some of whose entries hold their full text: those of ``links`` (by ``id``) are to be taken from it."""

    source: WatchSource
    links: tuple[LinkState, ...]
    fetched: Fetched = field(repr=False)

    def __str__(self) -> str:
        return f"{self.source.url}: {len(self.links):,} new with their full text"


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source was read: how many pages it lists that are wanted, and how many of them are new."""

    source: WatchSource
    listed: int
    new: int
    next_due: datetime

    def __str__(self) -> str:
        return f"{self.source.url}: {self.listed:,} listed, {self.new:,} new"


@dataclass(frozen=True, slots=True)
class SourceUnchanged:
    """A source says that nothing changed."""

    source: WatchSource
    next_due: datetime

    def __str__(self) -> str:
        return f"{self.source.url}: nothing new"


@dataclass(frozen=True, slots=True)
class SourceNotDue:
    """A source was asked not long ago; told in a single round, where nothing else would be said of it."""

    source: WatchSource
    next_due: datetime

    def __str__(self) -> str:
        return f"{self.source.url}: not asked again before {_moment(self.next_due)}"


@dataclass(frozen=True, slots=True)
class SourceHeld:
    """A source is watched by another process at this moment, and left to it; told in a single round."""

    source: WatchSource

    def __str__(self) -> str:
        return f"{self.source.url}: watched by another process now, and left to it"


@dataclass(frozen=True, slots=True)
class SourceFailed:
    """A source could not be read; ``gone`` where it should leave the feeds file."""

    source: WatchSource
    reason: str
    next_due: datetime
    gone: bool = False

    def __str__(self) -> str:
        gone = ". Correct its address in the feeds file or take it out" if self.gone else ""
        return f"{self.reason}; asked again from {_moment(self.next_due)}{gone}"


@dataclass(frozen=True, slots=True)
class SitemapPartFailed:
    """One of the sitemaps that a sitemap lists could not be read; the others were."""

    source: WatchSource
    url: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source.url}: one of its sitemaps was left out. {self.reason}"


@dataclass(frozen=True, slots=True)
class SitemapsLeft:
    """A sitemap lists more sitemaps than are read at a time; those left are read the next times."""

    source: WatchSource
    left: int

    def __str__(self) -> str:
        return f"{self.source.url}: {self.left:,} of its sitemaps are left for the next times"


@dataclass(frozen=True, slots=True)
class PageFailed:
    """A page could not be fetched; ``next_try`` is None where it is given up."""

    source: WatchSource
    link: LinkState
    reason: str
    next_try: datetime | None

    def __str__(self) -> str:
        after = "given up" if self.next_try is None else f"tried again from {_moment(self.next_try)}"
        return f"{self.reason}; {after}"


@dataclass(frozen=True, slots=True)
class HostPaused:
    """A host is in trouble; ``left`` of its pages stay pending for the next round."""

    host: str
    left: int

    def __str__(self) -> str:
        return f"{self.host}: in trouble, {self.left:,} of its pages are left for the next round"


WatchEvent = (
    FetchedPage
    | FetchedFeed
    | SourceRead
    | SourceUnchanged
    | SourceNotDue
    | SourceHeld
    | SourceFailed
    | SitemapPartFailed
    | SitemapsLeft
    | PageFailed
    | HostPaused
)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
