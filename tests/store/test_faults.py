"""Whatever a database says, its password and its rows stay unsaid, and what to do is told."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DatabaseError, InvalidRequestError, OperationalError

from armstrace.errors import BrokenOffError, NotNowError, StoreError
from armstrace.store.faults import Place, is_unreached, telling

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

NOT_NOW = [  # what PostgreSQL says to who connects -> what is told
    ("FATAL:  the database system is starting up", "is starting up"),
    ("FATAL:  the database system is in recovery mode", "is starting up"),
    ("FATAL:  the database system is shutting down", "is shutting down"),
    ("FATAL:  sorry, too many clients already", "has no connection left"),
    ("Connection refused\n\tIs the server running on that host?", "cannot be reached; check host, port"),
]
FOR_A_PERSON = [
    ('FATAL:  database "armes" does not exist', "does not exist; make it with 'createdb"),
    ('FATAL:  role "anna" does not exist', "knows no such user"),
    ('FATAL:  password authentication failed for user "anna"', "refuses the user or the password"),
]


def refused(said):
    return OperationalError(
        None, None, psycopg.OperationalError(f'connection to server at "db", port 5432 failed: {said}')
    )


@pytest.mark.parametrize(("said", "told"), NOT_NOW)
def test_a_server_that_is_away_is_told_from_one_that_refuses(said, told):
    assert is_unreached(refused(said))
    with pytest.raises(NotNowError, match=told), telling(PLACE):
        raise refused(said)


@pytest.mark.parametrize(("said", "told"), FOR_A_PERSON)
def test_who_is_refused_is_not_told_to_wait(said, told):
    assert not is_unreached(refused(said))
    with pytest.raises(StoreError, match=told) as caught, telling(PLACE):
        raise refused(said)
    assert not isinstance(caught.value, NotNowError)


@pytest.mark.parametrize("kind", [psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure])
def test_who_was_in_anothers_way_may_do_it_again(kind):
    with pytest.raises(BrokenOffError, match="broke off what was under way, of which nothing is kept"), telling(PLACE):
        raise OperationalError("SELECT 1", {}, kind("two were in each other's way"))


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
