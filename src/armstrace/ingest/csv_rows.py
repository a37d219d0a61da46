"""Articles as rows of a table: CSV, or the like with semicolons, tabs or bars between.

The names that columns go by are the table ``FIELDS`` in ``article_fields``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from armstrace.errors import InputError
from armstrace.ingest.article_fields import Row, has_text_field, read_article
from armstrace.ingest.json_lines import LONGEST_LINE, bounded_lines, decode_line
from armstrace.ingest.raw import Container, Piece, RawText, Unread

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 1_000
_LONGEST_HEADER = 1 << 16  # bytes


def is_article_table(start: bytes) -> bool:
    """Tell from its start whether a file is a table of articles: two columns or more, one named as a text."""
    line = start[:_LONGEST_HEADER].split(b"\n", 1)[0]
    return _columns(decode_line(line)) is not None


def unpack_csv(container: Container) -> Iterator[RawText | Piece | Unread]:
    """Yield the article of each row; a row without text, or with other cells than the header, is Unread.

    Evidence are the bytes of the row's lines.

    Raises:
        InputError: the first line names no column as a text.
    """
    source = container.capture.source or container.name
    lines = _Lines(container.stream)
    found = _columns(next(lines, ""))
    if found is None:
        raise InputError(f"{source}: names no column text, body or content in its first line, so no articles are read")
    columns, delimiter = found
    # The module's own limit (131,072 characters a cell) is below a long report; it can be set for all readers only.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    lines.take()
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield Unread(f"{source}, row {number}", f"is no row of a table ({error})", lines.take())
            continue
        evidence = lines.take()
        if cells is None:
            return
        if any(c.strip() for c in cells):
            yield _unpack_row(container, columns, cells, (number, evidence))


def _unpack_row(
    container: Container, columns: list[str], cells: list[str], found: tuple[int, bytes]
) -> RawText | Piece | Unread:
    number, evidence = found
    if len(cells) > len(columns):
        where = f"{container.capture.source or container.name}, row {number}"
        reason = f"has {len(cells)} cells under {len(columns)} columns, so its cells cannot be told apart"
        return Unread(where, reason, evidence)
    values: dict[str, object] = {}
    for column, cell in zip(columns, cells, strict=False):
        values.setdefault(column, cell)
    return read_article(Row(values, f"row {number}", f"{container.name}:{number}", evidence, "column"), container)


def _columns(line: str) -> tuple[list[str], str] | None:
    """Return the names of the columns and what stands between them."""
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        if 1 < len(names) <= _MOST_COLUMNS and has_text_field(names):
            return names, delimiter
    return None


class _Lines(Iterator[str]):
    """The lines of a stream as text, which remembers the bytes of those given out since last asked."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = bounded_lines(stream)
        self._taken: list[bytes] = []
        self._size = 0

    def __next__(self) -> str:
        line = next(self._lines)
        if line is None:
            raise csv.Error(f"a line is longer than {LONGEST_LINE >> 20} MiB")
        self._size += len(line) + 1
        if self._size > LONGEST_LINE:  # a quotation mark without its fellow takes in all that follows
            self._taken.clear()
            self._size = 0
            raise csv.Error(f"it is longer than {LONGEST_LINE >> 20} MiB; is a quotation mark left open?")
        self._taken.append(line)
        return decode_line(line) + "\n"

    def take(self) -> bytes:
        """Return the bytes given out since last asked."""
        taken, self._taken, self._size = b"\n".join(self._taken), [], 0
        return taken
