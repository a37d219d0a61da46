"""What is set for a whole store, by whoever runs it; each change is recorded."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, select

from armstrace.store.again import each_call_again
from armstrace.store.database import Database, lock
from armstrace.store.people import Deed, note_deed
from armstrace.store.schema import STORE_FACTS

_RELEASED: Final = "released_only"
_LOGIN_KEY: Final = "login_key"
_LOCK: Final = "armstrace settings"


@each_call_again
class StoredSettings:
    """The settings of a store. Every call is a transaction of its own and may raise a StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def released_only(self) -> bool:
        """Tell whether only lines that people stand behind (``review.release``) are published; all are if not."""
        with self._database.read() as connection:
            found = select(STORE_FACTS.c.value).where(STORE_FACTS.c.name == _RELEASED)
            return connection.scalar(found) is not None

    def show_released_only(self, at: str, who: str, *, only: bool) -> None:
        """Let only lines that people stand behind be published, or all."""
        with self._database.write() as connection:
            lock(connection, _LOCK)
            connection.execute(delete(STORE_FACTS).where(STORE_FACTS.c.name == _RELEASED))
            if only:
                connection.execute(STORE_FACTS.insert(), {"name": _RELEASED, "value": "yes"})
            note_deed(connection, Deed(at, who, "release set", None, {"released_only": only}))

    def login_key(self, fresh: str) -> str:
        """Return the key by which logins under way elsewhere are signed; ``fresh`` becomes it if there is none."""
        found = select(STORE_FACTS.c.value).where(STORE_FACTS.c.name == _LOGIN_KEY)
        with self._database.write() as connection:
            lock(connection, _LOCK)
            key = connection.scalar(found)
            if key is None:
                connection.execute(STORE_FACTS.insert(), {"name": _LOGIN_KEY, "value": fresh})
        return key or fresh
