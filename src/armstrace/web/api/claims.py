"""Claims of all documents, as they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.export.jsonl import claim_to_dict
from armstrace.export.reviews import reviews_to_dicts
from armstrace.model import Category, ClaimKind, Polarity, Status
from armstrace.reviewing import SHORTEST_ID, review_claims
from armstrace.store import filters, listing
from armstrace.store.columns import to_json
from armstrace.store.judgements import StoredJudgement, judgements_on, latest_on
from armstrace.store.readings import StoredClaim, claims_of
from armstrace.store.repository import Store
from armstrace.told import Told
from armstrace.web.api.answers import Listing, Paged, Part, answer, answer_listing
from armstrace.web.api.cursors import Place
from armstrace.web.api.operations import gives, gives_page
from armstrace.web.api.params import Day, Id, Words
from armstrace.web.api.routing import api_router, desk_of
from armstrace.web.api.shapes.claims import Claim, ClaimPage

router = api_router("Claims")

Row = dict[str, Any]


class AskedClaims(Paged):
    """Which claims are asked for."""

    document: Id | None = None
    """Of the document of this id."""
    party: Words | None = None
    """Code of a country (two capitals), or words of the name of a supplier or recipient."""
    item: Words | None = None
    """Words of a designation or description, or a category."""
    category: Category | None = None
    """With arms of this category."""
    kind: ClaimKind | None = None
    """Of this kind."""
    status: Status | None = None
    """That tell of this status."""
    polarity: Polarity | None = None
    """That affirm, or that deny."""
    after: Day | None = None
    """That speak of a time on or after this day, month or year; else by when their document was published."""
    before: Day | None = None
    """That speak of a time on or before it."""


@router.get(
    "/claims",
    summary="List claims",
    responses=gives_page(ClaimPage, Claim, "The claims that are all that is asked for."),
)
def list_claims(request: Request, asked: Annotated[AskedClaims, Query()]) -> Response:
    """List the claims of all documents, by document and place in it.

    Filters look at what was read; the claims are given as they count, with the corrections of people made.
    """
    return answer_listing(request, listing_of(desk_of(request).store, asked), asked)


@router.get("/claims/{claim}", summary="One claim", responses=gives(Claim, "The claim.", 404))
def show_claim(request: Request, claim: Id) -> Response:
    """Give a claim by its id, or the unambiguous beginning of it. Its `ETag` may be the `If-Match` of a judgement."""
    return answer(request, find_claim(desk_of(request).store, claim))


def listing_of(store: Store, asked: AskedClaims) -> Listing:
    """Return the listing of the claims that are asked for."""
    query = filters.Query(
        party=asked.party, item=asked.item, category=asked.category, after=asked.after, before=asked.before
    )
    columns = {"document_id": asked.document, "kind": asked.kind, "status": asked.status, "polarity": asked.polarity}
    exact = tuple((name, str(value)) for name, value in columns.items() if value is not None)

    def part(after: Place | None, most: int) -> Part:
        with store.database.read() as connection:
            found = listing.list_claims(connection, listing.AskedClaims(query, exact), most + 1, after)
        shown = found[:most]
        following = (shown[-1].document, shown[-1].position) if len(found) > most else None
        return Part([to_json(row) for row in reviewed(store, shown)], following)

    return Listing(part, (str, int))


def find_claim(store: Store, asked: str) -> Row:
    """Return the claim of an id, or of the unambiguous beginning of one, as it counts.

    Raises:
        HTTPException: 404, there is none, or there are several.
    """
    wanted = asked.strip().casefold()
    found = store.claims_beginning(wanted) if len(wanted) >= SHORTEST_ID else ()
    chosen = [one for one in found if one.id == wanted] or found
    if not chosen:
        raise HTTPException(404, "no claim of this id is in the store; GET /api/v1/claims lists them")
    if len(chosen) > 1:
        raise HTTPException(404, f"{len(chosen)} claims have ids that begin so; give more of it")
    return reviewed(store, chosen)[0]


def reviewed(store: Store, claims: Sequence[StoredClaim]) -> list[Row]:
    """Return claims as they count, with what people judged of each: three queries at most, however many there are."""
    with store.database.read() as connection:
        judged = judgements_on(connection, (one.document for one in claims))
        beside = list(claims_of(connection, judged)) if judged else []
        latest = latest_on(connection, (one.id for one in claims))
    known = _judged_rows(beside, judged)
    rows = []
    for one in claims:
        row = known.get((one.document, one.id)) or _row_as_read(one)
        rows.append({**row, "latest": latest.get(one.id)})
    return rows


def _row_as_read(one: StoredClaim) -> Row:
    return {**one.body, "claim": one.id, "document": one.document, "review": None}


def _judged_rows(claims: Sequence[StoredClaim], judged: dict[str, list[StoredJudgement]]) -> dict[tuple[str, str], Row]:
    """Return the claims of judged documents as they count, by document and id; judgements look at all of one."""
    by_document: dict[str, list[StoredClaim]] = defaultdict(list)
    for one in claims:
        by_document[one.document].append(one)
    rows: dict[tuple[str, str], Row] = {}
    for document, own in by_document.items():
        for stored, (claim, review) in zip(own, review_claims(own, judged[document]), strict=True):
            told = reviews_to_dicts([Told(claim, None, None, document, review=review)])
            shown = {name: value for name, value in told[0].items() if name != "claim"} if told else None
            rows[document, stored.id] = {**claim_to_dict(claim), "review": shown}
    return rows
