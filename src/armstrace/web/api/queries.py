"""The register as the API asks for it: the one place that knows how the store and the merging are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from armstrace.checking import check_register_line
from armstrace.export.findings import findings_to_list
from armstrace.export.transfers import transfer_to_dict
from armstrace.model import Status
from armstrace.register.select import Wanted
from armstrace.register.types import Transfer
from armstrace.registering import SHORTEST_ID, load_transfers, query_for
from armstrace.store.changes import state_of
from armstrace.store.columns import to_json
from armstrace.store.transfer_claims import transfers_by_id
from armstrace.store.transfers import Cursor, TransferQuery, TransferRow, page_of, transfer_rows
from armstrace.web.api.answers import Listing, Paged, Part, weak_tag
from armstrace.web.api.cursors import Place
from armstrace.web.api.params import Code, Day, Words
from armstrace.web.current import UNTIL_DONE
from armstrace.web.desk import Desk

SHAPE: Final = 1  # of the answers on transfers; raised with any change that the version of the register does not tell
Order = Literal["first-known", "last-change", "credibility", "origins-for", "route"]
# What the place of a line in an order is made of, before its id.
_KEYS: Final[Mapping[str, tuple[type, ...]]] = MappingProxyType(
    {
        "first-known": (str,),
        "last-change": (str,),
        "credibility": (int,),
        "origins-for": (int, int),
        "route": (str,),
    }
)


class AskedLines(BaseModel):
    """Which lines of the register are asked for."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

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


class AskedTransfers(AskedLines, Paged):
    """Which lines of the register are asked for, in which order."""

    order: Order = Field(default="first-known")
    """By the day first known, the last change (the latest first), credibility, origins for it, or route."""


def bring_up_to_date(desk: Desk) -> None:
    """Work in what changed since the register was last asked."""
    desk.current.stand(UNTIL_DONE)


def register_tag(desk: Desk, *of: object) -> str:
    """Return the tag of an answer that follows from the register, which must be up to date, and from these values."""
    with desk.store.database.read() as connection:
        return weak_tag(SHAPE, *state_of(connection), *of)


def list_transfers(desk: Desk, asked: AskedTransfers) -> Listing:
    """Return the listing of the lines that are asked for, today's or as they stood on a day."""
    bring_up_to_date(desk)

    def part(after: Place | None, most: int) -> Part:
        return _part(desk, asked, most, Cursor(tuple(after[:-1]), after[-1]) if after else None)

    return Listing(part, (*_KEYS[asked.order], str), register_tag(desk))


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
        rows = transfer_rows(connection, [identity])
    if not rows:  # merged with another since
        raise HTTPException(404, "the transfer was merged with another just now; ask by the id of one of its claims")
    return rows[0]


def find_known(desk: Desk, asked: str, as_of: str | None) -> Transfer:
    """Return a transfer by its id, today's or as it was known on a day.

    Raises:
        HTTPException: 404, there is none, or it was not known then.
    """
    for transfer in load_transfers(desk.store, desk.stages, [find_transfer_id(desk, asked)], as_of):
        return transfer
    raise HTTPException(404, f"nothing of this transfer was known by {as_of}; leave `as_of` out, or give a later day")


def query_of(asked: AskedLines) -> TransferQuery:
    """Return what is asked for as it is asked of the store."""
    wanted = Wanted(asked.party, asked.item, asked.status, asked.after, asked.before, asked.rejected)
    return replace(query_for(wanted, asked.as_of), supplier=asked.supplier, recipient=asked.recipient)


def _part(desk: Desk, asked: AskedTransfers, most: int, after: Cursor | None) -> Part:
    query = query_of(asked)
    with desk.store.database.read() as connection:
        page = page_of(connection, query, asked.order, most, after)
        ids = [line.transfer_id for line in page.lines]
        rows = [] if asked.as_of else transfer_rows(connection, ids)
    known = load_transfers(desk.store, desk.stages, ids, asked.as_of) if asked.as_of else ()
    texts = [*map(line_text, rows), *map(transfer_text, known)]
    return Part(texts, (*page.next.key, page.next.id) if page.next else None)
