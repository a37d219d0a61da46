"""The directory of a ZIP archive, read with bounds and against what hostile ones state."""

from __future__ import annotations

import itertools
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from armstrace.errors import InputError
from armstrace.ingest.inflate import read_bounded
from armstrace.ingest.limits import MOST_BYTES

# zipfile keeps some 500 bytes for each entry of at least 46: this many take it under 400 MiB of memory.
_LARGEST_DIRECTORY = 32 << 20
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_ENTRY = b"PK\x01\x02"
_END_RECORD = 22  # bytes, without comment
_END_RECORD_64, _LOCATOR = 56, 20
_END_SEARCH = (1 << 16) + _END_RECORD + _END_RECORD_64 + _LOCATOR  # with the longest comment
_LOCAL_HEADER = 30  # bytes, without name
_ENTRY_HEADER = 46
_UTF_8_NAME = 0x08  # in the second byte of an entry's flags
_ENCRYPTED = 0x41  # in the flags: encrypted, strongly encrypted
# bzip2 and LZMA inflate without a bound in the standard library, and are rare in archives of documents.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``flaw`` says why it cannot be read, None where it may be."""

    info: zipfile.ZipInfo
    flaw: str | None


def open_zip(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """Return the archive, opened.

    Raises:
        InputError: no ZIP archive, cut short, or a directory larger than one of some 700,000 entries.
    """
    size, start = _directory(stream, name)
    try:
        try:
            return zipfile.ZipFile(stream)
        except UnicodeDecodeError:
            return zipfile.ZipFile(_Patched(stream, _misnamed(stream, start, size)))
    except DAMAGE as error:
        raise InputError(
            f"{name}: is a damaged ZIP archive ({error}); fetch it again, or unpack it by other means"
        ) from error


def list_entries(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """Yield the entries but for folders, in the order of the directory."""
    overlapping = _overlapping(archive.infolist())
    for info in archive.infolist():
        if not info.filename.endswith("/"):  # a name may be empty, which is_dir cannot take
            yield Entry(
                info, _flaw(info) or ("overlaps the next entry, as in a bomb" if id(info) in overlapping else None)
            )


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of an entry, checked against its sum.

    Raises:
        InputError: larger than a document may be, inflates absurdly, or is damaged; the text is the reason alone.
    """
    if info.file_size > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES >> 20} MiB, the most that is read of one document")
    try:
        with archive.open(info) as stream:
            return read_bounded(stream, info.compress_size)
    except InputError:
        raise
    except DAMAGE as error:
        raise InputError(f"is damaged ({str(error) or type(error).__name__})") from error


def _flaw(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack the archive with its password, and give the files"
    if info.compress_type not in _METHODS:
        method = zipfile.compressor_names.get(info.compress_type, str(info.compress_type))  # type: ignore[attr-defined]
        return f"is packed by a method that is not read ({method}); unpack the archive, and give the files"
    return None


def _overlapping(entries: list[zipfile.ZipInfo]) -> frozenset[int]:
    """Return the ids of entries whose bytes run into those of the next."""
    placed = sorted(entries, key=lambda e: e.header_offset)
    pairs = itertools.pairwise(placed)
    return frozenset(id(a) for a, b in pairs if a.header_offset + _LOCAL_HEADER + a.compress_size > b.header_offset)


def _directory(stream: BinaryIO, name: str) -> tuple[int, int]:
    """Return size and place of the central directory."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - _END_SEARCH))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_RECORD:
        raise InputError(
            f"{name}: is a ZIP archive without its end, where the list of its files stands; fetch it again"
        )
    size, position = struct.unpack_from("<L", tail, at + 12)[0], end - len(tail) + at
    long = at - _LOCATOR - _END_RECORD_64
    if long >= 0 and tail.startswith(_END_64, long):  # zipfile goes by this one whatever the other says
        size, position = struct.unpack_from("<Q", tail, long + 40)[0], end - len(tail) + long
    if size > _LARGEST_DIRECTORY:
        limit = f"{_LARGEST_DIRECTORY >> 20} MiB"
        raise InputError(f"{name}: is a ZIP archive whose list of files is larger than {limit}; split the archive")
    return size, max(0, position - size)


def _misnamed(stream: BinaryIO, start: int, size: int) -> dict[int, int]:
    """Return the bytes to change so that names that are no UTF-8, though marked so, are read as Windows ones."""
    stream.seek(start)
    directory = stream.read(size)
    at, changes = 0, {}
    while directory.startswith(_ENTRY, at) and len(directory) >= at + _ENTRY_HEADER:
        name, extra, comment = struct.unpack_from("<3H", directory, at + 28)
        flags = directory[at + 9]
        if flags & _UTF_8_NAME and not _is_utf_8(directory[at + _ENTRY_HEADER : at + _ENTRY_HEADER + name]):
            changes[start + at + 9] = flags & ~_UTF_8_NAME
            changes[struct.unpack_from("<L", directory, at + 42)[0] + 7] = flags & ~_UTF_8_NAME  # before the entry
        at += _ENTRY_HEADER + name + extra + comment
    return changes


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Patched:
    """A stream in which some bytes read differently."""

    def __init__(self, inner: BinaryIO, changes: dict[int, int]) -> None:
        self._inner, self._changes, self._places = inner, changes, sorted(changes)
        self.seek, self.tell, self.seekable = inner.seek, inner.tell, inner.seekable

    def read(self, size: int = -1, /) -> bytes:
        at = self._inner.tell()
        data = bytearray(self._inner.read(size))
        for place in self._places[bisect_left(self._places, at) : bisect_left(self._places, at + len(data))]:
            data[place - at] = self._changes[place]
        return bytes(data)

    def close(self) -> None:
        """Leave the stream open: it belongs to the caller."""
