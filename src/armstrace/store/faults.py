"""What goes wrong with a database, said so that a person can act on it. Never a password, never a row's values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from armstrace.errors import BrokenOffError, NotNowError, StoreError


class Place(NamedTuple):
    """A database as messages name it, and what messages must not hold."""

    name: str
    secret: str | None = None


_BUSY = "is in use by another process and stayed so for a minute; wait until that has ended, then run this again"
_DOWN = "is shutting down; run the same again once it is up"
_STARTING = "is starting up; run the same again once it is up"
_CROWDED = "has no connection left; close another client or raise max_connections"
_AWAY = "cannot be reached; check host, port and that the server runs"
_BROKEN_OFF = "broke off what was under way, of which nothing is kept; run the same again"
_IN_DOUBT = (
    "was lost at the moment of keeping something, and whether that is kept cannot be told before it is back; "
    "look whether it is there, then run the same again: what is kept is known"
)
_LATER = frozenset({_BUSY, _DOWN, _STARTING, _CROWDED, _AWAY})  # of themselves; the others wait for a person
_UNREACHED = _LATER - {_BUSY}
_UNDONE = frozenset({"40001", "40P01"})  # two transactions were in each other's way, and the server chose this one
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
    ("57P03", _STARTING),
    ("57P", _DOWN),
)
# The same for words of a message where no connection came about, which has no SQLSTATE.
_CONNECTING = (
    ("authentication failed", "refuses the user or the password; check them in the address"),
    ("no password supplied", "asks for a password; give it in the address or in ~/.pgpass"),
    ("system is shutting down", _DOWN),
    ("system is ", _STARTING),  # starting up, in recovery mode, not yet accepting connections
    ("role ", "knows no such user; correct the user in the address"),
    ("database ", "does not exist; make it with 'createdb -E UTF8 NAME', or correct the name in the address"),
    ("too many c", _CROWDED),
    ("connection slots are reserved", _CROWDED),
    ("", _AWAY),
)
_CHECK = "run 'verify', and report this if it finds nothing"


@contextmanager
def telling(place: Place) -> Iterator[None]:
    """Turn what the database raises inside into a StoreError that names ``place`` and says what to do.

    Raises:
        BrokenOffError: a transaction was broken off; nothing of it is kept.
        NotNowError: the database cannot be reached now, or others keep it in use.
        StoreError: anything else.
    """
    try:
        yield
    except DBAPIError as error:
        raise _told(error, place) from error
    except NoConnectionError as error:
        raise NotNowError(f"{place.name}: is asked too much at once; ask again in a moment") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{place.name}: {_first_line(error, place.secret)}; {_CHECK}") from error


def is_unreached(error: DBAPIError) -> bool:
    """Tell whether no connection came about for a reason that passes: the server is away, starting, or full."""
    return _known(error, str(error.orig).lower()) in _UNREACHED


def is_starting(error: DBAPIError) -> bool:
    """Tell whether a server is there and takes nobody in yet, or not any more."""
    return _known(error, str(error.orig).lower()) in {_STARTING, _DOWN}


def is_cut(error: DBAPIError) -> bool:
    """Tell whether a server took somebody in and then was gone: it is there, and stops or crashes just now."""
    return "closed the connection unexpectedly" in str(error.orig).lower()


def in_doubt(place: Place) -> NotNowError:
    """Return what is told where the answer to a COMMIT was lost, and nobody is there to ask whether it was kept."""
    return NotNowError(f"{place.name}: {_IN_DOUBT}")


def _told(error: DBAPIError, place: Place) -> StoreError:
    said = _first_line(error.orig, place.secret)
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _UNDONE:
        return BrokenOffError(f"{place.name}: {_BROKEN_OFF} ({said})")
    known = _known(error, said.lower())
    kind = NotNowError if known in _LATER else StoreError
    return kind(f"{place.name}: {known} ({said})" if known else f"{place.name}: {said}; {_CHECK}")


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
