"""Originals as they came: what a browser may show of them, and under which name they are downloaded."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from armstrace.document import Capture, Document
from armstrace.errors import InputError
from armstrace.export.plain import plain
from armstrace.ingest.formats import HEAD, Foreign, Format, tell_format
from armstrace.ingest.html_encoding import decode_page
from armstrace.ingest.text import decode_text

# A page of others: no script, no form, nothing from elsewhere, an origin of its own, and no way out of its frame.
SANDBOX: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
_BYTES: Final = "application/octet-stream"
_LONGEST_NAME: Final = 100
# What separates folders, means something to a file system, or could pass for the sign before a suffix.
_UNSAFE: Final = re.compile('[/\\\\:*?"<>|%\ufffd]+')
# A policy refuses what these load, but no policy keeps a browser from greeting their hosts first, which tells them that
# somebody looks (Chromium does for preconnect hints, for frames and for links that are followed). Each name becomes one
# of the same length that does nothing, so that no character moves.
_UNDONE: Final = tuple(
    (re.compile(found, re.IGNORECASE), harmless)
    for found, harmless in (
        ("<link", "<meta"),
        ("<(/?)iframe", r"<\1canvas"),
        (r"<frame(?=[\s/>])", "<param"),
        (r"<area(?=[\s/>])", "<meta"),
        (r"<(/?)a(?=[\s/>])", r"<\1u"),
    )
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Original:
    """How the bytes of a document are shown.

    Attributes:
        format: what the bytes are by their content; None for what armstrace does not read.
        shown: "page" in a sandboxed frame, "text" in a frame, "pictures" of its pages, "" where they are not shown.
        media_type: under which they are sent inline.
        suffix: of the file that they are downloaded as.
    """

    format: Format | None
    shown: str
    media_type: str
    suffix: str


# The entry of a feed, the row of a table and a letter are text of their own kind: shown as they stand.
_SHOWN: Final[Mapping[Format, tuple[str, str]]] = {
    Format.HTML: ("page", ".html"),
    Format.PDF: ("pictures", ".pdf"),
    Format.TEXT: ("text", ".txt"),
    Format.FEED: ("text", ".xml"),
    Format.JSON_LINES: ("text", ".json"),
    Format.CSV: ("text", ".csv"),
    Format.MAIL: ("text", ".eml"),
    Format.MBOX: ("", ".mbox"),
    Format.DOCX: ("", ".docx"),
    Format.ODT: ("", ".odt"),
    Format.WARC: ("", ".warc"),
    Format.WACZ: ("", ".wacz"),
    Format.ZIP: ("", ".zip"),
    Format.TAR: ("", ".tar"),
    Format.GZIP: ("", ".gz"),
}


def tell_original(data: bytes, captures: Iterable[Capture]) -> Original:
    """Return how bytes are shown, told by their content alone; ``captures`` may name their encoding."""
    found = tell_format(data[:HEAD], io.BytesIO(data))
    if isinstance(found, Foreign):
        return Original(None, "", _BYTES, ".bin")
    shown, suffix = _SHOWN[found]
    charset = _told_charset(captures)
    if shown == "page":
        return Original(found, shown, "text/html; charset=utf-8", suffix)
    if shown != "text":
        return Original(found, shown, _BYTES, suffix)
    try:
        _, encoding = decode_text(data, "the original", charset)
    except InputError:
        return Original(found, "", _BYTES, suffix)
    return Original(found, shown, f"text/plain; charset={_label(encoding)}", suffix)


def harmless_page(data: bytes, captures: Iterable[Capture]) -> bytes:
    """Return a web page as it may be shown in the sandbox, in UTF-8: its links and frames do nothing, all else stands.

    They are undone in characters, for there are encodings that write the same characters in several ways.
    """
    page = decode_page(data, _told_charset(captures))
    for found, harmless in _UNDONE:
        page = found.sub(harmless, page)
    return page.encode("utf-8", "replace")


def is_part_of_another(document: Document, original: Original) -> bool:
    """Tell whether the bytes are the entry of a feed or the row of a table that a document was made of."""
    return original.format != document.format and original.shown == "text" and document.format != "mail"


def attachment(document: Document, original: Original) -> str:
    """Return the value of ``Content-Disposition`` that makes a browser save the bytes under a safe name (RFC 6266)."""
    name = file_name(document, original)
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def file_name(document: Document, original: Original) -> str:
    """Return a name without a path, without signs that hide or redirect, with the suffix that the bytes call for."""
    last = re.split(r"[/\\]", plain(document.name).rstrip("/\\ "))[-1]
    stem = _UNSAFE.sub("_", last).strip(" ._")[:_LONGEST_NAME].rstrip(" .")
    return f"{stem or _UNSAFE.sub('_', document.id)}{original.suffix}"


def _told_charset(captures: Iterable[Capture]) -> str | None:
    """Return the encoding that an answer named, where it is one that decodes text."""
    for capture in captures:
        for name, value in capture.headers:
            told = _CHARSET.search(value) if name.lower() == "content-type" else None
            if told and _is_encoding(told[1]):
                return told[1]
    return None


def _is_encoding(label: str) -> bool:
    try:
        return codecs.lookup(label)._is_text_encoding and codecs.lookup(label).name != "utf-7"  # noqa: SLF001
    except (LookupError, ValueError):
        return False


# Python's names of encodings that browsers know by another (WHATWG Encoding Standard, "names and labels").
_LABELS: Final = {
    **{f"cp{number}": f"windows-{number}" for number in (874, *range(1250, 1259))},
    "cp949": "euc-kr",
    "cp932": "shift_jis",
    "cp866": "ibm866",
    "utf-8 with bytes of windows-1252": "utf-8",
}


def _label(encoding: str) -> str:
    name = encoding.lower()
    return _LABELS.get(name, name.replace("iso8859_", "iso-8859-").replace("_", "-"))
