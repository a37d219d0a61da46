"""Where the writers of files put their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armstrace.export.record import Out

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


class Forward:
    """What takes bytes and never goes back: so a file is the same on a disk and in a pipe."""

    closed = False

    def __init__(self, out: Out) -> None:
        self._out = out
        self._size = 0

    def write(self, data: Buffer, /) -> int:
        """Take bytes."""
        taken = bytes(data)
        self._out.write(taken)
        self._size += len(taken)
        return len(taken)

    def tell(self) -> int:
        """Return how many bytes were taken."""
        return self._size

    def flush(self) -> None:
        """Do nothing: whoever gave the target flushes it."""

    def close(self) -> None:
        """Do nothing: whoever gave the target closes it."""

    def writable(self) -> bool:
        """Tell that it takes bytes."""
        return True

    def readable(self) -> bool:
        """Tell that it gives none."""
        return False

    def seekable(self) -> bool:
        """Tell that it never goes back."""
        return False
