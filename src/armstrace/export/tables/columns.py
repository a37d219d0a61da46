"""What a table is made of: columns with type and meaning, and where in the public shape their values stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from armstrace.export.record import About, Record

Row = dict[str, Any]  # of the public shape
Cells = tuple[Any, ...]


class Kind(StrEnum):
    """What the cells of a column hold; each may be blank, for None."""

    TEXT = "text"
    LIST = "list"  # of words
    WHOLE = "whole number"
    NUMBER = "number"
    YES = "yes or no"
    DAY = "day"  # or month or year, as exactly as it is known
    ADDRESS = "address"
    JSON = "json"


class Column(NamedTuple):
    """A column.

    Attributes:
        name: of it.
        kind: what its cells hold.
        meaning: what that is, in one line.
        path: where the value stands in the row of the public shape: ``supplier.span.0``; "" for what is made for
            people, which other columns and tables hold already.
        width: in a workbook, in characters.
        make: what makes the cell where there is no path.
        blank: what a blank cell means.
    """

    name: str
    kind: Kind
    meaning: str
    path: str
    width: int = 12
    make: Callable[[Record, Row, About], Any] | None = None
    blank: Any = None


class Place(NamedTuple):
    """A row of the public shape, and the cells that say where in its record it stands."""

    keys: Cells
    row: Row


class Table(NamedTuple):
    """A table.

    Attributes:
        name: of it.
        meaning: what a row is, in one line.
        keys: the columns that say where in its record a row stands; the first is always the transfer.
        columns: all others.
        rows: gives the rows of a record in its public shape.
        put: puts a row back into such a record.
        present: parts of a row that may be None as a whole, each with the path that is blank just then.
    """

    name: str
    meaning: str
    keys: tuple[Column, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Row], Iterable[Place]]
    put: Callable[[Row, Cells, Row], None]
    present: Mapping[str, str] = MappingProxyType({})

    @property
    def every(self) -> tuple[Column, ...]:
        """All columns, in order."""
        return (*self.keys, *self.columns)


def key(name: str, meaning: str, kind: Kind = Kind.TEXT) -> Column:
    """Return a column that says where a row stands."""
    return Column(name, kind, meaning, "", 14)


TRANSFER: Final = key("transfer", "id of the line of the register")
CLAIM: Final = key("claim", "id of the claim")


def number_key(name: str, meaning: str) -> Column:
    """Return a column that counts rows, from 1."""
    return key(name, meaning, Kind.WHOLE)


def cells_of(table: Table, record: Record, shape: Row, about: About) -> Iterable[Cells]:
    """Yield the rows of a record in a table as plain values; ``shape`` is the record in its public shape."""
    for keys, row in table.rows(shape):
        yield (*keys, *(_cell(column, record, row, about) for column in table.columns))


def row_of(table: Table, cells: Cells) -> Row:
    """Return the row of the public shape that cells were made of, those of the keys left out."""
    told = {column.path: _told(column, cell) for column, cell in zip(table.columns, cells, strict=True) if column.path}
    gone = [part for part, path in table.present.items() if told[path] is None]
    row: Row = {}
    for path, cell in told.items():
        part = next((one for one in gone if path.startswith(f"{one}.")), None)
        _put(row, _steps(part or path), None if part else cell)
    return row


def _cell(column: Column, record: Record, row: Row, about: About) -> Any:  # noqa: ANN401 - any value
    if column.make is not None:
        return column.make(record, row, about)
    value: Any = row
    for step in _steps(column.path):
        if value is None:
            return None
        value = value[step]
    return None if value == column.blank and column.blank is not None else value


def _told(column: Column, cell: Any) -> Any:  # noqa: ANN401 - any value
    return column.blank if cell is None else cell


def _put(row: Row, steps: tuple[str | int, ...], value: Any) -> None:  # noqa: ANN401 - any value
    at: Any = row
    for step, following in pairwise(steps):
        at = at.setdefault(step, [] if isinstance(following, int) else {})
    if isinstance(at, list):
        at.append(value)
    else:
        at[steps[-1]] = value


@cache
def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))
