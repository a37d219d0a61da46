"""Which format bytes are in, told by their content alone: names and declared types lie."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from enum import StrEnum
from typing import BinaryIO, Final, NamedTuple

from armstrace.extract.sipri_rows import is_trade_register
from armstrace.ingest.csv_rows import is_article_table

HEAD: Final = 65536  # bytes that are looked at


class Format(StrEnum):
    """The formats that are read."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    MAIL = "mail"
    MBOX = "mbox"
    FEED = "feed"
    JSON_LINES = "json-lines"
    CSV = "csv"
    SIPRI = "sipri-csv"
    WARC = "warc"
    WACZ = "wacz"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"


class Foreign(NamedTuple):
    """A format that is known and not read, and what to do about it."""

    what: str
    remedy: str


# Groups are atomic ("?>", "*+"): each comment ends at its first end, or a page of ten comments takes for ever.
_HTML: Final = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>|(?><!--.{0,20000}?-->)|\s)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|div|article|main|section|p|h[1-6]|table|ul|ol|a|span"
    rb"|br|img|font|center|blockquote|base|link|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED: Final = re.compile(
    rb"(?:(?><\?xml.{0,200}?\?>)|<\?xml-[^>]{0,500}\?>|(?><!--.{0,20000}?-->)|(?><!DOCTYPE.{0,20000}?\]?>)|<!ENTITY[^>]*>"
    rb"|\]>|\s)*+"
    rb"<(?:rss|feed|rdf:RDF|[\w-]{1,20}:feed|channel)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADERS: Final = (
    rb"(?:return-path|received|delivered-to|from|to|cc|date|subject|message-id|mime-version|content-type|sender|reply-to"
    rb"|list-id|list-unsubscribe|dkim-signature|authentication-results|arc-[\w-]+|x-[\w-]+|user-agent|in-reply-to"
    rb"|references|content-transfer-encoding|feedback-id|precedence)"
)
_HEADER_BLOCK: Final = re.compile(
    rb"\s{0,4}(?i:" + _HEADERS + rb"):[^\r\n]*\r?\n(?:(?:[!-9;-~]+:|[ \t])[^\r\n]*\r?\n)*"
)
_LETTER: Final = re.compile(rb"^(?:from|sender|return-path|received):", re.IGNORECASE | re.MULTILINE)
_LETTER_TOO: Final = re.compile(
    rb"^(?:message-id|mime-version|date|received|content-type|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_MBOX: Final = re.compile(rb"From \S+ [^\r\n]{10,60}\r?\n")
_WORD: Final = re.compile(r"word/document\d*\.xml")  # some programs number it
_WEB_ARCHIVE: Final = re.compile(r"archive/.+\.warc(?:\.gz|\.zst)?", re.IGNORECASE | re.DOTALL)
_JSON_FEED: Final = re.compile(rb'\s*\{[^{}\[\]]{0,2000}?"version"\s*:\s*"https://jsonfeed\.org/', re.DOTALL)
_JSON: Final = re.compile(rb'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$))')


def _is_letter(head: bytes) -> bool:
    block = _HEADER_BLOCK.match(head)
    return bool(block and _LETTER.search(block.group()) and _LETTER_TOO.search(block.group()))


def _is_mbox(head: bytes) -> bool:
    first = _MBOX.match(head)
    return first is not None and _is_letter(head[first.end() :])


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signs)


def _matches(pattern: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    return lambda head: pattern.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


_DELIVERIES: Final = re.compile(rb'(?:[^\r\n]{0,2000}\r?\n){0,60}"?SIPRI AT Database ID"?[,;\t]')

_MEDIA: Final = (b"OggS", b"ID3\x03", b"ID3\x04", b"\x1aE\xdf\xa3")
# The first row that holds counts: what is told by a sign comes before what is told by its words.
_TELL: Final[tuple[tuple[Format | Foreign, Callable[[bytes], bool]], ...]] = (
    (Format.WARC, _begins(b"WARC/")),
    (Format.GZIP, _begins(b"\x1f\x8b")),
    (Format.ZIP, _begins(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")),
    (Format.PDF, lambda head: b"%PDF-" in head[:1024]),
    (Format.TAR, lambda head: head[257:262] == b"ustar"),
    (Foreign("an old Office file", "save it as DOCX, PDF or text"), _begins(b"\xd0\xcf\x11\xe0")),
    (Foreign("an RTF file", "save it as DOCX, PDF or text"), _begins(b"{\\rtf")),
    (Foreign("a 7-Zip archive", "pack it as ZIP"), _begins(b"7z\xbc\xaf\x27\x1c")),
    (Foreign("a RAR archive", "pack it as ZIP"), _begins(b"Rar!\x1a\x07")),
    (Foreign("a bzip2 or xz file", "unpack it first"), _begins(b"BZh", b"\xfd7zXZ\x00")),
    (Foreign("a Zstandard file", "unpack it first"), _begins(b"\x28\xb5\x2f\xfd")),
    (
        Foreign("a picture", "run text recognition (OCR) on it first"),
        _begins(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM\xfe"),
    ),
    (Foreign("sound or video", "transcribe it first"), lambda head: head[4:8] == b"ftyp" or head[:4] in _MEDIA),
    (Foreign("an SQLite database", "give it by --database, if it is armstrace's"), _begins(b"SQLite format 3\x00")),
    (Foreign("a program", "give documents only"), _begins(b"\x7fELF", b"MZ\x90\x00", b"\xca\xfe\xba\xbe")),
    (Format.FEED, _matches(_FEED)),
    (Format.FEED, _matches(_JSON_FEED)),
    (Format.HTML, _matches(_HTML)),
    (Format.MBOX, _is_mbox),
    (Format.MAIL, _is_letter),
    (Format.JSON_LINES, _matches(_JSON)),
    (Format.SIPRI, lambda head: is_trade_register(head.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))),
    (Foreign("SIPRI's table of single deliveries", "get the trade register, one line a deal"), _matches(_DELIVERIES)),
    (Format.CSV, is_article_table),
)


def tell_format(head: bytes, stream: BinaryIO) -> Format | Foreign:
    """Return the format of a stream whose first bytes are ``head``; what shows no sign is text.

    Only of a ZIP file more than the head is looked at: DOCX, ODT and WACZ are ZIP files with a certain content.
    The stream is left at its start.
    """
    found = next((form for form, is_so in _TELL if is_so(head)), Format.TEXT)
    if found is Format.TEXT:
        narrow = _narrowed(head)  # signs in words, in an encoding of two bytes a character
        found = next((form for form, is_so in _TELL if narrow and is_so(narrow)), Format.TEXT)
    return _tell_zip(stream) if found is Format.ZIP else found


def _narrowed(head: bytes) -> bytes:
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        if head.startswith(mark):
            return head[2 : len(head) & ~1].decode(encoding, "replace").encode("utf-8", "replace")
    return b""


def _tell_zip(stream: BinaryIO) -> Format:
    """Return what a ZIP file is by the names in it; a damaged one is a ZIP, which its reader tells."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = {info.filename for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return Format.ZIP
    finally:
        stream.seek(0)
    if "[Content_Types].xml" in names and any(_WORD.fullmatch(name) for name in names):
        return Format.DOCX
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return Format.ODT
    if "datapackage.json" in names and any(_WEB_ARCHIVE.fullmatch(name) for name in names):
        return Format.WACZ
    return Format.ZIP
