"""What people judge of claims: added, never changed, whatever is read anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from armstrace.errors import StoreError
from armstrace.store.columns import from_json, to_json
from armstrace.store.database import lock
from armstrace.store.schema import CLAIMS, DOCUMENTS, JUDGEMENTS

VERDICTS = ("accept", "correct", "reject", "same-transfer", "different-transfer")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision on a claim of a document. ``field`` and ``value`` (plain JSON) say what "correct" sets."""

    document: str
    claim: str | None
    verdict: str
    who: str
    at: str
    field: str | None = None
    value: Any = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class StoredJudgement:
    """A judgement, its number, and the claim in its public shape as it was judged."""

    id: int
    judgement: Judgement
    claim_body: dict[str, Any] | None


def add(connection: Connection, judgement: Judgement) -> int:
    """Add a judgement and return its number; the claim is kept beside it as it stands now.

    Raises:
        StoreError: the verdict is none, or document or claim are not in the store.
    """
    if judgement.verdict not in VERDICTS:
        raise StoreError(f"verdict {judgement.verdict!r}: is none; give one of {', '.join(VERDICTS)}")
    about = f"document {judgement.document}"
    lock(connection, about)  # nobody reads it anew while it is judged
    if connection.scalar(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == judgement.document)) is None:
        raise StoreError(f"{about}: is not in the store, so it cannot be judged; check its id")
    found = (CLAIMS.c.document_id == judgement.document) & (CLAIMS.c.id == judgement.claim)
    body = connection.scalars(select(CLAIMS.c.body).where(found)).first() if judgement.claim else None
    if judgement.claim and body is None:
        raise StoreError(f"{about}: holds no claim {judgement.claim} now; it may have been read anew, so look again")
    row = {
        "document_id": judgement.document,
        "claim_id": judgement.claim,
        "claim_body": body,
        "verdict": judgement.verdict,
        "field": judgement.field,
        "value": to_json(judgement.value),
        "who": judgement.who,
        "at": judgement.at,
        "why": judgement.why,
    }
    number: int = connection.execute(JUDGEMENTS.insert().values(row).returning(JUDGEMENTS.c.id)).scalar_one()
    return number


def judgements_of(connection: Connection, document: str | None) -> Iterator[StoredJudgement]:
    """Yield the judgements of a document, or all, in the order they were made."""
    found = select(JUDGEMENTS).order_by(JUDGEMENTS.c.id)
    if document is not None:
        found = found.where(JUDGEMENTS.c.document_id == document)
    for row in connection.execute(found).mappings():
        judgement = Judgement(
            row["document_id"],
            row["claim_id"],
            row["verdict"],
            row["who"],
            row["at"],
            row["field"],
            from_json(row["value"]),
            row["why"],
        )
        yield StoredJudgement(row["id"], judgement, from_json(row["claim_body"]) if row["claim_body"] else None)
