"""Inflating what came compressed, never beyond a bound: a kilobyte of zeros may stand for a gigabyte of them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator

import brotli
import zstandard

from armstrace.errors import InputError

ACCEPTED = "gzip, deflate, br, zstd"
_STEP = 1 << 16
_MOST_CODINGS = 2  # one upon another; servers that compress twice by mistake exist
_ZSTD_WINDOW = 8 << 20  # bytes; what RFC 9659 lets a server ask for
_ZSTD_BITE = 128
_MOST_MEMBERS = 1_000  # one after another in one body; more are made to cost time
_GZIP = b"\x1f\x8b"
_GZIP_BITS = 31
_RAW_BITS = -15


class _Broken(Exception):  # noqa: N818 - inner sign, turned into an InputError
    """The compressed bytes are damaged or end too soon."""


class _TooMany(Exception):  # noqa: N818 - as above
    """The body consists of more compressed pieces than anybody means well with."""


def inflate(data: bytes, coding: str, limit: int) -> bytes:
    """Return a body without its ``Content-Encoding``; as it is where ``coding`` is empty.

    Raises:
        InputError: more than ``limit`` bytes come out, the bytes are damaged or cut off, or the coding is unknown.
    """
    names = [name.strip().lower() for name in coding.split(",")]
    names = [name for name in names if name not in {"", "identity"}]
    if len(names) > _MOST_CODINGS:
        raise InputError(f"it is compressed {len(names)} times over; armstrace undoes {_MOST_CODINGS}")
    for name in reversed(names):
        data = _undone(data, name, limit)
    return data


def _undone(data: bytes, name: str, limit: int) -> bytes:
    steps = _STEPS.get(name)
    if steps is None:
        raise InputError(f"it is encoded in a way that armstrace cannot undo ({name[:40]!a})")
    if not data:
        return data
    out = bytearray()
    try:
        for chunk in steps(data):
            out += chunk
            if len(out) > limit:
                raise InputError(f"it inflates to more than {limit:,} bytes; broken off")
    except _TooMany as error:
        raise InputError(f"it is compressed in more than {_MOST_MEMBERS:,} pieces; broken off") from error
    except (_Broken, zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise InputError(f"its compression ({name}) is damaged or cut off") from error
    return bytes(out)


def _gzip(data: bytes) -> Iterator[bytes]:
    start = 0
    for _ in range(_MOST_MEMBERS):
        start += yield from _zlib_steps(zlib.decompressobj(_GZIP_BITS), data, start)
        if data[start : start + len(_GZIP)] != _GZIP:  # padding; a browser shows nothing of it either
            return
    raise _TooMany


def _deflate(data: bytes) -> Iterator[bytes]:
    # The name means zlib's format, but many servers send the bare stream.
    bare = (data[0] & 0x0F) != 8 or int.from_bytes(data[:2]) % 31 != 0  # noqa: PLR2004 - RFC 1950's header check
    yield from _zlib_steps(zlib.decompressobj(_RAW_BITS if bare else zlib.MAX_WBITS), data, 0)


def _zlib_steps(stream: zlib._Decompress, data: bytes, start: int) -> Generator[bytes, None, int]:
    """Yield what one stream inflates to; return how many bytes it took."""
    place = start
    while not stream.eof:
        if place >= len(data):
            raise _Broken
        # What is not consumed of a bite is copied each time: small bites keep that cheap.
        bite = data[place : place + _STEP]
        place += len(bite)
        while bite and not stream.eof:
            yield stream.decompress(bite, _STEP)
            bite = stream.unconsumed_tail
    return place - start - len(stream.unused_data)


def _brotli(data: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    chunk = stream.process(data, output_buffer_limit=_STEP)
    while chunk:
        yield chunk
        chunk = stream.process(b"", output_buffer_limit=_STEP)
    if not stream.is_finished():
        raise _Broken


def _zstd(data: bytes) -> Iterator[bytes]:
    start = 0
    for _ in range(_MOST_MEMBERS):
        start += yield from _zstd_steps(data, start)
        if start == len(data):
            return
    raise _TooMany


def _zstd_steps(data: bytes, start: int) -> Generator[bytes, None, int]:
    """Yield what one frame inflates to; return how many bytes it took."""
    frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    # Its blocks give at most 128 KiB for four bytes: small bites bound what comes out at once.
    for place in range(start, len(data), _ZSTD_BITE):
        bite = data[place : place + _ZSTD_BITE]
        yield frame.decompress(bite)
        if frame.eof:
            return place + len(bite) - len(frame.unused_data) - start
    raise _Broken


_STEPS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
