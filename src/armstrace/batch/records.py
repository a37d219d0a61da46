"""The records of a shard in order, told by its content: rows of Parquet, lines of JSON, captures of a web archive.

A record is a function that reads it: to go past records to those of a later part costs little.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, Final

from armstrace.batch.plan import Shard
from armstrace.batch.streams import Inflated, buffered, inflated
from armstrace.document import Capture
from armstrace.errors import InputError
from armstrace.ingest.formats import Foreign, tell_format
from armstrace.ingest.inflate import InflationError
from armstrace.ingest.json_lines import LONGEST_LINE, bounded_lines, is_json, unpack_line
from armstrace.ingest.raw import Container, PassedOver, Piece, RawText, Unread
from armstrace.ingest.warc import is_warc, unpack_warc

Found = RawText | Piece | Unread
Record = Callable[[], Found]
_HEAD: Final = 1 << 16  # bytes that tell what a shard is
_PARQUET: Final = b"PAR1"
_READ: Final = "a batch reads Parquet, JSON Lines and WARC, packed by gzip or Zstandard or not"


def read_records(shard: Shard, stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of a shard; what of it is damaged is a record, too, which reads as Unread with its place.

    An empty shard has none.

    Raises:
        BrokenReadError: the system or the store cannot read on; what else is wrong costs records only.
    """
    try:
        yield from _records(shard, stream)
    except InputError as error:
        yield partial(_told, shard, str(error))


def _records(shard: Shard, stream: BinaryIO) -> Iterator[Record]:
    mark = stream.read(4)
    if not mark:
        return
    if mark == _PARQUET:
        from armstrace.batch.parquet_rows import parquet_records  # noqa: PLC0415 - needs an optional part

        yield from parquet_records(shard, stream)
        return
    unpacked = inflated(stream, mark)
    head = _head_of(shard, unpacked, stream)
    if is_warc(head):  # it inflates record by record itself
        yield from _captures(_container(shard, stream))
    elif not head.strip():
        yield from _flaw(shard, unpacked)
    elif is_json(head) and not head.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"["):
        again = inflated(stream, mark)
        yield from _lines(shard, buffered(again) if again else stream)
        yield from _flaw(shard, again)
    else:
        raise InputError(_other(shard, head, stream))


def _head_of(shard: Shard, unpacked: Inflated | None, stream: BinaryIO) -> bytes:
    """Return the first bytes of what a shard holds, once unpacked; leave its own bytes at their start."""
    try:
        head = buffered(unpacked).read(_HEAD) if unpacked else _start_of(stream)
    except InflationError as error:
        raise InputError(f"{shard.key}: {error}") from error
    stream.seek(0)
    if unpacked and unpacked.flaw and not head:
        raise InputError(f"{shard.key}: {unpacked.flaw}; get it again")
    return head


def _start_of(stream: BinaryIO) -> bytes:
    """Return the first bytes of a stream."""
    stream.seek(0)
    return stream.read(_HEAD)


def _container(shard: Shard, stream: BinaryIO) -> Container:
    return Container(shard.key, stream, Capture(shard.key))


def _lines(shard: Shard, stream: BinaryIO) -> Iterator[Record]:
    container = _container(shard, stream)
    lines = bounded_lines(stream)
    number = 0
    while True:
        number += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except InflationError as error:
            yield partial(_told, shard, f"{shard.key}: {error}")
            return
        if line is None:
            yield partial(_too_long, shard, number)
        elif line.strip():
            yield partial(_read_line, container, number, line)


def _read_line(container: Container, number: int, line: bytes) -> Found:
    try:
        return unpack_line(container, number, line)
    except InputError as error:
        return Unread(f"{container.name}, line {number}", str(error), line)


def _too_long(shard: Shard, number: int) -> Unread:
    return Unread(f"{shard.key}, line {number}", f"is longer than {LONGEST_LINE >> 20} MiB; split it")


def _captures(container: Container) -> Iterator[Record]:
    for found in unpack_warc(container):
        if not isinstance(found, PassedOver):
            yield partial(_same, found)


def _same(found: Found) -> Found:
    return found


def _flaw(shard: Shard, unpacked: Inflated | None) -> Iterator[Record]:
    if unpacked and unpacked.flaw:
        yield partial(_told, shard, f"{shard.key}: {unpacked.flaw}; what stands before the damage was read")


def _told(shard: Shard, told: str) -> Unread:
    return Unread(shard.key, told)


def _other(shard: Shard, head: bytes, stream: BinaryIO) -> str:
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return f"{shard.key}: is in UTF-16; save it as UTF-8"
    if is_json(head):
        return f"{shard.key}: is one JSON array, not a line an article; turn it into lines (jq -c '.[]')"
    found = tell_format(head, stream)
    if isinstance(found, Foreign):
        return f"{shard.key}: is {found.what}; {_READ}"
    return f"{shard.key}: is no shard but a file of its own ({found.value}); {_READ}, `armstrace add` all else"
