"""What people judge of claims: added, never changed, whatever is read anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, or_, select

from armstrace.errors import StaleError, StoreError
from armstrace.store.changes import chunks, note_change
from armstrace.store.columns import from_json, to_json
from armstrace.store.database import lock
from armstrace.store.schema import CLAIMS, DOCUMENTS, JUDGEMENTS

PAIRED = ("same-transfer", "different-transfer")
VERDICTS = ("accept", "correct", "reject", *PAIRED)
_NUMBER = JUDGEMENTS.c.id


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


class Seen(NamedTuple):
    """Up to which judgement on a claim somebody looked: its number, None where there was none."""

    latest: int | None


def add_all(connection: Connection, judgements: Sequence[Judgement], seen: Seen | None) -> tuple[int, ...]:
    """Add judgements on a claim and return their numbers.

    Raises:
        StaleError: there is another last judgement on the claim than was ``seen``; None for whoever need not look.
        StoreError: a verdict is none, or document or claim are not in the store.
    """
    if seen is not None:
        for one in judgements:
            lock(connection, f"document {one.document}")
            found = latest_on(connection, [one.claim or ""]).get(one.claim or "")
            if found != seen.latest:
                raise StaleError(f"claim {one.claim}: was judged since you looked at it; look again, nothing was saved")
    return tuple(add(connection, one) for one in judgements)


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


def judgements_of_numbers(connection: Connection, numbers: Iterable[int]) -> Iterator[StoredJudgement]:
    """Yield judgements by their numbers, in the order they were made."""
    wanted = sorted(set(numbers))
    yield from _read(connection, select(JUDGEMENTS).where(_NUMBER.in_(wanted)).order_by(_NUMBER))


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
    note_change(connection, judgement.document)
    return number


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


def judgements_of_pairs(connection: Connection) -> Iterator[StoredJudgement]:
    """Yield all judgements on whether two claims tell of one transfer, in the order they were made."""
    yield from _read(connection, select(JUDGEMENTS).where(JUDGEMENTS.c.verdict.in_(PAIRED)).order_by(JUDGEMENTS.c.id))


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
        yield StoredJudgement(row["id"], judgement, from_json(row["claim_body"]) if row["claim_body"] else None)
