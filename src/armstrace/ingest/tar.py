"""Tar archives of documents, read forward and never onto the disk."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from armstrace.errors import InputError
from armstrace.ingest.entry_names import document_name, kind_passed_over, passed_over, shown_name
from armstrace.ingest.limits import MOST_BYTES
from armstrace.ingest.raw import Container, Piece, RawText, Unread

_BLOCK = tarfile.BLOCKSIZE
_LONGEST_NAME = 1 << 16  # bytes of a record that holds a name
_STEP = 1 << 20


def is_tar(start: bytes) -> bool:
    """Tell whether a file that starts so is a tar archive with the mark that all tools have written since 1988."""
    return start[257:262] == b"ustar"


def unpack_tar(container: Container) -> Iterator[RawText | Piece | Unread]:
    """Yield the plain files of a tar archive, each as a piece named by container and path.

    Links and devices, folders, images and the like are counted in one last note. Once a header is damaged nothing
    that follows can be found, which is told.

    Raises:
        InputError: no tar archive.
    """
    source = container.capture.source or container.name
    kinds: Counter[str] = Counter()
    stream, number, at, stated = container.stream, 0, 0, ""
    while len(block := stream.read(_BLOCK)) == _BLOCK and block.strip(b"\0"):
        info = _header(block)
        if info is None or info.size < 0:
            if not number:
                raise InputError(f"{source}: is no tar archive; fetch it again, or unpack it by other means")
            yield Unread(f"{source}, byte {at}", "is no header of a tar archive; what follows is lost")
            return
        number += 1
        at += _BLOCK + -(-info.size // _BLOCK) * _BLOCK
        if info.type in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
            stated = _stated_name(info, _take(stream, info.size, _LONGEST_NAME) or b"")
            continue
        name, stated = shown_name(stated or info.name, number), ""
        yield from _unpack_entry(container, info, name, kinds)
    if not number and not block:
        raise InputError(f"{source}: is no tar archive; fetch it again, or unpack it by other means")
    if len(block) not in (0, _BLOCK) or (number and not block):
        yield Unread(source, "ends before its end mark; it may have been cut short")
    yield from passed_over(source, +kinds)


def _unpack_entry(
    container: Container, info: tarfile.TarInfo, name: str, kinds: Counter[str]
) -> Iterator[Piece | Unread]:
    kind = None if info.isreg() and not info.issparse() else "links, folders and devices"
    kind = kind or kind_passed_over(name)
    data = _take(container.stream, info.size, 0 if kind else MOST_BYTES)
    if kind:
        kinds[kind] += not info.isdir() and info.type not in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK)
        return
    capture = replace(container.capture, source=f"{container.capture.source}!/{name}")
    if data is None:
        yield Unread(capture.source, f"is larger than {MOST_BYTES >> 20} MiB, the most that is read of one document")
    elif not data:
        yield Unread(capture.source, "is empty; there is nothing to read")
    else:
        yield Piece(document_name(container.name, name), data, capture, container.known, depth=container.depth + 1)
        if len(data) < info.size:
            yield Unread(capture.source, f"is cut short: {len(data)} of {info.size} bytes are there")


def _header(block: bytes) -> tarfile.TarInfo | None:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return None


def _take(stream: BinaryIO, size: int, most: int) -> bytes | None:
    """Return the bytes of an entry and go to the next block; None where they are more than ``most``, and skipped."""
    parts = []
    left = -(-size // _BLOCK) * _BLOCK
    while left and (part := stream.read(min(left, _STEP))):
        left -= len(part)
        if size <= most:
            parts.append(part)
    return b"".join(parts)[:size] if size <= most else None


def _stated_name(info: tarfile.TarInfo, data: bytes) -> str:
    """Return the name in a record that stands before a header too short for it."""
    text = data.decode("utf-8", "replace")
    if info.type == tarfile.GNUTYPE_LONGNAME:
        return text.rstrip("\0")
    return next(
        (line.partition("path=")[2] for line in text.split("\n") if line.partition(" ")[2].startswith("path=")), ""
    )
