"""Which transfers are published, and what of them: of a document only sentences of its claims, and corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from armstrace.export.findings import Findings
from armstrace.keeping.stages import Stages
from armstrace.model import Claim, Evidence
from armstrace.register.select import Wanted
from armstrace.register.types import Transfer
from armstrace.registering import each_line_page, load_transfers, query_for
from armstrace.store.documents import documents_about
from armstrace.store.repository import Store
from armstrace.store.transfers import transfer_rows
from armstrace.told import Review, Told
from armstrace.web.views.addresses import href_of

_AT_ONCE: Final = 50  # transfers in memory
_REVIEWER: Final = "a reviewer"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is published.

    Attributes:
        wanted: which lines of the register.
        as_of: the day, month or year up to which documents count; None for all.
        quotes: whether the sentences of claims are shown.
    """

    wanted: Wanted = field(default_factory=Wanted)
    as_of: str | None = None
    quotes: bool = True


class Chosen(NamedTuple):
    """Transfers with what the law says of each, and the web addresses of the documents that have one, by id."""

    transfers: Sequence[tuple[Transfer, Findings]]
    addresses: dict[str, str]


def each_chosen(store: Store, stages: Stages, choice: Choice) -> Iterator[Chosen]:
    """Yield the transfers that are published, the first known first, a few at once. The register must be up to date.

    Raises:
        StoreError: the store cannot be used.
        ValueError: a date is none.
    """
    for page in each_line_page(store, query_for(choice.wanted, choice.as_of)):
        for start in range(0, len(page), _AT_ONCE):
            ids = [line.transfer_id for line in page[start : start + _AT_ONCE]]
            found = list(_loaded(store, stages, ids, choice.as_of))
            if found:
                shown = [(shareable(one, quotes=choice.quotes), findings) for one, findings in found]
                yield Chosen(shown, document_addresses(store, [one for one, _ in found]))


def _loaded(
    store: Store, stages: Stages, transfers: Sequence[str], as_of: str | None
) -> Iterator[tuple[Transfer, Findings]]:
    """Yield transfers with the findings that are kept, or those on how it stood on a day."""
    with store.database.read() as connection:
        law = {} if as_of else {row.id: row.law for row in transfer_rows(connection, transfers)}
    for transfer in load_transfers(store, stages, transfers, as_of):
        yield transfer, stages.check(transfer) if as_of else law[transfer.id]


def document_addresses(store: Store, transfers: Sequence[Transfer]) -> dict[str, str]:
    """Return the web addresses of the documents of transfers, of those that have one which tells no secret."""
    documents = {told.claim.document for one in transfers for told in (*one.claims, *one.context)}
    with store.database.read() as connection:
        known = [(one.id, href_of(one.metadata.url)) for one in documents_about(connection, documents)]
    return {identity: address for identity, address in known if address and "@" not in urlsplit(address).netloc}


def shareable(transfer: Transfer, *, quotes: bool) -> Transfer:
    """Return a transfer without who reviewed it and why; without ``quotes`` also without sentences of documents."""
    shown = replace(
        transfer,
        claims=tuple(_told(told, quotes=quotes) for told in transfer.claims),
        context=tuple(_told(told, quotes=quotes) for told in transfer.context),
    )
    if quotes:
        return shown
    return replace(shown, revisions=tuple(replace(one, correction=None) for one in transfer.revisions))


def _told(told: Told, *, quotes: bool) -> Told:
    review = _review(told.review, quotes=quotes) if told.review else None
    if quotes:
        return replace(told, review=review)
    later = tuple(replace(one, correction=None) for one in told.later)
    return replace(told, claim=_unquoted(told.claim), review=review, later=later)


def _review(review: Review, *, quotes: bool) -> Review:
    original = review.original if quotes or review.original is None else _unquoted(review.original)
    corrections = tuple(replace(one, who=_REVIEWER, why=None) for one in review.corrections)
    return replace(review, who=_REVIEWER, why=None, original=original, corrections=corrections)


def _unquoted(claim: Claim) -> Claim:
    return replace(claim, evidence=Evidence("", claim.evidence.span))
