"""A folder written beside its place and then put there at once: who looks sees the old one whole or the new one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, BinaryIO, Final, NamedTuple

from armstrace.errors import InputError, refused
from armstrace.whole_files import sync_file, sync_folder

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
KIND: Final = "armstrace"  # by which a folder is known for a publication


class File(NamedTuple):
    """A file that was written: its size in bytes, and its SHA-256."""

    size: int
    sha256: str


class Writer:
    """One file under way; what goes in is counted."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> None:
        """Write bytes behind those that are there."""
        self._out.write(data)
        self._digest.update(data)
        self._size += len(data)

    def written(self) -> File:
        """Return what was written so far."""
        return File(self._size, self._digest.hexdigest())


class Folder:
    """A folder that is being filled; ``files`` are those that it holds, by their names with ``/``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.files: dict[str, File] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[Writer]:
        """Yield what writes a file."""
        path = self._path.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            writer = Writer(out)
            yield writer
        self.files[name] = writer.written()

    def write(self, name: str, text: str) -> None:
        """Write a text; surrogates, which no file may hold, are shown as question marks."""
        with self.open(name) as writer:
            writer.write(text.encode("utf-8", "replace"))


@contextmanager
def new_folder(place: Path) -> Iterator[Folder]:
    """Yield a folder to fill; it stands at ``place`` once the block is left, and nothing changes if that fails.

    Raises:
        InputError: something stands there that is no publication, or it cannot be written.
    """
    place = place.resolve()
    check_place(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        work = Path(mkdtemp(prefix=_prefix(place), dir=place.parent))
    except OSError as error:
        raise InputError(f"{place}: cannot be written {refused(error)}") from error
    try:
        site = work / "new"
        site.mkdir()  # with the rights that others' folders have; ``mkdtemp`` gives none to others
        yield Folder(site)
        _bring_to_disk(site)
        _put(site, place, work / "old")
    except OSError as error:
        raise InputError(f"{place}: cannot be written {refused(error)}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def left_over(place: Path) -> list[Path]:
    """Return the folders that runs left beside a place when they were killed; or that another run is filling."""
    place = place.resolve()
    return sorted(place.parent.glob(f"{_prefix(place)}*")) if place.parent.is_dir() else []


def check_place(place: Path) -> None:
    """Let through a place where nothing stands, an empty folder, or a publication with no file beside its own.

    Raises:
        InputError: it is something else.
    """
    if not os.path.lexists(place):
        return
    if not place.is_dir():
        raise InputError(f"{place}: is a file; give a folder")
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_symlink() or not path.is_dir()}
    own = _published(place)
    if found and own is None:
        raise InputError(f"{place}: holds files and is no publication of armstrace; give an empty or a new folder")
    others = sorted(found - (own or set()))
    if others:
        raise InputError(f"{place}: {others[0]} in it is none of the publication's; move it elsewhere, then try again")


def _published(place: Path) -> set[str] | None:
    """Return the files that a publication says it consists of; None for a folder that is none."""
    try:
        told: Any = json.loads((place / MANIFEST).read_bytes())
        if told["publication"] != KIND:
            return None
        return {MANIFEST, SUMS, *(str(file["name"]) for file in told["files"])}
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _prefix(place: Path) -> str:
    return f".{place.name}.publishing-"


def _put(site: Path, place: Path, old: Path) -> None:
    """Put a folder in its place, what stood there aside; if that fails or is broken off, what stood there stands."""
    try:
        if place.exists():
            place.rename(old)
        site.rename(place)
    except BaseException as error:
        if old.exists() and not place.exists():
            old.rename(place)
        if isinstance(error, OSError):
            raise InputError(f"{place}: is as it was; it cannot be replaced {refused(error)}") from error
        raise
    sync_folder(place.parent)


def _bring_to_disk(site: Path) -> None:
    """Bring all files and names to the disk, once all is written: one by one while writing takes far longer."""
    for path in sorted(site.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(site)
