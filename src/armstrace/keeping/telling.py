"""Stored claims with what must be known of their documents, and people's judgements on pairs of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sqlalchemy import Connection

from armstrace.group.compared import Judgement
from armstrace.keeping.retracting import notices_on, versions_of
from armstrace.reviewing import carried_pairs, review_claims
from armstrace.store.copies import families_of
from armstrace.store.documents import first_moments, pages_of
from armstrace.store.judgements import PAIRED, judgements_on
from armstrace.store.readings import StoredClaim, claims_of
from armstrace.told import Told
from armstrace.versions import later_versions

_SAME: Final = PAIRED[0]


def with_versions(connection: Connection, documents: Iterable[str]) -> frozenset[str]:
    """Return the documents, and the other versions of their pages: what one says, another may take back."""
    given = frozenset(documents)
    return given.union(*pages_of(connection, given))


def tell_claims(connection: Connection, documents: Iterable[str]) -> dict[str, Told]:
    """Return by id the claims of documents, as they are told in these and as people judged them.

    Raises:
        StoreError: a claim cannot be read.
    """
    claims: dict[str, list[StoredClaim]] = {}
    for stored in claims_of(connection, documents):
        claims.setdefault(stored.document, []).append(stored)
    pages = pages_of(connection, claims)
    versions = versions_of(connection, {*claims, *(one for page in pages for one in page)})
    moments = first_moments(connection, [one for page in pages for one in page])
    captured = [[replace(versions[one], captured=moments.get(one)) for one in page] for page in pages]
    following = later_versions(captured)
    families, judged = families_of(connection, claims), judgements_on(connection, claims)
    notices = notices_on(connection, claims)
    found: dict[str, Told] = {}
    for identity, stored_claims in sorted(claims.items()):
        later, since = following.get(identity, ((), None))
        known = replace(versions[identity], published=since or versions[identity].published)
        family = families.get(identity, identity)
        for claim, review in review_claims(stored_claims, judged.get(identity, ())):
            told = known.tell(claim, family, (*later, *notices.get(identity, ())))
            found[claim.id] = replace(told, review=review)
    return found


class Paired(NamedTuple):
    """What people decided of pairs of claims, the oldest first; and the claims that any ever compared with each."""

    judgements: tuple[Judgement, ...]
    ever: Mapping[str, set[str]]


def paired_judgements(connection: Connection) -> Paired:
    """Return what people decided of pairs of the claims that are read now.

    What was taken back is no judgement, nor is what waits because a claim of it is no longer read.
    """
    pairs = carried_pairs(connection)
    told = [(Judgement(one.left, one.right, is_same=one.verdict == _SAME), one.is_undone) for one in pairs]
    return Paired(tuple(one for one, is_undone in told if not is_undone), partners_of([one for one, _ in told]))


def partners_of(judgements: Sequence[Judgement]) -> dict[str, set[str]]:
    """Return for each claim those that a person compared it with."""
    found: dict[str, set[str]] = {}
    for one in judgements:
        if one.left != one.right:
            found.setdefault(one.left, set()).add(one.right)
            found.setdefault(one.right, set()).add(one.left)
    return found
