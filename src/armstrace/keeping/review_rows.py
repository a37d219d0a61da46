"""Claims as rows of the review queue: what can be asked for, and how urgent their transfers make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from armstrace.group.clusters import block_of
from armstrace.lexicon.match import Matcher
from armstrace.model import ClaimKind
from armstrace.register.known import known_from
from armstrace.register.phrases import listed, phrases
from armstrace.review.urgency import WAITING, Standing, rank_of
from armstrace.store.review_queue import Home, ReviewRow, homes_of, move_review, rows_of_claims, write_reviews
from armstrace.store.transfers import NO_DAY
from armstrace.told import ReviewState, Told


def review_row(told: Told, names: Matcher, countries: Mapping[str, str]) -> ReviewRow:
    """Return the row of a claim, as it stands alone."""
    claim, state = told.claim, told.review.state if told.review else ReviewState.UNREVIEWED
    block = block_of(told, names) if claim.kind is ClaimKind.TRANSFER else None
    parties = [party for party in (claim.supplier, claim.recipient) if party]
    codes = [party.country for party in parties if party.country]
    words = [(party.organisation, countries.get(party.country or ""), party.text) for party in parties]
    items = [(str(item.category), item.designation, item.description) for item in claim.items]
    return ReviewRow(
        claim_id=claim.id,
        document_id=claim.document,
        place=claim.evidence.span.start,
        state=str(state),
        waits=state in WAITING,
        rank=rank_of(Standing(None, None, None, state)),
        day=known_from(told.published) or NO_DAY,
        status=str(claim.status),
        supplier=block.supplier if block else None,
        recipient=block.recipient if block else None,
        party_codes=listed(codes),
        party_words=phrases(name for row in words for name in row),
        item_words=phrases(name for row in items for name in row),
        outlet_words=phrases((told.outlet,)),
        transfer_id=None,
    )


def place_reviews(connection: Connection, rows: Mapping[str, ReviewRow], left: Iterable[str]) -> None:
    """Write claims with the transfers that make them urgent; move ``left``, whose transfers are others now."""
    staying = rows_of_claims(connection, left)
    homes = homes_of(connection, [*rows, *(row.claim_id for row in staying)])
    write_reviews(connection, [_at_home(row, homes.get(claim, [])) for claim, row in rows.items()])
    for row in staying:
        placed = _at_home(row, homes.get(row.claim_id, []))
        move_review(connection, row.claim_id, placed.rank, placed.transfer_id)


def _at_home(row: ReviewRow, homes: Iterable[Home]) -> ReviewRow:
    """Return a row as the most urgent of its transfers makes it, of several alike the first by id."""
    state = ReviewState(row.state)
    ranked = [(rank_of(Standing(home.conflicts, home.breaches, home.origins, state)), home[0]) for home in homes]
    rank, transfer = min(ranked, default=(rank_of(Standing(None, None, None, state)), None))
    return row._replace(rank=rank, transfer_id=transfer)
