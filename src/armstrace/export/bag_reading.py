"""A bag in a ZIP that a stranger may have made: its files by name, and what is wrong with them. Nothing is unpacked.

Files are read piece by piece and nothing of them reaches the disk, so that a name or a link in an archive has no power.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from armstrace.errors import InputError, refused
from armstrace.export.plain import plain

_CHUNK: Final = 1 << 20
_MOST_AT_ONCE: Final = 1 << 28  # bytes of one file that is read as a whole; above what any document takes
_PACKED_AT_MOST: Final = 200  # times; text packs to a tenth, a bomb to a thousandth
_ALWAYS_ALLOWED: Final = 1 << 26  # bytes; what small archives unpack to harms nobody
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_KINDS: Final = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_ENCRYPTED: Final = 0x1
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Trouble(NamedTuple):
    """Something that is wrong: with which file, and what."""

    name: str
    what: str


class Damaged(Exception):  # noqa: N818 - a state of a file, not an error of the program
    """A file of a bag cannot be read, or is not what it has to be; "" names the archive itself."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(name, what)
        self.trouble = Trouble(name, what)


def _has_bad_name(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    is_odd = "\\" in name or not name.isprintable() or bool(_DRIVE.match(name))
    return is_odd or any(part in {"", ".", ".."} for part in parts)


# What no file of an archive may be, in the order in which it is looked at; the first that holds is told.
_RULES: Final[tuple[tuple[Callable[[zipfile.ZipInfo], bool], str], ...]] = (
    (_has_bad_name, "its name would lead out of the folder or cannot be shown"),
    (lambda one: stat.S_IFMT(one.external_attr >> 16) not in _KINDS, "is a link or no plain file"),
    (lambda one: bool(one.flag_bits & _ENCRYPTED), "is encrypted"),
    (lambda one: one.compress_type not in _METHODS, "is packed in a way that bundles are not"),
)


class Bag:
    """The files of a bag, by their names in its one folder."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive = archive
        self._size = size
        entries = archive.infolist()
        self._base = entries[0].orig_filename.split("/")[0] + "/" if entries else ""
        found = [(one.orig_filename.removeprefix(self._base), one) for one in entries if not one.is_dir()]
        self._entries = dict(found)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""
        return frozenset(self._entries)

    def troubles(self) -> Iterator[Trouble]:
        """Yield what is wrong with the archive itself; one with any trouble is not read further."""
        entries = self._archive.infolist()
        total = sum(one.file_size for one in entries)
        if total > max(_ALWAYS_ALLOWED, _PACKED_AT_MOST * self._size):
            yield Trouble("", f"would unpack to {total:,} bytes from {self._size:,}: no bundle does")
        seen: set[str] = set()
        for one in entries:
            name = one.orig_filename
            if wrong := next((words for rule, words in _RULES if rule(one)), None):
                yield Trouble(name, wrong)
            elif not name.startswith(self._base):
                yield Trouble(name, f"lies beside the folder {plain(self._base)}")
            # Names that a disk somewhere takes for one would overwrite each other there.
            key = unicodedata.normalize("NFC", name).casefold()
            if key in seen:
                yield Trouble(name, "is in the archive twice, or differs from another only by capitals")
            seen.add(key)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file, in pieces.

        Raises:
            Damaged: it cannot be read to its end, or is not what the archive says.
        """
        try:
            with self._archive.open(self._entries[name]) as file:
                while piece := file.read(_CHUNK):
                    yield piece
        except _DAMAGE as error:
            raise Damaged(name, f"cannot be read ({plain(str(error))})") from error

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            Damaged: it is not there, too big, or cannot be read.
        """
        if name not in self._entries:
            raise Damaged(name, "is missing")
        if self._entries[name].file_size > _MOST_AT_ONCE:
            raise Damaged(name, f"has more than {_MOST_AT_ONCE:,} bytes")
        return b"".join(self.pieces(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file without their ends; none is longer than what may be read at once.

        Raises:
            Damaged: it is not there, or cannot be read.
        """
        if name not in self._entries:
            raise Damaged(name, "is missing")
        left = b""
        for piece in self.pieces(name):
            *whole, left = (left + piece).split(b"\n")
            yield from whole
            if len(left) > _MOST_AT_ONCE:
                raise Damaged(name, f"has a line of more than {_MOST_AT_ONCE:,} bytes")
        if left:
            yield left

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file.

        Raises:
            Damaged: it cannot be read.
        """
        digest = hashlib.sha256()
        for piece in self.pieces(name):
            digest.update(piece)
        return digest.hexdigest()


def open_bag(path: Path) -> Bag:
    """Return the bag in a ZIP; close it.

    Raises:
        InputError: the file cannot be read.
        Damaged: it is no ZIP, or is cut short.
    """
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise InputError(f"{path}: cannot be read {refused(error)}") from error
    try:
        return Bag(zipfile.ZipFile(path), size)
    except _DAMAGE as error:
        raise Damaged("", f"is no ZIP, or is cut short ({plain(str(error))})") from error
