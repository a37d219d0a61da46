"""Tables read back: records in their public shape, as they were before they were parted into tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from armstrace.export.tables.columns import Cells, Row, row_of
from armstrace.export.tables.definition import TABLES
from armstrace.export.tables.lines import FIELDS, TRANSFERS

_LISTS = (
    *(*FIELDS, "ranges", "denials", "accounts", "conflicts", "revisions", "reviews", "history", "reports"),
    *("changes", "findings", "told", "told_beside", "documents"),
)


def records_of(tables: Mapping[str, Iterable[Cells]]) -> Iterator[Row]:
    """Yield the records, in their public shape (``record_to_dict``), that rows of all tables were made of.

    Args:
        tables: by name, the rows of each in the order in which they were written, as plain values.

    Raises:
        KeyError: a table is missing.
    """
    waiting = {table.name: iter(tables[table.name]) for table in TABLES}
    for line in waiting[TRANSFERS.name]:
        shape = _blank()
        for table in TABLES:
            own = [line] if table is TRANSFERS else _taken(waiting, table.name, line[0])
            for cells in own:
                keys = len(table.keys)
                table.put(shape, cells[:keys], row_of(table, cells[keys:]))
        ids = {name: [one["claim"] for one in shape[told]] for name, told in _IDS.items()}
        yield {"transfer": line[0], **shape, **ids}


_IDS = {"claims": "told", "context": "told_beside"}


def _blank() -> Row:
    sides: Row = {side: {"origins": []} for side in ("for", "against")}
    return {**{name: [] for name in _LISTS}, **sides, "latest": None}


def _taken(waiting: dict[str, Iterator[Cells]], name: str, transfer: object) -> Iterator[Cells]:
    """Yield the next rows of a table, as long as they are of a transfer."""
    rows = waiting[name]
    for cells in rows:
        if cells[0] != transfer:
            waiting[name] = chain([cells], rows)
            return
        yield cells
