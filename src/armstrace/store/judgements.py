"""What people judge of claims: added, never changed, whatever is read anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, or_, select

from armstrace.errors import StaleError, StoreError
from armstrace.store.changes import chunks, note_change
from armstrace.store.columns import from_json, to_json
from armstrace.store.database import lock
from armstrace.store.schema import CLAIMS, DOCUMENTS, JUDGEMENTS

PAIRED = ("same-transfer", "different-transfer")
VERDICTS = ("accept", "correct", "reject", *PAIRED, "undo")
_NUMBER = JUDGEMENTS.c.id
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision on a claim of a document.

    ``field`` and ``value`` (plain JSON) say what "correct" sets. Of a pair ``value`` is the id of the other claim, of
    "undo" the list of the numbers that no longer hold.
    """

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
    """A judgement, its number, and the claim in its public shape as it was judged; of a pair also the other claim."""

    id: int
    judgement: Judgement
    claim_body: dict[str, Any] | None
    other_document: str | None = None
    other_body: dict[str, Any] | None = None


class PairRow(NamedTuple):
    """A judgement of a pair, or one that undoes others, without the claims as they were judged."""

    id: int
    verdict: str
    document: str
    claim: str | None
    other_document: str | None
    value: Any


class Seen(NamedTuple):
    """What somebody saw of a claim: the number of the last judgement on it, None where there was none, and as what.

    ``answer`` is the mark of the claim as it was read (``answer_mark``), None for whoever need not look at that.
    """

    latest: int | None
    answer: str | None = None


def check_seen(connection: Connection, document: str, claim: str, seen: Seen | None) -> None:
    """Let nobody else judge a claim, or read it anew, until the connection is done; refuse where somebody has.

    Raises:
        StaleError: the claim was judged since it was ``seen``, or is read otherwise; None for whoever need not look.
    """
    lock(connection, f"document {document}")
    if seen is None:
        return
    if latest_on(connection, [claim]).get(claim) != seen.latest:
        raise StaleError(f"claim {claim}: was judged since you looked at it; look again, nothing was saved")
    body = connection.scalar(select(CLAIMS.c.body).where(CLAIMS.c.document_id == document, CLAIMS.c.id == claim))
    if seen.answer is not None and (body is None or answer_mark(from_json(body)) != seen.answer):
        raise StaleError(f"claim {claim}: was read anew since you looked at it; look again, nothing was saved")


def answer_mark(body: Mapping[str, Any]) -> str:
    """Return a short mark of a claim as it was read, in its public shape; of another answer it is another."""
    return sha256(to_json(body).encode()).hexdigest()[:_DIGITS]


def latest_on(connection: Connection, claims: Iterable[str]) -> dict[str, int]:
    """Return the number of the last judgement that names each of the claims, those that any does."""
    found: dict[str, int] = {}
    for chosen in chunks(sorted(set(claims))):
        c = JUDGEMENTS.c
        own = select(c.claim_id, func.max(c.id)).where(c.claim_id.in_(chosen)).group_by(c.claim_id)
        named = [to_json(claim) for claim in chosen]
        other = select(c.value, func.max(c.id)).where(c.verdict.in_(PAIRED), c.value.in_(named)).group_by(c.value)
        pairs = [*connection.execute(own), *((from_json(value), last) for value, last in connection.execute(other))]
        for claim, last in pairs:
            found[claim] = max(last, found.get(claim, 0))
    return found


def pairs_naming(connection: Connection, claims: Iterable[str]) -> Iterator[StoredJudgement]:
    """Yield the judgements on pairs of claims that name one of these, in the order they were made."""
    chosen = sorted(set(claims))
    named = or_(JUDGEMENTS.c.claim_id.in_(chosen), JUDGEMENTS.c.value.in_([to_json(claim) for claim in chosen]))
    yield from _read(connection, select(JUDGEMENTS).where(JUDGEMENTS.c.verdict.in_(PAIRED), named).order_by(_NUMBER))


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
    other = _other(connection, judgement) if judgement.verdict in PAIRED else None
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
        "other_document": other and other[0],
        "other_body": other and other[1],
    }
    number: int = connection.execute(JUDGEMENTS.insert().values(row).returning(JUDGEMENTS.c.id)).scalar_one()
    note_change(connection, judgement.document)
    return number


def _other(connection: Connection, judgement: Judgement) -> tuple[str, str] | None:
    """Return the document and the body of the other claim of a pair, None where it is not there."""
    found = select(CLAIMS.c.document_id, CLAIMS.c.body).where(CLAIMS.c.id == str(judgement.value))
    row = connection.execute(found.order_by(CLAIMS.c.document_id).limit(1)).first()
    return (row.document_id, row.body) if row else None


def judgements_of(connection: Connection, document: str | None) -> Iterator[StoredJudgement]:
    """Yield the judgements of a document, or all, in the order they were made."""
    found = select(JUDGEMENTS).order_by(JUDGEMENTS.c.id)
    yield from _read(connection, found if document is None else found.where(JUDGEMENTS.c.document_id == document))


def judgements_on(connection: Connection, documents: Iterable[str]) -> dict[str, list[StoredJudgement]]:
    """Return the judgements on each of the documents that has any, in the order they were made."""
    found: dict[str, list[StoredJudgement]] = {}
    for chosen in chunks(sorted(set(documents))):
        wanted = select(JUDGEMENTS).where(JUDGEMENTS.c.document_id.in_(chosen)).order_by(JUDGEMENTS.c.id)
        for one in _read(connection, wanted):
            found.setdefault(one.judgement.document, []).append(one)
    return found


def pairs_judged(connection: Connection) -> Iterator[PairRow]:
    """Yield all judgements on whether two claims tell of one transfer, and those that undo some, in their order."""
    c = JUDGEMENTS.c
    wanted = select(c.id, c.verdict, c.document_id, c.claim_id, c.other_document, c.value)
    wanted = wanted.where(c.verdict.in_((*PAIRED, "undo"))).order_by(c.id)
    for row in connection.execute(wanted):
        yield PairRow(row.id, row.verdict, row.document_id, row.claim_id, row.other_document, from_json(row.value))


def judgements_by_number(connection: Connection, numbers: Iterable[int]) -> dict[int, StoredJudgement]:
    """Return judgements by their numbers, in the order they were made; those that there are."""
    found: dict[int, StoredJudgement] = {}
    for chosen in chunks(sorted(set(numbers))):
        wanted = select(JUDGEMENTS).where(_NUMBER.in_(chosen)).order_by(_NUMBER)
        found.update((one.id, one) for one in _read(connection, wanted))
    return found


def _read(connection: Connection, wanted: Select[Any]) -> Iterator[StoredJudgement]:
    for row in connection.execute(wanted).mappings():
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
        bodies = (from_json(body) if body else None for body in (row["claim_body"], row["other_body"]))
        yield StoredJudgement(row["id"], judgement, next(bodies), row["other_document"], next(bodies))
