"""Tables as CSV that a spreadsheet takes for words and numbers, never for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from armstrace.export.plain import plain

ENCODING: Final = "utf-8-sig"  # by the mark at its beginning spreadsheets know UTF-8
# With these a spreadsheet begins a formula, some also with their full-width forms (OWASP, "CSV injection").
_BEGIN_FORMULAS: Final = frozenset("=+-@＝＋－＠")

Cell = str | int | float | None


def csv_line(cells: Iterable[Cell]) -> str:
    """Return cells as one line of CSV (RFC 4180), its end included.

    Numbers stay numbers. Words become one line; an apostrophe stands before those that would begin a formula. None is
    an empty cell.
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    words = plain(cell)
    return f"'{words}" if words[:1] in _BEGIN_FORMULAS else words
