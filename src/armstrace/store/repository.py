"""The store: all that the outside may ask of it, each call a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, func, select

from armstrace.document import Capture, Document
from armstrace.store import documents, failures, judgements, readings, search
from armstrace.store.again import each_call_again
from armstrace.store.alerts import Alerts
from armstrace.store.database import Database
from armstrace.store.deliveries import Deliveries
from armstrace.store.documents import Added, Arrival, StoredCapture, each_id
from armstrace.store.evidence import Evidence, Kept
from armstrace.store.failures import Failure
from armstrace.store.filters import Query
from armstrace.store.identities import Identities
from armstrace.store.judgements import StoredJudgement
from armstrace.store.people import People
from armstrace.store.readings import Reading, StoredClaim, StoredReading
from armstrace.store.schema import CLAIMS, DOCUMENTS, EVIDENCE, FAILURES, JUDGEMENTS, READINGS
from armstrace.store.screen_state import StoredScreening
from armstrace.store.search import Count, Hits, Page
from armstrace.store.settings import StoredSettings
from armstrace.store.source_grades import SourceGrades
from armstrace.store.verify import Check, verify
from armstrace.store.watch_state import StoredWatch


@each_call_again
class Store:
    """Documents, their evidence, claims and judgements. What a call returned from is on the disk.

    Every call may raise a StoreError that says what to do; nothing of that call is then kept in the database.
    """

    def __init__(self, database: Database, evidence: Evidence) -> None:
        self.database = database
        self.evidence = evidence
        self.watched = StoredWatch(database)
        self.people = People(database)
        self.identities = Identities(database)
        self.settings = StoredSettings(database)
        self.screening = StoredScreening(database)
        self.grades = SourceGrades(database)
        self.alerts = Alerts(database)
        self.deliveries = Deliveries(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # documents

    def add_document(self, document: Document, evidence: bytes, capture: Capture, noted_at: str) -> Added:
        """Keep a document, the bytes that it was read from, and how they came here; return its version.

        A document of the same id is there once; only a capture from elsewhere or of another moment is added. One of
        other content at the same address is the next version of it.
        """
        kept = self.evidence.put(evidence)
        with self.database.write() as connection:
            added = documents.add(connection, Arrival(document, kept, capture, noted_at))
            self._make_sure(kept, evidence)
        return added

    def known_evidence(self, sha256: str) -> tuple[str, ...]:
        """Return the ids of the documents that were read from the bytes of a hash; those of a feed may be some yet."""
        with self.database.read() as connection:
            return documents.documents_of_evidence(connection, sha256)

    def holds(self, sha256: str) -> bool:
        """Tell whether documents were read from the bytes of a hash, and the bytes are still as they were kept.

        Where they are not, whoever has them adds them again, and they are put back.
        """
        return bool(self.known_evidence(sha256)) and self.evidence.is_kept(sha256)

    def note_capture(self, sha256: str, capture: Capture, noted_at: str) -> tuple[str, ...]:
        """Note that the bytes of a hash came here once more; return the ids of the documents read from them."""
        with self.database.write() as connection:
            known = documents.documents_of_evidence(connection, sha256)
            for identity in known:
                documents.note_capture(connection, identity, capture, noted_at)
        return known

    def document(self, identity: str) -> Document | None:
        """Return a document exactly as it was added, None where there is none of that id."""
        with self.database.read() as connection:
            return documents.find_document(connection, identity)

    def documents(self) -> Iterator[Document]:
        """Yield all documents in the order of their ids; others may write meanwhile."""
        for identity in each_id(self.database, select(DOCUMENTS.c.id)):
            document = self.document(identity)
            if document is not None:
                yield document

    def versions(self, address: str) -> tuple[str, ...]:
        """Return the ids of the documents of one web address, the oldest version first."""
        with self.database.read() as connection:
            return documents.versions_of(connection, address)

    def captures(self, identity: str) -> tuple[StoredCapture, ...]:
        """Return each time that a document came here."""
        with self.database.read() as connection:
            return documents.captures_of(connection, identity)

    def evidence_of(self, identity: str) -> bytes | None:
        """Return the bytes that a document was read from, None where there is no such document."""
        with self.database.read() as connection:
            sha256 = connection.scalar(select(DOCUMENTS.c.sha256).where(DOCUMENTS.c.id == identity))
        return None if sha256 is None else self.evidence.read(sha256)

    # what could not be read

    def save_failure(self, failure: Failure, evidence: bytes | None = None) -> None:
        """Note that a source could not be read, and keep its bytes where they are at hand."""
        kept = self.evidence.put(evidence) if evidence else None
        if kept:
            failure = failure._replace(sha256=kept.sha256)
        with self.database.write() as connection:
            failures.save(connection, failure, kept)
            if kept and evidence:
                self._make_sure(kept, evidence)

    def failures(self, *, resolved_too: bool = False) -> list[Failure]:
        """Return what could not be read, the oldest first."""
        with self.database.read() as connection:
            return failures.list_failures(connection, resolved_too=resolved_too)

    # claims and judgements

    def unread(self, extractor: str, *, failed_too: bool = False) -> Iterator[str]:
        """Yield the ids of the documents that an extractor has not read yet; with ``failed_too`` those it could not."""
        return each_id(self.database, readings.unread_by(extractor, failed_too=failed_too))

    def save_reading(self, reading: Reading) -> bool:
        """Replace the claims of a document by those of another extractor; tell whether anything changed."""
        with self.database.write() as connection:
            return readings.save(connection, reading)

    def reading(self, identity: str) -> StoredReading | None:
        """Return who read a document last, and when; None where nobody did."""
        with self.database.read() as connection:
            return readings.last_reading(connection, identity)

    def extractors(self) -> tuple[str, ...]:
        """Return who read the documents, each once, sorted."""
        with self.database.read() as connection:
            return readings.extractors(connection)

    def claims(self, identity: str) -> tuple[StoredClaim, ...]:
        """Return the claims of a document in their order."""
        with self.database.read() as connection:
            return tuple(readings.claims_of(connection, [identity]))

    def claims_beginning(self, beginning: str) -> tuple[StoredClaim, ...]:
        """Return the claims whose id begins so."""
        with self.database.read() as connection:
            return tuple(readings.claims_beginning(connection, beginning))

    def judgements(self, identity: str | None = None) -> tuple[StoredJudgement, ...]:
        """Return the judgements on a document, or all, in the order they were made."""
        with self.database.read() as connection:
            return tuple(judgements.judgements_of(connection, identity))

    # search and care

    def search(self, query: Query, page: Page | None = None) -> Hits:
        """Return a page of the documents and claims that hold all that is asked for, the best first."""
        with self.database.read() as connection:
            return search.search(connection, query, page or Page())

    def count_hits(self, query: Query) -> dict[str, Count]:
        """Return how many documents and how many claims hold all that is asked for, very many as at least so many."""
        with self.database.read() as connection:
            return search.count_hits(connection, query)

    def counts(self) -> dict[str, int]:
        """Return how much there is of everything; sizes in bytes."""
        rows = {"documents": DOCUMENTS, "evidence": EVIDENCE, "readings": READINGS, "claims": CLAIMS}
        with self.database.read() as connection:
            found = {name: _count(connection, table) for name, table in rows.items()}
            found["judgements"] = _count(connection, JUDGEMENTS)
            open_ones = select(func.count()).select_from(FAILURES).where(FAILURES.c.resolved_at.is_(None))
            found["failures"] = connection.scalar(open_ones) or 0
            sizes = select(func.sum(EVIDENCE.c.size), func.sum(EVIDENCE.c.stored_size))
            size, stored = connection.execute(sizes).one()
        return {**found, "bytes": int(size or 0), "stored_bytes": int(stored or 0)}

    def verify(self, *, clean: bool = False) -> Iterator[Check]:
        """Yield a check for everything that is kept; with ``clean`` what a broken-off run left over is removed."""
        return verify(self.database, self.evidence, clean=clean)

    def _make_sure(self, kept: Kept, evidence: bytes) -> None:
        """Put a file back that somebody's ``verify --clean`` took for left over before its row was there."""
        if not self.evidence.has(kept.sha256):
            self.evidence.forget_last()
            self.evidence.put(evidence)


def _count(connection: Connection, table: object) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]
