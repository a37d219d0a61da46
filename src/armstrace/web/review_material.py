"""What the pages of the review are made of, read from the store."""

from __future__ import annotations

from typing import Final

from armstrace.errors import StoreError
from armstrace.judging import OpenClaim
from armstrace.keeping.told_rows import told_from_json
from armstrace.registering import load_transfers
from armstrace.store.review_queue import (
    QueueCursor,
    QueueQuery,
    count_by_state,
    neighbours,
    page_of_queue,
    review_row,
    rows_near,
)
from armstrace.store.told import told_of_ids
from armstrace.store.transfers import transfer_rows
from armstrace.told import Told
from armstrace.web.desk import Desk
from armstrace.web.views.review_claim import Material, Words
from armstrace.web.views.review_queue import Asked, Waiting, cursor_text, view_waiting

ON_A_PAGE: Final = 30
_NEAR: Final = 12  # claims of other lines that are compared, before and after in time


def words_of(desk: Desk) -> Words:
    """Return what pages of the review are worded by."""
    return Words(desk.stages.names, desk.names, desk.reliability())


def gather(desk: Desk, opened: OpenClaim) -> Material:
    """Return what the page of a claim is made of; the register must be up to date."""
    claim = opened.stored.id
    document = desk.store.document(opened.stored.document)
    if document is None:
        raise StoreError(f"document {opened.stored.document}: is not in the store; run `armstrace verify`")
    with desk.store.database.read() as connection:
        row = review_row(connection, claim)
        home = next(iter(transfer_rows(connection, [row.transfer_id])), None) if row and row.transfer_id else None
        near = rows_near(connection, row, _NEAR) if row else []
        others = [one.claim_id for one in near if one.transfer_id is None or one.transfer_id != (home and home.id)]
        told = {one.claim_id: told_from_json(one.body) for one in told_of_ids(connection, [claim, *others])}
    transfers = load_transfers(desk.store, desk.stages, [home.id]) if home else ()
    line = (transfers[0], home.law) if home and transfers else None
    return Material(opened, document, told.get(claim), row, line, tuple(told[one] for one in others if one in told))


def beside(desk: Desk, claim: str, asked: Asked) -> tuple[str | None, str | None]:
    """Return the claims before and after one in the queue that somebody goes through."""
    with desk.store.database.read() as connection:
        row = review_row(connection, claim)
        return neighbours(connection, asked.query, row.cursor) if row else (None, None)


def following(desk: Desk, claim: str, asked: Asked) -> str | None:
    """Return the claim that comes after one in the queue, behind the last the first; None where no other waits."""
    _, after = beside(desk, claim, asked)
    if after:
        return after
    with desk.store.database.read() as connection:
        first = page_of_queue(connection, asked.query, 2).claims
    return next((one.claim_id for one in first if one.claim_id != claim), None)


def waiting(desk: Desk, asked: Asked, after: QueueCursor | None) -> tuple[tuple[Waiting, ...], str]:
    """Return a page of the queue, and the cursor of the next one, "" on the last."""
    with desk.store.database.read() as connection:
        page = page_of_queue(connection, asked.query, ON_A_PAGE, after)
        told = _told(desk, [row.claim_id for row in page.claims])
    return view_waiting(page.claims, told, desk.names), cursor_text(page.next)


def counts(desk: Desk, query: QueueQuery) -> dict[str, int]:
    """Return how many claims are in each state of those that are all else asked for."""
    with desk.store.database.read() as connection:
        return count_by_state(connection, query)


def _told(desk: Desk, claims: list[str]) -> dict[str, Told]:
    with desk.store.database.read() as connection:
        return {row.claim_id: told_from_json(row.body) for row in told_of_ids(connection, claims)}
