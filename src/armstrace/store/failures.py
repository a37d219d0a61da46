"""What could not be read, so that nothing is lost without a trace and it can be tried again."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from armstrace.ids import content_id
from armstrace.store.database import share
from armstrace.store.documents import EVIDENCE_LOCK, add_evidence
from armstrace.store.evidence import Kept
from armstrace.store.schema import FAILURES


class Failure(NamedTuple):
    """A source that could not be read and why; ``sha256`` are its bytes where they came here.

    ``resolved_at`` is when the source, or the same bytes from elsewhere, could be read after all.
    """

    source: str
    sha256: str | None
    reason: str
    at: str
    tries: int = 1
    resolved_at: str | None = None


def save(connection: Connection, failure: Failure, kept: Kept | None) -> None:
    """Note a failure; a source that failed before has one more try."""
    if kept:
        share(connection, EVIDENCE_LOCK)
        add_evidence(connection, kept)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = {**failure._asdict(), "key": content_id(failure.source)}
    again = {"sha256": failure.sha256, "reason": failure.reason, "at": failure.at, "resolved_at": None}
    statement = insert(FAILURES).values(row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={**again, "tries": FAILURES.c.tries + 1})
    )


def list_failures(connection: Connection, *, resolved_too: bool) -> list[Failure]:
    """Return the failures, the oldest first; those that are resolved only where asked for."""
    found = select(*(FAILURES.c[name] for name in Failure._fields)).order_by(FAILURES.c.at, FAILURES.c.key)
    if not resolved_too:
        found = found.where(FAILURES.c.resolved_at.is_(None))
    return [Failure(*row) for row in connection.execute(found)]
