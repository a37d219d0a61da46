"""The register of a store: copies -> claims as told -> groups -> transfers.

Grouping is given as functions (``Stages``); ``grouping.load_stages`` gives those of this version. The register is
made anew from documents, claims and judgements alone, the same in whatever order these came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from armstrace.document import Document
from armstrace.errors import StoreError
from armstrace.register.history import as_known_on
from armstrace.register.known import known_from
from armstrace.register.merge import claim_ids, merge_claims
from armstrace.register.types import FindOrigins, Transfer
from armstrace.retractions import tie_retractions
from armstrace.reviewing import by_document, review_claims
from armstrace.store.judgements import StoredJudgement
from armstrace.store.repository import Store
from armstrace.told import Group, Told
from armstrace.versions import Version, later_versions, make_version

SHORTEST_ID = 6  # characters by which a transfer or claim may be asked for


class Stages(NamedTuple):
    """What grouping does, as functions.

    ``families`` returns the copy family of each document by its id; ``group`` the groups of claims, judgements of
    people heeded; ``origins`` the origins behind claims of one side; ``compare_claims`` and ``compare_documents`` say
    why two were or were not joined, two documents among all that there are.
    """

    families: Callable[[Iterable[Document]], Mapping[str, str]]
    group: Callable[[Sequence[Told], Sequence[StoredJudgement]], Sequence[Group]]
    origins: FindOrigins
    compare_claims: Callable[[Told, Told], Sequence[str]]
    compare_documents: Callable[[Document, Document, Iterable[Document]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Register:
    """All transfers, the first known first, and the copy family of each document by its id.

    ``as_of`` is the day as known on which it stands, None for today's; ``undated`` counts the documents that are left
    out then because nobody knows their date.
    """

    transfers: tuple[Transfer, ...]
    families: Mapping[str, str]
    as_of: str | None = None
    undated: int = 0


def build_register(store: Store, stages: Stages, as_of: str | None = None) -> Register:
    """Return the register of a store, today's or as known on a day.

    Raises:
        StoreError: the store cannot be used, or a claim in it cannot be read.
        ValueError: ``as_of`` is no date.
    """
    told, families = tell_claims(store, stages)
    transfers = [merge_claims(group, stages.origins) for group in stages.group(told, store.judgements())]
    if as_of is None:
        return Register(_sorted(transfers), families)
    known = [as_known_on(transfer, as_of, stages.origins) for transfer in transfers]
    undated = {one.claim.document for one in told if known_from(one.published) is None}
    return Register(_sorted(transfer for transfer in known if transfer), families, as_of, len(undated))


def tell_claims(store: Store, stages: Stages) -> tuple[tuple[Told, ...], Mapping[str, str]]:
    """Return every claim of a store with what must be known of its document, by document and place; and the families.

    Raises:
        StoreError: a claim cannot be read.
    """
    versions: dict[str, Version] = {}
    families = stages.families(_each(store, versions))
    pages = [[versions[one] for one in page if one in versions] for page in store.pages_with_versions()]
    revised = {one.id: replace(one, captured=_first_moment(store, one.id)) for page in pages for one in page}
    notices = tie_retractions(versions.values(), families)
    following = later_versions([[revised[one.id] for one in page] for page in pages])
    judged = by_document(store.judgements())
    found: list[Told] = []
    for identity, version in sorted(versions.items()):
        later, since = following.get(identity, ((), None))
        later = (*later, *notices.get(identity, ()))
        known = replace(version, published=since or version.published)
        family = families.get(identity, identity)
        found.extend(
            replace(known.tell(claim, family, later), review=review)
            for claim, review in review_claims(store.claims(identity), judged.get(identity, ()))
        )
    return tuple(found), families


def find_transfer(register: Register, asked: str) -> Transfer:
    """Return the transfer of an id: its own, one of its claims, or the unambiguous beginning of either.

    Raises:
        StoreError: there is none, or there are several.
    """
    wanted = asked.strip().casefold()
    ids = {transfer.id: claim_ids(transfer) for transfer in register.transfers}
    exact = [transfer for transfer in register.transfers if wanted in ids[transfer.id]]
    if exact:
        return exact[0]
    begins = [t for t in register.transfers if any(one.startswith(wanted) for one in ids[t.id])]
    if len(wanted) < SHORTEST_ID or not begins:
        raise StoreError(f"{asked}: no transfer or claim of this id is in the register; `armstrace register` lists ids")
    if len(begins) > 1:
        raise StoreError(f"{asked}: {len(begins)} transfers have ids that begin so; give more of it")
    return begins[0]


def find_told(register: Register, asked: str) -> Told | None:
    """Return the claim of an id, or of the unambiguous beginning of one; None where there is none."""
    wanted = asked.strip().casefold()
    all_told = [told for transfer in register.transfers for told in (*transfer.claims, *transfer.context)]
    exact = [told for told in all_told if told.claim.id == wanted]
    begins = {t.claim.id: t for t in all_told if len(wanted) >= SHORTEST_ID and t.claim.id.startswith(wanted)}
    if exact:
        return exact[0]
    return next(iter(begins.values())) if len(begins) == 1 else None


def _each(store: Store, versions: dict[str, Version]) -> Iterator[Document]:
    """Yield the documents of a store, and note what telling their claims takes."""
    for document in store.documents():
        versions[document.id] = make_version(document)
        yield document


def _first_moment(store: Store, identity: str) -> str | None:
    moments = [one.capture.moment for one in store.captures(identity) if one.capture.moment]
    return min(moments, default=None)


def _sorted(transfers: Iterable[Transfer]) -> tuple[Transfer, ...]:
    return tuple(sorted(transfers, key=_order))


def _order(transfer: Transfer) -> tuple[str, str]:
    return (known_from(transfer.claims[0].published) or "9999-99-99", transfer.id)
