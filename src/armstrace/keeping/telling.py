"""Stored claims with what must be known of their documents, and people's judgements on pairs of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from armstrace.errors import StoreError
from armstrace.export.jsonl import claim_from_dict, claim_to_dict
from armstrace.group.clusters import Judgement
from armstrace.keeping.stages import Review
from armstrace.model import Claim
from armstrace.store.columns import from_json, to_json
from armstrace.store.copies import families_of
from armstrace.store.documents import documents_about, first_moments, pages_of
from armstrace.store.judgements import PAIRED, StoredJudgement, judgements_of_pairs, judgements_on
from armstrace.store.readings import StoredClaim, claims_of
from armstrace.told import Later, Told
from armstrace.versions import Version, later_versions, make_version

_SAME: Final = PAIRED[0]


def with_versions(connection: Connection, documents: Iterable[str]) -> frozenset[str]:
    """Return the documents, and the other versions of their pages: what one says, another may take back."""
    given = frozenset(documents)
    return given.union(*pages_of(connection, given))


def tell_claims(connection: Connection, documents: Iterable[str], review: Review) -> dict[str, Told]:
    """Return by id the claims of documents, as they are told in these.

    Raises:
        StoreError: a claim cannot be read.
    """
    claims: dict[str, list[Claim]] = {}
    for stored in claims_of(connection, documents):
        claims.setdefault(stored.document, []).append(_read(stored))
    pages = pages_of(connection, claims)
    versions = _versions(connection, {*claims, *(one for page in pages for one in page)})
    moments = first_moments(connection, [one for page in pages for one in page])
    captured = [[replace(versions[one], captured=moments.get(one)) for one in page] for page in pages]
    following = later_versions(captured)
    families, judged = families_of(connection, claims), judgements_on(connection, claims)
    found: dict[str, Told] = {}
    for identity, read in sorted(claims.items()):
        later, since = following.get(identity, ((), None))
        known = replace(versions[identity], published=since or versions[identity].published)
        kept = review(read, judged.get(identity, ()))
        family = families.get(identity, identity)
        found.update((claim.id, known.tell(claim, family, later)) for claim in kept)
    return found


def _versions(connection: Connection, documents: Iterable[str]) -> Mapping[str, Version]:
    return {document.id: make_version(document) for document in documents_about(connection, documents)}


def _read(stored: StoredClaim) -> Claim:
    try:
        claim = claim_from_dict(stored.body)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"claim {stored.id} of document {stored.document}: cannot be read ({error!r}); run `armstrace update`"
        ) from error
    return replace(claim, document=stored.document)


def paired_judgements(connection: Connection) -> tuple[Judgement, ...]:
    """Return what people decided of pairs of claims, the oldest first."""
    return tuple(_paired(judgements_of_pairs(connection)))


def _paired(judgements: Iterable[StoredJudgement]) -> Iterator[Judgement]:
    """Yield decisions on pairs; ``value`` of a judgement is the other claim."""
    for given in (one.judgement for one in judgements):
        if given.claim and isinstance(given.value, str):
            yield Judgement(given.claim, given.value, is_same=given.verdict == _SAME)


def told_to_json(told: Told) -> str:
    """Return a claim as told, as JSON."""
    later = [[one.document, one.since, one.correction] for one in told.later]
    return to_json([claim_to_dict(told.claim), told.outlet, told.published, told.family, told.title, later])


def told_from_json(body: str) -> Told:
    """Return what ``told_to_json`` was given."""
    claim, outlet, published, family, title, later = from_json(body)
    return Told(claim_from_dict(claim), outlet, published, family, title, tuple(Later(*one) for one in later))


def partners_of(judgements: Sequence[Judgement]) -> dict[str, set[str]]:
    """Return for each claim those that a person compared it with."""
    found: dict[str, set[str]] = {}
    for one in judgements:
        if one.left != one.right:
            found.setdefault(one.left, set()).add(one.right)
            found.setdefault(one.right, set()).add(one.left)
    return found
