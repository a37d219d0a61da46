"""New documents compared with those that are known, one by one or, where they are the more, all at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from sqlalchemy import Connection

from armstrace.group.copies import copies_of
from armstrace.group.growth import grow
from armstrace.group.index import index_documents
from armstrace.group.settle import settle
from armstrace.keeping.retracting import newsrooms_of
from armstrace.store.again import again
from armstrace.store.changes import (
    Pending,
    count_pending,
    mark_compared,
    next_generation,
    note_change,
    pending,
    state_of,
)
from armstrace.store.copies import KnownDocuments, count_compared, families_of, is_compared
from armstrace.store.copies_written import read_component, write_change, write_families, write_index
from armstrace.store.newsrooms import write_newsrooms
from armstrace.store.repository import Store

_FEW: Final = 20  # documents that are compared one by one in any case


class Compared(NamedTuple):
    """How many documents were compared with the others, and how many pairs of documents word for word."""

    documents: int
    pairs: int


@again
def are_mostly_new(store: Store) -> bool:
    """Tell whether more documents are new than are known, so that it is faster to compare all at once."""
    with store.database.read() as connection:
        new = count_pending(connection, is_new=True)
        return new > _FEW and new > count_compared(connection)


@again
def compare_next(store: Store) -> Compared | None:
    """Compare the next new document with the others, of which only those are read that it may repeat.

    None where no document is new.
    """
    with store.database.read() as connection:
        first = pending(connection, is_new=True, most=1)
    return _compare_one(store, first[0]) if first else None


def _compare_one(store: Store, change: Pending) -> Compared:
    with store.database.read() as connection:
        _, generation = state_of(connection)
        known = KnownDocuments(connection)
        there = is_compared(connection, change.document)
        grown = None if there else grow(known, known.document(change.document))
    with store.database.write() as connection:
        if not next_generation(connection, generation):
            return Compared(0, 0)
        if grown is None:
            mark_compared(connection, [change.number])
            return Compared(0, 0)
        write_change(connection, grown)
        write_newsrooms(connection, newsrooms_of(grown.document))
        touched = {change.document, *(one for pair in (*grown.dropped, *grown.judged) for one in pair)}
        _settle(connection, touched)
        mark_compared(connection, [change.number])
    return Compared(1, grown.compared)


def _settle(connection: Connection, touched: Collection[str]) -> None:
    """Put together the families of what likely copies hold together with documents, and note whose family changes."""
    held = read_component(connection, touched)
    families = settle(held.judged, held.agencies, held.published).families
    found = {member: family[0] for family in families for member in family}
    changed = {one: family for one, family in found.items() if family != held.families[one]}
    write_families(connection, changed)
    for document in sorted(changed):
        note_change(connection, document)


@again
def compare_all(store: Store) -> Compared:
    """Compare all documents at once; those that come meanwhile are compared later."""
    with store.database.read() as connection:
        _, generation = state_of(connection)
        changes = pending(connection, is_new=True)
    documents = list(store.documents())
    index = index_documents(documents)
    families = {member: family[0] for family in copies_of(index).families for member in family}
    with store.database.write() as connection:
        if not next_generation(connection, generation):
            return Compared(0, 0)
        before = families_of(connection, families)
        write_index(connection, index, families)
        write_newsrooms(connection, (row for one in documents for row in newsrooms_of(one)))
        mark_compared(connection, [change.number for change in changes if change.document in index.documents])
        for document in sorted(one for one, family in families.items() if family != before.get(one, one)):
            note_change(connection, document)
    return Compared(len(documents), index.compared)
