"""Opens the store that an address or the environment names, and brings its tables up to date."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from armstrace.errors import MissingPartError, StoreError
from armstrace.store.again import again
from armstrace.store.database import Database
from armstrace.store.evidence import Evidence
from armstrace.store.faults import Place
from armstrace.store.migrate import bring_up_to_date
from armstrace.store.repository import Store
from armstrace.store.schema import STORE_FACTS

DATABASE_VARIABLE = "ARMSTRACE_DATABASE"
EVIDENCE_VARIABLE = "ARMSTRACE_EVIDENCE"
PASSWORD_VARIABLE = "ARMSTRACE_DATABASE_PASSWORD_FILE"  # noqa: S105 - the name of a file, as secrets are handed to services
DEFAULT_DATABASE = "armstrace.db"
DEFAULT_EVIDENCE = "armstrace.evidence"
_EXAMPLES = "give a file (armstrace.db) or an address such as postgresql://user@host/name"
_SQLITE, _POSTGRES = frozenset({"sqlite"}), frozenset({"postgresql", "postgres", "postgresql+psycopg"})


def open_store(address: str | None, environment: Mapping[str, str], *, create: bool = True) -> Store:
    """Return the store of an address, else of ``$ARMSTRACE_DATABASE``, else of ``./armstrace.db``.

    An address is the path of a file or a URL of SQLite or PostgreSQL. Evidence is kept in ``<file>.evidence``, for
    PostgreSQL in ``./armstrace.evidence``; ``$ARMSTRACE_EVIDENCE`` names another folder. The password of an address
    without one is read from the file that ``$ARMSTRACE_DATABASE_PASSWORD_FILE`` names. Unless ``create``, a file that
    is not there is not made.

    Raises:
        StoreError: there is no such database, or it cannot be used; the text never holds a password.
        MissingPartError: it is a PostgreSQL one, and what speaks to those is not installed.
    """
    located = locate(address, environment)
    if located.file is not None:
        check_file(located.file, located.folder, create=create)
    database = Database(located.url, located.place)
    try:
        bring_up_to_date(database)
        evidence = evidence_of(database, located.folder)
    except BaseException:
        database.close()
        raise
    return Store(database, evidence)


class Located(NamedTuple):
    """Where a store is: its database, as messages name it, its folder of evidence, its file unless on a server."""

    url: URL
    place: Place
    folder: Path
    file: Path | None


def locate(address: str | None, environment: Mapping[str, str]) -> Located:
    """Return where the store of an address is, as ``open_store`` takes it; nothing is opened.

    Raises:
        StoreError: the address names no database.
        MissingPartError: what speaks to PostgreSQL is not installed.
    """
    url = _read_address((address or environment.get(DATABASE_VARIABLE) or DEFAULT_DATABASE).strip())
    named = environment.get(EVIDENCE_VARIABLE)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        return Located(url, Place(str(file)), Path(named or f"{file}.evidence"), file)
    url = _with_password(url, environment.get(PASSWORD_VARIABLE))
    return Located(url, Place(_shown(url), url.password), Path(named or DEFAULT_EVIDENCE), None)


def _with_password(url: URL, file: str | None) -> URL:
    if url.password is not None or not file:
        return url
    try:
        password = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: ${PASSWORD_VARIABLE} names it, and it cannot be read; allow reading it") from error
    if not password:
        raise StoreError(f"{file}: ${PASSWORD_VARIABLE} names it, and it is empty; write the password into it")
    return url.set(password=password)


@again
def evidence_of(database: Database, folder: Path) -> Evidence:
    """Return the evidence of a database of today in its folder.

    Raises:
        StoreError: the folder is that of another store, or the database cannot be used.
    """
    with database.read() as connection:
        store_id = connection.scalar(select(STORE_FACTS.c.value).where(STORE_FACTS.c.name == "id"))
    evidence = Evidence(folder, str(store_id))
    evidence.check_owner()
    return evidence


def _read_address(asked: str) -> URL:
    scheme, separator, _ = asked.partition("://")
    if not separator:
        return URL.create("sqlite", database=_checked_path(asked))
    try:
        url = make_url(asked)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"the address of the database cannot be read; {_EXAMPLES}") from error
    if scheme in _SQLITE:
        if url.host or url.query or not url.database:
            raise StoreError(f"the address of the database names no file; {_EXAMPLES}")
        return URL.create("sqlite", database=_checked_path(url.database))
    if scheme not in _POSTGRES:
        raise StoreError(f"{scheme}: is no database that armstrace knows; {_EXAMPLES}")
    if find_spec("psycopg") is None:
        raise MissingPartError("PostgreSQL needs a part that is not installed: pip install 'armstrace[postgres]'")
    return url.set(drivername="postgresql+psycopg")


def _checked_path(path: str) -> str:
    if "\0" in path or path in {"", ":memory:"}:
        raise StoreError(f"the address of the database names no file; {_EXAMPLES}")
    return path


def check_file(file: Path, evidence: Path, *, create: bool) -> None:
    """Make sure that a file may be a database of ours, before SQLite makes one of it.

    Raises:
        StoreError: it may not; without ``create`` also where there is none.
    """
    if file.is_dir():
        raise StoreError(f"{file}: is a folder; {_EXAMPLES}")
    if not file.exists():
        if not create:
            raise StoreError(f"{file}: there is no such database; add documents first, or give another path")
        if not file.parent.is_dir():
            raise StoreError(f"{file}: its folder does not exist; make it, or give another path")
    elif file.stat().st_size == 0 and evidence.is_dir() and any(evidence.iterdir()):
        raise StoreError(
            f"{file}: is empty, though there is evidence in {evidence}: it was cut short; put back a copy, "
            "or remove it and add the originals again"
        )


def _shown(url: URL) -> str:
    """Return a PostgreSQL address without password and options."""
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()
