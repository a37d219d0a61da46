"""Files that are there whole or not at all, whenever a run is killed or the power fails."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(place: Path) -> Iterator[BinaryIO]:
    """Yield a file to fill; it takes the place of an earlier one, with its rights, once it is whole and on the disk.

    Whatever fails leaves what stood there. A pipe or a device is written to as it is.

    Raises:
        OSError: it cannot be written.
    """
    place = Path(os.path.realpath(place))  # a link goes on leading there
    earlier = _mode_of(place)
    if earlier is not None and not stat.S_ISREG(earlier):
        with place.open("wb") as out:
            yield out
        return
    part = place.with_name(f".{place.name}.{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as made:
            if earlier is not None:
                part.chmod(stat.S_IMODE(earlier))
            yield made
            made.flush()
            os.fsync(made.fileno())
        part.replace(place)
    except BaseException:
        with suppress(OSError):  # of two faults the first is told
            part.unlink(missing_ok=True)
        raise
    sync_folder(place.parent)


def sync_file(path: Path) -> None:
    """Bring the bytes of a file to the disk.

    Raises:
        OSError: they cannot be.
    """
    _sync(path)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; without it a new name may be gone after a power loss.

    Raises:
        OSError: they cannot be.
    """
    if os.name == "posix":  # elsewhere a folder cannot be opened, and names are kept by the system
        _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mode_of(place: Path) -> int | None:
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None
