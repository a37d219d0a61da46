"""The register as the API asks for it: the one place that knows how the store and the merging are asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from pydantic import Field
from starlette.exceptions import HTTPException

from armstrace.checking import check_register_line
from armstrace.export.findings import findings_to_list
from armstrace.export.transfers import transfer_to_dict
from armstrace.keeping.update import update_register
from armstrace.model import Status
from armstrace.register.history import as_known_on
from armstrace.register.select import Wanted, select_transfers
from armstrace.register.types import Transfer
from armstrace.registering import SHORTEST_ID, check_day, load_transfers, query_for
from armstrace.store.changes import state_of
from armstrace.store.columns import to_json
from armstrace.store.transfers import (
    Cursor,
    TransferPage,
    TransferQuery,
    TransferRow,
    find_transfer_row,
    page_of,
    transfers_by_id,
)
from armstrace.web.api.answers import Listing, Paged, Part, weak_tag
from armstrace.web.api.cursors import Place
from armstrace.web.api.params import Code, Day, Words
from armstrace.web.desk import Desk

SHAPE: Final = 1  # of the answers on transfers; raised with any change that the version of the register does not tell
_AT_ONCE: Final = 100  # transfers that are merged again before those among them are chosen that were known on a day
Order = Literal["first-known", "last-reported"]


class AskedTransfers(Paged):
    """Which lines of the register are asked for."""

    party: Words | None = None
    """Code, or the beginning of words of a name, of a supplier or recipient."""
    supplier: Code | None = None
    """Code of a supplier's country."""
    recipient: Code | None = None
    """Code of a recipient's country."""
    item: Words | None = None
    """A category, or the beginning of words of an item."""
    status: Status | None = None
    """How far it had got by the last word."""
    after: Day | None = None
    """Reported on or after this day, month or year."""
    before: Day | None = None
    """Reported on or before it."""
    as_of: Day | None = None
    """As it was known then: only what follows from documents published by this day, month or year."""
    rejected: bool = False
    """Whether to give lines too of which people rejected every claim."""
    order: Order = Field(default="first-known")
    """By the day from which they are known; or, the latest first, by that of the last report."""


def bring_up_to_date(desk: Desk) -> None:
    """Work in what changed since the register was last asked."""
    update_register(desk.store, desk.stages)


def register_tag(desk: Desk, *of: object) -> str:
    """Return the tag of an answer that follows from the register, which must be up to date, and from these values."""
    with desk.store.database.read() as connection:
        return weak_tag(SHAPE, *state_of(connection), *of)


def list_transfers(desk: Desk, asked: AskedTransfers) -> Listing:
    """Return the listing of the lines that are asked for.

    Raises:
        HTTPException: 400, the order cannot be had as of a day.
    """
    if asked.as_of is not None and asked.order != "first-known":
        raise HTTPException(400, "with `as_of` there is the order first-known alone; leave `order` out")
    bring_up_to_date(desk)

    def part(after: Place | None, most: int) -> Part:
        cursor = Cursor(*after) if after else None
        return _known_part(desk, asked, most, cursor) if asked.as_of else _part(desk, asked, most, cursor)

    return Listing(part, (str, str), register_tag(desk))


def line_text(row: TransferRow) -> str:
    """Return a line of the register as JSON, as it is stored, with its findings."""
    return f'{row.body[:-1]},"findings":{row.findings}}}'


def transfer_text(transfer: Transfer) -> str:
    """Return a transfer as JSON, with its findings."""
    return to_json({**transfer_to_dict(transfer), "findings": findings_to_list(check_register_line(transfer))})


def find_transfer_id(desk: Desk, asked: str) -> str:
    """Return the id of the transfer that an id leads to: its own, a claim's, or the unambiguous beginning of either.

    The register must be up to date.

    Raises:
        HTTPException: 404, there is none, or there are several.
    """
    wanted = asked.strip().casefold()
    with desk.store.database.read() as connection:
        found = transfers_by_id(connection, wanted, exact=True)
        if not found and len(wanted) >= SHORTEST_ID:
            found = transfers_by_id(connection, wanted, exact=False)
    if not found:
        raise HTTPException(404, "no transfer or claim of this id is in the register; GET /api/v1/transfers lists them")
    if len(found) > 1:
        raise HTTPException(404, f"{len(found)} transfers have ids that begin so; give more of it")
    return found[0]


def find_line(desk: Desk, asked: str) -> TransferRow:
    """Return a line of the register by its id; see ``find_transfer_id``."""
    identity = find_transfer_id(desk, asked)
    with desk.store.database.read() as connection:
        row = find_transfer_row(connection, identity)
    if row is None:  # merged with another since
        raise HTTPException(404, "the transfer was merged with another just now; ask by the id of one of its claims")
    return row


def find_known(desk: Desk, asked: str, as_of: str | None) -> Transfer:
    """Return a transfer by its id, today's or as it was known on a day.

    Raises:
        HTTPException: 404, there is none, or it was not known then.
    """
    found = load_transfers(desk.store, desk.stages, [find_transfer_id(desk, asked)])
    known = found if as_of is None else [as_known_on(one, as_of, desk.stages.origins) for one in found]
    for transfer in known:
        if transfer is not None:
            return transfer
    raise HTTPException(404, f"nothing of this transfer was known by {as_of}; leave `as_of` out, or give a later day")


def _wanted(asked: AskedTransfers) -> Wanted:
    return Wanted(asked.party, asked.item, asked.status, asked.after, asked.before, asked.rejected)


def _page(desk: Desk, query: TransferQuery, asked: AskedTransfers, most: int, after: Cursor | None) -> TransferPage:
    with desk.store.database.read() as connection:
        return page_of(connection, query, asked.order, most, after)


def _part(desk: Desk, asked: AskedTransfers, most: int, after: Cursor | None) -> Part:
    chosen = query_for(_wanted(asked))
    query = TransferQuery(
        chosen.party,
        chosen.item,
        chosen.status,
        chosen.first_day,
        chosen.last_day,
        asked.supplier,
        asked.recipient,
        rejected=asked.rejected,
    )
    page = _page(desk, query, asked, most, after)
    return Part([line_text(row) for row in page.transfers], tuple(page.next) if page.next else None)


def _known_part(desk: Desk, asked: AskedTransfers, most: int, after: Cursor | None) -> Part:
    """Return lines as they were known on a day: each is merged again from what had been published by then."""
    texts: list[str] = []
    for cursor, transfer in _each_known(desk, asked, after):
        if len(texts) == most:
            return Part(texts, tuple(after or ()))
        texts.append(transfer_text(transfer))
        after = cursor
    return Part(texts, None)


def _each_known(desk: Desk, asked: AskedTransfers, after: Cursor | None) -> Iterator[tuple[Cursor, Transfer]]:
    """Yield the lines that are asked for as they were known on a day, each with its place."""
    query = TransferQuery(last_day=check_day(asked.as_of), rejected=True)
    while True:
        page = _page(desk, query, asked, _AT_ONCE, after)
        for row, then in zip(page.transfers, _known_then(desk, asked, page.transfers), strict=True):
            if then is not None:
                yield Cursor(row.first_day, row.id), then
        if page.next is None:
            return
        after = page.next


def _known_then(desk: Desk, asked: AskedTransfers, rows: Sequence[TransferRow]) -> list[Transfer | None]:
    """Return for each line what was known of it on the day, None where nothing was, or where it is not asked for."""
    loaded = {one.id: one for one in load_transfers(desk.store, desk.stages, [row.id for row in rows])}
    found: list[Transfer | None] = []
    for row in rows:
        today = loaded.get(row.id)
        then = as_known_on(today, asked.as_of or "", desk.stages.origins) if today else None
        chosen = select_transfers([then], _wanted(asked), desk.names) if then else ()
        found.append(then if chosen and then and _is_between(then, asked) else None)
    return found


def _is_between(transfer: Transfer, asked: AskedTransfers) -> bool:
    """Tell whether supplier and recipient are of the countries that are asked for."""
    sides = ((asked.supplier, transfer.fields.supplier), (asked.recipient, transfer.fields.recipient))
    return all(
        code is None or any(one.value is not None and one.value.country == code for one in alternatives)
        for code, alternatives in sides
    )
