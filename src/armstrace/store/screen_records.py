"""Sanctions lists as rows and back, every field exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import zstandard

from armstrace.errors import StoreError
from armstrace.screen.entries import Fault, Identifier, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.load import FileVersion, SanctionsList
from armstrace.store.columns import from_json, to_json

_LEVEL = 3
_MOST_BYTES = 1 << 31  # of the entries of a list; far above what may be loaded


def list_row(one: SanctionsList) -> dict[str, Any]:
    """Return the columns that hold a list itself; when it came and whether it is in force are the store's to say."""
    data = to_json([_entry_values(entry) for entry in one.entries]).encode("ascii")
    return {
        "key": one.key,
        "sha256": one.sha256,
        "format": one.format,
        "dated": one.dated,
        "files": to_json(one.files),
        "faults": to_json([[fault.place, fault.reason] for fault in one.faults]),
        "entry_count": len(one.entries),
        "entries": zstandard.ZstdCompressor(level=_LEVEL).compress(data),
        "digest": hashlib.sha256(data).hexdigest(),
    }


def row_list(row: Mapping[str, Any]) -> SanctionsList:
    """Return the list of a row.

    Raises:
        StoreError: the row is damaged.
    """
    try:
        data = zstandard.ZstdDecompressor().decompress(row["entries"], max_output_size=_MOST_BYTES)
        whole = hashlib.sha256(data).hexdigest() == row["digest"]
        entries = tuple(_read_entry(values) for values in from_json(data.decode("ascii"))) if whole else ()
    except (zstandard.ZstdError, ValueError, TypeError) as error:
        raise StoreError(_damaged(row)) from error
    if not whole:
        raise StoreError(_damaged(row))
    return SanctionsList(
        row["key"],
        row["format"],
        row["dated"],
        row["sha256"],
        tuple(FileVersion(*file) for file in from_json(row["files"])),
        entries,
        tuple(Fault(*fault) for fault in from_json(row["faults"])),
    )


def _damaged(row: Mapping[str, Any]) -> str:
    return f"the list {row['key']} ({row['sha256'][:12]}) is damaged; load its file again with `armstrace lists add`"


def _entry_values(entry: ListedEntry) -> list[Any]:
    return [
        entry.id,
        entry.kind,
        [[name.text, name.sort] for name in entry.names],
        entry.countries,
        entry.births,
        [[one.kind, one.value] for one in entry.identifiers],
        entry.programmes,
        entry.listed_on,
        entry.remarks,
    ]


def _read_entry(values: list[Any]) -> ListedEntry:
    identity, kind, names, countries, births, numbers, programmes, listed_on, remarks = values
    return ListedEntry(
        identity,
        ListedKind(kind),
        tuple(ListedName(text, NameSort(sort)) for text, sort in names),
        tuple(countries),
        tuple(births),
        tuple(Identifier(*number) for number in numbers),
        tuple(programmes),
        listed_on,
        remarks,
    )
