"""Whatever a database says, its password and its rows stay unsaid, and what to do is told."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DatabaseError, InvalidRequestError, OperationalError

from armstrace.errors import StoreError
from armstrace.store.faults import Place, telling

PLACE = Place("a.db", "hush")
ROWS = [
    (
        OperationalError("SELECT 1", {}, sqlite3.OperationalError("database is locked")),
        "a.db: is in use by another process",
    ),
    (OperationalError("SELECT 1", {}, sqlite3.OperationalError("disk I/O error")), "check the disk and the room on it"),
    (DatabaseError("SELECT 1", {}, sqlite3.DatabaseError("odd")), "a.db: odd; run 'verify', and report this"),
    (DatabaseError("SELECT 1", {}, psycopg.errors.DiskFull("no space left")), "the disk is full; make room"),
    (DatabaseError("SELECT 1", {}, psycopg.errors.LockNotAvailable("timeout")), "is in use by another process"),
    (DatabaseError("SELECT 1", {}, psycopg.errors.ReadOnlySqlTransaction("no")), "takes no changes now"),
    (OperationalError("SELECT 1", {}, psycopg.OperationalError("FATAL: too many clients")), "no connection left"),
    (
        OperationalError("SELECT 1", {}, psycopg.OperationalError("odd 'hush'")),
        r"cannot be reached; .*\(odd '\*\*\*'\)",
    ),
    (
        DatabaseError("SELECT 1", {}, psycopg.DataError("bad value\nDETAIL: row (hush)")),
        "a.db: bad value; run 'verify'",
    ),
    (InvalidRequestError("hush is odd"), r"a.db: \*\*\* is odd; run 'verify'"),
]


@pytest.mark.parametrize(("error", "said"), ROWS, ids=[str(error.args)[:60] for error, _ in ROWS])
def test_an_error_of_the_database_is_told(error, said):
    with pytest.raises(StoreError, match=said) as caught, telling(PLACE):
        raise error
    assert "hush" not in str(caught.value)
    assert "SELECT" not in str(caught.value)
    assert caught.value.exit_code == 6


def test_other_errors_pass():
    with pytest.raises(KeyError), telling(PLACE):
        raise KeyError
