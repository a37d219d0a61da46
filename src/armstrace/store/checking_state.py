"""By which law the findings of the register are, and how far a check of all of them has come."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from armstrace.store.database import lock
from armstrace.store.register_schema import REGISTER_FACTS, REGISTER_LOCK

_LAW, _AFTER = "law", "checked"
_F = REGISTER_FACTS.c


class Checking(NamedTuple):
    """The version of the law that the findings are brought to, None if none ever was.

    ``after`` is the last transfer that a check under way has come to (empty at its beginning); None where all are
    checked.
    """

    law: str | None
    after: str | None


def checking_of(connection: Connection) -> Checking:
    """Return by which law the findings are, and how far a check has come."""
    rows = connection.execute(select(_F.name, _F.value).where(_F.name.in_((_LAW, _AFTER))))
    facts = {row.name: row.value for row in rows}
    return Checking(facts.get(_LAW), facts.get(_AFTER))


def put_checking(connection: Connection, checking: Checking) -> None:
    """Note by which law the findings are, and how far a check has come; others who write wait."""
    lock(connection, REGISTER_LOCK)
    connection.execute(delete(REGISTER_FACTS).where(_F.name.in_((_LAW, _AFTER))))
    rows = [{"name": name, "value": value} for name, value in ((_LAW, checking.law), (_AFTER, checking.after))]
    if told := [row for row in rows if row["value"] is not None]:
        connection.execute(REGISTER_FACTS.insert(), told)


def restart_checking(connection: Connection) -> None:
    """Note that some findings are of another law than the others: all are checked once more."""
    put_checking(connection, Checking(checking_of(connection).law, ""))
