"""Brings a database to the tables of today, whatever version it is of; several processes may try at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from armstrace.errors import StoreError
from armstrace.store.again import again
from armstrace.store.database import Database, lock
from armstrace.store.schema import METADATA, REVISION, VERSION_TABLE

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
_LOCK = "armstrace tables"
_ONE_AT_A_TIME = threading.Lock()  # Alembic knows one migration a process


@again
def bring_up_to_date(database: Database) -> None:
    """Make the tables, or change them to those of today; does nothing where they are.

    Raises:
        StoreError: the database is of a newer armstrace or of another program, or cannot be used.
    """
    with database.read() as connection:
        found = find_revision(connection)
    if found != REVISION:
        _migrate(database)
    database.let_readers_work()


def _migrate(database: Database) -> None:
    with _ONE_AT_A_TIME, database.change_tables() as connection:
        lock(connection, _LOCK)
        found = find_revision(connection)  # another process may have been faster
        if found == REVISION:
            return
        check_is_ours(connection, database, found)
        upgrade(connection, REVISION)


def find_revision(connection: Connection) -> str | None:
    """Return the version of the tables; None where there are none of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return None if found is None else str(found)


def upgrade(connection: Connection, revision: str) -> None:
    """Change the tables to those of a later version, in the transaction of ``connection``."""
    from alembic import command  # noqa: PLC0415  loading it takes longer than opening a database of today

    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str, *, lose: bool = False) -> None:
    """Change the tables to those of an earlier version, or drop them all for "base".

    Raises:
        StoreError: something would be lost that nothing brings back, and ``lose`` does not say that it may be.
    """
    from alembic import command  # noqa: PLC0415

    command.downgrade(_config(connection, lose=lose), revision)


def change_revision(database: Database, wanted: str, *, lose: bool = False) -> str:
    """Change the tables to those of another version, later or earlier; return the version that they were of.

    Nobody else may use the database meanwhile. Another process that wants to change the tables waits.

    Raises:
        StoreError: there is no such version, or the tables are none of ours, or something would be lost that nothing
            brings back and ``lose`` does not say that it may be; nothing is done then.
    """
    with _ONE_AT_A_TIME, database.change_tables() as connection:
        lock(connection, _LOCK)
        found = find_revision(connection)
        check_is_ours(connection, database, found)
        known = _known_revisions(connection)
        if found is None or wanted not in known:
            told = "holds no tables yet" if found is None else f"there is no version {wanted} of the tables"
            raise StoreError(f"{database.place.name}: {told}; give one of {min(known)} to {max(known)}")
        if wanted < found:
            downgrade(connection, wanted, lose=lose)
        elif wanted > found:
            upgrade(connection, wanted)
    return found


def _config(connection: Connection, *, lose: bool = False) -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, lose=lose)
    return config


def check_is_ours(connection: Connection, database: Database, found: str | None) -> None:
    """Make sure that a database whose tables are of the version ``found`` is one of ours, or an empty one.

    Raises:
        StoreError: it is of a newer armstrace or of another program.
    """
    name = database.place.name
    if found is not None and found not in _known_revisions(connection):
        raise StoreError(
            f"{name}: was made by a newer armstrace (its tables are version {found}, this one knows {REVISION}); "
            "update with 'pip install --upgrade armstrace', or give another database; to stay with this one, let the "
            f"newer one run 'armstrace migrate --to {REVISION}' first"
        )
    tables = set(inspect(connection).get_table_names())
    foreign = tables if database.is_sqlite else tables & set(METADATA.tables)
    if found is None and foreign:
        shown = ", ".join(sorted(foreign)[:3])
        raise StoreError(f"{name}: holds tables of another program ({shown}); give a database of its own")
    if not database.is_sqlite and (encoding := connection.execute(text("SHOW server_encoding")).scalar()) != "UTF8":
        raise StoreError(f"{name}: is in {encoding}, not UTF8; make one with 'createdb -E UTF8 -T template0 NAME'")


def _known_revisions(connection: Connection) -> set[str]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return {script.revision for script in ScriptDirectory.from_config(_config(connection)).walk_revisions()}
