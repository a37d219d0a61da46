"""How the lines of the register stood when they were last told to watches, and the alerts that follow.

Whoever changes the register writes both, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from armstrace.store.alerts import WatchRow
from armstrace.store.alerts_schema import ALERTS, DELIVERIES, STOOD_CLAIMS, STOOD_LINES, WATCHES
from armstrace.store.changes import chunks
from armstrace.store.columns import from_json, to_json
from armstrace.store.register_schema import TRANSFER_CLAIMS, TRANSFERS
from armstrace.store.schema import DOCUMENTS

_CLAIM = "claim"


class StoodClaim(NamedTuple):
    """A claim of a line as it stood, and its document."""

    line: str
    claim_id: str
    document_id: str


class NewAlert(NamedTuple):
    """An alert to be kept; ``body`` as plain values."""

    id: str
    watch_id: str
    line: str
    raised_at: str
    body: Mapping[str, Any]


def has_watches(connection: Connection) -> bool:
    """Tell whether there is a watch that is not paused."""
    return connection.execute(select(WATCHES.c.id).where(WATCHES.c.is_paused.is_(False)).limit(1)).first() is not None


def watches_at(connection: Connection, places: Iterable[str]) -> list[WatchRow]:
    """Return the watches of places (``alerts.matching``) that are not paused."""
    found: list[WatchRow] = []
    for chosen in chunks(sorted(set(places))):
        wanted = select(WATCHES).where(WATCHES.c.is_paused.is_(False), WATCHES.c.place.in_(chosen))
        found += [WatchRow(*row) for row in connection.execute(wanted)]
    return found


def stood_with_claims(connection: Connection, claims: Iterable[str]) -> list[StoodClaim]:
    """Return in which lines claims stood."""
    return _stood(connection, STOOD_CLAIMS.c.claim_id, claims)


def stood_of_documents(connection: Connection, documents: Iterable[str]) -> list[StoodClaim]:
    """Return the claims of documents that stood in lines."""
    return _stood(connection, STOOD_CLAIMS.c.document_id, documents)


def claims_in_register(connection: Connection, claims: Iterable[str]) -> set[str]:
    """Return those claims of which a line is made now."""
    found: set[str] = set()
    column = TRANSFER_CLAIMS.c.claim_id
    for chosen in chunks(sorted(set(claims))):
        found.update(connection.scalars(select(column).where(column.in_(chosen), TRANSFER_CLAIMS.c.role == _CLAIM)))
    return found


def ended_lines(connection: Connection) -> set[str]:
    """Return the lines that stood and are no more, or have another id now."""
    now = select(TRANSFERS.c.id).where(TRANSFERS.c.id == STOOD_LINES.c.line)
    return set(connection.scalars(select(STOOD_LINES.c.line).where(~now.exists())))


def read_stood(connection: Connection, lines: Iterable[str]) -> dict[str, Any]:
    """Return how lines stood, as plain values, by id; those that did."""
    found: dict[str, Any] = {}
    for chosen in chunks(sorted(set(lines))):
        rows = connection.execute(select(STOOD_LINES).where(STOOD_LINES.c.line.in_(chosen)))
        found.update((row.line, from_json(row.body)) for row in rows)
    return found


def replace_stood(
    connection: Connection, gone: Iterable[str], lines: Mapping[str, Any], claims: Sequence[StoodClaim]
) -> None:
    """Note how lines stand now, those that are ``gone`` taken away."""
    for chosen in chunks(sorted({*gone, *lines})):
        connection.execute(delete(STOOD_CLAIMS).where(STOOD_CLAIMS.c.line.in_(chosen)))
        connection.execute(delete(STOOD_LINES).where(STOOD_LINES.c.line.in_(chosen)))
    for some in chunks(lines.items()):
        connection.execute(STOOD_LINES.insert(), [{"line": line, "body": to_json(body)} for line, body in some])
    for rows in chunks(claims):
        connection.execute(STOOD_CLAIMS.insert(), [row._asdict() for row in rows])


def write_alerts(connection: Connection, alerts: Sequence[NewAlert], hooked: Iterable[str]) -> None:
    """Keep alerts in their order; those to watches that are ``hooked`` are to be delivered."""
    hooks = set(hooked)
    for some in chunks(alerts):
        connection.execute(ALERTS.insert(), [{**one._asdict(), "body": to_json(one.body)} for one in some])
        wanted = {one.id: one.watch_id for one in some if one.watch_id in hooks}
        numbers = connection.execute(select(ALERTS.c.number, ALERTS.c.id).where(ALERTS.c.id.in_(wanted))).all()
        waiting = [
            {"number": row.number, "watch_id": wanted[row.id], "state": "waiting", "tries": 0} for row in numbers
        ]
        if waiting:
            connection.execute(DELIVERIES.insert(), waiting)


def addresses_of(connection: Connection, documents: Iterable[str]) -> dict[str, str | None]:
    """Return the web addresses of documents, by id."""
    found: dict[str, str | None] = {}
    for chosen in chunks(sorted(set(documents))):
        rows = connection.execute(select(DOCUMENTS.c.id, DOCUMENTS.c.url).where(DOCUMENTS.c.id.in_(chosen)))
        found.update((row.id, row.url) for row in rows)
    return found


def _stood(connection: Connection, column: Any, values: Iterable[str]) -> list[StoodClaim]:  # noqa: ANN401 - a column
    found: list[StoodClaim] = []
    for chosen in chunks(sorted(set(values))):
        found += [StoodClaim(*row) for row in connection.execute(select(STOOD_CLAIMS).where(column.in_(chosen)))]
    return found
