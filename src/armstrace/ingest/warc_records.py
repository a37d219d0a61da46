"""The records of a web archive one by one, found again behind damage and wrong lengths."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator

from armstrace.ingest.warc_block import Record, Wanted, read_block

# How a record starts, plain and packed; after the mark of a plain one stands a line of header.
_PLAIN = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n(?=[A-Za-z-]{2,40}:)")
_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd")
_PACKED = ((b"\x1f\x8b", _GZIP), (b"\x28\xb5\x2f\xfd", _ZSTD), (b"\x5d\x2a\x4d\x18", _ZSTD))
_STEP = 1 << 20
_OVERLAP = 64  # bytes: longer than any mark
_AFTER = 1 << 16  # bytes in which the next record starts, if a length is right
# Behind damage the search begins inside what was read already. Files whose every record is wrong would be read
# again and again: past so many bytes, and as many as the file has, the search ends.
_MOST_READ_AGAIN = 512 << 20
_MOST_TRIES = 10_000  # places that look like a record and are none, one after another
_DAMAGE = (OSError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the file, after a record that starts at ``start``, in which none could be read."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Lost:
    """Where the thread was lost: the start of the last record seen, and why; no reason if the record tells it."""

    position: int
    reason: str | None


def read_records(stream: BinaryIO, is_wanted: Wanted) -> Iterator[Record | Gap]:
    """Yield the records in order, with their bodies where ``is_wanted``, and the gaps between them.

    Of a record that states too great a length comes what stands before the next record. One record is held at a time,
    none of over 64 MiB.
    """
    size = stream.seek(0, 2)
    mark = _mark(stream)
    at: int | None = 0
    tries, read_again, last, gap = 0, 0, 0, None
    while at is not None and tries <= _MOST_TRIES and read_again <= max(size, _MOST_READ_AGAIN):
        tries += 1
        run = _read_run(stream, at, mark, is_wanted)
        while isinstance(found := next(run), Record):
            if gap:
                yield Gap(gap.start, found.position, gap.reason)
            gap, tries = None, 0
            yield found
            last = found.position
        if found is None:
            if mark is not _PLAIN and (cut := _find(stream, mark, last + 1)) is not None:
                gap = Gap(cut, size, "the file ends inside a packed record")
            break
        if found.reason:
            gap = gap or Gap(found.position, size, found.reason)
        furthest = stream.tell()
        at = _find(stream, mark, found.position + 1)
        read_again += max(0, furthest - (size if at is None else at))
    else:
        if at is not None:
            gap = gap or Gap(at, size, "too much before it is damaged for the search to go on")
    if gap:
        yield gap


def _mark(stream: BinaryIO) -> re.Pattern[bytes]:
    stream.seek(0)
    start = stream.read(4)
    return next((mark for sign, mark in _PACKED if start.startswith(sign)), _PLAIN)


def _find(stream: BinaryIO, mark: re.Pattern[bytes], at: int) -> int | None:
    """Return where the next record may start."""
    stream.seek(at)
    kept = b""
    while part := stream.read(_STEP):
        data = kept + part
        if match := mark.search(data):
            return at - len(kept) + match.start()
        at += len(part)
        kept = data[-_OVERLAP:]
    return None


def _read_run(
    stream: BinaryIO, at: int, mark: re.Pattern[bytes], is_wanted: Wanted
) -> Generator[Record | _Lost | None]:
    """Yield records up to the first damage, and last where that is, None at the end of the file."""
    stream.seek(at)
    position = at
    try:
        for found in ArchiveIterator(stream, parse_http=False):
            position = found.stream_pos
            record = read_block(found, is_wanted)
            yield record
            if record.has_wrong_length or (record.is_too_large and _has_to_search(stream, mark, record)):
                yield _Lost(position, None)
                return
    except _DAMAGE as error:
        yield _Lost(position, str(error) or type(error).__name__)
        return
    yield None


def _has_to_search(stream: BinaryIO, mark: re.Pattern[bytes], record: Record) -> bool:
    """Tell whether the record after one that is too large has to be searched for, and can be.

    A plain one is stepped over if a record follows where it says that it ends. A packed one, which may be a bomb, is
    not inflated for stepping over it, but where all records are packed as one.
    """
    place = stream.tell()
    if mark is not _PLAIN:
        follows = _find(stream, mark, record.position + 1) is None
    else:
        follows = _follows(stream, record.position + record.length)
    stream.seek(place)
    return not follows


def _follows(stream: BinaryIO, at: int) -> bool:
    """Tell whether the file ends, or a record starts, shortly behind a place."""
    if at > stream.seek(0, 2):
        return False
    stream.seek(at)
    rest = stream.read(_AFTER)
    return len(rest) < _AFTER or bool(_PLAIN.search(rest))
