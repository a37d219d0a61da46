"""What people judged of stored claims: applied to them for the register, carried over to those of today, listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from armstrace.errors import StoreError
from armstrace.export.jsonl import claim_from_dict
from armstrace.model import Claim
from armstrace.review.apply import CORRECT, Decision, Reviewed, Reviews, apply_judgements
from armstrace.review.pairs import PAIRS, Carried, PairDecision, Side, carry_pairs
from armstrace.review.undo import UNDO, undone_by
from armstrace.store.judgements import PairRow, StoredJudgement, judgements_by_number, pairs_judged
from armstrace.store.readings import StoredClaim, claims_of, homes_of_claims
from armstrace.store.repository import Store
from armstrace.told import Correction, Review, ReviewState

SHORTEST_ID: Final = 6  # characters by which a claim may be asked for


class Listed(NamedTuple):
    """A judgement, and what is of it today.

    ``in force``, ``superseded``, ``outdated``, ``undone``, or ``waiting`` for a claim.
    """

    stored: StoredJudgement
    standing: str


def review_claims(
    stored: Iterable[StoredClaim], judgements: Iterable[StoredJudgement]
) -> tuple[tuple[Claim, Review | None], ...]:
    """Return the claims of one document as they count, corrected, with what people judged of each; the rejected too.

    Raises:
        StoreError: a claim cannot be read.
    """
    claims = list(stored)
    reviews = apply_judgements(rows_of(claims), map(decision_of, judgements))
    return tuple(
        (_read(one.claim, found), _review(one, found)) for one, found in zip(reviews.claims, claims, strict=True)
    )


def by_document(judgements: Iterable[StoredJudgement]) -> Mapping[str, Sequence[StoredJudgement]]:
    """Return judgements by the document that they are on, in their order."""
    found: dict[str, list[StoredJudgement]] = defaultdict(list)
    for one in judgements:
        found[one.judgement.document].append(one)
    return found


def find_claim(store: Store, asked: str) -> StoredClaim:
    """Return the claim of an id, or of the unambiguous beginning of one.

    Raises:
        StoreError: there is none, or there are several.
    """
    wanted = asked.strip().casefold()
    found = store.claims_beginning(wanted) if len(wanted) >= SHORTEST_ID else ()
    exact = [one for one in found if one.id == wanted] or found
    if not exact:
        raise StoreError(f"{asked}: no claim of this id is in the store; `armstrace trace` and `show` tell ids")
    if len(exact) > 1:
        raise StoreError(f"{asked}: {len(exact)} claims have ids that begin so; give more of it")
    return exact[0]


def list_judgements(store: Store, document: str | None = None) -> Iterator[Listed]:
    """Yield the judgements of the store, or of a document, in the order they were made, with what is of each today."""
    judgements = store.judgements(document)
    claims = {identity: store.claims(identity) for identity in by_document(judgements)}
    with store.database.read() as connection:
        pairs = pair_standings(connection)
    yield from tell_standings(judgements, judgements, claims, pairs)


def tell_standings(
    shown: Iterable[StoredJudgement],
    judgements: Iterable[StoredJudgement],
    claims: Mapping[str, Sequence[StoredClaim]],
    pairs: Mapping[int, str],
) -> Iterator[Listed]:
    """Yield judgements with what is of each today.

    ``judgements`` must hold all those on their documents, in the order they were made; ``claims`` those of their
    documents; ``pairs`` is what is of those on pairs (``pair_standings``).
    """
    standings: dict[int, str] = {}
    for identity, own in by_document(judgements).items():
        decisions = [decision_of(one) for one in own]
        standings |= _standings(apply_judgements(rows_of(claims.get(identity, ())), decisions))
        standings |= dict.fromkeys(undone_by(decisions), "undone")
    standings |= pairs
    for one in shown:
        yield Listed(one, standings[one.id])


def pair_standings(connection: Connection) -> dict[int, str]:
    """Return what is today of each judgement on a pair of claims, by its number."""
    rows = list(pairs_judged(connection))
    found = {row.id: "waiting" for row in rows if row.verdict in PAIRS}
    carried = _carry(connection, rows)
    latest = {one.pair: one.number for one in carried if not one.is_undone}
    for one in carried:
        found[one.number] = "in force" if latest.get(one.pair) == one.number else "superseded"
    undone = undone_by(_pair(row, None) for row in rows)
    return {number: "undone" if number in undone else standing for number, standing in found.items()}


def carried_pairs(connection: Connection) -> tuple[Carried, ...]:
    """Return the judgements on pairs of claims, the undone too, with the claims that they are on today.

    Only where a claim is no longer read by its id are the claims of its document read, to find it by what it says.
    """
    return _carry(connection, list(pairs_judged(connection)))


def _carry(connection: Connection, rows: Sequence[PairRow]) -> tuple[Carried, ...]:
    pairs = [row for row in rows if row.verdict in PAIRS]
    homes = homes_of_claims(
        connection, [one for row in pairs for one in (row.claim, row.value) if isinstance(one, str)]
    )
    read: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for claim, documents in homes.items():
        for document in documents:
            read[document][claim] = {}
    moved = [row for row in pairs if row.claim not in homes or row.value not in homes]
    for stored in claims_of(connection, [one for row in moved for one in (row.document, row.other_document) if one]):
        read[stored.document][stored.id] = stored.body
    bodies = judgements_by_number(connection, [row.id for row in moved])
    return carry_pairs((_pair(row, bodies.get(row.id)) for row in rows), read)


def _pair(row: PairRow, judged: StoredJudgement | None) -> PairDecision:
    left = Side(row.document, row.claim or "", judged.claim_body if judged else None)
    right = Side(row.other_document, str(row.value), judged.other_body if judged else None)
    return PairDecision(row.id, row.verdict, left, right, row.value)


def rows_of(claims: Iterable[StoredClaim]) -> list[Mapping[str, Any]]:
    """Return stored claims in their public shape."""
    return [{**one.body, "claim": one.id, "document": one.document} for one in claims]


def decision_of(stored: StoredJudgement) -> Decision:
    """Return a stored judgement as it is applied."""
    one = stored.judgement
    return Decision(
        stored.id, one.claim or "", one.verdict, one.who, one.at, one.why, one.field or "", one.value, stored.claim_body
    )


def _read(row: Mapping[str, Any], found: StoredClaim) -> Claim:
    try:
        return claim_from_dict(row)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"claim {found.id} of document {found.document}: cannot be read ({error!r}); run `armstrace update`"
        ) from error


def _review(one: Reviewed, found: StoredClaim) -> Review | None:
    if one.state is ReviewState.UNREVIEWED:
        return None
    last = one.decisions[-1]
    made = sorted((d for d in one.in_force if d.verdict == CORRECT and one.original), key=lambda d: d.number)
    corrections = tuple(Correction(d.field, d.who, d.at, d.why) for d in made)
    original = _read(one.original, found) if one.original else None
    return Review(one.state, last.who, last.at, last.why, corrections, original, one.changed)


def _standings(reviews: Reviews) -> dict[int, str]:
    found = {one.number: "waiting" for one in reviews.waiting}
    for reviewed in reviews.claims:
        found.update((one.number, "in force") for one in reviewed.undone if one.verdict == UNDO)
        in_force = {one.number for one in reviewed.in_force}
        last = "outdated" if reviewed.changed else "in force"
        for one in reviewed.decisions:
            found[one.number] = last if one.number in in_force else "superseded"
    return found
