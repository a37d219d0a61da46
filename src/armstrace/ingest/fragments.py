"""Stretches of markup and text out of the fields of feeds and tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from armstrace.document import Place, Span
from armstrace.ingest.metadata import tidy

# A tag that only markup has; "<5 planes" and "<name@example.org>" are words.
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font|footer"
    r"|h[1-6]|head|header|hr|html|i|iframe|img|li|link|main|meta|nav|ol|p|picture|pre|script|section|small|source|span"
    r"|strong|style|sub|sup|table|tbody|td|th|thead|time|title|tr|u|ul|video)(?=[\s/>])[^<>]{0,5000}>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_PAGE = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|body|head)[\s>]", re.IGNORECASE | re.DOTALL)
# What has no end runs to the end of all, as in a browser; looked for again and again, it would take for ever.
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WEB = {"http", "https"}
_LONGEST_ADDRESS = 4096
# English names and three-letter codes of the language read, and of the neighbours that feeds and crawls name so.
_LANGUAGES = {"eng": "en", "english": "en", "fra": "fr", "fre": "fr", "french": "fr", "deu": "de", "ger": "de"}
_LANGUAGES |= {"german": "de", "spa": "es", "spanish": "es", "rus": "ru", "russian": "ru", "ara": "ar", "arabic": "ar"}
_LANGUAGES |= {"zho": "zh", "chi": "zh", "chinese": "zh", "ukr": "uk", "ukrainian": "uk", "fas": "fa", "persian": "fa"}


def is_markup(text: str) -> bool:
    """Tell whether a field holds HTML: a tag of HTML."""
    return bool(_TAG.search(text))


def has_references(text: str) -> bool:
    """Tell whether a field holds character references such as ``&amp;``."""
    return bool(_REFERENCE.search(text))


def plain_words(markup: str) -> str:
    """Return the words of a stretch of HTML on one line, for comparing and for facts; documents go to the reader."""
    return " ".join(html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", markup))).split())


def html_page(body: str, title: str | None, language: str | None) -> bytes:
    """Return a stretch of HTML as a page of its own, UTF-8; what is a page already comes back as it is.

    The title goes in, so that two entries of the same words ("Photo of the day") stay two documents; no date or
    address does, so that one entry fetched twice stays one.
    """
    if not _PAGE.match(body):
        named = f' lang="{html.escape(language)}"' if language else ""
        head = f"<title>{html.escape(title)}</title>" if title else ""
        opening = f'<!DOCTYPE html>\n<html{named}><head><meta charset="utf-8">{head}</head>\n<body><article>\n'
        body = f"{opening}{body}\n</article></body></html>\n"
    return storable(body).encode("utf-8")


def storable(text: str) -> str:
    """Return text of the same length in which NUL and lone surrogates, which no store takes, are U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def field_places(text: str, part: str, at: int = 0) -> Iterator[Place]:
    """Yield where a decoded field stands that goes into the raw text at ``at``; what ``storable`` replaces has none."""
    done = 0
    for match in _UNSTORABLE.finditer(text):
        yield from _place(part, at, done, match.start())
        done = match.end()
    yield from _place(part, at, done, len(text))


def _place(part: str, at: int, start: int, end: int) -> Iterator[Place]:
    if start < end:
        yield Place(Span(at + start, at + end), part, Span(start, end))


def web_address(link: object, base: str | None = None) -> str | None:
    """Return an http or https address, resolved against ``base``; None where it is none, or over 4,096 characters."""
    if not isinstance(link, str) or len(link) > _LONGEST_ADDRESS:
        return None
    try:
        address = urljoin(base or "", link.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    known = parts.scheme.lower() in _WEB and parts.hostname
    return tidy(address.replace(" ", "%20")) if known and len(address) <= _LONGEST_ADDRESS else None


def language_code(value: object) -> str | None:
    """Return the ISO 639-1 code of what a field declares ("en-GB", "eng", "English"), None where it is not known."""
    if not isinstance(value, str):
        return None
    first = re.split(r"[-_;,\s]", value.strip().lower(), maxsplit=1)[0]
    return first if re.fullmatch(r"[a-z]{2}", first) else _LANGUAGES.get(first)
