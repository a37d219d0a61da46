"""How reliable people judge sources to be: one grade a source in force, each change of it in the record of deeds."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import delete, select

from armstrace.errors import MetadataError
from armstrace.model import SourceKind
from armstrace.register.reliability import GRADES, Row, make_row
from armstrace.store.again import each_call_again
from armstrace.store.columns import from_json, to_json
from armstrace.store.database import Database, lock
from armstrace.store.people import Deed, note_deed
from armstrace.store.people_schema import SOURCE_GRADES

MOST_WORDS = 1000  # characters of a reason
_LOCK = "armstrace grades"


class Graded(NamedTuple):
    """Which source is graded: its id, the names it goes by, kind, and country ("" where unknown)."""

    source_id: str
    names: tuple[str, ...]
    kind: str
    country: str


class Grade(NamedTuple):
    """The grade of a source: who is graded, the letter, why, by whom and when (ISO in UTC)."""

    of: Graded
    grade: str
    why: str
    who: str
    at: str


@each_call_again
class SourceGrades:
    """The grades of a store. Every call is a transaction of its own and may raise a StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, grade: Grade) -> None:
        """Put a grade in force in the place of the one before.

        Raises:
            MetadataError: the grade is no letter of the scale, or no reason is given, or too long a one.
        """
        why = " ".join(grade.why.split())
        if grade.grade not in GRADES:
            raise MetadataError(f"grade {grade.grade!r}: give a letter from A to F")
        if not 0 < len(why) <= MOST_WORDS:
            raise MetadataError(f"why: give the reason in 1 to {MOST_WORDS} characters; it is shown beside the grade")
        of = grade.of
        row = {
            **of._asdict(),
            "names": to_json(of.names),
            "grade": grade.grade,
            "why": why,
            "who": grade.who,
            "at": grade.at,
        }
        deed = Deed(grade.at, grade.who, "source graded", of.source_id, {**row, "names": list(of.names)})
        self._write(of.source_id, row, deed)

    def take_back(self, source: str, who: str, at: str) -> None:
        """Take the grade of a source back: the packaged table counts again."""
        self._write(source, None, Deed(at, who, "source grade taken back", source))

    def all(self) -> tuple[Grade, ...]:
        """Return the grades in force, by the ids of their sources."""
        with self._database.read() as connection:
            found = connection.execute(select(SOURCE_GRADES).order_by(SOURCE_GRADES.c.source_id)).all()
        return tuple(
            Grade(Graded(r.source_id, tuple(from_json(r.names)), r.kind, r.country), r.grade, r.why, r.who, r.at)
            for r in found
        )

    def rows(self) -> tuple[Row, ...]:
        """Return the grades in force as rows of the table of reliability."""
        return tuple(
            make_row(one.of.names, SourceKind(one.of.kind), one.of.country or None, one.grade, one.why)
            for one in self.all()
        )

    def _write(self, source: str, row: dict[str, str] | None, deed: Deed) -> None:
        with self._database.write() as connection:
            lock(connection, _LOCK)
            connection.execute(delete(SOURCE_GRADES).where(SOURCE_GRADES.c.source_id == source))
            if row:
                connection.execute(SOURCE_GRADES.insert(), row)
            note_deed(connection, deed)
