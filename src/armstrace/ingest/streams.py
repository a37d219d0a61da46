"""Containers that are unpacked as a stream, however large: told by how they start."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from armstrace.ingest.feed_source import is_feed
from armstrace.ingest.json_lines import is_json, unpack_json_lines
from armstrace.ingest.raw import Container, Piece, RawText, Unread
from armstrace.ingest.tar import is_tar, unpack_tar
from armstrace.ingest.warc import is_warc, unpack_warc

Unpacker = Callable[[Container], Iterator[RawText | Piece | Unread]]
START = 1024  # bytes that tell

_STREAMED: tuple[tuple[Callable[[bytes], bool], Unpacker], ...] = (
    (is_warc, unpack_warc),
    (is_tar, unpack_tar),
    (lambda start: is_json(start) and not is_feed(start), unpack_json_lines),
)


def streamed_unpacker(start: bytes) -> Unpacker | None:
    """Return what unpacks a stream that starts so, None where it has to be read as a whole."""
    return next((unpack for tells, unpack in _STREAMED if tells(start)), None)
