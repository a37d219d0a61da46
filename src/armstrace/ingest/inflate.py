"""Bounds on what is inflated: containers state sizes, and hostile ones lie."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from armstrace.errors import InputError
from armstrace.ingest.limits import MOST_BYTES

LARGEST_RATIO = 200  # inflated to packed; pages and tables of articles stay under 50, a bomb is at 1,000
HARMLESS = 1 << 20  # bytes that may come of anything, however well it is packed
_STEP = 1 << 16
_GZIP = 31  # for zlib: a gzip header is expected
_GZIP_MARK = b"\x1f\x8b"


class Readable(Protocol):
    """Anything that gives its bytes in order."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        ...


class InflationError(InputError):
    """Bytes that inflate to more than is read of one document, or to a multiple that no document has."""


def read_bounded(stream: Readable, packed: int | None = None, limit: int = MOST_BYTES) -> bytes:
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


class GzipStream(io.RawIOBase):
    """What gzip members inflate to, to be read forward; going back starts again.

    It ends where the members end, cut or damaged ones where the damage is; ``flaw`` then says what is wrong. Bytes
    after the last member are let go. With ``is_bounded``, ``InflationError`` is raised once it inflates absurdly.
    """

    def __init__(self, packed: BinaryIO, *, is_bounded: bool = False) -> None:
        super().__init__()
        self._packed, self._start, self._is_bounded = packed, packed.tell(), is_bounded
        self._restart()

    def _restart(self) -> None:
        self._packed.seek(self._start)
        self._taken = self._given = 0
        self._held = b""
        self.flaw: str | None = None
        self._parts = self._inflate()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that places can be gone to."""
        return True

    def tell(self) -> int:
        """Return the place, in bytes inflated."""
        return self._given

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place, counted from the start or from here; return it."""
        offset += self._given if whence == io.SEEK_CUR else 0
        if offset < self._given:
            self._restart()
        while self._given < offset and self.read(min(_STEP, offset - self._given)):
            pass
        return self._given

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as a step of inflating goes; return how many bytes came."""
        while not self._held and (part := next(self._parts, None)) is not None:
            self._held = part
        data, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(data)] = data
        self._given += len(data)
        if self._is_bounded:
            _check_ratio(self._given, self._taken)
        return len(data)

    def _take(self) -> bytes:
        packed = self._packed.read(_STEP)
        self._taken += len(packed)
        return packed

    def _inflate(self) -> Iterator[bytes]:
        part, left = b"", b""
        inflater = zlib.decompressobj(_GZIP)
        while (packed := left or self._take()) or len(part) == _STEP:
            if inflater.eof:
                packed += self._take() if len(packed) < len(_GZIP_MARK) else b""
                if not packed.startswith(_GZIP_MARK):
                    return
                inflater = zlib.decompressobj(_GZIP)
            before = inflater.copy()
            try:
                part = inflater.decompress(packed, _STEP)
            except zlib.error as error:
                self.flaw = f"is damaged gzip ({error})"
                yield _before_damage(before, packed)
                return
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            yield part
        if not inflater.eof:
            self.flaw = "is gzip cut short"


def inflate_gzip(stream: BinaryIO, most: int) -> tuple[bytes, str | None]:
    """Return what gzip members inflate to, or ``most`` bytes and one of it, and what is wrong with them, if anything.

    Of a damaged or cut member comes what stands before the damage.
    """
    inflated = GzipStream(stream)
    parts: list[bytes] = []
    left = most + 1
    while left and (part := inflated.read(min(left, _STEP))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts), inflated.flaw


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
