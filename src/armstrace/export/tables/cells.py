"""A value as a cell of a text table by the kind of its column, and back; and all tables of records, row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from armstrace.export.record import About, Record
from armstrace.export.record_lines import record_to_dict
from armstrace.export.spreadsheet import cell_list, cell_words, json_cell, list_cell, words_cell
from armstrace.export.tables.columns import Cells, Kind, Table, cells_of

HONESTY: Final = "It tells what sources report, and never that a transfer took place."
HOW_CELLS_ARE: Final = (
    "A blank cell is a value that is not known or not told. Lists have | between their words. An apostrophe stands "
    "before words that a spreadsheet would take for a formula, and before those that begin with an apostrophe. A "
    "backslash begins an escape: \\n is a line end, \\t a tab, \\\\ a backslash, \\e words of no letter, \\u202e the "
    "character of that code. Columns of the type json have the escapes of JSON alone."
)


class Form(NamedTuple):
    """How values of a kind are written into text, and read from it."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _number(cell: str) -> int | float:
    return int(cell) if cell.removeprefix("-").isdecimal() else float(cell)


def _yes(cell: str) -> bool:
    return cell == "yes"


_WORDS: Final = Form(words_cell, cell_words)
FORMS: Final[Mapping[Kind, Form]] = MappingProxyType(
    {
        Kind.TEXT: _WORDS,
        Kind.LIST: Form(list_cell, cell_list),
        Kind.WHOLE: Form(str, int),
        Kind.NUMBER: Form(repr, _number),
        Kind.YES: Form(lambda value: "yes" if value else "no", _yes),
        Kind.DAY: _WORDS,
        Kind.ADDRESS: _WORDS,
        Kind.JSON: Form(json_cell, json.loads),
    }
)


def text_cells(table: Table, cells: Cells) -> list[str]:
    """Return a row of a table as text."""
    return [
        "" if cell is None else FORMS[column.kind].write(cell) for column, cell in zip(table.every, cells, strict=True)
    ]


def plain_cells(table: Table, cells: Sequence[str]) -> Cells:
    """Return a row of a table from its text."""
    return tuple(
        FORMS[column.kind].read(cell) if cell else _blank(column.kind)
        for column, cell in zip(table.every, cells, strict=True)
    )


def _blank(kind: Kind) -> list[str] | None:
    return [] if kind is Kind.LIST else None


def each_row(tables: Iterable[Table], records: Iterable[Record], about: About) -> Iterator[tuple[Table, Cells]]:
    """Yield every row of tables, record by record."""
    chosen = tuple(tables)
    for record in records:
        shape = record_to_dict(record)
        for table in chosen:
            for cells in cells_of(table, record, shape, about):
                yield table, cells
