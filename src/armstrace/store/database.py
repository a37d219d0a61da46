"""One database: its engine, and transactions that either hold whole or leave nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from armstrace.errors import StoreError
from armstrace.store.again import again, pauses
from armstrace.store.faults import Place, in_doubt, is_cut, is_starting, is_unreached, telling
from armstrace.store.marks import Mark, is_marked, leave_mark

SECONDS_TO_WAIT = 60  # for another writer, before it is told that the database is in use
SECONDS_TO_REACH = 60  # that a server is waited for which was there before
_PAUSE = 0.01  # seconds
_READING = "armstrace_reading"
# What is acknowledged must be on the disk: in WAL mode that is FULL alone. See benchmarks/store_speed.py for its price.
_PRAGMAS = (
    f"PRAGMA busy_timeout = {SECONDS_TO_WAIT * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else REPLACE would pass by what keeps judgements from being deleted
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
)
# What is acknowledged must be on the disk, whatever the server's own setting; an address may ask for more by `options`.
# A machine that is gone is noticed within a minute, on both sides, so that nobody waits for its locks.
_SESSION = (
    f"-c lock_timeout={SECONDS_TO_WAIT}s -c timezone=UTC -c synchronous_commit=on "
    "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)
_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


class Database:
    """A database that is open. All writes of one transaction hold, or none does.

    A server that was there once is waited for when it is away, ``patience`` seconds at most.
    """

    def __init__(self, url: URL, place: Place) -> None:
        self.place = place
        self.patience: float = SECONDS_TO_REACH
        self._was_reached = False
        self.engine = _sqlite_engine(url) if url.get_backend_name() == "sqlite" else _postgres_engine(url)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether it is a file of SQLite; else it is PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a transaction; on SQLite it is the only writer from its beginning.

        Where the answer to the COMMIT is lost with the connection, the server is asked whether it was kept.

        Raises:
            BrokenOffError: nothing of the transaction is kept, and it may be done again.
            NotNowError: the database is away, or was lost at the COMMIT and stayed away; the text says so.
            StoreError: the database cannot be used; nothing of the transaction is kept.
        """
        with telling(self.place), self.reach() as connection:
            connection.begin()
            yield connection
            mark = None if self.is_sqlite else leave_mark(connection)
            try:
                connection.commit()
            except DBAPIError as error:
                if not (mark and error.connection_invalidated and self._is_kept(mark)):
                    raise

    @contextmanager
    def change_tables(self) -> Iterator[Connection]:
        """Give a transaction in which tables change; who is broken off looks what they are, and goes on.

        Raises:
            StoreError: the database cannot be used.
        """
        with telling(self.place), self.reach() as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the database and changes nothing.

        Raises:
            StoreError: the database cannot be used.
        """
        with telling(self.place), self.reach() as connection:
            reading = connection.execution_options(**{_READING: True})
            if not self.is_sqlite:
                reading = reading.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield reading

    def reach(self) -> Connection:
        """Return a new connection; a server that was there before is waited for.

        Raises:
            sqlalchemy.exc.DBAPIError: there is none to be had.
        """
        end = time.monotonic() + self.patience
        for pause in pauses():
            try:
                connection = self.engine.connect()
            except DBAPIError as error:
                is_there = error.connection_invalidated or is_starting(error) or is_cut(error)
                self._was_reached |= is_there
                if not self._was_reached or not is_unreached(error) or time.monotonic() + pause > end:
                    raise
                time.sleep(pause)
            else:
                break
        self._was_reached = True
        return connection

    def _is_kept(self, mark: Mark) -> bool:
        """Tell whether the transaction that left a mark holds; once this is told it stays so.

        Raises:
            NotNowError: nobody is there who could tell.
        """
        try:
            return again(self._look_for)(mark)
        except StoreError as error:
            raise in_doubt(self.place) from error

    def _look_for(self, mark: Mark) -> bool:
        with telling(self.place), self.reach() as connection, connection.begin():
            return is_marked(connection, mark)

    def let_readers_work(self) -> None:
        """Let readers and a writer of a file work side by side, from now on; only of a file that is ours.

        Raises:
            StoreError: the database cannot be used.
        """
        if self.is_sqlite:
            with telling(self.place), self.engine.connect() as connection:
                _use_wal(cast("SqliteConnection", connection.connection.driver_connection))

    def told(self) -> AbstractContextManager[None]:
        """Return a context in which the errors of the database become StoreErrors."""
        return telling(self.place)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def lock(connection: Connection, *names: str) -> None:
    """Keep other writers of the same things out until the transaction ends; one writer at a time needs no such lock.

    Raises:
        sqlalchemy.exc.DBAPIError: the lock was not to be had.
    """
    if connection.dialect.name == "postgresql":
        for name in sorted(set(names)):  # in one order everywhere, so that no two wait for each other
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def share(connection: Connection, name: str) -> None:
    """Keep out who locks ``name``, not who shares it, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))"), {"name": name})


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, tables and triggers included
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _use_wal(connection: SqliteConnection) -> None:
    """Put a file into the mode of a write-ahead log; two who do so in a new file at once do not wait by themselves.

    Raises:
        sqlalchemy.exc.DBAPIError: the file cannot be used, or another kept it to himself for too long.
    """
    end = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise DBAPIError("PRAGMA journal_mode", None, error) from error
            time.sleep(_PAUSE)
        else:
            return


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgres_engine(url: URL) -> Engine:
    given = url.query.get("options", "")
    options = {"options": f"{_SESSION} {given}", "client_encoding": "UTF8", "connect_timeout": 15, **_ALIVE}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options)
