"""Names that one process at a time holds while it works with what they stand for; longer than a transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import text

from armstrace.store.database import Database

_TAKE = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")


@contextmanager
def holding(database: Database, names: Collection[str]) -> Iterator[frozenset[str]]:
    """Give those of the names that nobody else holds. A file gives all: two processes at one file hold the same.

    They are held by a session of their own: whoever ends, in whatever way, holds nothing any more. Who loses that
    session meanwhile goes on, and another may then get the same names: what both do must do no harm done twice.

    Raises:
        StoreError: the database cannot be used.
    """
    if database.is_sqlite:
        yield frozenset(names)
        return
    with database.told():
        session = database.reach().execution_options(isolation_level="AUTOCOMMIT")
        session.detach()  # from the pool: closing it ends the session
    try:
        with database.told():
            held = frozenset(name for name in sorted(names) if session.scalar(_TAKE, {"name": name}))
        yield held
    finally:
        session.close()
