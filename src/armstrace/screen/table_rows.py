"""Lists in CSV as rows, read under fixed bounds; a malformed row costs itself, a file cut short costs itself whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final, NamedTuple

from armstrace.errors import ListError
from armstrace.screen.entries import Fault
from armstrace.screen.fold import fold
from armstrace.screen.limits import CHUNK, MIB, MOST_BYTES, MOST_RECORD

Cells = list[str]


class Row(NamedTuple):
    """A row, the number of its last line, and what is wrong with it, if anything."""

    line: int
    cells: Cells
    flaw: str = ""


_END_MARK: Final = "\x1a"  # older files of OFAC end so
_INSIDE_QUOTATION: Final = "unexpected end of data"  # as the csv module words it
_MOST_PREAMBLE: Final = 10  # rows above the header
_ENCODINGS: Final = ("utf-8-sig", "cp1252")


def first_cells(start: bytes, delimiter: str, count: int) -> list[Cells]:
    """Return the first whole rows of the beginning of a file; none where it is no table."""
    lines = io.StringIO(_decode(start), newline="")
    found: list[Cells] = []
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            if len(found) == count:
                break
            found.append(cells)
    except csv.Error:
        pass
    return found


def read_rows(stream: BinaryIO, name: str, delimiter: str = ",") -> Iterator[Row]:
    """Yield each row with the number of its last line; blank rows are passed over.

    Raises:
        ListError: the file ends inside a quotation, or is larger than is bearable.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MOST_RECORD))
    rows = csv.reader(_lines(stream, name), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            if _INSIDE_QUOTATION in str(error):
                raise ListError(f"{name}: is cut short inside its last row; download it again") from error
            yield Row(rows.line_num, [], f"is no row of a table ({error})")
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Row(rows.line_num, cells)


def sized_rows(rows: Iterator[Row], name: str, size: int) -> Iterator[Cells | Fault]:
    """Yield rows of a size; another row is a Fault, and where it is the last, the file is cut short.

    Raises:
        ListError: the last row has another number of cells.
    """
    waiting: Fault | None = None
    for line, cells, flaw in rows:
        if waiting:
            yield waiting
            waiting = None
        while len(cells) > size and not cells[-1].strip():
            cells.pop()
        if len(cells) == size:
            yield cells
        else:
            waiting = Fault(f"{name}, line {line}", flaw or f"has {len(cells)} cells instead of {size}")
    if waiting:
        raise ListError(f"{name}: is cut short: its last row {waiting.reason}; download it again")


class Table(NamedTuple):
    """A table with a header: the rows above it, and those below it as cells by folded column name."""

    preamble: list[Cells]
    rows: Iterator[dict[str, str] | Fault]


def open_table(stream: BinaryIO, name: str, delimiter: str, header: Sequence[str]) -> Table:
    """Return the table whose header has the given (folded) columns, within the first rows.

    Raises:
        ListError: the file is cut short, is no table, or lacks one of the columns; its rows may raise likewise.
    """
    rows = read_rows(stream, name, delimiter)
    preamble: list[Cells] = []
    for _, cells, _ in rows:
        columns = [fold(cell) for cell in cells]
        if header[0] in columns:
            break
        preamble.append(cells)
        if len(preamble) > _MOST_PREAMBLE:
            break
    else:
        columns = []
    if missing := [column for column in header if column not in columns]:
        raise ListError(f"{name}: is of a version that armstrace does not know: it has no column {missing[0]!r}")
    return Table(preamble, _keyed(sized_rows(rows, name, len(columns)), columns))


def _keyed(rows: Iterator[Cells | Fault], columns: Sequence[str]) -> Iterator[dict[str, str] | Fault]:
    for cells in rows:
        yield cells if isinstance(cells, Fault) else dict(zip(columns, map(str.strip, cells), strict=True))


def group_rows(
    rows: Iterable[dict[str, str] | Fault], key: str, name: str
) -> tuple[dict[str, list[dict[str, str]]], list[Fault]]:
    """Return rows by the cell of a column, wherever they stand, and the faults; a row without that cell is one."""
    groups: dict[str, list[dict[str, str]]] = {}
    faults: list[Fault] = []
    for row in rows:
        if isinstance(row, Fault):
            faults.append(row)
        elif row[key]:
            groups.setdefault(row[key], []).append(row)
        else:
            faults.append(Fault(f"{name}, a row of {next(filter(None, row.values()), '')[:40]!r}", f"has no {key}"))
    return groups, faults


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    size, rest = 0, b""
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise ListError(f"{name}: is larger than {MOST_BYTES // MIB} MiB, which no list is; not read")
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > MOST_RECORD:
            raise ListError(f"{name}: holds a line of more than {MOST_RECORD // MIB} MiB; not read")
        for line in lines:
            yield _decode(line) + "\n"
    if last := _decode(rest).strip(_END_MARK + "\r"):
        yield last


def _decode(data: bytes) -> str:
    """Return text of UTF-8, else of Windows' Western European code, in which older files are."""
    try:
        text = data.decode(_ENCODINGS[0])
    except UnicodeDecodeError:
        text = data.decode(_ENCODINGS[1], "replace")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
