"""A mark that each transaction leaves on a server, by which is told whether it holds where its answer was lost.

A connection has one row, which each of its transactions writes anew. Whoever wants to know writes that row too: so he
waits for a transaction that is still under way, and what he then finds in it is final. Transaction numbers of the
server would not do: after a crash they are given out again.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from armstrace.store.schema import WRITERS

_KEY: Final = "armstrace_writer"
_KEPT_FOR: Final = timedelta(days=1)  # a mark counts for the minutes in which its writer may ask for it


class Mark(NamedTuple):
    """What a transaction left: the name of its connection, and its own."""

    writer: str
    token: str


def leave_mark(connection: Connection) -> Mark:
    """Leave a mark in the transaction of a connection; the first of a connection takes old ones away."""
    if _KEY not in connection.info:
        _forget_old(connection)
        connection.info[_KEY] = uuid.uuid4().hex
    mark = Mark(connection.info[_KEY], uuid.uuid4().hex)
    row = insert(WRITERS).values(**mark._asdict(), at=func.now())
    anew = {"token": row.excluded.token, "at": row.excluded.at}
    connection.execute(row.on_conflict_do_update(index_elements=["writer"], set_=anew))
    return mark


def is_marked(connection: Connection, mark: Mark) -> bool:
    """Tell whether the transaction that left a mark holds, waiting for its end; once it does not, it never will."""
    row = insert(WRITERS).values(writer=mark.writer, token="", at=func.now())
    same = row.on_conflict_do_update(index_elements=["writer"], set_={"at": row.excluded.at})
    return bool(connection.scalar(same.returning(WRITERS.c.token)) == mark.token)


def _forget_old(connection: Connection) -> None:
    """Take marks away that nobody asks for any more; those that another has in hand stay."""
    old = select(WRITERS.c.writer).where(WRITERS.c.at < func.now() - _KEPT_FOR).with_for_update(skip_locked=True)
    connection.execute(delete(WRITERS).where(WRITERS.c.writer.in_(old)))
