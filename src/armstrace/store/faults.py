"""What goes wrong with a database, said so that a person can act on it. Never a password, never a row's values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from armstrace.errors import StoreError


class Place(NamedTuple):
    """A database as messages name it, and what messages must not hold."""

    name: str
    secret: str | None = None


_BUSY = "is in use by another process and stayed so for a minute; wait until that has ended, then run this again"
_FULL = "the disk is full; make room and run the same again: what was acknowledged is kept"
# Words of a message of SQLite -> what to say; the first that fits counts.
_SQLITE = (
    ("file is not a database", "is no database of armstrace; give another path, or move that file away"),
    ("malformed", "is damaged (cut short, or changed by another program); put back a copy of it and run 'verify'"),
    ("disk is full", _FULL),
    ("readonly database", "cannot be written to; allow writing to the file and its folder, or give another path"),
    ("unable to open", "cannot be opened; check that it is a file in a folder that exists and can be written to"),
    ("disk i/o error", "cannot be read or written (disk I/O error); check the disk and the room on it"),
    ("locked", _BUSY),
    ("too big", "does not take a value as long as this one"),
)
# The beginning of an SQLSTATE of PostgreSQL -> what to say.
_POSTGRES = (
    ("25006", "takes no changes now (read-only); give the address of the server that does"),
    ("42501", "does not allow this to its user; let its owner grant the right, or give another user in the address"),
    ("53100", _FULL),
    ("55P03", _BUSY),
    ("57P", "is shutting down; run the same again once it is up"),
)
# The same for words of a message where no connection came about, which has no SQLSTATE.
_CONNECTING = (
    ("authentication failed", "refuses the user or the password; check them in the address"),
    ("no password supplied", "asks for a password; give it in the address or in ~/.pgpass"),
    ("role ", "knows no such user; correct the user in the address"),
    ("database ", "does not exist; make it with 'createdb -E UTF8 NAME', or correct the name in the address"),
    ("too many c", "has no connection left; close another client or raise max_connections"),
    ("starting up", "is starting up; run the same again once it is up"),
    ("", "cannot be reached; check host, port and that the server runs"),
)
_CHECK = "run 'verify', and report this if it finds nothing"


@contextmanager
def telling(place: Place) -> Iterator[None]:
    """Turn what the database raises inside into a StoreError that names ``place`` and says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{place.name}: {_explained(error, place.secret)}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{place.name}: {_first_line(error, place.secret)}; {_CHECK}") from error


def _explained(error: DBAPIError, secret: str | None) -> str:
    said = _first_line(error.orig, secret)
    return f"{known} ({said})" if (known := _known(error, said.lower())) else f"{said}; {_CHECK}"


def _known(error: DBAPIError, said: str) -> str | None:
    if not hasattr(error.orig, "sqlstate"):
        return next((text for words, text in _SQLITE if words in said), None)
    state = getattr(error.orig, "sqlstate", None)
    if state is None and isinstance(error, OperationalError):
        return next((text for words, text in _CONNECTING if words in said.replace("connection to server", "")), None)
    return next((text for start, text in _POSTGRES if (state or "").startswith(start)), None)


def _first_line(error: BaseException | None, secret: str | None) -> str:
    """Return what an error says, without the rows that PostgreSQL's further lines may show."""
    line = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return line.replace(secret, "***") if secret else line
