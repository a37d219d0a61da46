"""Who is said to supply whom: routes of lines, and their counts for maps and tables, made by the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Text, case, desc, distinct, func, literal_column, select

from armstrace.register.stages import MOVED, STOPPED
from armstrace.store.changes import chunks
from armstrace.store.columns import from_json, to_json
from armstrace.store.line_query import TransferQuery, conditions
from armstrace.store.register_schema import TRANSFER_LINES, TRANSFER_ROUTES
from armstrace.store.transfers import LineRow, count_transfers

MOST: Final = 1000  # pairs told apart at once; those with fewest transfers are left out, and counted
_NONE: Final = literal_column("''", Text)  # a parameter would be another one in each part of a statement
_R, _L = TRANSFER_ROUTES.c, TRANSFER_LINES.c


class Route(NamedTuple):
    """A supplier and a recipient: codes and names of organisations, "" for what is not told."""

    supplier: str
    supplier_name: str
    recipient: str
    recipient_name: str


class RouteCount(NamedTuple):
    """Supplier and recipient, and how many transfers there are between them.

    ``moved`` of them are said to be under way or to have come, ``stopped`` were called off or seized, all others have
    not moved as far as is told; against ``denied`` of all a denial counts.
    """

    supplier: str
    supplier_name: str
    recipient: str
    recipient_name: str
    transfers: int
    moved: int
    stopped: int
    denied: int


@dataclass(frozen=True, slots=True)
class RouteCounts:
    """Pairs, those with most transfers first; how many more pairs there are; and how many transfers in all."""

    pairs: tuple[RouteCount, ...]
    left_out: int
    transfers: int


def count_routes(connection: Connection, query: TransferQuery, *, by_name: bool = False) -> RouteCounts:
    """Return who supplies whom in the transfers that are all that is asked for.

    Organisations of a country stand for it, unless ``by_name``: then each is told apart.
    """
    sides = _sides(by_name=by_name)
    transfers = func.count(distinct(_R.transfer_id)).label("transfers")
    pairs = (
        select(
            *sides,
            transfers,
            _count_where(_L.status.in_(sorted(map(str, MOVED)))),
            _count_where(_L.status.in_(sorted(map(str, STOPPED)))),
            _count_where(_R.is_denied.is_(True)),
            func.count().over(),  # of all pairs, whatever the limit
        )
        .join_from(TRANSFER_ROUTES, TRANSFER_LINES, (_R.transfer_id == _L.transfer_id) & (_R.from_day == _L.from_day))
        .where(*conditions(query))
        .group_by(*sides)
    )
    rows: list[Any] = list(connection.execute(pairs.order_by(desc("transfers"), *sides).limit(MOST)))
    left_out = rows[0][-1] - len(rows) if rows else 0
    return RouteCounts(tuple(RouteCount(*row[:-1]) for row in rows), left_out, count_transfers(connection, query))


def _sides(*, by_name: bool) -> tuple[ColumnElement[str], ...]:
    shown = _R.supplier_name, _R.recipient_name
    first, second = shown if by_name else (_stateless(_R.supplier, shown[0]), _stateless(_R.recipient, shown[1]))
    labelled: tuple[ColumnElement[str], ...] = (_R.supplier, first, _R.recipient, second)
    return tuple(column.label(f"side_{place}") for place, column in enumerate(labelled))


def _stateless(code: ColumnElement[str], name: ColumnElement[str]) -> ColumnElement[str]:
    return case((code == _NONE, name), else_=_NONE)


def _count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(distinct(case((condition, _R.transfer_id))))


def routes_to_text(routes: Iterable[Route], *, is_denied: bool) -> str:
    """Return the routes of a line as they are kept with it; ``is_denied`` where a denial counts against it."""
    return to_json([is_denied, list(routes)])


def write_routes(connection: Connection, lines: Iterable[LineRow]) -> None:
    """Write the routes of lines that have none; they go with their transfers."""
    for some in chunks(row for line in lines for row in _rows(line)):
        connection.execute(TRANSFER_ROUTES.insert(), some)


def _rows(line: LineRow) -> Iterator[dict[str, Any]]:
    is_denied, routes = from_json(line.routes)
    for position, route in enumerate(routes):
        place = {"transfer_id": line.transfer_id, "from_day": line.from_day, "position": position}
        yield {**place, **Route(*route)._asdict(), "is_denied": is_denied}
