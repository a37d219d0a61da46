"""The bytes of a shard as a stream: unpacked on the way, with what is wrong with it kept apart from what fails."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

import zstandard

from armstrace.batch.places import shown, why
from armstrace.errors import ArmstraceError
from armstrace.ingest.inflate import GzipStream

_BUFFER: Final = 1 << 20
_STEP: Final = 1 << 12  # packed bytes at a time: of a bomb they make some 128 MiB
_WINDOW: Final = 1 << 27  # bytes of memory that a frame of Zstandard may ask for
GZIP_MARK: Final = b"\x1f\x8b"
ZSTD_MARK: Final = b"\x28\xb5\x2f\xfd"


class BrokenReadError(ArmstraceError):
    """The system or the store cannot read on; that is no damage of the shard, and another time it may be read."""


class Watched(io.RawIOBase):
    """A stream whose failures are told apart from damage, for which readers of damaged files would take them."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        super().__init__()
        self._stream, self._path = stream, path
        self.furthest = 0  # bytes from the start up to where it was read

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that places can be gone to."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; return it."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._stream.tell()

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as one read goes.

        Raises:
            BrokenReadError: the system or the store fails.
        """
        try:
            data = self._stream.read(len(buffer))
        except Exception as error:  # each store's library fails in its own ways
            remedy = "its finished parts are kept: run the same command again"
            raise BrokenReadError(f"{shown(self._path)}: cannot be read on ({why(error)}); {remedy}") from error
        buffer[: len(data)] = data
        self.furthest = max(self.furthest, self._stream.tell())
        return len(data)

    def close(self) -> None:
        """Close the stream below, too."""
        self._stream.close()
        super().close()


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Return a stream that is read in great steps."""
    return cast("BinaryIO", io.BufferedReader(raw, _BUFFER))


class ZstdStream(io.RawIOBase):
    """What frames of Zstandard inflate to, to be read forward; ``flaw`` says at the end what is wrong with them."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._held = b""
        self._parts = self._inflate()
        self.flaw: str | None = None

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as a step of inflating goes."""
        while not self._held and (part := next(self._parts, None)) is not None:
            self._held = part
        data, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _inflate(self) -> Iterator[bytes]:
        inflater = None
        left = b""
        while packed := left or self._packed.read(_STEP):
            inflater = inflater or zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
            try:
                yield inflater.decompress(packed)
            except zstandard.ZstdError as error:
                self.flaw = f"is damaged Zstandard ({error})"
                return
            left = inflater.unused_data if inflater.eof else b""
            inflater = None if inflater.eof else inflater
        if inflater is not None:
            self.flaw = "is Zstandard cut short"


Inflated = GzipStream | ZstdStream


def inflated(packed: BinaryIO, mark: bytes) -> Inflated | None:
    """Return what a stream that begins so inflates to, None where it is not packed; it is read from its start."""
    packed.seek(0)
    if mark.startswith(GZIP_MARK):
        return GzipStream(packed, is_bounded=True)
    return ZstdStream(packed) if mark.startswith(ZSTD_MARK) else None
