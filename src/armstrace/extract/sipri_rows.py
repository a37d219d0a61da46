"""SIPRI's trade register as a table: its columns, what stands above them, and which rows cannot be read, and why.

The register of the SIPRI Arms Transfers Database comes as CSV: some lines of words, one of them "Data generated:" with
a date, then a line of 16 names, three of them blank, then a line a deal. "?" in a blank column marks what stands to the
left of it as uncertain. Where SIPRI says so: https://www.sipri.org/databases/armstransfers/sources-and-methods
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import Final, NamedTuple

from armstrace.document import Span
from armstrace.errors import InputError
from armstrace.text.csv_records import Broken, Cell, Record, read_records
from armstrace.text.year_lists import YEAR, years_in

COLUMNS: Final = (
    "Recipient",
    "Supplier",
    "Year of order",
    " ",
    "Number ordered",
    " ",
    "Weapon designation",
    "Weapon description",
    "Number delivered",
    " ",
    "Year(s) of delivery",
    "status",
    "Comments",
    "SIPRI TIV per unit",
    "SIPRI TIV for total order",
    "SIPRI TIV of delivered weapons",
)
MARKER: Final = "?"
OURS: Final = "Source: armstrace"  # what a table says of itself that ``export --format sipri-csv`` wrote
DELIMITERS: Final = ",;\t"


class Column(IntEnum):
    """The columns by their places."""

    RECIPIENT = 0
    SUPPLIER = 1
    ORDER_YEAR = 2
    ORDER_YEAR_MARKER = 3
    ORDERED = 4
    ORDERED_MARKER = 5
    DESIGNATION = 6
    DESCRIPTION = 7
    DELIVERED = 8
    DELIVERED_MARKER = 9
    DELIVERY_YEARS = 10
    STATUS = 11
    COMMENTS = 12
    TIV_UNIT = 13
    TIV_ORDER = 14
    TIV_DELIVERED = 15


class Row(NamedTuple):
    """A line of the register that can be read: the number of its first line, its place, and its 16 cells."""

    line: int
    span: Span
    cells: tuple[Cell, ...]

    def said(self, column: Column) -> str:
        """Return what a cell says, "" for nothing."""
        return self.cells[column].text.strip()

    def is_marked(self, marker: Column) -> bool:
        """Tell whether a marker column marks what stands to the left of it as uncertain."""
        return self.said(marker) == MARKER


class Aside(NamedTuple):
    """A line that is kept aside: its number, its place, what is wrong with it, and what to do."""

    line: int
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A trade register: the lines above its columns, where these end, and what stands between its cells."""

    above: tuple[Record, ...]
    start: int
    delimiter: str


_HEADER: Final = re.compile(
    r'^"?Recipient"?\s*([,;\t])\s*"?Supplier"?\s*\1\s*"?Year of order"?', re.IGNORECASE | re.MULTILINE
)
_MOST_ABOVE: Final = 60  # lines
_LONGEST_HEADER: Final = 2_000  # characters
_OUR_ID: Final = re.compile(r"\barmstrace [0-9a-f]{16}\b")
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.0)?", re.ASCII)
_VALUE: Final = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def is_trade_register(text: str) -> bool:
    """Tell from the beginning of a text whether it is laid out as SIPRI's trade register."""
    found = _HEADER.search(text)
    return found is not None and text.count("\n", 0, found.start()) <= _MOST_ABOVE


def find_table(text: str, name: str) -> Table:
    """Return what a trade register says of itself, and where its rows begin.

    Raises:
        InputError: it is no trade register of SIPRI's.
    """
    found = _HEADER.search(text)
    head = text[: found.end() + _LONGEST_HEADER] if found else ""
    for delimiter in DELIMITERS:
        above: list[Record] = []
        for record in islice(read_records(head, delimiter), _MOST_ABOVE):
            if isinstance(record, Record):
                if _names(record) == _NAMES:
                    rest = text[record.span.end : record.span.end + 2]
                    return Table(tuple(above), record.span.end + len(rest) - len(rest.lstrip("\r\n")), delimiter)
                above.append(record)
    raise InputError(
        f"{name}: is no trade register of SIPRI's: none of its first lines names the 16 columns from 'Recipient' to "
        f"'{COLUMNS[-1]}'; get the trade register, one line a deal, as CSV from the SIPRI Arms Transfers Database"
    )


def read_rows(text: str, name: str) -> Iterator[Row | Aside]:
    """Yield every line of a trade register, in order: as a row, or why it is none.

    Raises:
        InputError: it is no trade register of SIPRI's, or one that armstrace wrote.
    """
    table = find_table(text, name)
    refuse_ours(text, table, name)
    for record in read_records(text, table.delimiter, table.start):
        yield _row(record)


def refuse_ours(text: str, table: Table, name: str) -> None:
    """Do nothing where a table is not one of armstrace's own.

    Raises:
        InputError: armstrace wrote it, so what it says is no word of SIPRI's.
    """
    if any(record.span.of(text).lstrip("\"'").startswith(OURS) for record in table.above):
        raise InputError(
            f"{name}: was written by armstrace in SIPRI's layout and says nothing new; give the file that SIPRI made"
        )


def row_of(words: str) -> tuple[str, ...] | None:
    """Return the 16 cells of the words of one row, whatever stands between them; None where they are no row."""
    for delimiter in DELIMITERS:
        record = next(read_records(words, delimiter), None)
        if isinstance(record, Record):
            cells = _sixteen(record)
            if cells is not None and _why_aside(Row(record.line, record.span, cells)) is None:
                return tuple(cell.text for cell in cells)
    return None


def number_in(words: str) -> int | None:
    """Return a number of pieces as the register writes it ("12", or "12.0" as tables do); None where it is none."""
    return int(words.partition(".")[0]) if _NUMBER.fullmatch(words.strip()) else None


def _row(record: Record | Broken) -> Row | Aside:
    if isinstance(record, Broken):
        return Aside(record.line, record.span, f"{record.reason}; put its quotation marks right")
    cells = _sixteen(record)
    if cells is None:
        reason = f"has {len(record.cells)} cells under {len(COLUMNS)} columns; give each column its cell"
        return Aside(record.line, record.span, reason)
    row = Row(record.line, record.span, cells)
    wrong = _why_aside(row)
    return row if wrong is None else Aside(row.line, row.span, wrong)


def _sixteen(record: Record) -> tuple[Cell, ...] | None:
    """Return as many cells as there are columns: empty ones beyond them, as spreadsheets add, do not count."""
    extra = record.cells[len(COLUMNS) :]
    if len(record.cells) < len(COLUMNS) or any(cell.text.strip() for cell in extra):
        return None
    return record.cells[: len(COLUMNS)]


def _names(record: Record) -> tuple[str, ...]:
    names = [cell.text.strip().casefold() for cell in record.cells]
    while len(names) > len(COLUMNS) and not names[-1]:
        names.pop()
    return tuple(names)


_NAMES: Final = tuple(name.strip().casefold() for name in COLUMNS)


class _Check(NamedTuple):
    columns: tuple[Column, ...]
    fits: Callable[[str], bool]
    told: str


_CHECKS: Final = (
    _Check((Column.ORDER_YEAR,), lambda cell: YEAR.fullmatch(cell) is not None, "is no year of four figures"),
    _Check((Column.DELIVERY_YEARS,), lambda cell: bool(years_in(cell)), "is no list of years such as 2011; 2013"),
    _Check((Column.ORDERED, Column.DELIVERED), lambda cell: number_in(cell) is not None, "is no whole number"),
    _Check(
        (Column.ORDER_YEAR_MARKER, Column.ORDERED_MARKER, Column.DELIVERED_MARKER),
        lambda cell: cell == MARKER,
        "is neither '?' nor empty",
    ),
    _Check(
        (Column.TIV_UNIT, Column.TIV_ORDER, Column.TIV_DELIVERED),
        lambda cell: _VALUE.fullmatch(cell) is not None,
        "is no value such as 7.25",
    ),
)


def _why_aside(row: Row) -> str | None:
    """Return what is wrong with a row, and what to do; None where nothing is. The first that holds counts."""
    for check in _CHECKS:
        for column in check.columns:
            said = row.said(column)
            if said and not check.fits(said):
                return f"'{said}' in column {column + 1}, {_title(column)}, {check.told}; correct the cell"
    if _OUR_ID.search(row.said(Column.COMMENTS)):
        return "bears an id of armstrace in its comment, so SIPRI did not write it; give the file that SIPRI made"
    if not (row.said(Column.RECIPIENT) and row.said(Column.SUPPLIER)):
        return "names no recipient or no supplier; where one is unknown, the register says 'unknown supplier(s)'"
    if not (row.said(Column.DESIGNATION) or row.said(Column.DESCRIPTION)):
        return "names no weapon; give its designation or description"
    told = (Column.ORDER_YEAR, Column.ORDERED, Column.DELIVERED, Column.DELIVERY_YEARS)
    if not any(row.said(column) for column in told):
        return "tells of no order and no delivery; give a year or a number of either"
    return None


def _title(column: Column) -> str:
    return COLUMNS[column].strip() or f"the marker of {COLUMNS[column - 1]}"
