"""Documents as rows and back, every field exactly."""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

import zstandard

from armstrace.document import Capture, Document, Fact, LeftOut, Metadata, Place, Removed, Span
from armstrace.store.columns import from_json, is_plain, plain_text, to_json

_LEVEL = 3
_MOST_BYTES = 1 << 30  # far above what a document may hold; a longer text was not written by us
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_METADATA = tuple(f.name for f in fields(Metadata))
ABOUT = frozenset({"id", "name", "format", *_METADATA, "facts"})  # all of a row but texts, and what leads to bytes
_DIGESTED = ("id", "name", "format", *_METADATA, "removed", "facts", "places", "left_out")


def document_row(document: Document) -> dict[str, Any]:
    """Return the columns that hold a document itself; when, whence and which version it is are the store's to say."""
    first, last = possible_days(document.metadata.published) or (None, None)
    row = {
        "id": document.id,
        "name": document.name,
        "format": document.format,
        **asdict(document.metadata),
        "first_day": first,
        "last_day": last,
        "raw": pack(document.raw),
        "text": plain_text(document.text),
        "text_exact": None if is_plain(document.text) else pack(document.text),
        "removed": to_json([[*r.span, r.reason] for r in document.removed]),
        "facts": to_json([[f.kind, f.text, f.span] for f in document.facts]),
        "places": to_json([[p.span, p.part, p.source] for p in document.places]),
        "left_out": to_json([[e.text, e.reason, e.place] for e in document.left_out]),
    }
    return row | {"digest": row_digest(row)}


def row_document(row: Mapping[str, Any]) -> Document:
    """Return the document of a row.

    Raises:
        zstandard.ZstdError: the row is damaged.
        ValueError: likewise.
    """
    return Document(
        row["id"],
        row_text(row),
        unpack(row["raw"]),
        Metadata(**{name: row[name] for name in _METADATA}),
        tuple(Removed(Span(start, end), reason) for start, end, reason in from_json(row["removed"])),
        _facts(row),
        tuple(Place(Span(*span), part, _span(source)) for span, part, source in from_json(row["places"])),
        tuple(LeftOut(*entry) for entry in from_json(row["left_out"])),
        row["name"],
        row["format"],
    )


def row_about(row: Mapping[str, Any]) -> Document:
    """Return the document of a row that holds ``ABOUT``, without its text."""
    metadata = Metadata(**{name: row[name] for name in _METADATA})
    return Document(row["id"], "", "", metadata, facts=_facts(row), name=row["name"], format=row["format"])


def row_text(row: Mapping[str, Any]) -> str:
    """Return the text of a row's document."""
    return str(row["text"]) if row["text_exact"] is None else unpack(row["text_exact"])


def headers_json(capture: Capture) -> str:
    """Return the headers of a capture as JSON."""
    return to_json(capture.headers)


def row_capture(row: Mapping[str, Any]) -> Capture:
    """Return the capture of a row."""
    return Capture(row["source"], row["moment"], tuple((name, value) for name, value in from_json(row["headers"])))


def row_digest(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a row holds of its document, by which a change to it shows.

    Raises:
        zstandard.ZstdError: the row is damaged.
        ValueError: likewise.
    """
    digest = hashlib.sha256()
    values = [row[name] for name in _DIGESTED]
    for value in (*values, unpack(row["raw"]), row_text(row)):
        data = b"" if value is None else value.encode("utf-8", "surrogatepass")
        digest.update(b"-" if value is None else b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def possible_days(date: str | None) -> tuple[str, str] | None:
    """Return the first and the last day that an ISO day, month or year may mean, None for what is none of these."""
    match = _DATE.fullmatch(date or "")
    if not match:
        return None
    year, month, day = match.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12 or int(year) == 0:  # noqa: PLR2004  months of a year
        return None
    length = calendar.monthrange(int(year), int(month))[1]
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{length:02}"
    return (match.group(), match.group()) if 1 <= int(day) <= length else None


def pack(text: str) -> bytes:
    """Return a text compressed, lone surrogates included."""
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(text.encode("utf-8", "surrogatepass"))


def unpack(data: bytes) -> str:
    """Return what ``pack`` was given.

    Raises:
        zstandard.ZstdError: the data are damaged.
        ValueError: they are no text, or far too long.
    """
    if zstandard.frame_content_size(data) > _MOST_BYTES:
        raise ValueError("longer than any document")
    return zstandard.ZstdDecompressor().decompress(data).decode("utf-8", "surrogatepass")


def _facts(row: Mapping[str, Any]) -> tuple[Fact, ...]:
    return tuple(Fact(kind, text, _span(span)) for kind, text, span in from_json(row["facts"]))


def _span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair is not None else None
