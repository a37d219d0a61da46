"""Sitemaps: the addresses of a site's pages, with the dates and titles that news sitemaps give."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from armstrace.errors import InputError
from armstrace.ingest.feeds import FeedLink
from armstrace.ingest.fragments import web_address
from armstrace.ingest.inflate import inflate_gzip
from armstrace.ingest.limits import MOST_BYTES
from armstrace.ingest.metadata import tidy
from armstrace.ingest.published import read_published

_LONGEST_FIELD = 4096  # characters
_FIELDS = frozenset({"loc", "lastmod", "news:publication_date", "news:title"})
# Signs in the names of namespaces; images and films have addresses and titles that are not the page's.
_EXTENSIONS = (("sitemap-news", "news:"), ("sitemap-", "other:"))
_DEEPEST = 64  # elements within elements
_ROOTS = ("urlset", "sitemapindex")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages that a sitemap lists, and the sitemaps that an index of them does."""

    pages: tuple[FeedLink, ...]
    sitemaps: tuple[str, ...]


def read_sitemap(data: bytes, address: str) -> Sitemap:
    """Return what a sitemap or an index of sitemaps lists, in its order; packed by gzip or plain.

    Addresses are resolved against ``address``, and those other than of http and https left out. Of a broken sitemap
    comes what stands before the break. ``published`` is a news sitemap's date of publication; ``lastmod`` is
    ``updated``, for pages change after they were published.

    Raises:
        InputError: no sitemap, one over 64 MiB, or one that declares entities.
    """
    if data.startswith(b"\x1f\x8b"):
        data, _ = inflate_gzip(io.BytesIO(data), MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise InputError(f"{address}: is larger than {MOST_BYTES >> 20} MiB, the most that is read of one sitemap")
    found = _Found(address)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = found.refuse
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.take
    try:
        parser.Parse(data.lstrip(), True)  # noqa: FBT003 (a positional flag of the standard library)
    except expat.ExpatError as error:
        if not found.pages and not found.sitemaps:
            raise InputError(
                f"{address}: is no sitemap that can be read as XML ({error}); check the address"
            ) from error
    if found.root not in _ROOTS:
        raise InputError(f"{address}: is no sitemap; one starts with <urlset> or <sitemapindex>")
    return Sitemap(tuple(found.pages), tuple(found.sitemaps))


@dataclass(slots=True)
class _Found:
    """What the parser has come by."""

    address: str
    root: str | None = None
    pages: list[FeedLink] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    depth: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    open_field: str | None = None

    def refuse(self, *_: object) -> None:
        raise InputError(f"{self.address}: declares entities of its own, as XML bombs do; it is not read")

    def start(self, name: str, _attributes: object) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise InputError(f"{self.address}: nests its elements over {_DEEPEST} deep, as no sitemap does")
        local = _local(name)
        self.root = self.root or local
        if local in ("url", "sitemap"):
            self.fields = {}
        self.open_field = local if local in _FIELDS else None

    def take(self, text: str) -> None:
        if self.open_field:
            kept = self.fields.get(self.open_field, "")
            self.fields[self.open_field] = (kept + text)[:_LONGEST_FIELD]

    def end(self, name: str) -> None:
        self.depth -= 1
        self.open_field = None
        if finish := _ENDS.get(_local(name)):
            finish(self, web_address(self.fields.get("loc"), self.address))


def _local(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    prefix = next((name for sign, name in _EXTENSIONS if sign in namespace), "")
    return prefix + local


def _add_page(found: _Found, url: str | None) -> None:
    published, updated = found.fields.get("news:publication_date"), found.fields.get("lastmod")
    title = tidy(found.fields.get("news:title"))
    if url:
        found.pages.append(FeedLink(url, url, title, read_published(published), updated=read_published(updated)))


def _add_sitemap(found: _Found, url: str | None) -> None:
    if url:
        found.sitemaps.append(url)


_ENDS: dict[str, Callable[[_Found, str | None], None]] = {"url": _add_page, "sitemap": _add_sitemap}
