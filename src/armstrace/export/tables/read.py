"""Tables read back: records in their public shape, as they were before they were parted into tables."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from armstrace.errors import InputError
from armstrace.export.spreadsheet import ENCODING
from armstrace.export.tables.cells import plain_cells
from armstrace.export.tables.columns import Cells, Row, Table, row_of
from armstrace.export.tables.csv_files import file_name
from armstrace.export.tables.definition import TABLES
from armstrace.export.tables.lines import FIELDS, TRANSFERS

_LISTS = (
    *(*FIELDS, "ranges", "denials", "accounts", "conflicts", "revisions", "reviews", "history", "reports"),
    *("changes", "findings", "told", "told_beside", "documents"),
)

# What reading an archive raises that is cut, changed, encrypted, or packed in ways that ours are not.
_DAMAGE = (OSError, BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_MISSHAPEN = (csv.Error, LookupError, TypeError)  # a table is not as it was written


def read_tables(path: Path) -> Iterator[Row]:
    """Yield the records of a ZIP of all tables (``csv`` with ``table=all``), exactly as they were.

    They are in the public shape, as JSON Lines have it, and few are held at once.

    Raises:
        InputError: it is no such ZIP; the text names what is wrong.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(ZipFile(path))
            opened = {table.name: stack.enter_context(file.open(file_name(table))) for table in TABLES}
        except (*_DAMAGE, KeyError) as error:
            raise InputError(f"{path}: no ZIP of all tables ({error}); export --format csv --set table=all") from error
        texts = {name: io.TextIOWrapper(part, ENCODING, newline="") for name, part in opened.items()}
        try:
            yield from records_of({table.name: _rows(table, texts[table.name]) for table in TABLES})
        except (*_DAMAGE, *_MISSHAPEN) as error:
            raise InputError(f"{path}: a cell cannot be read ({error}); export it anew") from error


def _rows(table: Table, lines: Iterable[str]) -> Iterator[Cells]:
    for cells in islice(csv.reader(lines), 1, None):
        yield plain_cells(table, cells)


def records_of(tables: Mapping[str, Iterable[Cells]]) -> Iterator[Row]:
    """Yield the records, in their public shape (``record_to_dict``), that rows of all tables were made of.

    Args:
        tables: by name, the rows of each in the order in which they were written, as plain values.

    Raises:
        KeyError: a table is missing.
    """
    waiting = {table.name: iter(tables[table.name]) for table in TABLES}
    for line in waiting[TRANSFERS.name]:
        shape = _blank()
        for table in TABLES:
            own = [line] if table is TRANSFERS else _taken(waiting, table.name, line[0])
            for cells in own:
                keys = len(table.keys)
                table.put(shape, cells[:keys], row_of(table, cells[keys:]))
        ids = {name: [one["claim"] for one in shape[told]] for name, told in _IDS.items()}
        yield {"transfer": line[0], **shape, **ids}


_IDS = {"claims": "told", "context": "told_beside"}


def _blank() -> Row:
    sides: Row = {side: {"origins": []} for side in ("for", "against")}
    return {**{name: [] for name in _LISTS}, **sides, "latest": None}


def _taken(waiting: dict[str, Iterator[Cells]], name: str, transfer: object) -> Iterator[Cells]:
    """Yield the next rows of a table, as long as they are of a transfer."""
    rows = waiting[name]
    for cells in rows:
        if cells[0] != transfer:
            waiting[name] = chain([cells], rows)
            return
        yield cells
