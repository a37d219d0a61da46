"""What people judge of claims: asked for, and added; who judges what somebody else judged meanwhile is told so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.errors import StaleError
from armstrace.judging import Saying, judge_claim
from armstrace.reviewing import Listed, pair_standings, tell_standings
from armstrace.store import listing
from armstrace.store.columns import to_json
from armstrace.store.judgements import (
    PAIRED,
    Seen,
    judgements_by_number,
    judgements_on,
    pairs_naming,
)
from armstrace.store.readings import StoredClaim, claims_of
from armstrace.store.repository import Store
from armstrace.web.api.answers import Listing, Paged, Part, answer_listing, answer_made, strong_tag
from armstrace.web.api.claims import find_claim
from armstrace.web.api.cursors import Place
from armstrace.web.api.operations import gives_page, makes, stale
from armstrace.web.api.params import Id
from armstrace.web.api.routing import PREFIX, api_router, desk_of
from armstrace.web.api.shapes.judgements import Judged, Judgement, JudgementPage, NewJudgement, Verdict
from armstrace.web.problems import Problem, problem_response

router = api_router("Judgements")

Row = dict[str, Any]
_MOST = 1000  # judgements on one claim that are told


class AskedJudgements(Paged):
    """Which judgements are asked for."""

    document: Id | None = None
    """On claims of this document."""
    claim: Id | None = None
    """On the claim of this id."""
    verdict: Verdict | None = None
    """Of this verdict."""
    who: Id | None = None
    """By this person."""


@router.get(
    "/judgements",
    summary="List judgements",
    responses=gives_page(JudgementPage, Judgement, "The judgements, in the order of judging."),
)
def list_judgements(request: Request, asked: Annotated[AskedJudgements, Query()]) -> Response:
    """List what people judged, in the order of judging, and what is of each today. None is ever changed or deleted."""
    store = desk_of(request).store
    wanted = listing.AskedJudgements(asked.document, asked.claim, asked.verdict, asked.who)

    def part(after: Place | None, most: int) -> Part:
        with store.database.read() as connection:
            found = listing.list_judgement_numbers(connection, wanted, most + 1, after[0] if after else None)
        shown = found[:most]
        following = (shown[-1],) if len(found) > most else None
        return Part([to_json(row) for row in _told(store, shown)], following)

    return answer_listing(request, Listing(part, (int,)), asked)


@router.post(
    "/judgements",
    status_code=201,
    summary="Judge a claim",
    responses={**makes(Judged, "The judgement is kept.", 404, 412, 428), **stale()},
)
def judge(request: Request, given: NewJudgement) -> Response:
    """Accept, correct or reject a claim, or tell whether two are of one transfer. The judgement bears your name.

    Say up to which judgement you have looked: by `latest`, which the claim has, or by `If-Match` with its `ETag`. Where
    somebody judged the claim since, nothing is saved, and you are told what they said, beside what you sent.
    """
    desk = desk_of(request)
    claim = find_claim(desk.store, given.claim)
    if given.other is not None:
        find_claim(desk.store, given.other)
    match = request.headers.get("if-match")
    if match is None and "latest" not in given.model_fields_set:
        raise HTTPException(428, "say what you have seen: send `latest` of the claim (null for none), or If-Match")
    if match is not None and not _matches(match, claim):
        return _refused(request, 412, given, claim["claim"])
    seen = Seen(given.latest if match is None else claim["latest"])
    settings = tuple(given.set.items())
    person = request.state.person.name
    saying = Saying(
        given.verdict, person, desk.now(), given.why, settings, tuple(given.fields), given.other, given.numbers
    )
    try:
        numbers = judge_claim(desk.store, claim["claim"], saying, seen)
    except StaleError:
        return _refused(request, 409, given, claim["claim"])
    kept = {"judgements": list(numbers), "claim": find_claim(desk.store, claim["claim"])}
    return answer_made(kept, f"{PREFIX}/judgements?claim={claim['claim']}")


def _matches(told: str, claim: Row) -> bool:
    tag = strong_tag(to_json(claim).encode("ascii"))
    return told.strip() == "*" or tag in [one.strip() for one in told.split(",")]


def _refused(request: Request, status: int, given: NewJudgement, claim: str) -> Response:
    """Return what was sent beside what others judged meanwhile; nothing of it is lost, and nothing is saved."""
    store = desk_of(request).store
    now = find_claim(store, claim)
    with store.database.read() as connection:
        numbers = listing.list_judgement_numbers(connection, listing.AskedJudgements(claim=claim), _MOST, None)
        numbers += [one.id for one in pairs_naming(connection, [claim])]
    more = (
        ("latest", now["latest"]),
        ("yours", given.model_dump(mode="json", exclude_unset=True)),
        ("theirs", _told(store, sorted(set(numbers)))),
        ("claim", now),
    )
    detail = "the claim was judged since you looked at it: compare `theirs` with `yours`, then judge again"
    return problem_response(request, Problem(status, detail, more))


def _told(store: Store, numbers: Sequence[int]) -> list[Row]:
    """Return judgements by their numbers, with what is of each today: the same few queries, however many there are."""
    with store.database.read() as connection:
        shown = list(judgements_by_number(connection, numbers).values())
        on_documents = judgements_on(connection, {one.judgement.document for one in shown})
        pairs = pair_standings(connection) if any(one.judgement.verdict in PAIRED for one in shown) else {}
        claims: dict[str, list[StoredClaim]] = {document: [] for document in on_documents}
        for claim in claims_of(connection, on_documents):
            claims[claim.document].append(claim)
    judged = [one for own in on_documents.values() for one in own]
    return [_row(one) for one in tell_standings(shown, judged, claims, pairs)]


def _row(listed: Listed) -> Row:
    one = listed.stored.judgement
    return {
        "judgement": listed.stored.id,
        "document": one.document,
        "claim": one.claim,
        "verdict": one.verdict,
        "field": one.field,
        "value": one.value,
        "who": one.who,
        "at": one.at,
        "why": one.why,
        "standing": listed.standing,
    }
