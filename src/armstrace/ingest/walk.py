"""From paths and pieces of bytes to texts: tells each format, unpacks containers, and lets a bad file cost itself."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from armstrace.document import Capture
from armstrace.errors import InputError, refused
from armstrace.ingest.formats import HEAD, Foreign, Format, tell_format
from armstrace.ingest.limits import MOST_BYTES, MOST_DEPTH, MOST_INFLATED, MOST_RATIO, read_bounded
from armstrace.ingest.raw import Container, Piece, RawText, Unread
from armstrace.ingest.table import is_container, reader_of, unpacker_of

STDIN: Final = "-"
# What systems put into folders: no document, and no reason to complain.
_NOT_DOCUMENTS: Final = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or standard input, still to be opened: the name of its document and where it is."""

    name: str
    path: Path | None
    open: Callable[[], BinaryIO]

    @property
    def source(self) -> str:
        """Where it is, for people."""
        return str(self.path) if self.path else "standard input"


@dataclass(frozen=True, slots=True)
class Known:
    """A document that the caller has already, told by the SHA-256 of its bytes; it was not read again."""

    sha256: str
    capture: Capture
    name: str = ""


Found = RawText | Unread | Known
Knows = Callable[[str], bool]


def find_inputs(path: str) -> Iterator[Input]:
    """Yield the files that a path stands for: itself, all files of a folder in order of their names, or ``-``.

    A document goes by its file name without the suffix; one from deep in a folder by the path to it. Hidden files
    and what systems leave in folders are passed over.

    Raises:
        InputError: no such file or folder, one that cannot be reached, or a folder without files.
    """
    if path == STDIN:
        yield Input("stdin", None, lambda: _kept(sys.stdin.buffer))
        return
    place = Path(path)
    if not _is_folder(place):
        yield _file(place, place.stem)
        return
    found = False
    for file in _files_of(place):
        found = True
        yield _file(file, file.relative_to(place.parent if file == place else place).with_suffix("").as_posix())
    if not found:
        raise InputError(f"{path}: the folder holds no file; give a file by name, or a folder of documents")


def _file(path: Path, name: str) -> Input:
    return Input(name, path, lambda: path.open("rb"))


def _is_folder(place: Path) -> bool:
    try:
        return stat.S_ISDIR(place.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last for a NUL in the path
        raise InputError(
            f"{place}: no such file or folder; check the path, or give '-' to read standard input"
        ) from None
    except OSError as error:
        raise InputError(f"{place}: cannot be read {refused(error)}") from error


def _files_of(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its folders, sorted in each; links to folders are not followed.

    A folder that may not be read and a link that leads nowhere are yielded themselves: opening them tells why.
    """
    levels = [_entries(folder)]  # no recursion: folders may lie deeper than Python's stack is
    while levels:
        place, is_folder = next(levels[-1], (None, False))
        if place is None:
            levels.pop()
        elif is_folder:
            levels.append(_entries(place))
        else:
            yield place


def _entries(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Yield what is in a folder and may be read, and whether it is a folder."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield folder, False
        return
    for entry in found:
        is_folder = entry.is_dir(follow_symlinks=False)
        if not entry.name.startswith(".") and entry.name not in _NOT_DOCUMENTS and (is_folder or _is_file(entry)):
            yield Path(entry.path), is_folder


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a file, or cannot be looked at; pipes, devices and links to folders are none."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return True


def read_input(given: Input, knows: Knows | None = None) -> Iterator[Found]:
    """Yield the texts of a file, and what of it could not be read; nothing is raised but what ends the program.

    ``knows`` tells by the SHA-256 of its bytes whether a document is known already; then only that is yielded.
    """
    try:
        with given.open() as opened, nullcontext(opened) if opened.seekable() else _kept(opened) as stream:
            container = Container(given.name, stream, Capture(given.source))
            yield from _Walk(knows, _size_of(stream)).stream(container, Piece(given.name, b"", container.capture))
    except OSError as error:
        yield Unread(given.source, f"{given.source}: cannot be read {refused(error)}")
    except InputError as error:
        yield Unread(given.source, str(error))


def read_piece(piece: Piece, knows: Knows | None = None) -> Iterator[Found]:
    """Yield the texts of bytes at hand, and what of them could not be read."""
    yield from _Walk(knows, len(piece.data)).piece(piece)


class _Walk:
    """The way through one file: what is known already, and how much it may still inflate to."""

    def __init__(self, knows: Knows | None, size: int) -> None:
        self._knows = knows
        self._left = MOST_INFLATED + MOST_RATIO * size

    def piece(self, piece: Piece) -> Iterator[Found]:
        where = piece.capture.source
        if piece.depth > MOST_DEPTH:
            told = f"{where}: lies in more than {MOST_DEPTH} containers; unpack them first"
            yield Unread(where, told, piece.evidence or piece.data)
            return
        container = Container(piece.name, io.BytesIO(piece.data), piece.capture, piece.known, piece.depth)
        try:
            yield from self.stream(container, piece)
        except InputError as error:
            yield Unread(where, str(error), piece.evidence or piece.data)

    def stream(self, container: Container, piece: Piece) -> Iterator[Found]:
        """Yield what a stream holds; ``piece`` says what is known of it where it is one document."""
        where = container.capture.source
        stream = container.stream
        head = stream.read(HEAD)
        stream.seek(0)
        if not head.strip() and not stream.read(1):
            raise InputError(f"{where}: is empty; there is nothing to read")
        stream.seek(0)
        found = tell_format(head, stream)
        if isinstance(found, Foreign):
            raise InputError(f"{where}: is {found.what}, which armstrace does not read; {found.remedy}")
        if is_container(found):
            try:
                yield from self._unpack(found, container)
            except InputError as error:
                yield Unread(where, str(error), piece.evidence or piece.data or _whole(stream))
        else:
            yield self._read(found, replace(piece, data=piece.data or read_bounded(stream, where)))

    def _unpack(self, form: Format, container: Container) -> Iterator[Found]:
        for part in unpacker_of(form)(container):
            if isinstance(part, Piece):
                self._left -= len(part.data)
                if self._left < 0:
                    raise InputError(f"{container.capture.source}: inflates without end, as bombs do; not read further")
                yield from self.piece(replace(part, depth=container.depth + 1))
            elif isinstance(part, RawText) and part.identity is None and self._is_known(part.evidence):
                yield Known(_hash(part.evidence), part.capture, part.id)
            else:
                yield part

    def _read(self, form: Format, piece: Piece) -> Found:
        """Return the text of one document, or why there is none; its bytes are kept either way."""
        evidence = piece.evidence or piece.data
        if self._is_known(evidence):
            return Known(_hash(evidence), piece.capture, piece.name)
        try:
            raw = reader_of(form)(piece)
        except InputError as error:
            return Unread(piece.capture.source, str(error).removeprefix(f"{piece.name}: "), evidence)
        return _with_original(raw, piece) if piece.evidence else raw

    def _is_known(self, evidence: bytes) -> bool:
        return self._knows is not None and self._knows(_hash(evidence))


def _with_original(raw: RawText, piece: Piece) -> RawText:
    """Return a text read from bytes that were made of others, with those others as its evidence."""
    places = tuple(replace(place, part=place.part or piece.part) for place in raw.places)
    return replace(raw, evidence=piece.evidence, identity=raw.identity or _hash(piece.data), places=places)


def _kept(stream: BinaryIO) -> BinaryIO:
    """Return a copy of a stream that can be sought in, on disk where it is large."""
    copy = SpooledTemporaryFile(max_size=MOST_BYTES)  # noqa: SIM115 - its reader closes it
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return cast("BinaryIO", copy)


def _whole(stream: BinaryIO) -> bytes:
    """Return the bytes of a container that fails, none where they are more than one document may have."""
    return b"" if _size_of(stream) > MOST_BYTES else stream.read()


def _size_of(stream: BinaryIO) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
