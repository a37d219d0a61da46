"""Web archives in a ZIP with their index (WACZ): the pages in its WARC files, with the titles of its list of pages."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from armstrace.document import Metadata
from armstrace.errors import InputError
from armstrace.ingest.entry_names import shown_name
from armstrace.ingest.json_lines import bounded_lines
from armstrace.ingest.metadata import joined_metadata, tidy
from armstrace.ingest.raw import Container, Piece, Unread
from armstrace.ingest.warc import unpack_warc
from armstrace.ingest.zip_directory import DAMAGE, Entry, list_entries, open_zip

_ARCHIVES = (".warc", ".warc.gz", ".warc.zst")
_MOST_TITLES = 100_000
_LARGEST_LIST = 64 << 20  # bytes


def unpack_wacz(container: Container) -> Iterator[Piece | Unread]:
    """Yield what the WARC files of a WACZ hold, as ``unpack_warc`` does, without unpacking them to memory or disk.

    Raises:
        InputError: no ZIP archive, or one without WARC files.
    """
    source = container.capture.source or container.name
    with open_zip(container.stream, source) as archive:
        entries = list(list_entries(archive))
        archives = [(n, e) for n, e in enumerate(entries, 1) if _is_archive(e.info.filename)]
        if not archives:
            raise InputError(f"{source}: is a ZIP archive without a folder archive/ of WARC files, so no WACZ")
        titles = _titles(archive, entries)
        for number, entry in archives:
            shown = shown_name(entry.info.filename, number)
            capture = replace(container.capture, source=f"{container.capture.source}!/{shown}")
            inner = replace(container, capture=capture, depth=container.depth + 1)
            yield from _unpack_archive(inner, archive, entry, titles)


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith(_ARCHIVES)


def _unpack_archive(
    inner: Container, archive: zipfile.ZipFile, entry: Entry, titles: dict[str, str]
) -> Iterator[Piece | Unread]:
    source = inner.capture.source
    if entry.flaw:
        yield Unread(source, entry.flaw)
        return
    try:
        with archive.open(entry.info) as stream:
            for found in unpack_warc(replace(inner, stream=cast("BinaryIO", stream))):
                yield _titled(found, titles) if isinstance(found, Piece) else found
    except InputError as error:
        yield Unread(source, str(error).removeprefix(f"{source}: "))
    except DAMAGE as error:
        yield Unread(source, f"is damaged ({error}); what follows in it is lost")


def _titled(piece: Piece, titles: dict[str, str]) -> Piece:
    title = titles.get(piece.known.url or "")
    return replace(piece, known=joined_metadata(piece.known, Metadata(title=title))) if title else piece


def _titles(archive: zipfile.ZipFile, entries: list[Entry]) -> dict[str, str]:
    """Return address -> title from the list of pages; it only adds to what pages say, so that none is told lost."""
    titles: dict[str, str] = {}
    for entry in entries:
        if entry.flaw or not entry.info.filename.startswith("pages/") or entry.info.file_size > _LARGEST_LIST:
            continue
        try:
            with archive.open(entry.info) as stream:
                for line in bounded_lines(cast("BinaryIO", stream)):
                    if len(titles) < _MOST_TITLES:
                        titles |= _title(line or b"")
        except DAMAGE:
            continue
    return titles


def _title(line: bytes) -> dict[str, str]:
    try:
        page = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(page, dict) or not isinstance(page.get("url"), str) or not isinstance(page.get("title"), str):
        return {}
    url, title = tidy(page["url"]), tidy(page["title"])
    return {url: title} if url and title and title != url else {}
