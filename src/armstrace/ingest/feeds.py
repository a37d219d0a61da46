"""Feeds: the texts of their entries, and their links for the watcher.

An entry's fullest text is its document. HTML goes out as a page of its own (``html_page``), whose bytes are its
identity: the title is in it, dates, links and counters are not, so that an entry fetched twice from a growing feed is
one document, and one whose words change is a new version. Plain text comes with the entry's own bytes as evidence;
these may hold counters (of comments) that change, so that its ``identity`` is made of id, title and words alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from armstrace.document import Fact, Metadata
from armstrace.errors import InputError
from armstrace.ids import content_id
from armstrace.ingest.feed_entries import Entry, Feed, read_entries
from armstrace.ingest.fragments import (
    field_places,
    has_references,
    html_page,
    is_markup,
    plain_words,
    storable,
    web_address,
)
from armstrace.ingest.limits import MOST_BYTES, MOST_CHARACTERS
from armstrace.ingest.metadata import joined_metadata, tidy
from armstrace.ingest.raw import Container, Piece, RawText, Unread

_FULL_TEXT = 1_000  # characters: teasers are cut at 200 to 500, the shortest reports run over
_CUT_ENDS = ("…", "...", "[…]", "[...]", "read more", "continue reading", "read the full story", "more »")
_AS_PAGE = "the entry as a page"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A document that a feed or sitemap points to.

    ``id`` is the feed's own for it, else the address; ``published`` and ``updated`` are ISO days, months or years;
    ``has_full_text`` tells that the feed brings the text itself.
    """

    id: str
    url: str | None
    title: str | None = None
    published: str | None = None
    has_full_text: bool = False
    updated: str | None = None


def unpack_feed(container: Container) -> Iterator[RawText | Piece | Unread]:
    """Yield the text of each entry of an RSS, RDF, Atom or JSON feed, in the feed's order.

    The outlet is the ``<source>`` of an aggregated entry, which is a fact too, else the title of the feed. A date is
    that of publication; that of an update is a fact. An entry with a title alone gives the title; one without words,
    and what is lost of a broken one, is Unread.

    Raises:
        InputError: no feed, one over 64 MiB, or one that declares entities as XML bombs do.
    """
    source = container.capture.source or container.name
    data = container.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"{source}: is larger than {MOST_BYTES >> 20} MiB, the most that is read of one feed")
    address = web_address(container.known.url) or web_address(container.capture.source)
    container = replace(container, known=replace(container.known, url=None))  # the feed's address is not its entries'
    feed, entries = read_entries(data, source, address)
    number = 0
    for entry in entries:
        number = entry.number
        where = f"{source}, entry {number}"
        if found := _unpack_entry(container, feed, entry):
            yield found
        elif not entry.flaw:
            yield Unread(where, "holds no words; there is nothing to read", entry.evidence)
        if entry.flaw:
            yield Unread(where, entry.flaw, entry.evidence)
    if not number:
        raise InputError(f"{source}: is a feed without entries; there is nothing to read")


def read_feed_links(data: bytes, address: str) -> tuple[FeedLink, ...]:
    """Return what the entries of a feed point to, in the feed's order; links are resolved against ``address``.

    An entry without an address that can be fetched (http or https) has ``url`` None. Entries that cannot be read are
    left out here: ``unpack_feed`` tells them.

    Raises:
        InputError: no feed, or one that declares entities as XML bombs do.
    """
    _, entries = read_entries(data, address, address)
    return tuple(_link(entry) for entry in entries if entry.id or entry.link or entry.title)


def _link(entry: Entry) -> FeedLink:
    return FeedLink(_name(entry), entry.link, entry.title, entry.published, _has_full_text(entry), entry.updated)


def _name(entry: Entry) -> str:
    """Return what an entry goes by, as a link and as a document."""
    return entry.id or entry.link or content_id("feed entry", entry.title)


def _has_full_text(entry: Entry) -> bool:
    words = plain_words(entry.texts[0][1]) if entry.texts else ""
    return len(words) >= _FULL_TEXT and not words.lower().rstrip(" .>»").endswith(_CUT_ENDS)


def _unpack_entry(container: Container, feed: Feed, entry: Entry) -> RawText | Piece | Unread | None:
    name, text = entry.texts[0] if entry.texts else ("title", entry.title or "")
    if not plain_words(text):
        name, text = "title", entry.title or ""
    if not text.strip():
        return None
    shown = _name(entry)
    capture = replace(container.capture, source=f"{container.capture.source}!/{shown}")
    if len(text) > MOST_CHARACTERS:
        return Unread(capture.source, f"its text is longer than {MOST_CHARACTERS:,} characters; it is not read")
    known = joined_metadata(_metadata(feed, entry), container.known)
    facts = tuple(_facts(entry, text))
    if name != "title" and (is_markup(text) or has_references(text)):
        page = html_page(text, entry.title, known.language)
        return Piece(shown, page, capture, known, facts, "text/html", "utf-8", 0, entry.evidence, _AS_PAGE)
    identity = content_id("feed entry", entry.id or entry.link, entry.title, text)
    places = tuple(field_places(text, f"field {name}"))
    return RawText(shown, storable(text), known, "feed", facts, places, (), entry.evidence, identity, capture)


def _metadata(feed: Feed, entry: Entry) -> Metadata:
    return Metadata(
        outlet=entry.source or feed.title,
        published=entry.published,
        title=entry.title,
        url=entry.link,
        byline=entry.byline,
        language=entry.language or feed.language,
        published_from=entry.published_from,
    )


def _facts(entry: Entry, text: str) -> Iterator[Fact]:
    """Yield what an entry says beside its text; a summary in other words than the text is one."""
    summaries = [words for _, other in entry.texts[1:] if (words := plain_words(other))]
    inside = plain_words(text)
    given = (
        ("source", entry.source),
        ("updated", entry.updated),
        ("date", entry.unread_date),
        *(("summary", words) for words in summaries if words.rstrip("….[] ") not in inside),
    )
    yield from (Fact(kind, line, None) for kind, value in given if (line := tidy(value)))
