"""The register asked for: its lines today or as they stood on a day, by what they hold, page by page, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Integer, Select, and_, func, select, tuple_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from armstrace.errors import StoreError
from armstrace.store.changes import chunks
from armstrace.store.columns import from_json
from armstrace.store.line_query import NO_DAY, TransferQuery, conditions
from armstrace.store.register_schema import LINES_SHOWN, TRANSFER_LINES, TRANSFERS

__all__ = ["MOST_ON_A_PAGE", "NO_DAY", "ORDERS", "Cursor", "LineRow", "TransferPage", "TransferQuery", "TransferRow"]

MOST_ON_A_PAGE: Final = 500
_T, _L, _S = TRANSFERS.c, TRANSFER_LINES.c, LINES_SHOWN.c
_OTHER_WAY: Final = "-"
# What lines can be sorted by, with whether the greatest come first; those that are equal in it by id.
_ORDERS: Final = {
    "first-known": ((_L.first_day,), False),
    "last-change": ((_L.changed_day,), True),
    "credibility": ((_L.credibility,), False),
    "origins-for": ((_L.affirming, _L.not_shown), True),
    "route": ((_L.route,), False),
}
ORDERS: Final = tuple(_ORDERS)


# Lines with what a row of the register shows of each.
WHOLE_LINES: Final = select(TRANSFER_LINES, _S.routes, _S.line).join(
    LINES_SHOWN, and_(_L.transfer_id == _S.transfer_id, _L.from_day == _S.from_day)
)


class TransferRow(NamedTuple):
    """A transfer as it stands today; body and findings are JSON."""

    id: str
    findings: str
    body: str

    @property
    def shape(self) -> dict[str, Any]:
        """The public shape."""
        found: dict[str, Any] = from_json(self.body)
        return found

    @property
    def law(self) -> list[dict[str, Any]]:
        """The findings, in their public shape."""
        found: list[dict[str, Any]] = from_json(self.findings)
        return found


class LineRow(NamedTuple):
    """A line from ``from_day`` to before ``until_day`` with what can be asked for, as in ``register_schema``.

    ``line`` is what a row of the register shows, ``routes`` who supplies whom (``store.routes``), both as JSON.
    """

    until_day: str
    transfer_id: str
    from_day: str
    is_today: bool
    first_day: str
    changed_day: str
    status: str
    credibility: int
    affirming: int
    not_shown: int
    denying: int
    review: str
    is_rejected: bool
    is_released: bool
    conflicts: int
    breaches: int
    suppliers: str
    recipients: str
    categories: str
    law: str
    route: str
    party_words: str
    item_words: str
    words: str
    made_of: str
    routes: str = ""
    line: str = ""

    @property
    def shown(self) -> dict[str, Any]:
        """What a row of the register shows (``export.lines``)."""
        found: dict[str, Any] = from_json(self.line)
        return found


class Cursor(NamedTuple):
    """Behind which line a page begins, or with ``is_back`` before which it ends: its values in the order, its id."""

    key: tuple[str | int, ...]
    id: str
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class TransferPage:
    """Lines in order; ``next`` is None on the last page, ``previous`` on the first."""

    lines: tuple[LineRow, ...]
    next: Cursor | None
    previous: Cursor | None


def page_of(
    connection: Connection, query: TransferQuery, order: str, most: int, cursor: Cursor | None = None
) -> TransferPage:
    """Return the lines that are all that is asked for, those behind or before a cursor.

    ``order`` is one of ``ORDERS``, the other way round with "-" before it.

    Raises:
        StoreError: it is none, ``most`` is no number of rows for a page, or the cursor is of another order.
    """
    if not 1 <= most <= MOST_ON_A_PAGE:
        raise StoreError(f"{most} transfers a page: give 1 to {MOST_ON_A_PAGE}")
    wanted = select(TRANSFER_LINES).where(*conditions(query), *_behind(order, cursor))
    rows = _with_shown(connection, wanted.order_by(*_keys(_L, order, cursor)).limit(most + 1), order, cursor)
    is_back, is_more = cursor is not None and cursor.is_back, len(rows) > most
    shown = rows[:most][::-1] if is_back else rows[:most]
    if not shown:
        return TransferPage((), None, None)
    following = _cursor(shown[-1], order) if is_more or is_back else None
    before = _cursor(shown[0], order)._replace(is_back=True) if (is_more if is_back else cursor) else None
    return TransferPage(tuple(shown), following, before)


def _with_shown(connection: Connection, wanted: Select[Any], order: str, cursor: Cursor | None) -> list[LineRow]:
    """Return lines with what a row shows of each: joined to those of the page alone, once they are chosen."""
    chosen = wanted.subquery()
    same = and_(chosen.c.transfer_id == _S.transfer_id, chosen.c.from_day == _S.from_day)
    joined = select(chosen, _S.routes, _S.line).join(LINES_SHOWN, same).order_by(*_keys(chosen.c, order, cursor))
    return [LineRow(*row) for row in connection.execute(joined)]


def _way(order: str, cursor: Cursor | None) -> tuple[tuple[Column[Any], ...], bool]:
    """Return what an order sorts by, and whether the greatest come first, for a page that ends at its cursor too."""
    name = order.removeprefix(_OTHER_WAY)
    if name not in _ORDERS:
        raise StoreError(f"order {order!r}: is none; give one of {', '.join(ORDERS)}, or one of them after a hyphen")
    columns, is_descending = _ORDERS[name]
    return columns, is_descending ^ order.startswith(_OTHER_WAY) ^ bool(cursor and cursor.is_back)


def _keys(of: ReadOnlyColumnCollection[str, Any], order: str, cursor: Cursor | None) -> list[ColumnElement[Any]]:
    columns, down = _way(order, cursor)
    keys = [of[column.name] for column in (*columns, _L.transfer_id)]
    return [key.desc() if down else key.asc() for key in keys]


def _behind(order: str, cursor: Cursor | None) -> list[ColumnElement[bool]]:
    columns, down = _way(order, cursor)
    if cursor is None:
        return []
    kinds = [int if isinstance(column.type, Integer) else str for column in columns]
    if [type(value) for value in cursor.key] != kinds:
        raise StoreError(f"the cursor is not of the order {order}; begin at the first page")
    here, there = tuple_(*columns, _L.transfer_id), tuple_(*cursor.key, cursor.id)
    return [here < there if down else here > there]


def _cursor(row: LineRow, order: str) -> Cursor:
    columns, _ = _ORDERS[order.removeprefix(_OTHER_WAY)]
    return Cursor(tuple(getattr(row, column.name) for column in columns), row.transfer_id)


def count_transfers(connection: Connection, query: TransferQuery) -> int:
    """Return how many lines are all that is asked for."""
    return connection.scalar(select(func.count()).select_from(TRANSFER_LINES).where(*conditions(query))) or 0


def line_of(connection: Connection, transfer: str, as_of: str | None = None) -> LineRow | None:
    """Return the line of a transfer, today's or as of a day (ISO); None where there is none."""
    asked = conditions(TransferQuery(as_of=as_of, rejected=True))
    row = connection.execute(WHOLE_LINES.where(_L.transfer_id == transfer, *asked)).one_or_none()
    return LineRow(*row) if row else None


def days_known(connection: Connection) -> tuple[str, str] | None:
    """Return the first and the last day (ISO) on which anything became known; None where no line has a day."""
    known = _L.from_day < NO_DAY
    ends = (select(find(_L.from_day)).where(known).scalar_subquery() for find in (func.min, func.max))
    first, last = connection.execute(select(*ends)).one()  # each by itself, so that an index tells it
    return (first, last) if first and last else None


def days_of(connection: Connection, transfer: str) -> tuple[str, str] | None:
    """Return the first and the last day (ISO) on which anything became known of a transfer; None where no day is."""
    days = select(func.min(_L.from_day), func.max(_L.from_day)).where(_L.transfer_id == transfer, _L.from_day < NO_DAY)
    first, last = connection.execute(days).one()
    return (first, last) if first and last else None


def transfer_rows(connection: Connection, transfers: Iterable[str]) -> list[TransferRow]:
    """Return transfers as they stand today, by their ids, in the order given; those that there are."""
    wanted = list(dict.fromkeys(transfers))
    rows = (row for chosen in chunks(wanted) for row in connection.execute(select(TRANSFERS).where(_T.id.in_(chosen))))
    found = {row.id: TransferRow(*row) for row in rows}
    return [found[one] for one in wanted if one in found]
