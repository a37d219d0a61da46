"""Readings of documents: the claims of one extractor, replaced whole by those of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, select, update

from armstrace.errors import StoreError
from armstrace.model import Claim, Item, Party, Source
from armstrace.store.changes import chunks, note_change
from armstrace.store.claims_digest import NO_CLAIMS, claims_digest
from armstrace.store.columns import from_json, to_json
from armstrace.store.database import lock
from armstrace.store.schema import CLAIM_ITEMS, CLAIM_SOURCES, CLAIMS, DOCUMENTS, READINGS
from armstrace.store.search_index import ClaimWords, forget_claims, index_claims
from armstrace.store.words import padded

_NEW_CLAIMS = CLAIMS.insert().returning(CLAIMS.c.number, sort_by_parameter_order=True)
_AT_ONCE = 500  # claims written: those of a register that holds tens of thousands need no statement each
_LARGEST = 2**63 - 1  # a larger number stands in the body alone


@dataclass(frozen=True, slots=True)
class Reading:
    """What an extractor read in a document: each claim with its public shape, as export makes it.

    ``extractor`` names program, version and whatever else changes the outcome; ``left_out`` counts the candidates that
    gave no claim. ``failure`` says why the document could not be read; then there are no claims.
    """

    document: str
    extractor: str
    read_at: str
    claims: Sequence[tuple[Claim, Mapping[str, Any]]] = ()
    left_out: int = 0
    note: str | None = None
    failure: str | None = None


class StoredReading(NamedTuple):
    """The last reading of a document, but for its claims."""

    extractor: str
    read_at: str
    claim_count: int
    left_out: int
    note: str | None
    failure: str | None


class StoredClaim(NamedTuple):
    """A claim of the last reading: its document, its place among the claims of it, and its public shape."""

    document: str
    position: int
    id: str
    body: dict[str, Any]


def save(connection: Connection, reading: Reading) -> bool:
    """Replace the reading of a document; tell whether anything changed.

    Nothing does where the same extractor has read the document before and did not fail.

    Raises:
        StoreError: there is no such document.
    """
    document = reading.document
    lock(connection, f"document {document}")
    if connection.scalar(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == document)) is None:
        raise StoreError(f"document {document}: is not in the store, so no claims of it can be kept; add it first")
    before = last_reading(connection, document)
    if before and before.extractor == reading.extractor and before.failure is None:
        return False
    forget_claims(connection, document)
    connection.execute(delete(CLAIMS).where(CLAIMS.c.document_id == document))
    connection.execute(delete(READINGS).where(READINGS.c.document_id == document))
    connection.execute(READINGS.insert(), _reading_row(reading))
    for start in range(0, len(reading.claims), _AT_ONCE):
        _add_claims(connection, document, start, reading.claims[start : start + _AT_ONCE])
    if reading.claims:
        of_document = READINGS.c.document_id == document
        connection.execute(update(READINGS).where(of_document).values(digest=claims_digest(connection, document)))
    note_change(connection, document)
    return True


def last_reading(connection: Connection, document: str) -> StoredReading | None:
    """Return the last reading of a document, None where nobody read it."""
    columns = (READINGS.c[name] for name in StoredReading._fields)
    row = connection.execute(select(*columns).where(READINGS.c.document_id == document)).one_or_none()
    return StoredReading(*row) if row else None


def unread_by(extractor: str, *, failed_too: bool) -> Select[str]:
    """Return the query for the documents that an extractor has not read, in its version; to be paged by id."""
    read = (READINGS.c.document_id == DOCUMENTS.c.id) & (READINGS.c.extractor == extractor)
    if failed_too:
        read &= READINGS.c.failure.is_(None)
    return select(DOCUMENTS.c.id).where(~select(READINGS.c.document_id).where(read).exists())


def extractors(connection: Connection) -> tuple[str, ...]:
    """Return the extractors of the last readings, each once, sorted."""
    return tuple(connection.scalars(select(READINGS.c.extractor).distinct().order_by(READINGS.c.extractor)))


def claims_of(connection: Connection, documents: Iterable[str]) -> Iterator[StoredClaim]:
    """Yield the claims of documents, those of each in their order."""
    columns = (CLAIMS.c.document_id, CLAIMS.c.position, CLAIMS.c.id, CLAIMS.c.body)
    for chosen in chunks(sorted(set(documents))):
        found = select(*columns).where(CLAIMS.c.document_id.in_(chosen))
        for row in connection.execute(found.order_by(CLAIMS.c.document_id, CLAIMS.c.position)):
            yield StoredClaim(row.document_id, row.position, row.id, from_json(row.body))


def homes_of_claims(connection: Connection, claims: Iterable[str]) -> dict[str, list[str]]:
    """Return the documents in which claims are read, by the claims' ids; those that there are."""
    found: dict[str, list[str]] = {}
    for chosen in chunks(sorted(set(claims))):
        wanted = select(CLAIMS.c.id, CLAIMS.c.document_id).where(CLAIMS.c.id.in_(chosen))
        for row in connection.execute(wanted.order_by(CLAIMS.c.id, CLAIMS.c.document_id)):
            found.setdefault(row.id, []).append(row.document_id)
    return found


def claims_beginning(connection: Connection, beginning: str) -> Iterator[StoredClaim]:
    """Yield the claims whose id begins so, by id and document; ids are plain letters and digits, taken literally."""
    columns = (CLAIMS.c.document_id, CLAIMS.c.position, CLAIMS.c.id, CLAIMS.c.body)
    begins = CLAIMS.c.id.startswith(beginning, autoescape=True)
    for row in connection.execute(select(*columns).where(begins).order_by(CLAIMS.c.id, CLAIMS.c.document_id)):
        yield StoredClaim(row.document_id, row.position, row.id, from_json(row.body))


def _reading_row(reading: Reading) -> dict[str, Any]:
    return {
        "document_id": reading.document,
        "extractor": reading.extractor,
        "read_at": reading.read_at,
        "claim_count": len(reading.claims),
        "left_out": reading.left_out,
        "note": reading.note,
        "failure": reading.failure,
        "digest": NO_CLAIMS,
    }


def _add_claims(
    connection: Connection, document: str, position: int, claims: Sequence[tuple[Claim, Mapping[str, Any]]]
) -> None:
    """Enter claims that follow each other in a document, the first at a position."""
    rows = [
        _claim_row(claim) | {"document_id": document, "position": place, "body": to_json(body)}
        for place, (claim, body) in enumerate(claims, position)
    ]
    numbers = list(connection.scalars(_NEW_CLAIMS, rows))
    numbered = [(number, claim) for number, (claim, _) in zip(numbers, claims, strict=True)]
    items = [_item_row(item) | _of_claim(number, at) for number, one in numbered for at, item in enumerate(one.items)]
    sources = [
        _source_row(source) | _of_claim(number, at)
        for number, claim in numbered
        for at, source in enumerate(claim.attribution)
    ]
    if items:
        connection.execute(CLAIM_ITEMS.insert(), items)
    if sources:
        connection.execute(CLAIM_SOURCES.insert(), sources)
    index_claims(connection, {n: _claim_words(claim, row) for (n, claim), row in zip(numbered, rows, strict=True)})


def _of_claim(number: int, position: int) -> dict[str, Any]:
    return {"claim": number, "position": position}


def _source_row(source: Source) -> dict[str, Any]:
    return {"name": source.name, "kind": str(source.kind), "country": source.country, "named": source.named}


def _claim_words(claim: Claim, row: Mapping[str, Any]) -> ClaimWords:
    items = [padded(item.designation, item.description) for item in claim.items]
    return ClaimWords(row["party_words"], items, claim.evidence.text, [source.name for source in claim.attribution])


def _claim_row(claim: Claim) -> dict[str, Any]:
    quantity, when = claim.quantity, claim.when
    parties = [party for party in (claim.supplier, claim.recipient) if party]
    return {
        "id": claim.id,
        "kind": str(claim.kind),
        **_party_row("supplier", claim.supplier),
        **_party_row("recipient", claim.recipient),
        **_party_row("maker", claim.maker),
        "party_words": padded(*(words for party in parties for words in (party.organisation, party.text))),
        "status": str(claim.status),
        "polarity": str(claim.polarity),
        "certainty": str(claim.certainty),
        "mode": str(claim.mode),
        "quantity_low": _bounded(quantity.low if quantity else None),
        "quantity_best": _bounded(quantity.best if quantity else None),
        "quantity_high": _bounded(quantity.high if quantity else None),
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "evidence": claim.evidence.text,
        "evidence_start": claim.evidence.span.start,
        "evidence_end": claim.evidence.span.end,
    }


def _party_row(role: str, party: Party | None) -> dict[str, Any]:
    return {
        f"{role}_country": party.country if party else None,
        f"{role}_organisation": party.organisation if party else None,
        f"{role}_text": party.text if party else None,
    }


def _item_row(item: Item) -> dict[str, Any]:
    return {
        "category": str(item.category),
        "designation": item.designation,
        "description": item.description,
        "words": padded(item.designation, item.description),
    }


def _bounded(count: int | None) -> int | None:
    return count if count is None or abs(count) <= _LARGEST else None
