"""Parquet: a row a transfer, nested as in its public shape, with a schema that says what each column is.

Numbers beyond 64 bits, sums that a double rounds, and halves of characters cannot be held: they are left blank, rounded
or shown as such, and ``exact`` then bears the whole row as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

from armstrace.export.jsonl import json_line
from armstrace.export.record import About, Out, Record
from armstrace.export.record_lines import record_to_dict
from armstrace.export.tables.cells import HONESTY
from armstrace.export.tables.forward import Forward
from armstrace.export.tables.parquet_schema import EXACT, SCHEMA

ABOUT: Final = b"armstrace"  # key of what is said of the whole file
_AT_ONCE: Final = 250  # transfers of a row group
_LARGEST: Final = 2**63 - 1
Row = dict[str, Any]


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a row a transfer, some to a row group."""
    said = {"notice": HONESTY, "asked": dict(about.asked), "as_of": about.as_of, "versions": dict(about.versions)}
    schema = SCHEMA.with_metadata({ABOUT: json.dumps(said).encode()})
    waiting = iter(records)
    with parquet.ParquetWriter(Forward(out), schema, compression="zstd") as writer:
        while rows := [record_to_dict(record) for record in islice(waiting, _AT_ONCE)]:
            writer.write_table(_table([_with_json(row) for row in rows], schema))


def read_parquet(path: Path) -> Iterator[Row]:
    """Yield the records of a file in their public shape, exactly as they were."""
    with parquet.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            for row in file.read_row_group(group).to_pylist():
                exact = row.pop(EXACT)
                yield json.loads(exact) if exact else _without_json(row)


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(rows, schema)
    except (pa.ArrowInvalid, OverflowError, UnicodeEncodeError):
        return pa.Table.from_pylist([_fitted_row(row, schema) for row in rows], schema)


def _with_json(row: Row) -> Row:
    return {**row, "reviews": [_review(one, json_line) for one in row["reviews"]], EXACT: None}


def _without_json(row: Row) -> Row:
    told = {name: [_claim(one) for one in row[name]] for name in ("told", "told_beside")}
    return {**row, **told, "reviews": [_review(one, json.loads) for one in row["reviews"]]}


def _review(review: Row, turn: Callable[[Any], Any]) -> Row:
    corrections = [{**one, "was": turn(one["was"]), "now": turn(one["now"])} for one in review["corrections"]]
    return {**review, "corrections": corrections}


def _claim(claim: Row) -> Row:
    return {**claim, "items": [{**item, "codes": dict(item["codes"])} for item in claim["items"]]}


def _fitted_row(row: Row, schema: pa.Schema) -> Row:
    fitted = {field.name: fitted_value(row[field.name], field.type) for field in schema}
    if fitted == row:
        return fitted
    exact = _without_json({name: value for name, value in row.items() if name != EXACT})
    return {**fitted, EXACT: json_line(exact)}


def fitted_value(value: Any, kind: pa.DataType) -> Any:  # noqa: ANN401 - any value
    """Return a value as a type of Parquet can hold it: shorter, blank, or its characters replaced."""
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {field.name: fitted_value(value[field.name], field.type) for field in kind}
    if pa.types.is_map(kind):
        return {_text(name): _text(words) for name, words in value.items()}
    if pa.types.is_list(kind):
        return [fitted_value(one, kind.value_type) for one in value]
    return _FIT.get(kind, _same)(value)


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _whole(value: int) -> int | None:
    return value if abs(value) <= _LARGEST else None


def _same(value: Any) -> Any:  # noqa: ANN401 - any value
    return value


_FIT: Final[Mapping[pa.DataType, Callable[[Any], Any]]] = {
    pa.string(): _text,
    pa.int64(): _whole,
    pa.float64(): float,
}
