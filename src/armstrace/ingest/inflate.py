"""Bounds on what is inflated: containers state sizes, and hostile ones lie."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from armstrace.errors import InputError

LARGEST_DOCUMENT = 64 << 20  # bytes
LARGEST_RATIO = 200  # inflated to packed; pages and tables of articles stay under 50, a bomb is at 1,000
HARMLESS = 1 << 20  # bytes that may come of anything, however well it is packed
_STEP = 1 << 16
_GZIP = 31  # for zlib: a gzip header is expected
_GZIP_MARK = b"\x1f\x8b"

# How the note starts on what a container holds that is no document (images, redirects): it is no failure.
PASSED_OVER = "passed over: "


class Readable(Protocol):
    """Anything that gives its bytes in order."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        ...


class InflationError(InputError):
    """Bytes that inflate to more than is read of one document, or to a multiple that no document has."""


def read_bounded(stream: Readable, packed: int | None = None, limit: int = LARGEST_DOCUMENT) -> bytes:
    """Return all bytes of a stream.

    ``packed`` is the size of what they are inflated from.

    Raises:
        InflationError: more than ``limit`` bytes, or than ``LARGEST_RATIO`` times ``packed``; its text is the reason.
    """
    parts, total = [], 0
    while part := stream.read(_STEP):
        total += len(part)
        if total > limit:
            raise InflationError(f"is larger than {limit >> 20} MiB, the most that is read of one document")
        if packed is not None:
            _check_ratio(total, packed)
        parts.append(part)
    return b"".join(parts)


class BoundedStream(io.RawIOBase):
    """A stream of what another inflates to, which raises ``InflationError`` once that is an absurd multiple."""

    def __init__(self, inner: BinaryIO, packed: Callable[[], int]) -> None:
        super().__init__()
        self._inner, self._packed = inner, packed

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be sought in; backwards it inflates again from the start."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer; return how many bytes came."""
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        _check_ratio(self._inner.tell(), self._packed())
        return len(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place; return it."""
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        """Return the place, in bytes inflated."""
        return self._inner.tell()


def inflate_gzip(stream: Readable, most: int) -> tuple[bytes, str | None]:
    """Return what gzip members inflate to, up to ``most`` bytes and a step, and what is wrong with them, if anything.

    Of a damaged or cut member comes what stands before the damage; bytes after the last member are let go.
    """
    parts: list[bytes] = []
    total, part, left = 0, b"", b""
    inflater = zlib.decompressobj(_GZIP)
    while total <= most:
        packed = left or stream.read(_STEP)
        if not packed and len(part) < _STEP:
            break
        if inflater.eof:
            packed += stream.read(_STEP) if len(packed) < len(_GZIP_MARK) else b""
            if not packed.startswith(_GZIP_MARK):
                break
            inflater = zlib.decompressobj(_GZIP)
        before = inflater.copy()
        try:
            part = inflater.decompress(packed, _STEP)
        except zlib.error as error:
            return b"".join((*parts, _before_damage(before, packed))), f"is damaged gzip ({error})"
        left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        total += len(part)
        parts.append(part)
    cut = not inflater.eof and total <= most
    return b"".join(parts), "is gzip cut short" if cut else None


def _before_damage(inflater: zlib._Decompress, packed: bytes) -> bytes:
    """Return what the bytes inflate to one by one, up to the damage."""
    parts: list[bytes] = []
    try:
        for byte in range(len(packed)):
            parts.append(inflater.decompress(packed[byte : byte + 1], _STEP))  # noqa: PERF401 (it ends in an error)
    except zlib.error:
        pass
    return b"".join(parts)


def _check_ratio(total: int, packed: int) -> None:
    if total > HARMLESS and total > LARGEST_RATIO * packed:
        raise InflationError(
            f"inflates to more than {LARGEST_RATIO} times its size, as no document does; it is not read on"
        )
