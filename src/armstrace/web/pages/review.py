"""The review of claims: the queue, and each claim beside its document, to be accepted, corrected or rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.errors import NotNowError, StaleError, StoreError
from armstrace.judging import OpenClaim, Saying, open_claim, problems_of, say_of_claim
from armstrace.model import Status
from armstrace.review.shape import ShapeError
from armstrace.store.judgements import Seen
from armstrace.web.current import UNTIL_DONE
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.review_material import beside, counts, following, gather, waiting, words_of
from armstrace.web.templating import render_page
from armstrace.web.views.review_claim import mark_of, read_mark, view_review
from armstrace.web.views.review_controls import settings_of
from armstrace.web.views.review_form import Filled
from armstrace.web.views.review_queue import STATES, Asked, filters_of_address, read_cursor, read_filters

router = APIRouter(include_in_schema=False)

_LONGEST_WHY: Final = 2000  # characters
_DONE: Final = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}  # after these the next claim comes
_PAIRS: Final = frozenset({"same-transfer", "different-transfer"})


async def read_entered(request: Request) -> Mapping[str, str]:
    """Return the fields of a form that are text, each by its first value."""
    form: FormData = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


Entered = Annotated[Mapping[str, str], Depends(read_entered)]


@router.get("/review")
def show_queue(request: Request) -> Response:
    """Return the queue: which claims wait, the most urgent first."""
    desk: Desk = request.app.state.desk
    desk.current.stand(UNTIL_DONE)
    asked = read_filters(request.query_params)
    claims, further = waiting(desk, asked, read_cursor(request.query_params.get("from", "")))
    shown = {
        "heading": "Review",
        "asked": asked,
        "states": [(state, asked._replace(state=state).address) for state in STATES],
        "counts": counts(desk, asked.query),
        "claims": claims,
        "statuses": tuple(map(str, Status)),
        "further": further,
    }
    return render_page(request, "review_queue.html", shown)


@router.get("/review/{claim}")
def show_claim(request: Request, claim: str) -> Response:
    """Return the page on which a claim is reviewed; ``after`` names the claim that was judged before it."""
    asked = read_filters(request.query_params)
    opened = _open(request, claim)
    return _claim_page(request, opened, asked, {"done": _done(request, request.query_params.get("after", ""))})


@router.post("/review/{claim}", dependencies=[Depends(check_form)])
def judge(request: Request, claim: str, entered: Entered) -> Response:
    """Keep what a person says of a claim, and go on to the next; a form that was overtaken is shown again."""
    desk: Desk = request.app.state.desk
    asked = filters_of_address(entered.get("queue", ""))
    opened = _open(request, claim)
    verdict = entered.get("verdict", "")
    saying = _saying(request, opened, verdict, entered)
    problem = _missing(saying)
    if problem:
        return _claim_page(request, opened, asked, {"problem": problem, "entered": entered}, status=422)
    then = following(desk, opened.stored.id, asked) if verdict in _DONE else opened.stored.id
    try:
        say_of_claim(desk.store, opened.stored.id, saying, _seen(entered))
    except StaleError:
        return _overtaken(request, claim, asked, entered)
    except ShapeError as error:
        errors = problems_of(desk.store, opened, saying.settings) or (error,)
        shown = {"problem": "nothing was saved: correct what is marked", "errors": errors, "entered": entered}
        return _claim_page(request, opened, asked, shown, status=422)
    return _go_on(then, asked, opened.stored.id if verdict in _DONE else "")


@router.post("/review/{claim}/undo", dependencies=[Depends(check_form)])
def undo(request: Request, claim: str, entered: Entered) -> Response:
    """Take back what was said last of a claim, by a later judgement, and show it again."""
    desk: Desk = request.app.state.desk
    asked = filters_of_address(entered.get("queue", ""))
    opened = _open(request, claim)
    saying = Saying("undo", request.state.person.name, desk.now())
    try:
        say_of_claim(desk.store, opened.stored.id, saying, _seen(entered))
    except StaleError:
        return _overtaken(request, claim, asked, entered)
    except ShapeError as error:
        return _claim_page(request, opened, asked, {"problem": str(error)}, status=422)
    return _go_on(opened.stored.id, asked, "")


def _saying(request: Request, opened: OpenClaim, verdict: str, entered: Mapping[str, str]) -> Saying:
    desk: Desk = request.app.state.desk
    claim = opened.reviewed.claim
    settings = settings_of(claim, entered, desk.names) if verdict == "correct" else ()
    return Saying(
        verdict,
        request.state.person.name,
        desk.now(),
        " ".join(entered.get("why", "").split()) or None,
        settings,
        other=entered.get("other") or None if verdict in _PAIRS else None,
    )


def _seen(entered: Mapping[str, str]) -> Seen:
    return read_mark(entered.get("mark", ""))


def _missing(saying: Saying) -> str:
    """Return what a form lacks, "" where nothing."""
    asks = {
        "accept": "",
        "reject": "" if saying.why else "say why it is rejected: whoever reads the register is told",
        "correct": "" if saying.settings else "nothing was changed; to agree with all, accept the claim",
        **dict.fromkeys(_PAIRS, "" if saying.other else "choose the claim to compare with"),
    }
    if len(saying.why or "") > _LONGEST_WHY:
        return f"the reason is longer than {_LONGEST_WHY:,} characters; make it shorter"
    return asks.get(saying.verdict, "accept, correct or reject the claim")


def _open(request: Request, claim: str) -> OpenClaim:
    """Return a claim as it stands, with the register up to date.

    Raises:
        HTTPException: 404 where there is none.
    """
    desk: Desk = request.app.state.desk
    desk.current.stand(UNTIL_DONE)
    try:
        return open_claim(desk.store, claim)
    except NotNowError:
        raise
    except StoreError as error:
        raise HTTPException(404, str(error)) from error


def _overtaken(request: Request, claim: str, asked: Asked, entered: Mapping[str, str]) -> Response:
    """Return the page of a claim that was judged meanwhile: what the other saved, and what this person entered."""
    opened = _open(request, claim)
    shown = {"entered": entered, "seen": _seen(entered)}
    return _claim_page(request, opened, asked, shown, status=409)


def _go_on(claim: str | None, asked: Asked, after: str) -> Response:
    told = "&".join(filter(None, (asked.address, f"after={after}" if after else "")))
    return RedirectResponse(f"/review{f'/{claim}' if claim else ''}{f'?{told}' if told else ''}", status_code=303)


def _done(request: Request, claim: str) -> dict[str, Any] | None:
    """Return what was said last of the claim that was judged before this one, so that it can be taken back."""
    desk: Desk = request.app.state.desk
    if not claim:
        return None
    try:
        opened = open_claim(desk.store, claim)
    except NotNowError:
        raise
    except StoreError:
        return None
    last = [one for one in opened.reviewed.decisions if one.number in opened.last]
    if not last or last[-1].who != request.state.person.name:
        return None
    return {
        "claim": opened.stored.id,
        "mark": mark_of(opened.seen),
        "verdict": _DONE.get(last[-1].verdict, last[-1].verdict),
    }


def _claim_page(
    request: Request, opened: OpenClaim, asked: Asked, more: Mapping[str, Any], *, status: int = 200
) -> Response:
    desk: Desk = request.app.state.desk
    entered = more.get("entered", {})
    filled = Filled(entered if entered.get("verdict") == "correct" else {}, more.get("errors", ()))
    view = view_review(gather(desk, opened), words_of(desk), filled, more.get("seen"))
    before, after = beside(desk, opened.stored.id, asked)
    shown = {
        "heading": f"Review: {view.card.headline}",
        "shown": view,
        "asked": asked,
        "before": before,
        "after": after,
        "counts": counts(desk, asked.query),
        "names": desk.names,
        "entered": {name: entered.get(name, "") for name in ("verdict", "why", "other")},
        "problem": more.get("problem", ""),
        "is_stale": "seen" in more,
        "done": more.get("done"),
    }
    return render_page(request, "review_claim.html", shown, status=status)
