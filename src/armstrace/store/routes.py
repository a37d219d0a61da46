"""Who is said to supply whom: rows of transfers, and their counts for maps and tables, made by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, desc, distinct, func, select

from armstrace.register.stages import MOVED, STOPPED
from armstrace.store.changes import chunks
from armstrace.store.register_schema import TRANSFER_ROUTES, TRANSFERS
from armstrace.store.transfers import TransferQuery, conditions, count_transfers

MOST: Final = 1000  # pairs told apart at once; those with fewest transfers are left out, and counted
_R, _T = TRANSFER_ROUTES.c, TRANSFERS.c


class TransferRoute(NamedTuple):
    """A supplier and a recipient of a transfer: codes and names of organisations, "" for what is not told."""

    transfer_id: str
    position: int
    supplier: str
    supplier_name: str
    recipient: str
    recipient_name: str
    is_denied: bool


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
            _count_where(_T.status.in_(sorted(map(str, MOVED)))),
            _count_where(_T.status.in_(sorted(map(str, STOPPED)))),
            _count_where(_R.is_denied.is_(True)),
        )
        .join_from(TRANSFER_ROUTES, TRANSFERS, _R.transfer_id == _T.id)
        .where(*conditions(query))
        .group_by(*sides)
    )
    ordered = pairs.order_by(desc("transfers"), *sides).limit(MOST + 1)
    found = [RouteCount(*tuple(row)) for row in connection.execute(ordered)]
    left_out = 0
    if len(found) > MOST:
        left_out = (connection.scalar(select(func.count()).select_from(pairs.order_by(None).subquery())) or 0) - MOST
    return RouteCounts(tuple(found[:MOST]), left_out, count_transfers(connection, query))


def _sides(*, by_name: bool) -> tuple[ColumnElement[str], ...]:
    shown = _R.supplier_name, _R.recipient_name
    stateless = (case((_R.supplier == "", shown[0]), else_=""), case((_R.recipient == "", shown[1]), else_=""))
    first, second = shown if by_name else stateless
    labelled: tuple[ColumnElement[str], ...] = (_R.supplier, first, _R.recipient, second)
    return tuple(column.label(f"side_{place}") for place, column in enumerate(labelled))


def _count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(distinct(case((condition, _R.transfer_id))))


def write_routes(connection: Connection, routes: Sequence[TransferRoute]) -> None:
    """Write the routes of transfers that are there and have none; they go with their transfers."""
    for some in chunks(routes):
        connection.execute(TRANSFER_ROUTES.insert(), [route._asdict() for route in some])
