"""CSV: one table, or all of them in a ZIP with what describes them (W3C, "CSV on the Web")."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from armstrace.errors import MetadataError
from armstrace.export.record import About, Out, Record
from armstrace.export.spreadsheet import ENCODING, csv_row
from armstrace.export.tables.cells import HONESTY, HOW_CELLS_ARE, each_row, text_cells
from armstrace.export.tables.columns import Column, Kind, Table
from armstrace.export.tables.definition import BY_NAME, TABLES
from armstrace.export.tables.forward import Forward

ALL: Final = "all"
METADATA: Final = "csv-metadata.json"  # the name by which readers of CSV on the Web find it
_USUAL: Final = "transfers"
_IN_MEMORY: Final = 1 << 18  # bytes of a table before it goes to disk
_CHUNK: Final = 1 << 18
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # ZIP knows no time before; none is told, so that bytes are the same
_MODE: Final = 0o644 << 16
_UNIX: Final = 3
# Datatypes of "Metadata Vocabulary for Tabular Data" (W3C, 2015). A day may be a month or a year: no one type fits.
_TYPES: Final[Mapping[Kind, Mapping[str, Any]]] = {
    Kind.TEXT: {"datatype": "string"},
    Kind.LIST: {"datatype": "string", "separator": "|"},
    Kind.WHOLE: {"datatype": "integer"},
    Kind.NUMBER: {"datatype": "number"},
    Kind.YES: {"datatype": {"base": "boolean", "format": "yes|no"}},
    Kind.DAY: {"datatype": "string"},
    Kind.ADDRESS: {"datatype": "anyURI"},
    Kind.JSON: {"datatype": "json"},
}


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write the table that ``table`` names (``transfers`` if none is), or a ZIP of all.

    Raises:
        MetadataError: there is no such table.
    """
    chosen = about.options.get("table", _USUAL)
    if chosen == ALL:
        _write_all(records, about, out)
        return
    if chosen not in BY_NAME:
        raise MetadataError(f"table={chosen}: no table of this name; there are {', '.join(BY_NAME)}, and {ALL}")
    for line in table_lines(BY_NAME[chosen], records, about):
        out.write(line)


def table_lines(table: Table, records: Iterable[Record], about: About) -> Iterator[bytes]:
    """Yield the lines of a table, its head first."""
    yield head_line(table)
    for _, cells in each_row([table], records, about):
        yield csv_row(text_cells(table, cells)).encode()


def head_line(table: Table) -> bytes:
    """Return the names of the columns of a table as a line, with the mark by which spreadsheets know UTF-8."""
    return csv_row([column.name for column in table.every]).encode(ENCODING)


def csvw_metadata(about: About) -> dict[str, Any]:
    """Return what describes all tables, as CSV on the Web has it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Register of reported arms transfers",
        "dc:description": f"{HONESTY} {HOW_CELLS_ARE}",
        "dc:provenance": {"asked": dict(about.asked), "as_of": about.as_of, "versions": dict(about.versions)},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "doubleQuote": True},
        "tables": [_described(table) for table in TABLES],
    }


def _described(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(column) for column in table.every],
        "primaryKey": [column.name for column in table.keys],
    }
    if table.name != _USUAL:
        reference = {"resource": file_name(BY_NAME[_USUAL]), "columnReference": "transfer"}
        schema["foreignKeys"] = [{"columnReference": "transfer", "reference": reference}]
    return {"url": file_name(table), "dc:title": table.name, "dc:description": table.meaning, "tableSchema": schema}


def _column(column: Column) -> dict[str, Any]:
    return {"name": column.name, "titles": column.name, "dc:description": column.meaning, **_TYPES[column.kind]}


def file_name(table: Table) -> str:
    """Return the name of the file of a table."""
    return f"{table.name}.csv"


def _write_all(records: Iterable[Record], about: About, out: Out) -> None:
    with ExitStack() as stack:
        parts: dict[str, IO[bytes]] = {}
        for table in TABLES:
            parts[table.name] = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))
            parts[table.name].write(head_line(table))
        for table, cells in each_row(TABLES, records, about):
            parts[table.name].write(csv_row(text_cells(table, cells)).encode())
        with ZipFile(Forward(out), "w", ZIP_DEFLATED) as made:
            metadata = json.dumps(csvw_metadata(about), ensure_ascii=False, indent=2)
            made.writestr(_entry(METADATA), f"{metadata}\n")
            for table in TABLES:
                _add(made, file_name(table), parts[table.name])


def _add(made: ZipFile, name: str, part: IO[bytes]) -> None:
    entry = _entry(name)
    entry.file_size = part.tell()  # by which a file too large for the plain form of ZIP gets the other
    part.seek(0)
    with made.open(entry, "w") as target:
        shutil.copyfileobj(part, target, _CHUNK)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EARLIEST)
    entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, _MODE, _UNIX
    return entry
