"""Parts as Parquet: a claim a row, nested as in its public shape, and a document a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from armstrace.errors import MissingPartError
from armstrace.export.jsonl import json_line

try:
    import pyarrow as pa
    from pyarrow import parquet

    from armstrace.export.tables.parquet import fitted_value
    from armstrace.export.tables.parquet_schema import CLAIM, EXACT, TEXT, TEXTS, WHOLE
except ImportError as error:
    raise MissingPartError("Parquet needs another package: pip install 'armstrace[parquet]'") from error

_AT_ONCE: Final = 1_000  # rows of a row group
_MOST_TEXT: Final = 16 << 20  # characters of their texts
# What a claim of the register's own table has beside what a claim is: it follows from documents and copies.
_NOT_OF_CLAIMS: Final = ("outlet", "published", "title", "family", "later")
CLAIM_SCHEMA: Final = pa.schema([*(field for field in CLAIM if field.name not in _NOT_OF_CLAIMS), (EXACT, TEXT)])
_DOCUMENT: Final = (
    *((name, TEXT) for name in ("id", "name", "shard")),
    ("record", WHOLE),
    *((name, TEXT) for name in ("outlet", "published", "title", "url", "language", "byline")),
    ("credited", TEXTS),
    ("claims", WHOLE),
    ("characters", WHOLE),
)


def document_schema(*, keep_text: bool) -> pa.Schema:
    """Return the columns of documents."""
    return pa.schema([*_DOCUMENT, *([("text", TEXT)] if keep_text else [])])


class Columns:
    """Rows as Parquet. ``exact`` bears a row as JSON where its columns cannot hold what it says; else it is null."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = parquet.ParquetWriter(file, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._texts = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row; some are written together."""
        self._rows.append({**row, EXACT: None} if EXACT in self._schema.names else dict(row))
        self._texts += len(row.get("text") or "")
        if len(self._rows) >= _AT_ONCE or self._texts > _MOST_TEXT:
            self._write()

    def finish(self) -> None:
        """Write the last rows and the end of the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._rows:
            self._writer.write_table(_table(self._rows, self._schema))
        self._rows, self._texts = [], 0


def read_claims(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield the claims of a part in their public shape, exactly as they were."""
    import json  # noqa: PLC0415

    with parquet.ParquetFile(file) as opened:
        for group in range(opened.num_row_groups):
            for row in opened.read_row_group(group).to_pylist():
                exact = row.pop(EXACT)
                yield json.loads(exact) if exact else _shape(row)


def _shape(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "items": [{**item, "codes": dict(item["codes"])} for item in row["items"]]}


def _table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(rows, schema)
    except (pa.ArrowInvalid, OverflowError, UnicodeEncodeError):
        return pa.Table.from_pylist([_fitted(row, schema) for row in rows], schema)


def _fitted(row: dict[str, Any], schema: pa.Schema) -> dict[str, Any]:
    fitted = {field.name: fitted_value(row[field.name], field.type) for field in schema}
    if fitted == row or EXACT not in row:
        return fitted
    return {**fitted, EXACT: json_line({name: value for name, value in row.items() if name != EXACT})}
