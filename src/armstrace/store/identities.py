"""Whom providers of logins know, and whose account that is. Issuer and subject name a person, never an e-mail."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from armstrace.errors import StoreError
from armstrace.store.again import each_call_again
from armstrace.store.database import Database, lock
from armstrace.store.people import Account, Deed, add_account, note_deed
from armstrace.store.people_schema import IDENTITIES, PEOPLE, SESSIONS, SPENT_LOGINS

_LOCK = "armstrace identities"
_I = IDENTITIES.c


class Identity(NamedTuple):
    """A person as a provider knows them; ``name`` is their account, None where they have none."""

    issuer: str
    subject: str
    name: str | None
    called: str
    seen_at: str


@each_call_again
class Identities:
    """The identities of a store. Every call is a transaction of its own and may raise a StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, issuer: str, subject: str) -> Identity | None:
        """Return a person whom a provider knows; None who never came."""
        with self._database.read() as connection:
            row = connection.execute(select(IDENTITIES).where(_is(issuer, subject))).one_or_none()
        return Identity(*row) if row else None

    def all(self) -> tuple[Identity, ...]:
        """Return all, those without an account first, then by when they were seen last."""
        order = (_I.name.is_not(None), _I.seen_at.desc(), _I.issuer, _I.subject)
        with self._database.read() as connection:
            return tuple(Identity(*row) for row in connection.execute(select(IDENTITIES).order_by(*order)))

    def see(self, identity: Identity) -> None:
        """Note that a person was here and what they are called; whose account they are stays."""
        with self._database.write() as connection:
            self._see(connection, identity)

    def bind(self, identity: Identity, deed: Deed) -> None:
        """Give a person an account that there is, in place of whoever that provider knows by it, who is logged out.

        Raises:
            StoreError: there is no account of that name.
        """
        with self._database.write() as connection:
            lock(connection, _LOCK)
            if not connection.execute(select(PEOPLE.c.name).where(PEOPLE.c.name == identity.name)).first():
                raise StoreError(
                    f"{identity.name}: there is no account of this name; `armstrace people list` lists them"
                )
            self._bind(connection, identity, deed)

    def add(self, account: Account, identity: Identity, deed: Deed) -> None:
        """Add an account and give it to a person, both or neither.

        Raises:
            StoreError: there is an account of that name.
        """
        with self._database.write() as connection:
            lock(connection, _LOCK)
            add_account(connection, account)
            self._bind(connection, identity, deed)

    def spend(self, key: str, at: str, forget_before: str) -> bool:
        """Note that a login came back; false where it did before. Older ones than a moment are forgotten."""
        spent = SPENT_LOGINS.c
        with self._database.write() as connection:
            lock(connection, _LOCK)
            connection.execute(delete(SPENT_LOGINS).where(spent.at < forget_before))
            if connection.execute(select(spent.key).where(spent.key == key)).first():
                return False
            connection.execute(SPENT_LOGINS.insert(), {"key": key, "at": at})
            return True

    def _bind(self, connection: Connection, identity: Identity, deed: Deed) -> None:
        this = _is(identity.issuer, identity.subject)
        before = connection.scalar(select(_I.name).where(this))
        others = (_I.issuer == identity.issuer) & (_I.name == identity.name) & (_I.subject != identity.subject)
        taken = connection.execute(update(IDENTITIES).where(others).values(name=None)).rowcount
        changed = [before] if before != identity.name else []
        left = [name for name in (*changed, identity.name if taken else None) if name]
        connection.execute(delete(SESSIONS).where(SESSIONS.c.name.in_(left)))
        self._see(connection, identity)
        connection.execute(update(IDENTITIES).where(this).values(name=identity.name))
        note_deed(connection, deed)

    def _see(self, connection: Connection, identity: Identity) -> None:
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        row = insert(IDENTITIES).values(identity._replace(name=None)._asdict())
        seen = {"called": identity.called, "seen_at": identity.seen_at}
        connection.execute(row.on_conflict_do_update(index_elements=["issuer", "subject"], set_=seen))


def _is(issuer: str, subject: str) -> ColumnElement[bool]:
    return (_I.issuer == issuer) & (_I.subject == subject)
