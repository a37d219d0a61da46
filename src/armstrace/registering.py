"""The register of a store, as it is kept there: whole, page by page, or one transfer of it; today's or as of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armstrace.errors import StoreError
from armstrace.keeping.stages import Stages
from armstrace.keeping.stored import load_groups
from armstrace.keeping.told_rows import told_from_json
from armstrace.keeping.update import update_register
from armstrace.register.fields import plain_name
from armstrace.register.history import as_known_on
from armstrace.register.known import known_from
from armstrace.register.merge import merge_claims
from armstrace.register.select import Wanted
from armstrace.register.types import Transfer
from armstrace.store.newsrooms import members_of_families
from armstrace.store.repository import Store
from armstrace.store.told import count_undated, told_of_ids
from armstrace.store.transfer_claims import claims_by_id, transfers_by_id, transfers_of_claims
from armstrace.store.transfers import (
    MOST_ON_A_PAGE,
    Cursor,
    LineRow,
    TransferQuery,
    TransferRow,
    page_of,
    transfer_rows,
)
from armstrace.store.transfers import count_transfers as count_rows
from armstrace.text.calendar_periods import parse_published
from armstrace.told import Told

SHORTEST_ID = 6  # characters by which a transfer or claim may be asked for
_ALL = TransferQuery(rejected=True)


@dataclass(frozen=True, slots=True)
class Register:
    """All transfers, the first known first.

    ``as_of`` is the day as known on which it stands, None for today's; ``undated`` counts the documents that are left
    out then because nobody knows their date.
    """

    transfers: tuple[Transfer, ...]
    as_of: str | None = None
    undated: int = 0


def build_register(store: Store, stages: Stages, as_of: str | None = None) -> Register:
    """Bring the register of a store up to date and return it, today's or as known on a day.

    Raises:
        StoreError: the store cannot be used, or a claim in it cannot be read.
        ValueError: ``as_of`` is no date.
    """
    wanted = TransferQuery(as_of=check_day(as_of), rejected=True)
    update_register(store, stages)
    found = tuple(
        transfer
        for lines in each_line_page(store, wanted)
        for transfer in load_transfers(store, stages, [line.transfer_id for line in lines], as_of)
    )
    return Register(found, as_of, undated_documents(store) if as_of else 0)


def check_day(as_of: str | None) -> str | None:
    """Return the last day that a date covers, None for None.

    Raises:
        ValueError: it is no date.
    """
    end = known_from(as_of)
    if as_of is not None and end is None:
        raise ValueError(f"{as_of!r} is no date; give a day, month or year, such as 2022-09-06")
    return end


def query_for(wanted: Wanted, as_of: str | None = None) -> TransferQuery:
    """Return what somebody asks for as it is asked of the store, of today's register or as known on a day.

    Raises:
        ValueError: a date is none.
    """
    for date in (wanted.after, wanted.before):
        check_day(date)
    first = parse_published(wanted.after)
    start = first.start.isoformat() if first and first.start else None
    return TransferQuery(
        as_of=check_day(as_of),
        party=None if wanted.party is None else plain_name(wanted.party),
        item=None if wanted.item is None else plain_name(wanted.item),
        statuses=(str(wanted.status),) if wanted.status else (),
        first_day=start,
        last_day=known_from(wanted.before),
        rejected=wanted.rejected,
        released=wanted.released,
    )


def count_transfers(store: Store, query: TransferQuery = _ALL) -> int:
    """Return how many transfers are all that is asked for; by default, how many there are."""
    with store.database.read() as connection:
        return count_rows(connection, query)


def each_line_page(store: Store, query: TransferQuery) -> Iterator[Sequence[LineRow]]:
    """Yield the lines that are all that is asked for, the first known first, page by page."""
    after: Cursor | None = None
    while True:
        with store.database.read() as connection:
            page = page_of(connection, query, "first-known", MOST_ON_A_PAGE, after)
        yield page.lines
        if page.next is None:
            return
        after = page.next


def each_page(store: Store, query: TransferQuery) -> Iterator[Sequence[TransferRow]]:
    """Yield the transfers, as they stand today, whose lines are all that is asked for; the first known first."""
    for lines in each_line_page(store, query):
        with store.database.read() as connection:
            rows = transfer_rows(connection, [line.transfer_id for line in lines])
        yield rows


def undated_documents(store: Store) -> int:
    """Return how many documents with claims have no date of publication."""
    with store.database.read() as connection:
        return count_undated(connection)


def load_transfers(
    store: Store, stages: Stages, transfers: Sequence[str], as_of: str | None = None
) -> tuple[Transfer, ...]:
    """Return transfers of the register by their ids, in the order given; those that there are, or were on a day.

    Each is merged again from its claims, which the register holds.

    Raises:
        ValueError: ``as_of`` is no date.
    """
    check_day(as_of)
    with store.database.read() as connection:
        groups = load_groups(connection, transfers)
    found = [groups[one] for one in transfers if one in groups]
    if as_of is None:
        return tuple(merge_claims(group, stages.origins) for group in found)
    then = (as_known_on(group, as_of, stages.origins) for group in found)
    return tuple(transfer for transfer in then if transfer is not None)


def find_transfer(store: Store, stages: Stages, asked: str, as_of: str | None = None) -> Transfer:
    """Return the transfer of an id: its own, one of its claims, or the unambiguous beginning of either.

    The register must be up to date.

    Raises:
        StoreError: there is none, or there are several.
        ValueError: ``as_of`` is no date.
    """
    check_day(as_of)
    found = find_transfer_ids(store, asked)
    if len(found) > 1:
        raise StoreError(f"{asked}: {len(found)} transfers have ids that begin so; give more of it")
    for transfer in load_transfers(store, stages, found, as_of):
        return transfer
    raise StoreError(f"{asked}: no transfer or claim of this id is in the register; `armstrace register` lists ids")


def transfers_of_document(store: Store, stages: Stages, document: str) -> tuple[Transfer, ...]:
    """Return the transfers that claims of a document are part of, the first known first."""
    query = TransferQuery(documents=(document,), rejected=True)
    ids = [row.id for rows in each_page(store, query) for row in rows]
    return load_transfers(store, stages, ids)


def copies_of_document(store: Store, document: str) -> tuple[str, ...]:
    """Return the other documents that reuse one text with a document, by id."""
    with store.database.read() as connection:
        return tuple(sorted(members_of_families(connection, [document]) - {document}))


def find_transfer_ids(store: Store, asked: str) -> list[str]:
    """Return the ids of the transfers that an id leads to: one, none, or of the beginning of an id several.

    It may be that of a transfer, of one of its claims, or one that the transfer bore before an older report came.
    """
    wanted = asked.strip().casefold()
    with store.database.read() as connection:
        found = transfers_by_id(connection, wanted, exact=True)
        if not found and len(wanted) >= SHORTEST_ID:
            found = transfers_by_id(connection, wanted, exact=False)
    return found


def find_told(store: Store, asked: str) -> Told | None:
    """Return the claim of an id, or of the unambiguous beginning of one; None where there is none in the register."""
    wanted = asked.strip().casefold()
    with store.database.read() as connection:
        found = claims_by_id(connection, wanted, exact=True)
        if not found and len(wanted) >= SHORTEST_ID:
            found = claims_by_id(connection, wanted, exact=False)
        rows = told_of_ids(connection, found) if len(found) == 1 else []
    return next((told_from_json(row.body) for row in rows), None)


def homes_of(store: Store, stages: Stages, claim: str) -> tuple[Transfer, ...]:
    """Return the transfers that a claim belongs to: one, but several where it says something else of each."""
    with store.database.read() as connection:
        found = transfers_of_claims(connection, [claim])
    return load_transfers(store, stages, sorted(found))
