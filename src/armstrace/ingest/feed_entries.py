"""What an entry of a feed says of itself: RSS 0.9x, 1.0 and 2.0, RDF and Atom by feedparser, JSON Feed by its own."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import feedparser

from armstrace.errors import InputError
from armstrace.ingest.feed_repair import allowed, closed
from armstrace.ingest.feed_source import Cut, FeedSource, decode, is_too_large, read_source
from armstrace.ingest.fragments import language_code, plain_words, web_address
from armstrace.ingest.metadata import tidy
from armstrace.ingest.published import read_published

_TEXT_TYPES = frozenset({"text/plain", "text/html", "application/xhtml+xml", ""})
_MOST_ENTRIES = 20_000  # feeds that keep all they ever held have some thousands
_LARGEST_HEAD = 1 << 18  # bytes of what stands before the first entry
# Where a date may stand, by the key that feedparser puts it under; several elements go to one key.
_DATES = (
    ("published", "pubDate", re.compile(rb"<pubDate[\s>]", re.IGNORECASE)),
    ("published", "dcterms:issued", re.compile(rb"<[\w.-]+:issued[\s>]")),
    ("published", "published", None),
    ("updated", "dc:date", re.compile(rb"<[\w.-]+:date[\s>]")),
    ("created", "dcterms:created", None),
)
_MAIL_NAME = re.compile(r"\s*[^\s()<>@]{1,100}@[^\s()<>@]{1,100}\s*\(([^()]{1,200})\)\s*")
_BARE_MAIL = re.compile(r"\s*[^\s()<>@]{1,100}@[^\s()<>@]{1,100}\s*")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself as a whole."""

    title: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its texts from the fullest on with the names of their fields, and what it says of itself.

    ``evidence`` are its bytes in the feed. ``flaw`` says what is lost of it.
    """

    number: int
    id: str | None
    title: str | None = None
    link: str | None = None
    texts: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: str | None = None
    updated: str | None = None
    unread_date: str | None = None
    evidence: bytes = field(default=b"", repr=False)
    flaw: str | None = None


def read_entries(data: bytes, name: str, address: str | None = None) -> tuple[Feed, Iterator[Entry]]:
    """Return what a feed says of itself, and its entries in order, each parsed for itself.

    Links are resolved against ``address``.

    Raises:
        InputError: no feed, or one with entities that may be a bomb.
    """
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return _read_json_feed(data, name, address)
    source = read_source(data, name)
    try:
        feed = _parse(source, decode(source.head[:_LARGEST_HEAD], source.encoding)).get("feed", {})
    except InputError as error:
        raise InputError(f"{name}: {error}; fetch the feed again, or take its entries from the pages") from error
    known = Feed(tidy(plain_words(_text(feed.get("title")))), language_code(feed.get("language")))
    return known, _bounded(_entry(source, cut, number, address) for number, cut in enumerate(source.cuts, 1))


def _bounded(entries: Iterator[Entry]) -> Iterator[Entry]:
    yield from islice(entries, _MOST_ENTRIES)
    if next(entries, None):
        flaw = f"is one too many: the feed has over {_MOST_ENTRIES:,} entries; split it to read this and the rest"
        yield Entry(_MOST_ENTRIES + 1, None, flaw=flaw)


def _parse(source: FeedSource, text: str) -> Mapping[str, Any]:
    """Return what feedparser makes of a stretch of a feed between the feed's own tags.

    Its strict parser fails over some names of namespaces; without any its lenient one is taken.
    """
    for opening in (source.opening, source.bare_opening):
        # It is given a stream of bytes: of other things it would open files and addresses by that name.
        whole = io.BytesIO(f"{opening}{allowed(text)}{source.closing}".encode("utf-8", "replace"))
        try:
            parsed: Mapping[str, Any] = feedparser.parse(whole, sanitize_html=False, resolve_relative_uris=False)
        except Exception as error:  # noqa: BLE001 (its parsers of broken XML raise whatever comes up in them)
            failure = type(error).__name__
        else:
            return parsed
    raise InputError(f"cannot be read as XML ({failure})")


def _entry(source: FeedSource, cut: Cut, number: int, address: str | None) -> Entry:
    evidence = source.entry(cut)
    if is_too_large(cut):
        return Entry(number, None, evidence=evidence[:_LARGEST_HEAD], flaw="is larger than 16 MiB; it is not read")
    text = decode(evidence, source.encoding)
    try:
        entries = _parse(source, text if cut.is_whole else closed(allowed(text))).get("entries") or [{}]
    except InputError as error:
        return Entry(number, None, evidence=evidence, flaw=str(error))
    flaw = None if cut.is_whole else "breaks off: the feed ends or goes on inside it; what is there was read"
    # Its own dictionaries give other fields in place of those asked for; as plain ones they do not.
    return _from_xml(dict(entries[0]), Entry(number, None, evidence=evidence, flaw=flaw), address)


def _from_xml(entry: Mapping[str, Any], bare: Entry, address: str | None) -> Entry:
    found = next((d for d in _DATES if entry.get(d[0]) and (not d[2] or d[2].search(bare.evidence))), None)
    key, date = (found[1], _text(entry.get(found[0]))) if found else (None, None)
    published = read_published(date)
    updated = _text(entry.get("updated")) if not found or found[0] != "updated" else ""
    source = entry.get("source") or {}
    return Entry(
        number=bare.number,
        id=tidy(_text(entry.get("id"))),
        title=tidy(plain_words(_text(entry.get("title")))),
        link=_link(entry, address),
        texts=_texts(entry),
        source=tidy(plain_words(_text(source.get("title")))) or web_address(source.get("href")),
        byline=_byline(entry),
        language=language_code(_text(entry.get("language"))) or _content_language(entry),
        published=published,
        published_from=f"feed {key}" if published else None,
        updated=read_published(updated),
        unread_date=None if published else tidy(date),
        evidence=bare.evidence,
        flaw=bare.flaw,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _link(entry: Mapping[str, Any], address: str | None) -> str | None:
    alternates = [e.get("href") for e in entry.get("links", ()) if e.get("rel", "alternate") == "alternate"]
    links = (web_address(link, address) for link in (entry.get("link"), *alternates) if link)
    return next((link for link in links if link), None) or web_address(entry.get("id"))


def _texts(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the texts of an entry by field, the fullest first; of equal ones one."""
    contents = [c for c in entry.get("content", ()) if c.get("type", "") in _TEXT_TYPES]
    given = [("content", _text(c.get("value"))) for c in contents] + [("description", _text(entry.get("summary")))]
    unlike = {text: name for name, text in reversed(given) if text.strip()}
    return tuple(sorted(((n, t) for t, n in unlike.items()), key=lambda named: (-len(plain_words(named[1])), named)))


def _content_language(entry: Mapping[str, Any]) -> str | None:
    detail = next(iter(entry.get("content", ())), None) or entry.get("summary_detail") or entry.get("title_detail")
    return language_code(detail.get("language")) if detail else None


def _byline(entry: Mapping[str, Any]) -> str | None:
    authors: Sequence[Mapping[str, Any]] = entry.get("authors") or ()
    names = [_person(_text(a.get("name"))) for a in authors[:20]]
    if "@" in _text(entry.get("author")) or not names:  # feedparser cuts names beside addresses of longer domains
        names = [_person(_text(entry.get("author")))]
    return tidy(", ".join(dict.fromkeys(name for name in names if name)))


def _person(words: str) -> str | None:
    named = _MAIL_NAME.fullmatch(words)
    if named or not _BARE_MAIL.fullmatch(words):
        return tidy(plain_words(named[1] if named else words))
    return None


def _read_json_feed(data: bytes, name: str, address: str | None) -> tuple[Feed, Iterator[Entry]]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{name}: is no JSON Feed that can be read ({type(error).__name__}); fetch it again"
        ) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in _text(feed.get("version")):
        raise InputError(f"{name}: is no JSON Feed; one names its version and has items")
    known = Feed(tidy(_text(feed.get("title"))), language_code(feed.get("language")))
    return known, _bounded(_from_json(item, number, address) for number, item in enumerate(items, 1))


def _from_json(item: object, number: int, address: str | None) -> Entry:
    evidence = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    if not isinstance(item, dict):
        return Entry(number, None, evidence=evidence, flaw="is no object")
    date = item.get("date_published")
    published = read_published(date)
    fields = ("content_html", "content_text", "summary")
    given = [(key, _text(item.get(key))) for key in fields]
    listed = item.get("authors")
    authors: list[object] = listed if isinstance(listed, list) else [item.get("author")]
    names = [_person(_text(a.get("name"))) for a in authors[:20] if isinstance(a, dict)]
    return Entry(
        number=number,
        id=tidy(str(item["id"])) if isinstance(item.get("id"), str | int) else None,
        title=tidy(_text(item.get("title"))),
        link=web_address(item.get("url"), address) or web_address(item.get("external_url"), address),
        texts=tuple((key, text) for key, text in given if text.strip()),
        byline=tidy(", ".join(n for n in names if n)),
        language=language_code(item.get("language")),
        published=published,
        published_from="feed date_published" if published else None,
        updated=read_published(item.get("date_modified")),
        unread_date=None if published else tidy(_text(date)),
        evidence=evidence,
    )
