"""Web archives: the pages, texts and files that crawlers captured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from armstrace.document import Capture, Metadata
from armstrace.errors import InputError
from armstrace.ingest.entry_names import passed_over
from armstrace.ingest.fragments import language_code, web_address
from armstrace.ingest.http_body import decode_body
from armstrace.ingest.inflate import InflationError
from armstrace.ingest.metadata import joined_metadata, tidy
from armstrace.ingest.raw import Container, Piece, Unread
from armstrace.ingest.warc_block import Record
from armstrace.ingest.warc_records import Gap, read_records

# What may be a document, by the type that the server stated; without one, or with these, the content tells.
_DOCUMENTS = frozenset(
    """
    text/html application/xhtml+xml text/plain application/pdf message/rfc822 text/xml application/xml
    application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/octet-stream
    application/vnd.openxmlformats-officedocument.wordprocessingml.document application/msword binary/octet-stream
    application/x-pdf application/download application/force-download text/x-markdown text/markdown
    """.split()
)
_ABOUT_CAPTURES = ("warcinfo", "request", "metadata")  # these tell of captures, and are none
_START = re.compile(rb"\s*WARC/[01]\.\d{1,2}\r?\n")
_OK = (200, 203)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def is_warc(start: bytes) -> bool:
    """Tell whether a file starts as a web archive does; what is packed has to be unpacked first."""
    return bool(_START.match(start))


def unpack_warc(container: Container) -> Iterator[Piece | Unread]:
    """Yield what was captured with success and may be a document: a piece with address, moment and HTTP headers.

    Damage costs what it hits and is told with its place; redirects, errors, images and the like are counted in one
    last note. Packed archives (gzip, Zstandard) are read as they are.

    Raises:
        InputError: no record in it can be read.
    """
    source = container.capture.source or container.name
    kinds: Counter[str] = Counter()
    records, size = 0, container.stream.seek(0, 2)
    for found in read_records(container.stream, lambda record: _kind_passed_over(record) is None):
        if isinstance(found, Gap):
            if not records and found.end == size:
                raise InputError(f"{source}: holds no record of a web archive that can be read ({found.reason})")
            yield _told(source, found)
            continue
        records += 1
        kind = _kind_passed_over(found)
        if kind and not found.flaw:
            kinds[kind] += found.kind not in _ABOUT_CAPTURES
        else:
            yield from _unpack_record(container, found)
    if not records:
        raise InputError(f"{source}: holds no record of a web archive; there is nothing to read")
    yield from passed_over(source, +kinds)


def _told(source: str, gap: Gap) -> Unread:
    where = f"{source}, from byte {gap.start}"
    return Unread(
        where, f"no whole record can be found before byte {gap.end} ({gap.reason}); what stands there is lost"
    )


def _kind_passed_over(record: Record) -> str | None:
    """Return what a record is that is no document, None where it may be one."""
    if record.kind not in ("response", "resource", "conversion"):
        return _NO_CAPTURES.get(record.kind, "other records")
    if record.http or record.status:
        if record.status is None:
            return "answers without a status"
        if record.status not in _OK:
            return f"answers of status {record.status}"
    elif record.kind == "response" and not web_address(record.headers.get("warc-target-uri")):
        return "answers other than of the web"
    stated = _media_type(record)
    return None if not stated or stated in _DOCUMENTS else f"of type {_family(stated)}"


_NO_CAPTURES = {"revisit": "repeated captures (of what was captured before)", "continuation": "continued records"}


def _family(media_type: str) -> str:
    family = media_type.partition("/")[0]
    return f"{family}/*" if family in ("image", "audio", "video", "font") else tidy(media_type[:60]) or "unknown"


def _media_type(record: Record) -> str | None:
    stated = record.header("content-type")
    return stated.partition(";")[0].strip().lower() if stated else None


def _unpack_record(container: Container, record: Record) -> Iterator[Piece | Unread]:
    stated = record.headers.get("warc-target-uri", "").strip().strip("<>")
    name = tidy(stated) or f"{container.name}:{record.position}"
    capture = _capture(container, record, name)
    where = f"{capture.source} (byte {record.position})"
    if record.body is None:
        yield Unread(where, record.flaw or "could not be read")
        return
    try:
        body, flaw = decode_body(record.body, record.header("transfer-encoding"), record.header("content-encoding"))
    except InflationError as error:
        yield Unread(where, str(error))
        return
    if body.strip():
        charset = _CHARSET.search(record.header("content-type") or "")
        known = Metadata(url=web_address(stated), language=_language(record))
        yield Piece(
            name,
            body,
            capture,
            joined_metadata(known, container.known),
            media_type=_media_type(record),
            charset=charset[1] if charset else None,
            depth=container.depth + 1,
        )
    elif not record.flaw:
        yield Unread(where, "is an answer without a body; there is nothing to read")
    for told in (record.flaw, flaw, _truncated(record)):
        if told:
            yield Unread(where, f"{told}; what is there was read")


def _truncated(record: Record) -> str | None:
    reason = tidy(record.headers.get("warc-truncated"))
    return f"was cut short when it was captured ({reason})" if reason else None


def _language(record: Record) -> str | None:
    stated = record.headers.get("warc-identified-content-language", "").split(",")
    return language_code(stated[0]) if len(stated) == 1 else None


def _capture(container: Container, record: Record, name: str) -> Capture:
    headers = tuple((tidy(k) or "", tidy(v) or "") for k, v in record.http)
    moment = _moment(record.headers.get("warc-date", ""))
    return replace(
        container.capture,
        source=f"{container.capture.source}!/{name}",
        moment=moment or container.capture.moment,
        headers=headers or container.capture.headers,
    )


def _moment(stated: str) -> str | None:
    """Return the moment of capture in UTC to the second; None where it is none."""
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError):
        return None
