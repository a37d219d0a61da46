"""Which parts of a letter are its words, which are documents that it brings, and which are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final, NamedTuple

from armstrace.document import Capture
from armstrace.ingest.mail_headers import known_charset
from armstrace.ingest.mail_lines import Source
from armstrace.ingest.mail_parts import Part, safe_name
from armstrace.ingest.raw import Container, Piece, Unread
from armstrace.ingest.text import decode_text

_BLANKS: Final = b" \t\r\n\xc2\xa0"
_STUB_WORDS: Final = 8
_STUB_SHARE: Final = 0.3  # of the words of the web page beside it
_RICH_WORDS: Final = 30
_SAMPLE: Final = 500_000  # bytes of a web page that are looked at
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LINK: Final = re.compile(r"\S*(?:://|www\.|@)\S*")
_TAG: Final = re.compile(r"<[^<>]*>")
_SCRIPT: Final = re.compile(r"<(?:style|script)\b[^<]*", re.IGNORECASE)
_LINE_TAG: Final = re.compile(r"<(?:br|/?div|/?p|/?tr|/?li|/?h[1-6]|/?blockquote)\b[^<>]*>", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<(?:html|body|table|td|div|p|br)\b", re.IGNORECASE)
# Where web mail puts the letter that is answered.
_QUOTE_OF_PAGE: Final = re.compile(
    rb"<(?:div|blockquote|hr)\b[^<>]{0,500}"
    rb"(?:gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend|type=\"?cite)",
    re.IGNORECASE,
)
_DOCUMENTS: Final = frozenset(
    "pdf docx odt html htm xhtml mhtml txt text md eml mbox json jsonl ndjson csv xml rss atom zip gz tgz tar warc "
    "wacz".split()
)
_DOCUMENT_TYPES: Final = frozenset(
    "application/pdf application/vnd.openxmlformats-officedocument.wordprocessingml.document "
    "application/vnd.oasis.opendocument.text application/xhtml+xml text/html text/plain text/csv text/markdown "
    "message/rfc822 application/mbox application/json application/x-ndjson application/zip "
    "application/x-zip-compressed application/gzip application/x-tar application/warc application/xml text/xml "
    "application/rss+xml application/atom+xml".split()
)
_NO_DOCUMENTS: Final = frozenset(("image", "audio", "video", "font"))
_NO_DOCUMENT_TYPES: Final = frozenset((
    "text/calendar", "text/vcard", "text/x-vcard", "text/css", "application/ics", "application/pgp-signature",
    "application/pgp-keys", "application/pkcs7-signature", "application/x-pkcs7-signature", "message/delivery-status",
    "message/disposition-notification", "text/rfc822-headers", "text/x-amp-html",
))  # fmt: skip
_ENCRYPTED: Final = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"))
_SIGNS: Final = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"<!DOCTYPE", b"<html", b"WARC/")


class Body(NamedTuple):
    """The parts of a letter: its words as texts, or as a web page; documents; what is none, and why."""

    texts: tuple[Part, ...]
    page: Part | None
    documents: tuple[Part, ...]
    foreign: tuple[Part, ...]
    ignored: tuple[tuple[Part, str], ...]


def choose_body(parts: Sequence[Part]) -> Body:
    """Return what is what: the plain text counts, unless it is a stub beside a web page of many more words."""
    own = [part for part in parts if not part.is_attached and part.data.strip(_BLANKS)]
    texts = tuple(part for part in own if part.media_type == "text/plain" and not _is_file(part))
    pages = [part for part in own if part.media_type == "text/html" and not _is_file(part)]
    page = max(pages, key=lambda part: len(part.data), default=None)
    if page is not None and _is_stub(texts, page):
        ignored = [(part, "stub beside the web page") for part in texts]
        texts = ()
    else:
        ignored = [(part, "web page of the same words") for part in pages]
        page = None
    ignored += [(part, "another web page of the letter") for part in pages if page is not None and part is not page]
    rest = [part for part in parts if part not in texts and part is not page and part not in pages]
    rest = [part for part in rest if part.data.strip(_BLANKS) and part not in [one for one, _ in ignored]]
    neither = [(part, "no document") for part in rest if _is_no_document(part)]
    others = [part for part in rest if not _is_no_document(part)]
    return Body(
        texts,
        page,
        tuple(part for part in others if _is_document(part)),
        tuple(part for part in others if not _is_document(part)),
        (*ignored, *neither),
    )


def _is_file(part: Part) -> bool:
    return part.filename is not None and part.filename.rpartition(".")[2].lower() in _DOCUMENTS


def _is_no_document(part: Part) -> bool:
    return part.media_type.partition("/")[0] in _NO_DOCUMENTS or part.media_type in _NO_DOCUMENT_TYPES


def _is_document(part: Part) -> bool:
    if part.media_type in _ENCRYPTED:
        return False
    return _is_file(part) or part.media_type in _DOCUMENT_TYPES or part.data.lstrip()[:9].startswith(_SIGNS)


def _is_stub(texts: Sequence[Part], page: Part) -> bool:
    words = [_plain_words(part.data) for part in texts]
    rich = len(_WORD.findall(_TAG.sub(" ", _SCRIPT.sub(" ", _peek(page)))))
    count = sum(words)
    if any(_MARKUP.search(_peek(part)[:2000]) for part in texts):
        return True
    return count < min(_STUB_WORDS, rich) or (rich >= _RICH_WORDS and count < _STUB_SHARE * rich)


def _plain_words(data: bytes) -> int:
    return len(_WORD.findall(_LINK.sub(" ", data[:_SAMPLE].decode("utf-8", "replace"))))


def _peek(part: Part) -> str:
    return part.data[:_SAMPLE].decode(known_charset(part.charset) or "utf-8", "replace")


def read_source(part: Part, source: str) -> Source:
    """Return the text of a part.

    Raises:
        InputError: it holds none, or bytes that are no text.
    """
    text, _ = decode_text(part.data, f"{source}!/{part.label}", known_charset(part.charset))
    return Source(part.label, text, part.is_flowed, part.drops_spaces)


def page_lines(page: Part) -> Source:
    """Return the words of a web page line by line, to look for the header of a forwarded letter in them."""
    words = _TAG.sub("", _LINE_TAG.sub("\n", _SCRIPT.sub(" ", _peek(page).replace("\n", " "))))
    return Source(page.label, unescape(words), is_flowed=False, drops_spaces=False)


def end_of_page(page: Part) -> int:
    """Return where the letter that a web page answers begins in its bytes; their number where it quotes none."""
    found = _QUOTE_OF_PAGE.search(page.data)
    return found.start() if found else len(page.data)


def open_attachments(container: Container, body: Body, capture: Capture) -> Iterator[Piece | Unread]:
    """Yield the documents that a letter brings, and what looks like one and cannot be read."""
    for part in body.documents:
        name = safe_name(part)
        yield Piece(
            f"{container.name}/{re.sub(r'[.][A-Za-z0-9]{1,5}$', '', name) or name}",
            part.data,
            Capture(f"{capture.source}!/{name}", capture.moment, capture.headers),
            media_type=part.media_type,
            charset=known_charset(part.charset),
            depth=container.depth + 1,
        )
    for part in body.foreign:
        where = f"{capture.source}!/{safe_name(part)}"
        if part.media_type in _ENCRYPTED:
            yield Unread(where, f"{where}: is encrypted; decrypt the letter and read that", part.data)
        else:
            reason = f"attachment of type {part.media_type} is no document that is read; save it as PDF, DOCX or text"
            yield Unread(where, f"{where}: {reason}", part.data)
