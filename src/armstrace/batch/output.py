"""The files of a part: JSON Lines, or Parquet with the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final, Protocol

from armstrace.batch.plan import CLAIMS, DOCUMENTS, JSONL, PARQUET
from armstrace.export.jsonl import json_line

Row = Mapping[str, Any]


class Rows(Protocol):
    """Takes rows and writes them."""

    def add(self, row: Row) -> None:
        """Take a row."""
        ...

    def finish(self) -> None:
        """Write what has not been written yet."""
        ...


class Lines:
    """Rows as JSON Lines."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def add(self, row: Row) -> None:
        """Write a row."""
        self._file.write(json_line(row).encode() + b"\n")

    def finish(self) -> None:
        """Nothing is left to write."""


def open_rows(form: str, kind: str, file: BinaryIO, *, keep_text: bool) -> Rows:
    """Return what writes rows of claims or documents into a file.

    Raises:
        MissingPartError: Parquet is asked for, and its package is not installed.
    """
    return _OPEN[form](kind, file, keep_text)


def _lines(_kind: str, file: BinaryIO, _keep_text: bool) -> Rows:  # noqa: FBT001 - one of a table
    return Lines(file)


def _columns(kind: str, file: BinaryIO, keep_text: bool) -> Rows:  # noqa: FBT001 - one of a table
    from armstrace.batch.parquet_output import CLAIM_SCHEMA, Columns, document_schema  # noqa: PLC0415 - an extra

    return Columns(file, {CLAIMS: CLAIM_SCHEMA, DOCUMENTS: document_schema(keep_text=keep_text)}[kind])


_OPEN: Final[Mapping[str, Callable[[str, BinaryIO, bool], Rows]]] = {JSONL: _lines, PARQUET: _columns}
