"""Notices that take a story back: which of those that the register keeps mean a document, and which one reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from armstrace.document import Document
from armstrace.register.fields import plain_name
from armstrace.retractions import LONGEST_REACH, tie_retractions
from armstrace.store.copies import families_of
from armstrace.store.documents import documents_about, find_document
from armstrace.store.newsrooms import (
    Newsroom,
    members_of_families,
    named_between,
    names_of,
    notices_by,
)
from armstrace.text.calendar_periods import parse_published
from armstrace.told import Later
from armstrace.versions import Version, make_version

_DAY: Final = timedelta(days=1)


def newsrooms_of(document: Document) -> Iterator[Newsroom]:
    """Yield the names that a document goes by; a notice is one by the name of its outlet alone."""
    version = make_version(document)
    period = parse_published(version.published)
    if period is None or not (period.start and period.end):
        return
    own = plain_name(version.outlet)
    for name in dict.fromkeys((own, *map(plain_name, version.credited))):
        if name:
            is_notice = version.recall is not None and name == own
            yield Newsroom(name, document.id, period.start.isoformat(), period.end.isoformat(), is_notice)


def versions_of(connection: Connection, documents: Iterable[str]) -> Mapping[str, Version]:
    """Return what must be known of documents to tell their claims; only notices are read with their text."""
    given = set(documents)
    notices = {row.document_id for row in names_of(connection, given) if row.is_notice}
    read = [document for one in sorted(notices) if (document := find_document(connection, one))]
    about = documents_about(connection, given - notices)
    return {document.id: make_version(document) for document in (*about, *read)}


def notices_on(connection: Connection, documents: Iterable[str]) -> Mapping[str, tuple[Later, ...]]:
    """Return for each of the documents that notices mean what these say of it."""
    given = set(documents)
    reached = reached_by_notices(connection, given)
    if not reached:
        return {}
    versions = versions_of(connection, given | reached)
    found = tie_retractions(versions.values(), families_of(connection, versions))
    return {one: laters for one, laters in found.items() if one in given}


def reached_by_notices(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Return all that notices which have to do with the documents may mean, copies and the notices too.

    Which of several stories a notice means depends on them all, so none can be told without the others.
    """
    members = members_of_families(connection, documents)
    names = {row.name for row in names_of(connection, members)}
    reached: set[str] = set()
    for notice in notices_by(connection, names) if names else ():
        first = (date.fromisoformat(notice.first_day) - LONGEST_REACH - _DAY).isoformat()
        meant = named_between(connection, notice.name, first, notice.last_day)
        reached |= {notice.document_id, *members_of_families(connection, meant)}
    return reached
