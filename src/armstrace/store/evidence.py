"""Bytes kept under their SHA-256, one compressed file each, never changed.

``ab/abcdef….zst`` in the folder holds the bytes whose hash is abcdef…; ``zstd -dc FILE | sha256sum`` shows it without
armstrace. A file is whole on the disk before anything speaks of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import zstandard

from armstrace.errors import StoreError
from armstrace.whole_files import sync_folder, whole_file

CODEC = "zstd"
SUFFIX = ".zst"
STORE_ID_FILE = "armstrace-store-id"
# Of 181 news pages level 3 leaves 19.7 % in 0.8 ms each, level 9 17.8 % in 4.4 ms, level 19 16.9 % in 106 ms.
_LEVEL = 3
_CHUNK = 1 << 20
_LARGEST_WINDOW = 1 << 27  # what our level can ask for; more would be memory that a stranger chose
_TRIES = 10  # of writing, while somebody keeps tidying up
_NAME = re.compile(r"([0-9a-f]{64})\.zst")
_PART = re.compile(rf"\.(?:[0-9a-f]{{64}}\.zst|{STORE_ID_FILE})\.[0-9a-f]{{16}}\.part")
_LONGEST_HEADER = 18  # bytes of a frame of Zstandard (RFC 8878, 3.1.1)
_SHORTEST_FRAME = 9


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are on the disk: their hash, their length, and that of their file."""

    sha256: str
    size: int
    stored_size: int


class Evidence:
    """The evidence of one store in a folder."""

    def __init__(self, folder: Path, store_id: str) -> None:
        self.folder = folder
        self._store_id = store_id
        self._is_claimed = False
        self._last: tuple[bytes, Kept] | None = None  # several documents in a row come from the same bytes

    def path(self, sha256: str) -> Path:
        """Return where the bytes of a hash are kept."""
        return self.folder / sha256[:2] / f"{sha256}{SUFFIX}"

    def put(self, data: bytes) -> Kept:
        """Keep bytes and return once they are on the disk; bytes that are there already are not written again.

        Where their file is damaged, it is replaced.

        Raises:
            StoreError: they cannot be written, or the folder is that of another store.
        """
        if self._last and self._last[0] is data:
            return self._last[1]
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with _telling(path):
            self._claim()
            size = _size_of(path) if is_intact(path, sha256) else None
            if size is None:
                packed = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(data)
                self._write(path, packed)
                size = len(packed)
            kept = Kept(sha256, len(data), size)
        self._last = (data, kept)
        return kept

    def has(self, sha256: str) -> bool:
        """Tell whether there is a file for a hash."""
        return self.path(sha256).is_file()

    def is_kept(self, sha256: str) -> bool:
        """Tell whether the bytes of a hash are there, and as they were.

        Raises:
            StoreError: their file cannot be read.
        """
        path = self.path(sha256)
        with _telling(path):
            return is_intact(path, sha256)

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a hash.

        Raises:
            StoreError: they are not there, or not what they were.
        """
        path = self.path(sha256)
        with _telling(path):
            data = b"".join(stream(path))
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(f"{path}: is not what was kept (its hash differs); put back a copy, or add the original")
        return data

    def forget_last(self) -> None:
        """Look at the disk again for the bytes that come next."""
        self._last = None

    def check_owner(self) -> None:
        """Make sure that the folder is that of this store, or of none yet.

        Raises:
            StoreError: it is that of another.
        """
        mark = self.folder / STORE_ID_FILE
        with _telling(mark):
            if mark.exists() and mark.read_text(encoding="ascii", errors="replace").strip() != self._store_id:
                raise StoreError(
                    f"{self.folder}: holds the evidence of another database; "
                    "set ARMSTRACE_EVIDENCE to a folder of its own"
                )

    def _claim(self) -> None:
        if not self._is_claimed:
            self.check_owner()
            mark = self.folder / STORE_ID_FILE
            if not mark.exists():
                _make_folder(self.folder)
                _write_durably(mark, self._store_id.encode())
            self._is_claimed = True

    def _write(self, path: Path, packed: bytes) -> None:
        for last in (False,) * (_TRIES - 1) + (True,):
            try:
                _make_folder(path.parent)
                _write_durably(path, packed)
            except FileNotFoundError:  # somebody tidied up between
                if last:
                    raise
            else:
                return


def _size_of(path: Path) -> int | None:
    """Return the size of a file, None where somebody tidied it up since it was looked at."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def hash_in_name(name: str) -> str | None:
    """Return the hash that a file of the archive goes by, None for a file that is none of it."""
    match = _NAME.fullmatch(name)
    return match.group(1) if match else None


def is_part(name: str) -> bool:
    """Tell whether a file is what a broken-off writer left."""
    return bool(_PART.fullmatch(name))


def is_intact(path: Path, sha256: str) -> bool:
    """Tell whether a file holds the bytes of a hash; bounded in memory.

    Raises:
        OSError: it is there and cannot be read.
    """
    digest = hashlib.sha256()
    try:
        for piece in stream(path):
            digest.update(piece)
    except (FileNotFoundError, EOFError, zstandard.ZstdError):
        return False
    return digest.hexdigest() == sha256


def stream(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file of the archive, in pieces of 1 MiB at most.

    Raises:
        OSError: it cannot be read.
        EOFError: it is cut short.
        zstandard.ZstdError: it is damaged.
    """
    with path.open("rb") as file:
        start = file.read(_LONGEST_HEADER)
        if len(start) < _SHORTEST_FRAME:
            raise EOFError
        left = zstandard.frame_content_size(start)
        file.seek(0)
        with zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(file) as unpacked:
            while piece := unpacked.read(_CHUNK):
                left -= len(piece)
                yield piece
    if left > 0:
        raise EOFError


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn what reading and writing raise into a StoreError that names the file."""
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"{path}: the evidence is not there; put back a copy, or add the original again") from error
    except OSError as error:
        said = error.strerror or str(error)
        raise StoreError(
            f"{path}: evidence cannot be read or written ({said}); check the disk and its rights"
        ) from error
    except EOFError as error:
        raise StoreError(f"{path}: is cut short; put back a copy, or add the original again") from error
    except zstandard.ZstdError as error:
        raise StoreError(f"{path}: is damaged ({error}); put back a copy, or add the original again") from error


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)


def _write_durably(path: Path, data: bytes) -> None:
    with whole_file(path) as file:
        file.write(data)
