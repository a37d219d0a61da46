"""The rows of Parquet shards as records; only the columns that an article has are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, BinaryIO, Final

from armstrace.batch.plan import Shard
from armstrace.document import Capture
from armstrace.errors import InputError, MissingPartError
from armstrace.ingest.article_fields import Row, has_text_field, is_read, read_article
from armstrace.ingest.raw import Container, Piece, RawText, Unread

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise MissingPartError("Parquet needs another package: pip install 'armstrace[parquet]'") from error

_AT_ONCE: Final = 128  # rows in memory
_SHOWN: Final = 20  # names of columns in a message
_DAMAGE: Final = (pa.ArrowException, ValueError, OSError)


def parquet_records(shard: Shard, stream: BinaryIO) -> Iterator[Any]:
    """Yield a record a row; a row group that cannot be read is one Unread.

    Raises:
        InputError: it is no whole Parquet file, or has no column that holds a text.
    """
    try:
        file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20)
    except _DAMAGE as error:
        raise InputError(f"{shard.key}: is no whole Parquet file ({_first_line(error)}); get it again") from error
    with file:
        names = file.schema_arrow.names
        if not has_text_field(names):
            told = ", ".join(names[:_SHOWN]) or "none"
            raise InputError(
                f"{shard.key}: has no column text, body, content or html; its columns are {told}; rename the one that "
                "holds the articles"
            )
        columns = list(dict.fromkeys(name for name in names if is_read(name)))
        container = Container(shard.key, stream, Capture(shard.key))
        first = 0
        for group in range(file.num_row_groups):
            yield from _group_records(file, container, (group, columns, first))
            first += file.metadata.row_group(group).num_rows


def _group_records(
    file: Any,  # noqa: ANN401 - pyarrow has no types
    container: Container,
    which: tuple[int, list[str], int],
) -> Iterator[Any]:
    group, columns, first = which
    at = first
    try:
        for batch in file.iter_batches(_AT_ONCE, row_groups=[group], columns=columns, use_threads=False):
            rows = _Rows(batch)
            for number in range(batch.num_rows):
                yield partial(_read_row, container, rows, (number, at + number))
            at += batch.num_rows
    except _DAMAGE as error:
        end = first + file.metadata.row_group(group).num_rows
        reason = f"rows {at} to {end - 1} cannot be read ({_first_line(error)}); what stands there is lost"
        yield partial(Unread, container.name, reason)


class _Rows:
    """Some rows at once, turned into values when the first of them is asked for."""

    def __init__(self, batch: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        self._batch = batch

    @cached_property
    def values(self) -> list[dict[str, Any]]:
        """The rows; text that is no UTF-8 has its wrong bytes replaced."""
        try:
            return list(self._batch.to_pylist())
        except UnicodeDecodeError:
            columns = {name: _values(self._batch.column(name)) for name in self._batch.schema.names}
            return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _values(column: Any) -> list[Any]:  # noqa: ANN401 - pyarrow has no types
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    if not is_text:
        return list(column.to_pylist())
    wide = pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary()
    return [value.decode("utf-8", "replace") if value is not None else None for value in column.view(wide).to_pylist()]


def _read_row(container: Container, rows: _Rows, place: tuple[int, int]) -> RawText | Piece | Unread:
    here, number = place
    values = {name: _plain(value) for name, value in rows.values[here].items()}
    evidence = json.dumps(values, sort_keys=True, default=str).encode()
    return read_article(Row(values, f"row {number}", f"{container.name}:{number}", evidence, "column"), container)


def _plain(value: object) -> object:
    """Return a value as JSON would have it: moments and days in ISO form, bytes as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__
