"""By which outlets and agencies documents go, and which of them are notices that take a story back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from armstrace.store.changes import chunks
from armstrace.store.register_schema import NEWSROOMS, SKETCHES

_C = NEWSROOMS.c


class Newsroom(NamedTuple):
    """A name that a document goes by, its first and last day, and whether it is a notice of that outlet.

    Documents without a day, whom no notice can mean, have none.
    """

    name: str
    document_id: str
    first_day: str
    last_day: str
    is_notice: bool


def write_newsrooms(connection: Connection, rows: Iterable[Newsroom]) -> None:
    """Write the names of documents that have none yet."""
    for chosen in chunks(rows):
        connection.execute(NEWSROOMS.insert(), [row._asdict() for row in chosen])


def names_of(connection: Connection, documents: Iterable[str]) -> list[Newsroom]:
    """Return the names of documents."""
    return [
        Newsroom(*row)
        for chosen in chunks(sorted(set(documents)))
        for row in connection.execute(select(NEWSROOMS).where(_C.document_id.in_(chosen)))
    ]


def notices_by(connection: Connection, names: Iterable[str]) -> list[Newsroom]:
    """Return the notices of outlets."""
    return [
        Newsroom(*row)
        for chosen in chunks(sorted(set(names)))
        for row in connection.execute(select(NEWSROOMS).where(_C.name.in_(chosen), _C.is_notice))
    ]


def named_between(connection: Connection, name: str, first_day: str, last_day: str) -> list[str]:
    """Return the documents that go by a name and may be of a day between two."""
    within = (_C.first_day <= last_day) & (_C.last_day >= first_day)
    return list(connection.scalars(select(_C.document_id).where(_C.name == name, within)))


def members_of_families(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Return the documents, and the others of their copy families."""
    given = set(documents)
    found = set(given)
    for chosen in chunks(sorted(given)):
        families = select(SKETCHES.c.family).where(SKETCHES.c.document_id.in_(chosen))
        found.update(connection.scalars(select(SKETCHES.c.document_id).where(SKETCHES.c.family.in_(families))))
    return found
