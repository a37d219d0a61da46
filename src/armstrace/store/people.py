"""Accounts, sessions, keys, failed logins and the record of what people did, as the database keeps them.

Secrets come here as hashes only; moments are ISO text in UTC to the second, so that they sort as moments do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from armstrace.errors import StoreError
from armstrace.store.again import each_call_again
from armstrace.store.columns import from_json, to_json
from armstrace.store.database import Database, lock
from armstrace.store.people_schema import API_KEYS, AUDIT, LOGIN_TRIES, PEOPLE, SESSIONS

T = TypeVar("T")
_LOCK = "armstrace people"


class Account(NamedTuple):
    """A person who may use the desk; ``password`` is a hash, None for who logs in elsewhere only."""

    name: str
    role: str
    password: str | None
    is_closed: bool = False
    made_at: str = ""


class Session(NamedTuple):
    """A browser that is logged in, by the hash of what it holds."""

    key: str
    name: str
    begun_at: str
    seen_at: str


class ApiKey(NamedTuple):
    """What a program shows, by its hash and its public beginning; ``ends_at`` and ``revoked_at`` where they are set."""

    id: str
    key: str
    name: str
    scope: str
    note: str | None
    made_at: str
    ends_at: str | None = None
    revoked_at: str | None = None


class Deed(NamedTuple):
    """Something that somebody did at a moment: what, about what, and what else is to be kept of it."""

    at: str
    who: str
    did: str
    about: str | None = None
    more: Mapping[str, Any] = MappingProxyType({})


@each_call_again
class People:
    """The accounts of a store. Every call is a transaction of its own and may raise a StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: Account) -> None:
        """Add an account.

        Raises:
            StoreError: there is one of that name.
        """
        with self._database.write() as connection:
            add_account(connection, account)

    def account(self, name: str) -> Account | None:
        """Return the account of a name."""
        return self._account(PEOPLE.c.name, name)

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        with self._database.read() as connection:
            return tuple(
                Account(**row) for row in connection.execute(select(PEOPLE).order_by(PEOPLE.c.name)).mappings()
            )

    def change(self, name: str, **fields: Any) -> None:  # noqa: ANN401 - a column's value
        """Change role, password or whether it is closed; whoever is closed, or has a new password, is logged out.

        Raises:
            StoreError: there is no account of that name.
        """
        with self._database.write() as connection:
            changed = connection.execute(update(PEOPLE).where(PEOPLE.c.name == name).values(fields))
            if not changed.rowcount:
                raise StoreError(f"{name}: there is no account of this name; `armstrace people` lists them")
            if fields.get("is_closed") or "password" in fields:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.name == name))

    # sessions and keys

    def begin_session(self, session: Session) -> None:
        """Keep a session."""
        with self._database.write() as connection:
            connection.execute(SESSIONS.insert(), session._asdict())

    def session(self, key: str) -> Session | None:
        """Return the session of a hash."""
        with self._database.read() as connection:
            return _one(connection, SESSIONS, SESSIONS.c.key == key, Session)

    def see_session(self, key: str, at: str) -> None:
        """Note that a session was used."""
        with self._database.write() as connection:
            connection.execute(update(SESSIONS).where(SESSIONS.c.key == key).values(seen_at=at))

    def end_session(self, key: str) -> None:
        """Forget a session."""
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.key == key))

    def end_sessions_before(self, begun: str, seen: str) -> None:
        """Forget the sessions that began, or were used last, before a moment."""
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where((SESSIONS.c.begun_at < begun) | (SESSIONS.c.seen_at < seen)))

    def add_key(self, key: ApiKey) -> None:
        """Keep a key."""
        with self._database.write() as connection:
            connection.execute(API_KEYS.insert(), key._asdict())

    def key(self, hashed: str) -> ApiKey | None:
        """Return the key of a hash."""
        with self._database.read() as connection:
            return _one(connection, API_KEYS, API_KEYS.c.key == hashed, ApiKey)

    def api_keys(self) -> tuple[ApiKey, ...]:
        """Return all keys, the oldest first."""
        with self._database.read() as connection:
            found = connection.execute(select(API_KEYS).order_by(API_KEYS.c.made_at, API_KEYS.c.id))
            return tuple(ApiKey(**row) for row in found.mappings())

    def revoke_key(self, identity: str, at: str) -> None:
        """Make a key useless.

        Raises:
            StoreError: there is none of that id.
        """
        with self._database.write() as connection:
            found = (API_KEYS.c.id == identity) & API_KEYS.c.revoked_at.is_(None)
            if not connection.execute(update(API_KEYS).where(found).values(revoked_at=at)).rowcount:
                raise StoreError(f"{identity}: no key of this id is in use; `armstrace people keys` lists them")

    # failed logins

    def tries(self, key: str) -> tuple[int, str | None]:
        """Return how many logins of a key failed since one went well, and when the last did."""
        with self._database.read() as connection:
            row = connection.execute(select(LOGIN_TRIES).where(LOGIN_TRIES.c.key == key)).one_or_none()
            return (row.tries, row.last_at) if row else (0, None)

    def note_failure(self, key: str, at: str) -> None:
        """Count a login that failed."""
        with self._database.write() as connection:
            insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
            row = insert(LOGIN_TRIES).values(key=key, tries=1, last_at=at)
            more = {"tries": LOGIN_TRIES.c.tries + 1, "last_at": at}
            connection.execute(row.on_conflict_do_update(index_elements=["key"], set_=more))

    def forget_failures(self, key: str) -> None:
        """Forget the failed logins of a key."""
        with self._database.write() as connection:
            connection.execute(delete(LOGIN_TRIES).where(LOGIN_TRIES.c.key == key))

    # what was done

    def note(self, deed: Deed) -> None:
        """Keep what somebody did."""
        with self._database.write() as connection:
            note_deed(connection, deed)

    def deeds(self, before: int | None = None, most: int = 100) -> Iterator[tuple[int, Deed]]:
        """Yield what people did, the latest first, each with its number; ``before`` a number to go on from."""
        found = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(most)
        if before is not None:
            found = found.where(AUDIT.c.id < before)
        with self._database.read() as connection:
            rows = connection.execute(found).mappings().all()
        for row in rows:
            yield row["id"], Deed(row["at"], row["who"], row["did"], row["about"], from_json(row["more"]))

    def count(self) -> int:
        """Return how many accounts there are."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(PEOPLE)) or 0

    def _account(self, column: Column[str], value: str) -> Account | None:
        with self._database.read() as connection:
            return _one(connection, PEOPLE, column == value, Account)


def add_account(connection: Connection, account: Account) -> None:
    """Add an account in a transaction.

    Raises:
        StoreError: there is one of that name.
    """
    lock(connection, _LOCK)
    if connection.execute(select(PEOPLE.c.name).where(PEOPLE.c.name == account.name)).first():
        raise StoreError(f"{account.name}: there is an account of this name; change that one")
    connection.execute(PEOPLE.insert(), account._asdict())


def note_deed(connection: Connection, deed: Deed) -> None:
    """Keep what somebody did, in the transaction in which it is done."""
    connection.execute(AUDIT.insert(), {**deed._asdict(), "more": to_json(dict(deed.more))})


def _one(connection: Connection, table: Table, condition: ColumnElement[bool], made: Callable[..., T]) -> T | None:
    row = connection.execute(select(table).where(condition)).mappings().one_or_none()
    return made(**row) if row else None
