"""From what feeds and sitemaps list to the links that are wanted, each once, by the one spelling of its address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol
from urllib.parse import quote

from armstrace.fetch.address import parse_address
from armstrace.fetch.feeds_file import WatchSource
from armstrace.fetch.fetched import FetchError, shown
from armstrace.watched import LinkState, LinkStatus


class FeedLink(Protocol):
    """One entry of a feed: what is read of it here."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> str | None: ...  # noqa: D102
    @property
    def has_full_text(self) -> bool: ...  # noqa: D102


class SitemapPage(Protocol):
    """One page of a sitemap: what is read of it here."""

    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> str | None: ...  # noqa: D102


class Sitemap(Protocol):
    """A sitemap: the pages that it lists, and the addresses of further sitemaps."""

    @property
    def pages(self) -> Sequence[SitemapPage]: ...  # noqa: D102
    @property
    def sitemaps(self) -> Sequence[str]: ...  # noqa: D102


def links_of_feed(source: WatchSource, entries: Iterable[FeedLink]) -> tuple[LinkState, ...]:
    """Return the wanted links of a feed, each with where its text is to be taken from.

    An entry without an address goes by that of the feed and its id.
    """
    return _wanted(source, (_entry_link(source, entry) for entry in entries))


def links_of_sitemap(source: WatchSource, pages: Iterable[SitemapPage]) -> tuple[LinkState, ...]:
    """Return the wanted links of a sitemap."""
    return _wanted(source, (_page_link(source, page.url or "", page) for page in pages))


def _entry_link(source: WatchSource, entry: FeedLink) -> LinkState:
    if not entry.url:
        key = f"{source.url}#{quote(entry.id, safe='', errors='replace')}"
        return LinkState(key, source.url, entry.id, entry.title, entry.published, in_feed=True)
    link = _page_link(source, entry.id, entry)
    return replace(link, in_feed=source.full_text == "feed" or (source.full_text == "auto" and entry.has_full_text))


def _page_link(source: WatchSource, link_id: str, said: FeedLink | SitemapPage) -> LinkState:
    """Return a pending link; a failed one, by the address as it stands, where that address is none."""
    try:
        return LinkState(str(parse_address(said.url or "")), source.url, link_id, said.title, said.published)
    except FetchError as error:
        reason = f"{source.url}: lists what is not fetched: {error}"
        link = LinkState(shown(said.url or ""), source.url, link_id, said.title, said.published)
        return replace(link, status=LinkStatus.FAILED, reason=reason)


def _wanted(source: WatchSource, links: Iterable[LinkState]) -> tuple[LinkState, ...]:
    """Return each link once, the first of its address; addresses that are none are told, not passed over."""
    kept: dict[str, LinkState] = {}
    for link in links:
        if link.status is LinkStatus.FAILED or link.url.startswith(f"{source.url}#") or source.wants(link.url):
            kept.setdefault(link.url, link)
    return tuple(kept.values())
