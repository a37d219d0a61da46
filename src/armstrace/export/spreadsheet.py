r"""Words as cells that a spreadsheet takes for words, never for a formula, and from which they come back exactly.

What could end a line, rewrite it, or not be written at all stands as an escape with a backslash (``\n``, ``\u202e``;
a backslash itself is doubled, ``\e`` are words of no letter, for a blank cell is None). An apostrophe stands before
what would begin a formula, and before what begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

ENCODING: Final = "utf-8-sig"  # by the mark at its beginning spreadsheets know UTF-8
# With these a spreadsheet begins a formula, some also with their full-width forms (OWASP, "CSV injection").
_BEGIN_FORMULAS: Final = frozenset("=+-@＝＋－＠")
_EMPTY: Final = "\\e"
_BETWEEN: Final = "|"  # the words of a list
_LONG_CODE: Final = 0xFFFF

# Controls, ends of lines, marks that turn the direction of writing, halves of characters, and what XML cannot hold.
_UNSAFE_RANGES: Final = (
    r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
# In workbooks ``_x0041_`` is A for some readers and not for others, and ``<r>`` may begin text with markup.
_UNSAFE_IN_BOOK: Final = "_(?=x[0-9A-Fa-f]{4}_)|<(?=r>)"
_UNSAFE_IN_JSON: Final = re.compile(f"[{_UNSAFE_RANGES}]|{_UNSAFE_IN_BOOK}")
_UNSAFE: Final = re.compile(rf"[{_UNSAFE_RANGES}\\]|{_UNSAFE_IN_BOOK}")
_UNSAFE_IN_LIST: Final = re.compile(rf"[{_UNSAFE_RANGES}\\|]|{_UNSAFE_IN_BOOK}")
_ESCAPE: Final = re.compile(r"\\(u[0-9a-f]{4}|U[0-9a-f]{8}|.)", re.DOTALL)
_SHORT: Final = {"\\": "\\", "\n": "n", "\r": "r", "\t": "t"}
_LONG: Final = {short: char for char, short in _SHORT.items()} | {"e": ""}
# They show nothing, and some programs do not look at them before they look for a formula.
_PASSED_OVER: Final = "\xad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064"

Cell = str | int | float | None


def csv_line(cells: Iterable[Cell]) -> str:
    """Return cells as one line of CSV (RFC 4180), its end included. Numbers stay numbers; None is an empty cell."""
    return csv_row([words_cell(cell) if isinstance(cell, str) else cell for cell in cells])


def csv_line_of_others(cells: Iterable[Cell]) -> str:
    """Return cells as a line of a table in a layout of others, where words of no letter are a blank cell."""
    return csv_line(None if cell == "" else cell for cell in cells)


def csv_row(cells: Sequence[Cell]) -> str:
    """Return cells that are safe already as one line of CSV, its end included."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def words_cell(words: str) -> str:
    """Return words as a cell."""
    return _guarded(_escaped(words, _UNSAFE))


def list_cell(words: Iterable[str]) -> str:
    """Return a list of words as a cell, "|" between them; "" for none."""
    return _guarded(_BETWEEN.join(_escaped(one, _UNSAFE_IN_LIST) for one in words))


def cell_words(cell: str) -> str:
    """Return the words of a cell."""
    return _plain(cell.removeprefix("'"))


def cell_list(cell: str) -> list[str]:
    """Return the list of words of a cell."""
    return [_plain(one) for one in cell.removeprefix("'").split(_BETWEEN)] if cell else []


def json_cell(value: Any) -> str:  # noqa: ANN401 - any plain value
    """Return plain values as JSON in a cell; it needs no unescaping, for JSON has escapes of its own."""
    return _UNSAFE_IN_JSON.sub(_escape_json, json.dumps(value, ensure_ascii=False))


def _escape_json(found: re.Match[str]) -> str:
    char = found.group()
    return f"\\u{ord(char):04x}" if ord(char) <= _LONG_CODE else json.dumps(char)[1:-1]


def _escaped(words: str, unsafe: re.Pattern[str]) -> str:
    return unsafe.sub(_escape, words) if words else _EMPTY


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if char in _SHORT:
        return f"\\{_SHORT[char]}"
    return f"\\u{ord(char):04x}" if ord(char) <= _LONG_CODE else f"\\U{ord(char):08x}"


def _plain(words: str) -> str:
    return _ESCAPE.sub(_unescape, words) if "\\" in words else words


def _unescape(found: re.Match[str]) -> str:
    code = found.group(1)
    return chr(int(code[1:], 16)) if len(code) > 1 else _LONG[code]


def _guarded(cell: str) -> str:
    if cell[:1].isalnum():
        return cell
    first = cell.lstrip().lstrip(_PASSED_OVER).lstrip()[:1]
    return f"'{cell}" if first in _BEGIN_FORMULAS or cell[:1] == "'" else cell
