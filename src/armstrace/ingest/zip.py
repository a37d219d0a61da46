"""ZIP archives of documents."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from armstrace.errors import InputError
from armstrace.ingest.entry_names import document_name, kind_passed_over, passed_over, shown_name
from armstrace.ingest.gzipped import unpack_gzip
from armstrace.ingest.inflate import HARMLESS, LARGEST_RATIO
from armstrace.ingest.limits import MOST_BYTES
from armstrace.ingest.raw import Container, Piece, RawText, Unread
from armstrace.ingest.streams import START, Unpacker, streamed_unpacker
from armstrace.ingest.zip_directory import DAMAGE, Entry, list_entries, open_zip, read_entry

Found = RawText | Piece | Unread
# Entries each below its own bound must not add up to hours: 42.zip has five layers of sixteen.
_LARGEST_TOTAL_RATIO = LARGEST_RATIO // 2
_HARMLESS_TOTAL = 64 * HARMLESS
_GZIP_MARK = b"\x1f\x8b"


def unpack_zip(container: Container) -> Iterator[Found]:
    """Yield the entries that may be documents, each as a piece named by container and path; nothing is written.

    Damaged, encrypted, overlapping and absurdly inflating entries are Unread, each for itself; system files, images
    and the like are counted in one last note. A web archive or table in it that is larger than a document may be is
    unpacked as a stream.

    Raises:
        InputError: no ZIP archive, or one without its list of files.
    """
    source = container.capture.source or container.name
    kinds: Counter[str] = Counter()
    most = max(_HARMLESS_TOTAL, _LARGEST_TOTAL_RATIO * container.stream.seek(0, 2))
    with open_zip(container.stream, source) as archive:
        for number, entry in enumerate(list_entries(archive), 1):
            shown = shown_name(entry.info.filename, number)
            if kind := kind_passed_over(shown):
                kinds[kind] += 1
                continue
            if most < 0:
                reason = f"inflates to more than {_LARGEST_TOTAL_RATIO} times its size; no more of it is read"
                yield Unread(source, f"{reason} from {shown} on")
                break
            for found in _unpack_entry(container, archive, entry, shown):
                most -= len(found.data) if isinstance(found, Piece) else HARMLESS if entry.info.file_size else 0
                yield found
    yield from passed_over(source, kinds)


def _unpack_entry(container: Container, archive: zipfile.ZipFile, entry: Entry, shown: str) -> Iterator[Found]:
    capture = replace(container.capture, source=f"{container.capture.source}!/{shown}")
    name = document_name(container.name, shown)
    if entry.flaw:
        yield Unread(capture.source, entry.flaw)
        return
    if entry.info.file_size > MOST_BYTES and (unpack := _stream_unpacker(archive, entry.info)):
        inner = Container(name, container.stream, capture, container.known, container.depth + 1)
        yield from _unpack_stream(inner, archive, entry.info, unpack)
        return
    try:
        data = read_entry(archive, entry.info)
    except InputError as error:
        yield Unread(capture.source, str(error))
        return
    if data:
        yield Piece(name, data, capture, container.known, depth=container.depth + 1)
    else:
        yield Unread(capture.source, "is empty; there is nothing to read")


def _stream_unpacker(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Unpacker | None:
    if info.file_size > LARGEST_RATIO * info.compress_size:
        return None
    try:
        with archive.open(info) as stream:
            start = stream.read(START)
    except DAMAGE:
        return None
    return unpack_gzip if start.startswith(_GZIP_MARK) else streamed_unpacker(start)


def _unpack_stream(
    inner: Container, archive: zipfile.ZipFile, info: zipfile.ZipInfo, unpack: Unpacker
) -> Iterator[Found]:
    source = inner.capture.source
    try:
        with archive.open(info) as stream:
            yield from unpack(replace(inner, stream=cast("BinaryIO", stream)))
    except InputError as error:
        yield Unread(source, str(error).removeprefix(f"{source}: "))
    except DAMAGE as error:
        yield Unread(source, f"is damaged ({error}); what follows in it is lost")
