"""Documents in the store: added once whatever comes twice, each change of a page a version of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import zstandard
from sqlalchemy import Connection, Select, Table, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from armstrace.document import Capture, Document
from armstrace.errors import StoreError
from armstrace.ids import content_id
from armstrace.store.addresses import url_key
from armstrace.store.again import again
from armstrace.store.changes import chunks, note_change
from armstrace.store.database import Database, lock, share
from armstrace.store.evidence import CODEC, Kept
from armstrace.store.records import ABOUT, document_row, headers_json, row_about, row_capture, row_document
from armstrace.store.schema import CAPTURES, DOCUMENTS, EVIDENCE, FAILURES
from armstrace.store.search_index import index_document, index_outlets

ROWS_AT_ONCE = 200
_SERIES = "series"
EVIDENCE_LOCK = "armstrace evidence"  # shared by who adds files and their rows, locked by who takes files away


# Made once: making a statement takes longer than running it.
_SAME_ID = select(DOCUMENTS.c.sha256, DOCUMENTS.c.version).where(DOCUMENTS.c.id == bindparam("wanted"))
_NEWEST = select(func.max(DOCUMENTS.c.version)).where(DOCUMENTS.c.url_key == bindparam("wanted"))
_OF_BYTES_OR_SOURCE = or_(FAILURES.c.sha256 == bindparam("wanted"), FAILURES.c.key == bindparam("source_key"))
_RESOLVE = (
    update(FAILURES)
    .where(_OF_BYTES_OR_SOURCE, FAILURES.c.resolved_at.is_(None))
    .values(resolved_at=bindparam("resolved"))
)


class Added(NamedTuple):
    """A document that is in the store. ``version`` counts those of its address from 1; ``is_new`` if it came now."""

    id: str
    is_new: bool
    version: int


class Arrival(NamedTuple):
    """A document with the bytes that it was read from, how they came here, and when this was noted (ISO, UTC)."""

    document: Document
    evidence: Kept
    capture: Capture
    noted_at: str


class StoredCapture(NamedTuple):
    """One time that a document came here, and when this was noted."""

    capture: Capture
    noted_at: str


def add(connection: Connection, arrival: Arrival) -> Added:
    """Enter a document and its capture, unless they are there.

    Documents of one web address are versions of each other, and so are editions of one series.

    A document that is there stays as it is, also where it was read from other bytes now: the entry of a feed keeps its
    identity while a counter in it goes on.
    """
    document, kept, capture, noted_at = arrival
    key = _series_key(document) or url_key(document.metadata.url, capture.source)
    share(connection, EVIDENCE_LOCK)
    lock(connection, f"bytes {kept.sha256}", f"document {document.id}", *([f"address {key}"] if key else []))
    add_evidence(connection, kept)
    there = connection.execute(_SAME_ID, {"wanted": document.id}).one_or_none()
    version = there.version if there else _next_version(connection, key)
    if not there:
        row = {"sha256": kept.sha256, "url_key": key, "version": version, "added_at": noted_at}
        values = document_row(document) | row
        connection.execute(DOCUMENTS.insert(), values)
        index_document(connection, document.id, document.metadata.title, values["text"])
        index_outlets(connection, [(document.id, document.metadata.outlet)])
        note_change(connection, document.id, is_new=True)
    note_capture(connection, document.id, capture, noted_at)
    _resolve_failures(connection, kept.sha256, capture.source, noted_at)
    return Added(document.id, not there, version)


def _series_key(document: Document) -> str | None:
    """Return the key of the series that a document says it is an edition of, as a register that comes out each year."""
    named = next((fact.text for fact in document.facts if fact.kind == _SERIES), None)
    return f"{_SERIES}:{content_id(named)}" if named else None


def add_evidence(connection: Connection, kept: Kept) -> None:
    """Enter bytes that are kept, unless they are there."""
    row = {"sha256": kept.sha256, "size": kept.size, "stored_size": kept.stored_size, "codec": CODEC}
    insert_new(connection, EVIDENCE, row)


def insert_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless one of its primary key or a unique column is there; tell whether it was inserted."""
    return connection.execute(_insert_unless_there(connection.dialect.name, table), row).first() is not None


@cache
def _insert_unless_there(dialect: str, table: Table) -> ReturningInsert[Any]:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key)


def _next_version(connection: Connection, key: str | None) -> int:
    return 1 if key is None else (connection.scalar(_NEWEST, {"wanted": key}) or 0) + 1


def note_capture(connection: Connection, document: str, capture: Capture, noted_at: str) -> None:
    """Note how a document came here, unless it came from there at that moment before."""
    row = {
        "document_id": document,
        "key": content_id(capture.source, capture.moment or ""),
        "source": capture.source,
        "moment": capture.moment,
        "noted_at": noted_at,
        "headers": headers_json(capture),
    }
    if insert_new(connection, CAPTURES, row):
        note_change(connection, document)


def _resolve_failures(connection: Connection, sha256: str, source: str, noted_at: str) -> None:
    connection.execute(_RESOLVE, {"wanted": sha256, "source_key": content_id(source), "resolved": noted_at})


def find_document(connection: Connection, identity: str) -> Document | None:
    """Return a document, None where there is none of that id.

    Raises:
        StoreError: its row is damaged.
    """
    row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == identity)).mappings().one_or_none()
    try:
        return row_document(dict(row)) if row else None
    except (zstandard.ZstdError, ValueError, TypeError) as error:
        raise StoreError(f"document {identity}: its row is damaged ({error}); run 'verify'") from error


def documents_of_evidence(connection: Connection, sha256: str) -> tuple[str, ...]:
    """Return the ids of the documents that were read from the bytes of a hash."""
    found = select(DOCUMENTS.c.id).where(DOCUMENTS.c.sha256 == sha256).order_by(DOCUMENTS.c.id)
    return tuple(connection.scalars(found))


def versions_of(connection: Connection, address: str) -> tuple[str, ...]:
    """Return the ids of the documents of one address, the oldest version first; none of what names no page."""
    key = url_key(address)
    if key is None:
        return ()
    found = select(DOCUMENTS.c.id).where(DOCUMENTS.c.url_key == key).order_by(DOCUMENTS.c.version)
    return tuple(connection.scalars(found))


def pages_of(connection: Connection, documents: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return for each address of the documents of which there are several versions the ids of all, sorted."""
    pages: dict[str, list[str]] = {}
    for chosen in chunks(sorted(set(documents))):
        keys = select(DOCUMENTS.c.url_key).where(DOCUMENTS.c.id.in_(chosen), DOCUMENTS.c.url_key.is_not(None))
        for key, identity in connection.execute(
            select(DOCUMENTS.c.url_key, DOCUMENTS.c.id).where(DOCUMENTS.c.url_key.in_(keys)).order_by(DOCUMENTS.c.id)
        ):
            pages.setdefault(key, []).append(identity)
    return tuple(sorted({tuple(dict.fromkeys(ids)) for ids in pages.values() if len(set(ids)) > 1}))


def documents_about(connection: Connection, documents: Iterable[str]) -> Iterator[Document]:
    """Yield documents without their texts: what is known of them, and the facts that they tell."""
    columns = [column for column in DOCUMENTS.c if column.name in ABOUT]
    for chosen in chunks(sorted(set(documents))):
        for row in connection.execute(select(*columns).where(DOCUMENTS.c.id.in_(chosen))).mappings():
            yield row_about(dict(row))


def hashes_of(connection: Connection, documents: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of the bytes that each of the documents was read from."""
    found: dict[str, str] = {}
    for chosen in chunks(sorted(set(documents))):
        wanted = select(DOCUMENTS.c.id, DOCUMENTS.c.sha256).where(DOCUMENTS.c.id.in_(chosen))
        found |= {row.id: row.sha256 for row in connection.execute(wanted)}
    return found


def first_moments(connection: Connection, documents: Iterable[str]) -> dict[str, str]:
    """Return when each of the documents was first captured, where that is known."""
    found: dict[str, str] = {}
    for chosen in chunks(sorted(set(documents))):
        wanted = select(CAPTURES.c.document_id, CAPTURES.c.moment).where(
            CAPTURES.c.document_id.in_(chosen), CAPTURES.c.moment.is_not(None)
        )
        for identity, moment in connection.execute(wanted):
            if moment:
                found[identity] = min(moment, found.get(identity, moment))
    return found


def captures_of(connection: Connection, identity: str) -> tuple[StoredCapture, ...]:
    """Return how a document came here, each time that was noted."""
    found = select(CAPTURES).where(CAPTURES.c.document_id == identity).order_by(CAPTURES.c.noted_at, CAPTURES.c.key)
    return tuple(StoredCapture(row_capture(dict(row)), row["noted_at"]) for row in connection.execute(found).mappings())


def each_id(database: Database, wanted: Select[str]) -> Iterator[str]:
    """Yield the ids that ``wanted`` selects from ``documents``, in order, in short transactions: others may write.

    Raises:
        StoreError: the database cannot be used.
    """
    found = _ids_after(database, wanted, None)
    while found:
        yield from found
        found = _ids_after(database, wanted, found[-1]) if len(found) == ROWS_AT_ONCE else ()


@again
def _ids_after(database: Database, wanted: Select[str], last: str | None) -> Sequence[str]:
    page = wanted if last is None else wanted.where(DOCUMENTS.c.id > last)
    with database.read() as connection:
        return connection.scalars(page.order_by(DOCUMENTS.c.id).limit(ROWS_AT_ONCE)).all()
