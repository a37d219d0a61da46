"""The register of a store as records, for every format: which lines, and what of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

from armstrace import __version__
from armstrace.document import Document
from armstrace.export.addresses import href_of
from armstrace.export.findings import Findings
from armstrace.export.record import About, Cited, Record
from armstrace.export.shareable import shareable
from armstrace.extractor import version_of
from armstrace.keeping.stages import Stages
from armstrace.lexicon.load import load_country_labels
from armstrace.register.reliability import Row
from armstrace.register.select import Wanted
from armstrace.register.types import Transfer
from armstrace.registering import each_line_page, find_transfer, load_transfers, query_for
from armstrace.screen.list_kinds import list_title
from armstrace.store.documents import documents_about, first_moments, hashes_of
from armstrace.store.line_query import TransferQuery
from armstrace.store.repository import Store
from armstrace.store.transfers import transfer_rows

_AT_ONCE: Final = 50  # transfers in memory


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines of the register leave the house, and what of them.

    Attributes:
        wanted: which lines.
        transfer: one line alone, by its id, that of one of its claims, or the beginning of either; None for all.
        as_of: the day, month or year up to which documents count; None for all.
        quotes: whether the sentences of claims go with them.
        reviewers: whether it is told who reviewed claims, and why.
        query: the lines as they are asked of the store, for what ``wanted`` has no words for; it then counts alone.
    """

    wanted: Wanted = field(default_factory=Wanted)
    transfer: str | None = None
    as_of: str | None = None
    quotes: bool = True
    reviewers: bool = False
    query: TransferQuery | None = None


def as_released(store: Store, choice: Choice) -> Choice:
    """Return a choice of released lines alone where the store is set so, else as it is."""
    wanted = replace(choice.wanted, released=choice.wanted.released or store.settings.released_only())
    return replace(choice, wanted=wanted)


def each_record(store: Store, stages: Stages, choice: Choice) -> Iterator[Record]:
    """Yield the lines that are all that is asked for, the first known first. The register must be up to date.

    Raises:
        StoreError: the store cannot be used, or there is no such transfer.
        ValueError: a date is none.
    """
    for ids in _chosen_ids(store, stages, choice):
        yield from _records(store, stages, ids, choice)


def about_export(
    store: Store, stages: Stages, choice: Choice, reliability: Sequence[Row], options: Mapping[str, str]
) -> About:
    """Return what the records of a choice have in common."""
    return About(
        asked_for(choice), choice.as_of, versions_of(store, stages), load_country_labels(), reliability, options
    )


def asked_for(choice: Choice) -> dict[str, str]:
    """Return by what lines were chosen, as it was given; nothing for the whole register."""
    wanted = choice.wanted
    asked = {
        "transfer": choice.transfer,
        "party": wanted.party,
        "item": wanted.item,
        "status": wanted.status,
        "after": wanted.after,
        "before": wanted.before,
        "rejected": wanted.rejected,
        "released": wanted.released,
    }
    return {name: "yes" if value is True else str(value) for name, value in asked.items() if value}


def versions_of(store: Store, stages: Stages) -> dict[str, Any]:
    """Return the versions of the program, of what read the documents, of register and law, and of lists in force."""
    return {
        "program": __version__,
        "readers": list(store.extractors()),
        "register": stages.version,
        "law": version_of(("embargo",)),
        "sanctions_lists": [
            {"list": one.key, "title": list_title(one.key), "dated": one.dated or None, "sha256": one.sha256}
            for one in store.screening.lists()
        ],
    }


def documents_of(store: Store, transfers: Sequence[Transfer]) -> dict[str, Cited]:
    """Return the documents of transfers as an export cites them, by id."""
    wanted = {told.claim.document for one in transfers for told in (*one.claims, *one.context)}
    with store.database.read() as connection:
        found = list(documents_about(connection, wanted))
        hashes, moments = hashes_of(connection, wanted), first_moments(connection, wanted)
    return {one.id: _cited(one, hashes[one.id], moments.get(one.id)) for one in found}


def _cited(document: Document, sha256: str, captured: str | None) -> Cited:
    known = document.metadata
    return Cited(
        id=document.id,
        title=known.title,
        outlet=known.outlet,
        byline=known.byline,
        language=known.language,
        published=known.published,
        url=_shown(known.url),
        format=document.format,
        captured=captured,
        sha256=sha256,
    )


def _chosen_ids(store: Store, stages: Stages, choice: Choice) -> Iterator[list[str]]:
    if choice.transfer:
        yield [find_transfer(store, stages, choice.transfer, choice.as_of).id]
        return
    for page in each_line_page(store, choice.query or query_for(choice.wanted, choice.as_of)):
        for start in range(0, len(page), _AT_ONCE):
            yield [line.transfer_id for line in page[start : start + _AT_ONCE]]


def _records(store: Store, stages: Stages, ids: Sequence[str], choice: Choice) -> Iterator[Record]:
    found = list(_with_findings(store, stages, ids, choice.as_of))
    cited = documents_of(store, [transfer for transfer, _ in found])
    for transfer, findings in found:
        own = dict.fromkeys(told.claim.document for told in (*transfer.claims, *transfer.context))
        shown = shareable(transfer, quotes=choice.quotes, reviewers=choice.reviewers)
        yield Record(shown, findings, {one: cited[one] for one in own if one in cited})


def _with_findings(
    store: Store, stages: Stages, transfers: Sequence[str], as_of: str | None
) -> Iterator[tuple[Transfer, Findings]]:
    """Yield transfers with the findings that are kept, or those on how it stood on a day."""
    with store.database.read() as connection:
        law = {} if as_of else {row.id: row.law for row in transfer_rows(connection, transfers)}
    for transfer in load_transfers(store, stages, transfers, as_of):
        yield transfer, stages.check(transfer) if as_of else law[transfer.id]


def _shown(url: str | None) -> str | None:
    """Return a web address that tells no secret, as one with a password does."""
    address = href_of(url)
    return address if address and "@" not in urlsplit(address).netloc else None
