"""Files packed by gzip: one page or feed, or a container packed as a whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from armstrace.errors import InputError
from armstrace.ingest.inflate import GzipStream, InflationError, inflate_gzip
from armstrace.ingest.limits import MOST_BYTES
from armstrace.ingest.raw import Container, Piece, RawText, Unread
from armstrace.ingest.streams import START, Unpacker, streamed_unpacker
from armstrace.ingest.warc import unpack_warc


def unpack_gzip(container: Container) -> Iterator[RawText | Piece | Unread]:
    """Yield what is packed: web archives, tar archives and JSON Lines unpacked as a stream, all else as one piece.

    What can be inflated of a damaged file is given, and the loss told.

    Raises:
        InputError: nothing of it can be inflated, or it inflates to more than a document may hold.
    """
    source = container.capture.source or container.name
    start, flaw = inflate_gzip(container.stream, START)
    container.stream.seek(0)
    if not start:
        raise InputError(f"{source}: {flaw or 'is empty'}; there is nothing to read")
    unpack = streamed_unpacker(start)
    if unpack is unpack_warc:  # it inflates record by record itself
        yield from unpack_warc(container)
    elif unpack:
        yield from _unpack_stream(container, unpack, source)
    else:
        yield from _unpack_document(container, source)


def _unpack_stream(container: Container, unpack: Unpacker, source: str) -> Iterator[RawText | Piece | Unread]:
    inflated = GzipStream(container.stream, is_bounded=True)
    stream = cast("BinaryIO", io.BufferedReader(inflated))
    try:
        yield from unpack(replace(container, stream=stream, depth=container.depth + 1))
    except InflationError as error:
        yield Unread(source, str(error))
    if inflated.flaw:
        yield Unread(source, f"{inflated.flaw}; what stands before the damage was read")


def _unpack_document(container: Container, source: str) -> Iterator[Piece | Unread]:
    data, flaw = inflate_gzip(container.stream, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise InputError(f"{source}: inflates to more than {MOST_BYTES >> 20} MiB, the most of one document")
    yield Piece(container.name, data, container.capture, container.known, depth=container.depth + 1)
    if flaw:
        yield Unread(source, f"{flaw}; what stands before the damage was read")
