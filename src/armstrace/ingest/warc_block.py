"""What one record of a web archive holds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fastwarc.warc import WarcRecord

from armstrace.ingest.limits import MOST_BYTES

# It starts with a word, not with the line ends before it, by which a search takes ten times as long.
_NEXT = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n(?i:WARC-|Content-)")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LARGEST_HEAD = 1 << 16  # bytes; servers refuse more
_STEP = 1 << 20
_MOST_HEADERS = 64
_MOST_DIGITS = 18  # of a length; the file systems end before
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "md5": hashlib.md5}

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers (names in small letters), those of HTTP, and the body if it was wanted.

    ``position`` is where it starts in the file, ``length`` what it states. ``flaw`` says what is wrong with it; the
    body is then what could be had.
    """

    position: int
    kind: str
    headers: dict[str, str]
    length: int = 0
    http: Headers = ()
    status: int | None = None
    body: bytes | None = field(default=None, repr=False)
    flaw: str | None = None
    is_too_large: bool = False
    has_wrong_length: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header of that name: of the HTTP answer, or of a record that holds none."""
        named = (value for key, value in self.http if key.lower() == name)
        return next(named, None) if self.http else self.headers.get(name)


Wanted = Callable[[Record], bool]


def read_block(found: WarcRecord, is_wanted: Wanted) -> Record:
    """Return a record, with its body if it is wanted and is no more than a document may hold."""
    headers = {name.lower(): value for name, value in reversed(found.headers.to_tuples())}
    record = Record(found.stream_pos, headers.get("warc-type", "").strip().lower(), headers)
    stated = headers.get("content-length", "").strip()
    if not (stated.isascii() and stated.isdigit() and len(stated) <= _MOST_DIGITS):
        return replace(record, flaw="states no length; its end cannot be told, and it is not read")
    start, at = b"", 0
    if "http" in headers.get("content-type", "").lower():
        start = _read(found, _LARGEST_HEAD)
        http, status, at = _http_head(start)
        record = replace(record, http=http, status=status)
    record = replace(record, length=int(stated))
    if not is_wanted(record):
        return record
    if record.length > MOST_BYTES:
        flaw = f"is larger than {MOST_BYTES >> 20} MiB, the most that is read of one document"
        return replace(record, flaw=flaw, is_too_large=True)
    block = start + _read(found, MOST_BYTES - len(start))
    return _with_body(record, block, at)


def _read(found: WarcRecord, most: int) -> bytes:
    parts = []
    while most > 0 and (part := found.reader.read(min(most, _STEP))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _http_head(start: bytes) -> tuple[Headers, int | None, int]:
    """Return the headers of an HTTP answer, its status, and where its body starts."""
    end = _HEAD_END.search(start)
    lines = start[: end.start() if end else len(start)].split(b"\n")
    status = _STATUS.match(lines[0])
    named = (line.decode("utf-8", "replace").partition(":") for line in lines[1 : _MOST_HEADERS + 1])
    headers = tuple((name.strip(), value.strip()) for name, colon, value in named if colon and name.strip())
    return headers, int(status[1]) if status else None, end.end() if end else len(start)


def _with_body(record: Record, block: bytes, start: int) -> Record:
    following = next(
        (m.start() for m in _NEXT.finditer(block, start) if block[m.start() - 1 : m.start()] == b"\n"), None
    )
    if following is not None and not _is_digest_right(record, block, start):
        flaw = f"states a wrong length: within its {record.length} bytes the next record starts; cut there"
        return replace(
            record,
            body=block[start:following].removesuffix(b"\r\n").removesuffix(b"\r\n"),
            flaw=flaw,
            has_wrong_length=True,
        )
    cut = f"is cut short: {len(block)} of {record.length} bytes are there" if len(block) < record.length else None
    return replace(record, body=block[start:], flaw=cut)


def _is_digest_right(record: Record, block: bytes, start: int) -> bool:
    """Tell whether the block or body is what the record's own digest is of, so that its length is right."""
    parts = (("warc-payload-digest", block[start:]), ("warc-block-digest", block))
    return any(_has_digest(data, record.headers.get(name, "")) for name, data in parts)


def _has_digest(data: bytes, stated: str) -> bool:
    method, _, digest = stated.strip().partition(":")
    if method.lower() not in _DIGESTS:
        return False
    made = _DIGESTS[method.lower()](data, usedforsecurity=False).digest()
    return digest.lower() in (made.hex(), base64.b32encode(made).decode().rstrip("=").lower())
