"""Targets: files of every format that is read, as they come from folders, the web and archives."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable

import seeds
from armstrace.document import Capture
from armstrace.errors import InputError
from armstrace.ingest.feeds import read_feed_links
from armstrace.ingest.formats import Format
from armstrace.ingest.html_encoding import decode_page
from armstrace.ingest.http_body import decode_body
from armstrace.ingest.inflate import InflationError
from armstrace.ingest.pdf_layout import Line, lay_out
from armstrace.ingest.pdf_pages import read_records
from armstrace.ingest.pdf_paragraphs import write_paragraphs
from armstrace.ingest.raw import Container, Piece, RawText
from armstrace.ingest.sitemaps import read_sitemap
from armstrace.ingest.table import is_container, reader_of, unpacker_of
from armstrace.ingest.text import decode_text
from armstrace.ingest.walk import read_piece
from holding import check_found, check_places, check_raw, check_same
from target import Target

_SHAPE = ("text", "start", "end", "angle", "row", "hyphen", "raised")


def walked(data: bytes) -> list[RawText]:
    """Read bytes as any file is read: its format told, containers unpacked, nothing raised."""
    return check_found(read_piece(Piece("given", data, Capture("given.bin"))))


def of_format(form: Format) -> Callable[[bytes], None]:
    """Return what reads bytes as a file of one format, whatever they look like."""

    def check(data: bytes) -> None:
        capture = Capture("given.bin")
        if is_container(form):
            for found in unpacker_of(form)(Container("given", io.BytesIO(data), capture)):
                check_found([found] if not isinstance(found, Piece) else [])
        else:
            check_raw(reader_of(form)(Piece("given", data, capture)))

    return check


def _html(data: bytes) -> None:
    raw = reader_of(Format.HTML)(Piece("given", data, Capture("given.html")))
    check_raw(raw)
    check_same(raw.places, raw.text, decode_page(data))


def _text(data: bytes) -> None:
    raw = reader_of(Format.TEXT)(Piece("given", data, Capture("given.txt")))
    check_raw(raw)
    assert raw.text == decode_text(data, "given")[0]


def _json_lines(data: bytes) -> None:
    """Read articles; what a field says must be what stands in the text, character by character."""
    for raw in walked(data):
        for place in raw.places:
            assert place.source is not None or place.part
    of_format(Format.JSON_LINES)(data)


def _wrapped(wrap: Callable[[bytes], bytes]) -> Callable[[bytes], object]:
    return lambda data: walked(wrap(data))


def _pdf(data: bytes) -> None:
    """Read a PDF in this process, which its reader does in one of its own, and lay out what it drew."""
    records = [json.loads(json.dumps(record)) for record in read_records(data, 20, 100_000)]
    lines = [
        Line(page=record["page"], box=tuple(raw["box"]), **{name: raw[name] for name in _SHAPE})
        for record in records
        for raw in record.get("lines", ())
    ]
    layout = lay_out(lines)
    text, _ = write_paragraphs(layout.rows, layout.notes)
    check_places(text.places, len(text.text))


def _body(data: bytes) -> None:
    head, _, body = data.partition(b"\n")
    transfer, _, content = head.decode("latin-1").partition("|")
    decoded, flaw = decode_body(body, transfer or None, content or None)
    assert isinstance(decoded, bytes)
    assert flaw is None or flaw.strip()


def _sitemap(data: bytes) -> None:
    found = read_sitemap(data, "https://paper.example/sitemap.xml")
    for url in (*found.sitemaps, *(page.url for page in found.pages)):
        assert url is None or url.isprintable()


def _feed_links(data: bytes) -> None:
    of_format(Format.FEED)(data)
    for link in read_feed_links(data, "https://paper.example/feed"):
        assert link.id


_TAGS = (
    "<p>", "</p>", "<div>", "<table><tr><td>", "<!--", "-->", "<script>", "<![CDATA[", "]]>", "&amp;", "&#x",
    "<meta ",
)  # fmt: skip
_XML = (
    '<?xml version="1.0"?>', "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "xmlns:", "<![CDATA[", "]]>", "&#0;", "<!--",
    "/>",
)  # fmt: skip
_MAIL = (
    "Content-Type: multipart/mixed; boundary=b\r\n", "\r\n\r\n--b\r\n", "--b--", "=?utf-8?b?", "?=", "=?x?q?", "=\r\n",
    "Content-Transfer-Encoding: base64\r\n", "Content-Type: message/rfc822\r\n", "filename*0*=", "charset=utf-7", "> ",
    "-- \r\n",
)  # fmt: skip
_ZIP = (
    "PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x06\x06", "../", "/", "\x1f\x8b\x08", "ustar", "WARC/1.0\r\n",
    "\r\n\r\n",
)  # fmt: skip
_HTTP = ("Content-Length: ", "Transfer-Encoding: chunked", "Content-Encoding: gzip", "WARC-Type: response", "HTTP/1.1")
_JSON = (
    '{"', '": ', "[", "]", "}", "null", "true", "\\ud800", "\\u0000", '"text": ', '"published": ', '"id": ', "1e400",
)  # fmt: skip

FILES: tuple[Target, ...] = (
    Target(
        "html",
        "ingest.html*",
        _html,
        seeds.pages,
        (*_TAGS, "<title>", "<article>", "application/ld+json", "charset="),
        "each place of the map holds the same characters as the page",
        around=((b"<p>", b"</p>"), (b"<html><body>", b""), (b'<script type="application/ld+json">', b"</script>")),
    ),
    Target("text", "ingest.text", _text, seeds.texts, ("\xff\xfe", "\x00"), "the text is the decoded file"),
    Target(
        "pdf",
        "ingest.pdf_pages",
        _pdf,
        seeds.pdfs,
        ("obj", "endobj", "stream", "<</", "[", "xref", "/Kids", "Tj", "Td"),
    ),
    Target(
        "docx",
        "ingest.docx*, office_*",
        _wrapped(seeds.word_file),
        seeds.word_parts,
        (*_XML, "<w:p>", "</w:p>", "<w:t>", "<w:tbl>", "<w:del>", "<w:tab/>"),
        "places in order; offsets of the mask",
        around=(
            (
                b'<d xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:t>',
                b"</w:t></w:p></d>",
            ),
        ),
    ),
    Target(
        "odt",
        "ingest.odt, office_*",
        _wrapped(seeds.open_file),
        seeds.open_parts,
        (*_XML, "<text:p>", '<text:s text:c="', "<text:tab/>", "<table:table>"),
        "places in order; offsets of the mask",
        around=((b'<d xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p>', b"</text:p></d>"),),
    ),
    Target(
        "mail",
        "ingest.mail*",
        of_format(Format.MAIL),
        seeds.letters,
        _MAIL,
        "places in order; offsets of the mask",
        around=(
            (seeds.letter(b""), b""),
            (b"Subject: ", b"\n\nx"),
            (b"From: ", b"\n\nx"),
            (b"Content-Type: ", b"\n\nx"),
        ),
    ),
    Target(
        "mbox",
        "ingest.mail",
        of_format(Format.MBOX),
        seeds.mailboxes,
        (*_MAIL, "\n\nFrom a@b Mon May  6 07:08:09 2024\n"),
        around=((b"From a@b Mon May  6 07:08:09 2024\n\n", b""),),
    ),
    Target(
        "feed",
        "ingest.feed*, fragments",
        _feed_links,
        seeds.feeds,
        (*_XML, "<item>", "</item>", "<entry>", "<link>", "&lt;"),
        around=(
            (b"<rss version='2.0'><channel><item><description>", b"</description></item></channel></rss>"),
            (b"<rss>", b""),
        ),
    ),
    Target(
        "sitemap", "ingest.sitemaps", _sitemap, seeds.sitemaps, (*_XML, "<loc>", "<url>"), "every address can be shown"
    ),
    Target(
        "json_lines",
        "ingest.json_lines, article_fields",
        _json_lines,
        seeds.json_lines,
        _JSON,
        "each place names its field",
        around=((b'{"text": "', b'"}'), (b'{"text": ', b"}"), (b'{"id": "a", "published": "', b'", "text": "b"}')),
    ),
    Target(
        "csv",
        "ingest.csv_rows, text.csv_records",
        of_format(Format.CSV),
        seeds.tables,
        ('"', '""', ",", ";", "\t", "\n"),
        around=((b"id,text\n1,", b""), (b'id,text\n1,"', b'"\n')),
    ),
    Target(
        "sipri",
        "ingest.sipri, extract.sipri_rows",
        walked,
        seeds.registers,
        (",", '"', "?", "; ", "unknown supplier(s)", "*"),
        around=((seeds.registers()[0], b""),),
    ),
    Target(
        "warc",
        "ingest.warc*, http_body",
        walked,
        seeds.web_archives,
        (*_ZIP, *_HTTP),
    ),
    Target("archive", "ingest.zip*, tar, gzipped, wacz, walk, formats", walked, seeds.archives, _ZIP),
    Target(
        "any_file",
        "ingest.formats, walk",
        walked,
        lambda: (*seeds.pages(), *seeds.letters(), *seeds.feeds(), *seeds.json_lines(), *seeds.texts()),
        (*_TAGS, *_MAIL, *_JSON, *_XML),
    ),
    Target(
        "http_body",
        "ingest.http_body",
        _body,
        lambda: (
            b"chunked|\n5\r\nhello\r\n0\r\n\r\n",
            b"|gzip\n" + gzip.compress(b"hello", mtime=0),
            b"chunked|gzip, br\nx",
        ),
        ("\r\n", "0\r\n\r\n", "chunked", "gzip", "deflate", "br", "ffffffff"),
        errors=(InputError, InflationError),
    ),
)
