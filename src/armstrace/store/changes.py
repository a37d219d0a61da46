"""What changed since the register was brought up to date, and of which version and state the register is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, delete, func, insert, literal, select, update

from armstrace.store.database import lock
from armstrace.store.register_schema import CHANGES, REGISTER_FACTS, REGISTER_LOCK, REGISTER_TABLES
from armstrace.store.schema import DOCUMENTS

ROWS_AT_ONCE = 500  # values in one statement: SQLite takes 32,766, and statements of equal length are made once
_VERSION, _GENERATION = "version", "generation"

T = TypeVar("T")


class Pending(NamedTuple):
    """A change that the register does not hold yet."""

    number: int
    document: str


def note_change(connection: Connection, document: str, *, is_new: bool = False) -> None:
    """Note that a document was added, or captured, read or judged once more."""
    connection.execute(CHANGES.insert(), {"document_id": document, "is_new": is_new})


def pending(connection: Connection, *, is_new: bool, most: int | None = None) -> list[Pending]:
    """Return the changes that wait, the oldest first: new documents to be compared, or claims to be told anew."""
    wanted = select(CHANGES.c.number, CHANGES.c.document_id).where(CHANGES.c.is_new.is_(is_new))
    return [Pending(*row) for row in connection.execute(wanted.order_by(CHANGES.c.number).limit(most))]


def count_pending(connection: Connection, *, is_new: bool) -> int:
    """Return how many changes wait."""
    found = select(func.count()).select_from(CHANGES).where(CHANGES.c.is_new.is_(is_new))
    return connection.scalar(found) or 0


def is_pending(connection: Connection) -> bool:
    """Tell whether any change waits."""
    return connection.scalar(select(CHANGES.c.number).limit(1)) is not None


def mark_compared(connection: Connection, numbers: Iterable[int]) -> None:
    """Note that new documents were compared: their claims, if any, are told next."""
    for chosen in chunks(numbers):
        connection.execute(update(CHANGES).where(CHANGES.c.number.in_(chosen)).values(is_new=False))


def forget_changes(connection: Connection, numbers: Iterable[int]) -> None:
    """Note that the register holds these changes."""
    for chosen in chunks(numbers):
        connection.execute(delete(CHANGES).where(CHANGES.c.number.in_(chosen)))


def state_of(connection: Connection) -> tuple[str | None, int]:
    """Return the version that the register was made by, None if it never was, and its generation."""
    facts = {name: value for name, value in connection.execute(select(REGISTER_FACTS))}  # noqa: C416 - rows are no pairs
    return facts.get(_VERSION), int(facts.get(_GENERATION, 0))


def next_generation(connection: Connection, generation: int) -> bool:
    """Begin to change the register, alone; tell whether it is still of the generation that the change was made for.

    Where it is not, nothing may be written.
    """
    lock(connection, REGISTER_LOCK)
    version, found = state_of(connection)
    if found != generation:
        return False
    _put_state(connection, version, generation + 1)
    return True


def start_anew(connection: Connection, version: str) -> None:
    """Take the whole register away, and note all documents as new to it."""
    lock(connection, REGISTER_LOCK)
    _, generation = state_of(connection)
    kept = {CHANGES.name, REGISTER_FACTS.name}
    for table in reversed(CHANGES.metadata.sorted_tables):
        if table in REGISTER_TABLES and table.name not in kept:
            connection.execute(delete(table))
    connection.execute(delete(CHANGES))
    every = select(DOCUMENTS.c.id, literal(value=True)).order_by(DOCUMENTS.c.id)
    connection.execute(insert(CHANGES).from_select(["document_id", "is_new"], every))
    _put_state(connection, version, generation + 1)


def chunks(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Yield values in as many as one statement takes."""
    rest = iter(values)
    while chosen := list(islice(rest, ROWS_AT_ONCE)):
        yield chosen


def _put_state(connection: Connection, version: str | None, generation: int) -> None:
    connection.execute(delete(REGISTER_FACTS).where(REGISTER_FACTS.c.name.in_((_VERSION, _GENERATION))))
    rows = {_VERSION: version, _GENERATION: str(generation)}
    connection.execute(REGISTER_FACTS.insert(), [{"name": n, "value": v} for n, v in rows.items() if v is not None])
