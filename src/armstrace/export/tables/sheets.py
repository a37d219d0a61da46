"""Sheets of a workbook within what spreadsheets hold: what goes beyond that stands elsewhere, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from html import escape
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from armstrace.export.addresses import href_of
from armstrace.export.tables.cells import FORMS
from armstrace.export.tables.columns import Cells, Column, Kind, Table

# Limits of Excel ("Excel specifications and limits"). Letters are counted in UTF-16 units, a part is two at most.
MOST_ROWS: Final = 1_048_576
MOST_LINKS: Final = 65_530
MOST_LETTERS: Final = 32_767
_PART: Final = 16_000
_SURE: Final = 10**15  # whole numbers below it stay as they are in a double
_LONGEST_ADDRESS: Final = 2_000  # of 2,079, of which the escapes of an address take some
_FIRST_DAY: Final = "1900-03-01"  # before it the calendar of spreadsheets has a day that never was
LONG_TEXTS: Final = "long_texts"
_LONG_HEAD: Final = ("sheet", "row", "column", "part", "text")


class Limits(NamedTuple):
    """What one sheet may hold."""

    rows: int = MOST_ROWS
    links: int = MOST_LINKS


class PlainSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet that writes cells without a format in one step, which takes a third less time for the whole workbook.

    Its words hold no controls and no markup: they are escaped before (``spreadsheet``). Were xlsxwriter to rename what
    is replaced here, it would write them in its own way, slower.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401 - one of xlsxwriter's cells
        write = None if cell.format else _IN_ONE_STEP.get(type(cell).__name__)
        if write is None:
            super()._write_cell(row, col, cell)
        else:
            self.fh.write(write(f"{_letters(col)}{row + 1}", cell))


def _words_element(place: str, cell: Any) -> str:  # noqa: ANN401 - one of xlsxwriter's cells
    words = escape(cell.string, quote=False)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _number_element(place: str, cell: Any) -> str:  # noqa: ANN401 - one of xlsxwriter's cells
    return f'<c r="{place}"><v>{cell.number:.16G}</v></c>'


_IN_ONE_STEP: Final[Mapping[str, Callable[[str, Any], str]]] = {"String": _words_element, "Number": _number_element}


@cache
def _letters(column: int) -> str:
    return str(xl_col_to_name(column))


class LongTexts:
    """Cells that are longer than a spreadsheet takes, part by part, on a sheet of their own."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheet: Worksheet | None = None
        self.rows = 0

    def keep(self, place: tuple[str, int, int], text: str) -> str:
        """Keep a text, and return what stands in its cell: as much of it as goes in, and where the whole stands."""
        parts = [text[at : at + _PART] for at in range(0, len(text), _PART)]
        if self._sheet is None:
            self._sheet = self._book.add_worksheet(LONG_TEXTS)
            self._sheet.write_row(0, 0, _LONG_HEAD)
        name, row, column = place
        for number, part in enumerate(parts, 1):
            self.rows += 1
            self._sheet.write_row(self.rows, 0, (name, row + 1, column + 1, number))
            self._sheet.write_string(self.rows, 4, part)
        return f"{parts[0]} [the whole of {len(text):,} characters: sheet {LONG_TEXTS}]"


class TableSheets:
    """The sheets of one table: a second, ``NAME_2``, where the first is full."""

    def __init__(self, book: Workbook, table: Table, long_texts: LongTexts, limits: Limits) -> None:
        self.table = table
        self.rows = 0
        self.unlinked = 0
        self._book, self._long, self._limits = book, long_texts, limits
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheets: list[Worksheet] = []
        self._columns = tuple(_writing(column) for column in table.every)
        self._row = self._links = 0
        self._begin()

    def add(self, cells: Cells) -> None:
        """Write a row."""
        if self._row + 1 == self._limits.rows:
            self._end()
            self._begin()
        self._row += 1
        self.rows += 1
        for number, (column, cell) in enumerate(zip(self._columns, cells, strict=True)):
            if cell is not None and (cell or not column.is_list):
                column.put(self, number, column.words, cell)

    def close(self) -> None:
        """Set the filter of the last sheet: its rows are all written."""
        self._end()

    def write_text(self, column: int, words: Callable[[Any], str], value: Any) -> None:  # noqa: ANN401 - any value
        """Write words, which are never a formula."""
        sheet, text = self._sheets[-1], words(value)
        if 2 * len(text) > MOST_LETTERS and len(text.encode("utf-16-le")) // 2 > MOST_LETTERS:
            text = self._long.keep((sheet.get_name(), self._row, column), text)
        sheet.write_string(self._row, column, text)

    def write_number(self, column: int, words: Callable[[Any], str], value: Any) -> None:  # noqa: ANN401 - any value
        """Write a number, as words where a spreadsheet would round it."""
        if (isinstance(value, int) and -_SURE < value < _SURE) or float(f"{value:.16G}") == value:
            self._sheets[-1].write_number(self._row, column, value)
        else:
            self.write_text(column, words, value)

    def write_yes(self, column: int, _words: Callable[[Any], str], value: Any) -> None:  # noqa: ANN401 - any value
        """Write yes or no."""
        self._sheets[-1].write_boolean(self._row, column, value)

    def write_day(self, column: int, words: Callable[[Any], str], value: Any) -> None:  # noqa: ANN401 - any value
        """Write a date where it is known to the day, else words."""
        day = _day_of(value)
        if day:
            self._sheets[-1].write_datetime(self._row, column, day, self._day)
        else:
            self.write_text(column, words, value)

    def write_address(self, column: int, words: Callable[[Any], str], value: Any) -> None:  # noqa: ANN401 - any value
        """Write a link; words where it is none that a browser follows, or the sheet holds as many as it can."""
        address = href_of(value)
        if address and len(address) <= _LONGEST_ADDRESS and self._links < self._limits.links:
            self._links += 1
            self._sheets[-1].write_url(self._row, column, address, string=words(value))
        else:
            self.unlinked += 1
            self.write_text(column, words, value)

    def _begin(self) -> None:
        number = len(self._sheets) + 1
        name = self.table.name if number == 1 else f"{self.table.name}_{number}"
        sheet = self._book.add_worksheet(name, PlainSheet)
        self._sheets.append(sheet)
        self._row = self._links = 0
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(self.table.every):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.name, self._head)

    def _end(self) -> None:
        self._sheets[-1].autofilter(0, 0, self._row, len(self.table.every) - 1)


_Writer = Callable[[TableSheets, int, Callable[[Any], str], Any], None]
_WRITERS: Final[Mapping[Kind, _Writer]] = {
    Kind.WHOLE: TableSheets.write_number,
    Kind.NUMBER: TableSheets.write_number,
    Kind.YES: TableSheets.write_yes,
    Kind.DAY: TableSheets.write_day,
    Kind.ADDRESS: TableSheets.write_address,
}


class _Writing(NamedTuple):
    """How the cells of a column are written, and the words that they are where they are words."""

    put: _Writer
    words: Callable[[Any], str]
    is_list: bool


def _writing(column: Column) -> _Writing:
    kind = column.kind
    return _Writing(_WRITERS.get(kind, TableSheets.write_text), FORMS[kind].write, kind is Kind.LIST)


def write_lines(sheet: Worksheet, rows: Iterable[tuple[str, ...]], widths: tuple[int, ...], head: Format) -> None:
    """Write rows of words, the first of each bold."""
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    for row, (first, *others) in enumerate(rows):
        sheet.write_string(row, 0, first, head)
        for column, words in enumerate(others, 1):
            sheet.write_string(row, column, words)


def _day_of(value: str) -> date | None:
    if len(value) != len(_FIRST_DAY) or value < _FIRST_DAY:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
