"""Which claims are in which transfers, and transfers written whole: themselves, their lines, their claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, or_, select, update

from armstrace.store.changes import chunks
from armstrace.store.register_schema import (
    LINES_SHOWN,
    SOURCE_MARKS,
    TRANSFER_CLAIMS,
    TRANSFER_LINES,
    TRANSFER_ROUTES,
    TRANSFERS,
)
from armstrace.store.routes import write_routes
from armstrace.store.transfers import WHOLE_LINES, LineRow, TransferRow

_T, _C, _L = TRANSFERS.c, TRANSFER_CLAIMS.c, TRANSFER_LINES.c
_CLAIM = "claim"


class TransferClaim(NamedTuple):
    """A claim of a transfer, or one that says something else of it; ``alias`` as in ``register_schema``."""

    transfer_id: str
    claim_id: str
    document_id: str
    role: str
    alias: str | None
    day: str | None


def transfers_by_id(connection: Connection, asked: str, *, exact: bool) -> list[str]:
    """Return the ids of the transfers that an id leads to: their own, a claim's, or one they would bear by a claim.

    Unless ``exact``, the beginning of an id does.
    """

    def matches(column: ColumnElement[str]) -> ColumnElement[bool]:
        return column == asked if exact else column.startswith(asked, autoescape=True)

    own = select(_T.id).where(matches(_T.id))
    others = select(_C.transfer_id).where(_C.role == _CLAIM, or_(matches(_C.claim_id), matches(_C.alias)))
    return sorted(connection.scalars(own.union(others)))


def claims_by_id(connection: Connection, asked: str, *, exact: bool) -> list[str]:
    """Return the ids of the claims in the register that an id, or unless ``exact`` the beginning of one, leads to."""
    is_it = _C.claim_id == asked if exact else _C.claim_id.startswith(asked, autoescape=True)
    return sorted(set(connection.scalars(select(_C.claim_id).where(is_it))))


def claims_of_transfers(connection: Connection, transfers: Iterable[str]) -> list[TransferClaim]:
    """Return the claims of transfers, and those that say something else of these."""
    return [row for chosen in chunks(sorted(set(transfers))) for row in _claims(connection, _C.transfer_id.in_(chosen))]


def transfers_of_claims(connection: Connection, claims: Iterable[str]) -> set[str]:
    """Return the ids of the transfers that claims belong to."""
    found: set[str] = set()
    for chosen in chunks(sorted(set(claims))):
        found.update(connection.scalars(select(_C.transfer_id).where(_C.claim_id.in_(chosen))))
    return found


def _claims(connection: Connection, where: ColumnElement[bool]) -> list[TransferClaim]:
    return [TransferClaim(*row) for row in connection.execute(select(TRANSFER_CLAIMS).where(where))]


def lines_of_transfers(connection: Connection, transfers: Iterable[str]) -> list[LineRow]:
    """Return all lines of transfers, of every day."""
    return [
        LineRow(*row)
        for chosen in chunks(sorted(set(transfers)))
        for row in connection.execute(WHOLE_LINES.where(_L.transfer_id.in_(chosen)))
    ]


def forget_transfers(connection: Connection, transfers: Iterable[str]) -> None:
    """Take transfers away."""
    for chosen in chunks(sorted(set(transfers))):
        for table in (TRANSFER_CLAIMS, SOURCE_MARKS):
            connection.execute(delete(table).where(table.c.transfer_id.in_(chosen)))
        forget_lines(connection, chosen)
        connection.execute(delete(TRANSFERS).where(_T.id.in_(chosen)))


def write_transfers(
    connection: Connection, rows: Sequence[TransferRow], lines: Sequence[LineRow], claims: Sequence[TransferClaim]
) -> None:
    """Write transfers that are not there, with their lines and claims."""
    for chosen in chunks(rows):
        connection.execute(TRANSFERS.insert(), [row._asdict() for row in chosen])
    write_lines(connection, lines)
    for some in chunks(claims):
        connection.execute(TRANSFER_CLAIMS.insert(), [claim._asdict() for claim in some])


def forget_lines(connection: Connection, transfers: Iterable[str]) -> None:
    """Take all lines of transfers away."""
    for chosen in chunks(sorted(set(transfers))):
        for table in (TRANSFER_ROUTES, LINES_SHOWN, TRANSFER_LINES):
            connection.execute(delete(table).where(table.c.transfer_id.in_(chosen)))


def write_lines(connection: Connection, lines: Iterable[LineRow]) -> None:
    """Write lines that are not there, of transfers that are."""
    for chosen in chunks(lines):
        rows = [line._asdict() for line in chosen]
        for table in (TRANSFER_LINES, LINES_SHOWN):
            connection.execute(table.insert(), [{name: row[name] for name in _names(table)} for row in rows])
        write_routes(connection, chosen)


def transfers_after(connection: Connection, after: str, most: int) -> list[str]:
    """Return the ids of the next transfers behind an id, in the order of ids; rejected ones too."""
    ids = TRANSFERS.c.id
    return list(connection.scalars(select(ids).where(ids > after).order_by(ids).limit(most)))


def write_findings(connection: Connection, findings: Mapping[str, str], lines: Sequence[LineRow]) -> None:
    """Write transfer id -> findings (JSON), and all lines of these transfers, in the place of those that there are."""
    rows = [{"of": one, "found": found} for one, found in findings.items()]
    if rows:
        of = TRANSFERS.c.id == bindparam("of")
        connection.execute(update(TRANSFERS).where(of).values(findings=bindparam("found")), rows)
    forget_lines(connection, findings)
    write_lines(connection, lines)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]
