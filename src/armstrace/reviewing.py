"""What people judge of stored claims: checked and kept, listed, and applied to claims for the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from armstrace.errors import StoreError
from armstrace.export.jsonl import claim_from_dict
from armstrace.lexicon.load import load_country_labels
from armstrace.model import Claim
from armstrace.review.apply import ACCEPT, CORRECT, Decision, Reviewed, Reviews, apply_judgements
from armstrace.review.correct import Page, Setting, complete_corrections
from armstrace.review.shape import ShapeError, check_field
from armstrace.store.judgements import Judgement, Seen, StoredJudgement
from armstrace.store.readings import StoredClaim
from armstrace.store.repository import Store
from armstrace.told import Correction, Review, ReviewState

SHORTEST_ID: Final = 6  # characters by which a claim may be asked for
_PAIRS: Final = frozenset({"same-transfer", "different-transfer"})


class Saying(NamedTuple):
    """What a person says of a claim: the verdict, who, when (ISO moment), and why.

    ``settings`` are what "correct" sets; ``fields`` those of which "accept" takes a correction back; ``other`` is the
    claim with which "same-transfer" and "different-transfer" compare it.
    """

    verdict: str
    who: str
    at: str
    why: str | None = None
    settings: Sequence[Setting] = ()
    fields: Sequence[str] = ()
    other: str | None = None


class Listed(NamedTuple):
    """A judgement, and what is of it today: ``in force``, ``superseded``, ``outdated``, or ``waiting`` for a claim."""

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
    reviews = apply_judgements(_rows(claims), map(_decision, judgements))
    return tuple(
        (_read(one.claim, found), _review(one, found)) for one, found in zip(reviews.claims, claims, strict=True)
    )


def by_document(judgements: Iterable[StoredJudgement]) -> Mapping[str, Sequence[StoredJudgement]]:
    """Return judgements by the document that they are on, in their order."""
    found: dict[str, list[StoredJudgement]] = defaultdict(list)
    for one in judgements:
        found[one.judgement.document].append(one)
    return found


def judge_claim(store: Store, asked: str, saying: Saying, seen: Seen | None = None) -> tuple[int, ...]:
    """Keep what a person says of a claim, asked for by its id or the beginning of it; return the judgements' numbers.

    A correction is kept as one judgement a field, each with its whole value, all or none. ``seen`` is the last
    judgement that the person knew of; None where that need not be asked.

    Raises:
        StaleError: somebody judged the claim since.
        StoreError: there is no such claim, or it cannot be judged so; the text says what is allowed.
    """
    claim = find_claim(store, asked)
    try:
        judgements = tuple(_judgements(store, claim, saying))
    except ShapeError as error:
        raise StoreError(f"claim {claim.id}: {error}") from error
    return store.add_judgements(judgements, seen)


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
    yield from tell_standings(judgements, judgements, claims)


def tell_standings(
    shown: Iterable[StoredJudgement], judgements: Sequence[StoredJudgement], claims: Mapping[str, Sequence[StoredClaim]]
) -> Iterator[Listed]:
    """Yield judgements with what is of each today.

    ``judgements`` must hold all those on their documents and all on their pairs, in the order they were made;
    ``claims`` those of their documents.
    """
    standings: dict[int, str] = {}
    for identity, own in by_document(judgements).items():
        if identity in claims:
            standings |= _standings(apply_judgements(_rows(claims[identity]), map(_decision, own)))
    latest = {_pair(one.judgement): one.id for one in judgements if one.judgement.verdict in _PAIRS}
    for one in shown:
        pair = "in force" if latest.get(_pair(one.judgement)) == one.id else "superseded"
        yield Listed(one, standings.get(one.id, pair))


def _judgements(store: Store, claim: StoredClaim, saying: Saying) -> Iterator[Judgement]:
    _check_saying(saying)
    given: list[tuple[str | None, Any]] = [(None, None)]
    if saying.other:
        other = find_claim(store, saying.other).id
        if other == claim.id:
            raise ShapeError("is the same claim; give two")
        given = [(None, other)]
    elif saying.settings:
        given = list(_corrections(store, claim, saying.settings))
    elif saying.fields:
        given = [(field, None) for field in saying.fields if check_field(field)]
    for field, value in given:
        yield Judgement(claim.document, claim.id, saying.verdict, saying.who, saying.at, field, value, saying.why)


def _check_saying(saying: Saying) -> None:
    """Refuse what does not go with a verdict, or lacks what it needs."""
    if bool(saying.settings) != (saying.verdict == CORRECT):
        raise ShapeError("to correct sets fields, such as supplier.country=KP, and no other verdict does")
    if bool(saying.other) != (saying.verdict in _PAIRS):
        raise ShapeError("same-transfer and different-transfer need the other claim, and no other verdict has one")
    if saying.fields and saying.verdict != ACCEPT:
        raise ShapeError("a field alone can be accepted, as it was read, and nothing else")


def _corrections(store: Store, claim: StoredClaim, settings: Sequence[Setting]) -> Sequence[tuple[str, Any]]:
    document = store.document(claim.document)
    stands = apply_judgements([claim.body], map(_decision, store.judgements(claim.document))).claims[0].claim
    page = Page(document.text if document else "", load_country_labels())
    return complete_corrections(stands, settings, page)


def _rows(claims: Iterable[StoredClaim]) -> list[Mapping[str, Any]]:
    return [{**one.body, "claim": one.id, "document": one.document} for one in claims]


def _decision(stored: StoredJudgement) -> Decision:
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
        in_force = {one.number for one in reviewed.in_force}
        last = "outdated" if reviewed.changed else "in force"
        for one in reviewed.decisions:
            found[one.number] = last if one.number in in_force else "superseded"
    return found


def _pair(one: Judgement) -> frozenset[object]:
    return frozenset({one.claim, one.value if isinstance(one.value, str) else None})
