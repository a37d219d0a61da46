"""Rows of CSV with the place of each cell in the text, as the standard library's reader takes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from armstrace.document import Span

_MOST_LINES: Final = 50  # of one row; a quotation mark without its fellow would take in all that follows
_DOUBLED: Final = '""'


class Cell(NamedTuple):
    """What a cell says, and where its characters stand, without the quotation marks around them."""

    text: str
    span: Span


class Record(NamedTuple):
    """A row: the number of its first line, counted from 1, where it stands without its line end, and its cells."""

    line: int
    span: Span
    cells: tuple[Cell, ...]


class Broken(NamedTuple):
    """A line that begins no row, and why."""

    line: int
    span: Span
    reason: str


def words_of(cell: Cell, text: str) -> Span:
    """Return the place of a cell without the white space around its words."""
    raw = cell.span.of(text)
    start = cell.span.start + len(raw) - len(raw.lstrip())
    return Span(start, start + len(raw.strip()))


def read_records(text: str, delimiter: str, start: int = 0) -> Iterator[Record | Broken]:
    """Yield the rows of a text in order, from the place ``start`` on; empty lines are passed over.

    A line that begins no row costs itself alone: reading goes on with the next one.
    """
    lines = list(io.StringIO(text[start:], newline=""))
    at, above, number = start, len(list(io.StringIO(text[:start], newline=""))), 0
    while number < len(lines):
        found, count = _record(lines[number : number + _MOST_LINES], delimiter, above + number + 1, at)
        if found is not None:
            yield found
        at += sum(len(line) for line in lines[number : number + count])
        number += count


def _record(lines: Sequence[str], delimiter: str, number: int, at: int) -> tuple[Record | Broken | None, int]:
    """Return what begins in the first of some lines, and how many it takes up."""
    if not lines[0].strip():
        return None, 1
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        values = next(reader)
    except csv.Error as error:
        return Broken(number, _trimmed(lines[0], at), str(error)), 1
    raw = "".join(lines[: reader.line_num])
    cells = _placed(values, raw, delimiter, at)
    if cells is None:
        return Broken(number, _trimmed(lines[0], at), "quotation marks stand where none may"), 1
    return Record(number, _trimmed(raw, at), cells), reader.line_num


def _placed(values: Sequence[str], raw: str, delimiter: str, at: int) -> tuple[Cell, ...] | None:
    """Return cells with their places; None where what stands there is not what was read."""
    cells: list[Cell] = []
    place = 0
    for value in values:
        is_quoted = raw.startswith('"', place)
        start = place + is_quoted
        end = start + len(value) + (value.count('"') if is_quoted else 0)
        found = raw[start:end]
        if (found.replace(_DOUBLED, '"') if is_quoted else found) != value:
            return None
        cells.append(Cell(value, Span(at + start, at + end)))
        place = end + is_quoted + len(delimiter)
    return tuple(cells)


def _trimmed(raw: str, at: int) -> Span:
    return Span(at, at + len(raw.rstrip("\r\n")))
