"""The body of an HTTP answer as it was meant, out of the bytes that went over the wire."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

import zstandard
from fastwarc.stream_io import BrotliReader

from armstrace.ingest.inflate import InflationError, inflate_gzip
from armstrace.ingest.limits import MOST_BYTES

_CHUNK = re.compile(rb"\r?\n?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_LARGEST_WINDOW = 128 << 20  # bytes of memory that a zstd frame may ask for


def decode_body(body: bytes, transfer: str | None, content: str | None) -> tuple[bytes, str | None]:
    """Return the body without its transfer and content encodings, and what could not be decoded, if anything.

    Many archives keep the headers and the body already decoded: a body that does not start in the encoding that its
    header states comes back as it is. Of a damaged one comes what stands before the damage.

    Raises:
        InflationError: larger than a document may be.
    """
    flaw = None
    if transfer and "chunked" in transfer.lower():
        body, flaw = _unchunk(body)
    for name in reversed((content or "").lower().replace(" ", "").split(",")[:4]):
        if decode := _CODINGS.get(name):
            body, found = decode(body)
            flaw = flaw or found
        elif name not in ("", "identity", "none", "utf-8", "binary", "8bit"):
            flaw = flaw or f"is in an encoding that is not read ({name[:40]!a})"
    if len(body) > MOST_BYTES:
        raise InflationError(f"inflates to more than {MOST_BYTES >> 20} MiB, the most that is read of one document")
    return body, flaw


def _unchunk(body: bytes) -> tuple[bytes, str | None]:
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts), None
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
    if not parts:
        return body, None
    return b"".join(parts), "its chunked body is cut short or damaged"


def _gunzip(body: bytes) -> tuple[bytes, str | None]:
    if not body.startswith(b"\x1f\x8b"):
        return body, None
    return inflate_gzip(io.BytesIO(body), MOST_BYTES)


def _inflate(body: bytes) -> tuple[bytes, str | None]:
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # with a zlib header, or without as some servers send it
        inflater = zlib.decompressobj(window)
        try:
            data = inflater.decompress(body, MOST_BYTES + 1)
        except zlib.error:
            continue
        return data, None if inflater.eof else "its deflated body is cut short"
    return body, None


def _brotli(body: bytes) -> tuple[bytes, str | None]:
    return _stream(body, lambda: BrotliReader(io.BytesIO(body)).read)


def _zstd(body: bytes) -> tuple[bytes, str | None]:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body, None
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    return _stream(body, lambda: unpacker.stream_reader(body, read_across_frames=True).read)


def _stream(body: bytes, start: Callable[[], Callable[[int], bytes]]) -> tuple[bytes, str | None]:
    parts: list[bytes] = []
    total = 0
    try:
        read = start()
        while (part := read(1 << 16)) and total <= MOST_BYTES:
            parts.append(part)
            total += len(part)
    except (OSError, zstandard.ZstdError, ValueError) as error:
        return (b"".join(parts), f"its packed body is damaged ({error})") if parts else (body, None)
    return b"".join(parts), None


_CODINGS: dict[str, Callable[[bytes], tuple[bytes, str | None]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _brotli,
    "zstd": _zstd,
}
