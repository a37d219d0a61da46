"""Sanctions lists in the store, one of each kind in force, and the certificates of what was screened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from armstrace.errors import StoreError
from armstrace.screen.load import FileVersion, SanctionsList
from armstrace.store.again import each_call_again
from armstrace.store.columns import from_json, to_json
from armstrace.store.database import Database, lock
from armstrace.store.screen_records import list_row, row_list
from armstrace.store.screen_schema import SANCTIONS_LISTS, SCREENINGS

_LOCK = "armstrace lists"
_SHORTEST_ID = 4  # characters of an id that may stand for it
_SUMMARY = ("key", "sha256", "format", "dated", "files", "entry_count", "faults", "added_at", "in_force")


class StoredList(NamedTuple):
    """A version of a list as it stands in the store, without its entries."""

    key: str
    sha256: str
    format: str
    dated: str
    files: tuple[FileVersion, ...]
    entry_count: int
    fault_count: int
    added_at: str
    in_force: bool


@each_call_again
class StoredScreening:
    """Lists and certificates in a database. What a call returned from is on the disk.

    Every call may raise a StoreError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_in_force(self, lists: Sequence[SanctionsList], at: str) -> tuple[str, ...]:
        """Put lists in force in place of those of the same kind, all or none; return "new" or "known" for each.

        A version that is there already is not added again; it is in force again.
        """
        with self._database.write() as connection:
            lock(connection, _LOCK)
            return tuple(_put(connection, one, at) for one in lists)

    def lists(self, *, all_versions: bool = False) -> list[StoredList]:
        """Return what lists there are, by key, the newest first; those in force only, unless all are asked for."""
        c = SANCTIONS_LISTS.c
        found = select(*(c[name] for name in _SUMMARY)).order_by(c.key, c.number.desc())
        if not all_versions:
            found = found.where(c.in_force.is_(True))
        with self._database.read() as connection:
            return [_stored(dict(row)) for row in connection.execute(found).mappings()]

    def load_in_force(self, keys: Sequence[str] = ()) -> list[tuple[SanctionsList, str]]:
        """Return the lists in force with all entries, by key, and when each was added; with ``keys`` only those."""
        c = SANCTIONS_LISTS.c
        found = select(SANCTIONS_LISTS).where(c.in_force.is_(True)).order_by(c.key)
        if keys:
            found = found.where(c.key.in_(keys))
        with self._database.read() as connection:
            return [(row_list(dict(row)), row["added_at"]) for row in connection.execute(found).mappings()]

    def keep_certificate(self, body: Mapping[str, Any]) -> None:
        """Keep a certificate; the same one is there once."""
        row = {"id": body["certificate"], "at": body["searched_at"], "body": to_json(body)}
        with self._database.write() as connection:
            lock(connection, _LOCK)
            if connection.scalar(select(SCREENINGS.c.id).where(SCREENINGS.c.id == row["id"])) is None:
                connection.execute(SCREENINGS.insert().values(row))

    def certificates(self, most: int, before: int = 0) -> list[dict[str, Any]]:
        """Return as many certificates, the latest first, without the first ``before``."""
        c = SCREENINGS.c
        found = select(c.body).order_by(c.at.desc(), c.id).limit(most).offset(before)
        with self._database.read() as connection:
            return [from_json(body) for body in connection.scalars(found)]

    def count_certificates(self) -> int:
        """Return how many certificates are kept."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(SCREENINGS)) or 0

    def certificate(self, asked: str) -> dict[str, Any]:
        """Return the certificate of an id or of the unambiguous beginning of one.

        Raises:
            StoreError: there is none, or there are several.
        """
        wanted = asked.strip().casefold()
        begins = SCREENINGS.c.id.startswith(wanted, autoescape=True)
        with self._database.read() as connection:
            found = connection.scalars(select(SCREENINGS.c.body).where(begins).order_by(SCREENINGS.c.id).limit(2)).all()
        if len(wanted) < _SHORTEST_ID or not found:
            raise StoreError(f"{asked}: no certificate has this id; `armstrace screen` tells the id of each")
        if len(found) > 1:
            raise StoreError(f"{asked}: several certificates have ids that begin so; give more of it")
        body: dict[str, Any] = from_json(found[0])
        return body


def _put(connection: Connection, one: SanctionsList, at: str) -> str:
    c = SANCTIONS_LISTS.c
    connection.execute(SANCTIONS_LISTS.update().where(c.key == one.key, c.in_force.is_(True)).values(in_force=False))
    same = (c.key == one.key) & (c.sha256 == one.sha256)
    if connection.scalar(select(c.number).where(same)) is None:
        connection.execute(SANCTIONS_LISTS.insert().values({**list_row(one), "added_at": at, "in_force": True}))
        return "new"
    # Read anew: a newer armstrace may read more of the same file.
    connection.execute(SANCTIONS_LISTS.update().where(same).values({**list_row(one), "in_force": True}))
    return "known"


def _stored(row: Mapping[str, Any]) -> StoredList:
    return StoredList(
        row["key"],
        row["sha256"],
        row["format"],
        row["dated"],
        tuple(FileVersion(*file) for file in from_json(row["files"])),
        row["entry_count"],
        len(from_json(row["faults"])),
        row["added_at"],
        row["in_force"],
    )
