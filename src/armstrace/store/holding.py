"""Names that one process at a time holds while it works with what they stand for; longer than a transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection, text

from armstrace.store.again import again
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
    session, held = _take(database, names)
    try:
        yield held
    finally:
        session.close()


@again
def _take(database: Database, names: Collection[str]) -> tuple[Connection, frozenset[str]]:
    """Return a session that is not of the pool, so that closing it ends it, and the names that it holds."""
    with ExitStack() as ending, database.told():
        session = ending.enter_context(database.reach()).execution_options(isolation_level="AUTOCOMMIT")
        session.detach()
        held = frozenset(name for name in sorted(names) if session.scalar(_TAKE, {"name": name}))
        ending.pop_all()
    return session, held
