"""What the watcher's tests share: plain readers of feeds and sitemaps, a state in a file, and a watcher on a site."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from loopback_site import Clock, Reply, Site, Wires

from armstrace.errors import InputError
from armstrace.fetch.events import WatchEvent
from armstrace.fetch.feeds_file import WatchSource, parse_feeds
from armstrace.fetch.fetched import FetchOptions
from armstrace.fetch.memory import MemoryState
from armstrace.fetch.polite import Pace, PoliteFetcher
from armstrace.fetch.watch import WatchTools, watch_sources
from armstrace.watched import LinkState, LinkStatus, RobotsState, SourceState, WatchState


class Entry(NamedTuple):
    id: str
    url: str
    title: str | None = None
    published: str | None = None
    has_full_text: bool = False


class Map(NamedTuple):
    pages: tuple[Entry, ...]
    sitemaps: tuple[str, ...] = ()


def feed(*entries: Entry | str, **headers: str) -> Reply:
    """Return a feed; an entry given as a word is the page of that name."""
    rows = "".join(
        _item(one if isinstance(one, Entry) else Entry(one, f"http://outlet.example/{one}")) for one in entries
    )
    return Reply(f"<feed>{rows}</feed>".encode(), headers={k.replace("_", "-"): v for k, v in headers.items()})


def _item(entry: Entry) -> str:
    item = ET.Element("item", id=entry.id, url=entry.url, full=str(int(entry.has_full_text)))
    return ET.tostring(item, encoding="unicode")


def sitemap(*pages: str, sitemaps: Sequence[str] = (), **headers: str) -> Reply:
    rows = "".join(f"<page>{url}</page>" for url in pages) + "".join(f"<map>{url}</map>" for url in sitemaps)
    return Reply(f"<sitemap>{rows}</sitemap>".encode(), headers={k.replace("_", "-"): v for k, v in headers.items()})


def _root(data: bytes, address: str, tag: str) -> ET.Element:
    try:
        root = ET.fromstring(data)  # noqa: S314 - written by the test itself
    except ET.ParseError as error:
        raise InputError(f"{address}: is no {tag}") from error
    if root.tag != tag:
        raise InputError(f"{address}: is no {tag}")
    return root


def read_feed(data: bytes, address: str) -> tuple[Entry, ...]:
    items = _root(data, address, "feed").iter("item")
    return tuple(Entry(i.attrib["id"], i.attrib["url"], None, None, i.attrib["full"] == "1") for i in items)


def read_sitemap(data: bytes, address: str) -> Map:
    root = _root(data, address, "sitemap")
    pages = tuple(Entry(page.text or "", page.text or "") for page in root.iter("page"))
    return Map(pages, tuple(one.text or "" for one in root.iter("map")))


class FileState(MemoryState):
    """A state in a JSON file, replaced as a whole at each change; a new one on the same file goes on from there."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        if path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            self._sources = {url: SourceState(**_moments(row)) for url, row in kept["sources"].items()}
            links = [LinkState(**_moments({**row, "status": LinkStatus(row["status"])})) for row in kept["links"]]
            self._links = {link.url: link for link in links}
            self._robots = {site: RobotsState(**_moments(row)) for site, row in kept["robots"].items()}

    def put_source(self, url: str, state: SourceState) -> None:
        super().put_source(url, state)
        self._save()

    def put_links(self, links: Iterable[LinkState]) -> None:
        super().put_links(links)
        self._save()

    def put_robots(self, site: str, robots: RobotsState) -> None:
        super().put_robots(site, robots)
        self._save()

    def _save(self) -> None:
        kept = {
            "sources": {url: asdict(state) for url, state in self._sources.items()},
            "links": [asdict(link) for link in self._links.values()],
            "robots": {site: asdict(state) for site, state in self._robots.items()},
        }
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(kept, default=datetime.isoformat), encoding="utf-8")
        os.replace(draft, self._path)  # noqa: PTH105


def _moments(row: dict[str, object]) -> dict[str, object]:
    names = {"last_fetched", "next_due", "not_before", "expires"}
    return {k: datetime.fromisoformat(v) if k in names and isinstance(v, str) else v for k, v in row.items()}


class Watcher:
    """A watcher on a site, with a clock that goes when it waits; it stops after so many seconds of it."""

    def __init__(
        self, site: Site, *, until: float = float("inf"), pace: Pace | None = None, **names: tuple[str, ...]
    ) -> None:
        self.site = site
        self.clock = Clock()
        self.wires = Wires(site, names)
        self.until = until
        self.stop = False
        self._pace = pace

    def wait(self, seconds: float) -> bool:
        self.clock.sleep(seconds)
        return self.stopped()

    def stopped(self) -> bool:
        return self.stop or self.clock.seconds > self.until

    def tools(self, state: WatchState) -> WatchTools:
        network = replace(self.wires.network(self.clock), sleep=self.wait)
        fetcher = PoliteFetcher(state, FetchOptions(), network, self._pace)
        return WatchTools(fetcher.fetch, read_feed, read_sitemap, self.clock.now, self.stopped, self.wait)

    def events(self, feeds: str, state: WatchState | None = None, *, once: bool = True) -> Iterator[WatchEvent]:
        state = state or MemoryState()
        return watch_sources(sources(feeds), state, self.tools(state), once=once)


def sources(feeds: str) -> tuple[WatchSource, ...]:
    """Return sources from lines such as ``/feed kind=sitemap every=1d``."""
    rows = []
    for line in feeds.strip().splitlines():
        place, *fields = line.split()
        url = place if "://" in place else f"http://outlet.example{place}"
        rows.append(
            "\n".join(
                [f"  - url: {url}", *(f"    {key}: {value}" for key, _, value in (f.partition("=") for f in fields))]
            )
        )
    return parse_feeds("sources:\n" + "\n".join(rows), "feeds.yml")
