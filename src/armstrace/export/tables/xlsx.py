"""A workbook: a sheet a table, with types, a frozen head, a filter and links; nothing in it is a formula."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import Final

from xlsxwriter import Workbook

from armstrace.export.record import About, Out, Record
from armstrace.export.spreadsheet import words_cell
from armstrace.export.tables.cells import HONESTY, HOW_CELLS_ARE, each_row
from armstrace.export.tables.definition import TABLES
from armstrace.export.tables.sheets import LONG_TEXTS, Limits, LongTexts, TableSheets, write_lines
from armstrace.export.versions import versions_words

_CREATED: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a day that tells nothing, so that bytes are the same
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CHUNK: Final = 1 << 18
_ABOUT_WIDTHS: Final = (26, 90, 12)
_COLUMN_WIDTHS: Final = (14, 26, 14, 90)


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a workbook of all tables, with a sheet that says what it is and one that explains every column."""
    write_book(records, about, out, Limits())


def write_book(records: Iterable[Record], about: About, out: Out, limits: Limits) -> None:
    """Write a workbook whose sheets hold no more than is allowed."""
    with TemporaryFile() as made:
        with Workbook(made, _OPTIONS) as book:
            book.set_properties({"title": "Register of reported arms transfers", "created": _CREATED})
            first, columns, head = book.add_worksheet("About"), book.add_worksheet("columns"), book.add_format()
            head.set_bold()
            long_texts = LongTexts(book)
            sheets = {table.name: TableSheets(book, table, long_texts, limits) for table in TABLES}
            for table, cells in each_row(TABLES, records, about):
                sheets[table.name].add(cells)
            for sheet in sheets.values():
                sheet.close()
            write_lines(columns, _column_rows(), _COLUMN_WIDTHS, head)
            write_lines(first, _about_rows(about, tuple(sheets.values()), long_texts), _ABOUT_WIDTHS, head)
        made.seek(0)
        while chunk := made.read(_CHUNK):
            out.write(chunk)


def _column_rows() -> Iterator[tuple[str, ...]]:
    yield "table", "column", "type", "meaning"
    for table in TABLES:
        for column in table.every:
            yield table.name, column.name, str(column.kind), column.meaning


def _about_rows(about: About, sheets: Sequence[TableSheets], long_texts: LongTexts) -> Iterator[tuple[str, ...]]:
    yield "Register of reported arms transfers", HONESTY
    yield "Asked for", words_cell(json.dumps(dict(about.asked), ensure_ascii=False)) if about.asked else "the whole"
    yield "As known on", about.as_of or "today"
    for what, which in versions_words(about.versions):
        yield what, words_cell(which)
    yield "Cells", HOW_CELLS_ARE
    unlinked = sum(sheet.unlinked for sheet in sheets)
    if unlinked:
        yield "Addresses", f"{unlinked:,} addresses are words, no links: a sheet holds no more links, or they are none"
    if long_texts.rows:
        yield "Long texts", f"what is longer than a cell may be stands whole, part by part, on the sheet {LONG_TEXTS}"
    yield "Sheets", "what a row is", "rows"
    for sheet in sheets:
        yield sheet.table.name, sheet.table.meaning, f"{sheet.rows:,}"
