"""The register: its lines, and of each the sources, the claims and what the law says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.checking import check_register_line
from armstrace.export.findings import finding_to_dict, findings_to_list
from armstrace.export.jsonl import claim_to_dict
from armstrace.export.reviews import reviews_to_dicts
from armstrace.export.transfers import reliability_to_dict, trees_to_dict
from armstrace.register.types import Transfer
from armstrace.store.columns import to_json
from armstrace.told import Told
from armstrace.web.api.answers import Listing, Paged, Part, answer, answer_listing, answer_text, is_known, unchanged
from armstrace.web.api.cursors import Place
from armstrace.web.api.operations import gives, gives_page
from armstrace.web.api.params import Day, Id
from armstrace.web.api.queries import (
    AskedTransfers,
    bring_up_to_date,
    find_known,
    find_line,
    line_text,
    list_transfers,
    register_tag,
    transfer_text,
)
from armstrace.web.api.routing import PREFIX, api_router, desk_of
from armstrace.web.api.shapes.claims import ToldClaim, ToldClaimPage
from armstrace.web.api.shapes.findings import TransferFindings
from armstrace.web.api.shapes.transfers import Transfer as TransferShape
from armstrace.web.api.shapes.transfers import TransferPage
from armstrace.web.api.shapes.trees import Trees

router = api_router("Transfers")

AsOf = Annotated[Day | None, Query(description="As it was known by this day, month or year.")]


class AskedClaims(Paged):
    """Which claims of a transfer are asked for."""

    as_of: Day | None = None
    """Those known by this day, month or year."""


@router.get(
    "/transfers",
    summary="List the register",
    responses=gives_page(TransferPage, TransferShape, "The lines that are all that is asked for."),
)
def list_register(request: Request, asked: Annotated[AskedTransfers, Query()]) -> Response:
    """List the lines of the register that are all that is asked for: one line a transfer.

    Every field keeps each alternative with the claims that give it. Days, months and years may be given as exactly as
    you like; a line is found by `after` and `before` if one of its claims may have been published then.
    """
    return answer_listing(request, list_transfers(desk_of(request), asked), asked)


@router.get(
    "/transfers/{transfer}",
    summary="One transfer",
    responses=gives(TransferShape, "The transfer, with what arms-embargo law says of it.", 404),
)
def show_transfer(request: Request, transfer: Id, as_of: AsOf = None) -> Response:
    """Give one line of the register by its id, the id of one of its claims, or the unambiguous beginning of either.

    With `as_of` it is given as it was known then.
    """
    desk = desk_of(request)
    bring_up_to_date(desk)
    tag = register_tag(desk, request.url)
    if as_of is not None:
        found = find_known(desk, transfer, as_of)
        return answer_text(request, transfer_text(found), tag, _place(found.id))
    row = find_line(desk, transfer)
    return answer_text(request, line_text(row), tag, _place(row.id))


@router.get(
    "/transfers/{transfer}/tree",
    summary="Who stands behind it",
    responses=gives(Trees, "The trees of sources.", 404),
)
def show_tree(request: Request, transfer: Id, as_of: AsOf = None) -> Response:
    """Give who stands behind a transfer: origin, who passed it on, outlet, document, and the words of each claim.

    Denials are a tree of their own. Beside stands how reliable each source is.
    """
    reliability = desk_of(request).reliability()
    found, tag = _found(request, transfer, as_of, reliability)
    if is_known(request, tag):
        return unchanged(tag)
    about = {"reliability": reliability_to_dict(found, reliability)}
    return answer(request, {"transfer": found.id, **trees_to_dict(found), **about}, tag)


@router.get(
    "/transfers/{transfer}/claims",
    summary="Its claims",
    responses=gives_page(ToldClaimPage, ToldClaim, "The claims, in order of report.", 404),
)
def list_claims(request: Request, transfer: Id, asked: Annotated[AskedClaims, Query()]) -> Response:
    """List the claims that a transfer is made of, in order of report, then those that say something else of it."""
    found, tag = _found(request, transfer, asked.as_of)
    told = [("claim", one) for one in found.claims] + [("context", one) for one in found.context]

    def part(after: Place | None, most: int) -> Part:
        first = _behind([one.claim.id for _, one in told], after)
        rows = told[first : first + most]
        following = (rows[-1][1].claim.id,) if first + most < len(told) else None
        return Part([to_json(_told(role, one)) for role, one in rows], following)

    return answer_listing(request, Listing(part, (str,), tag), asked)


@router.get(
    "/transfers/{transfer}/findings",
    summary="What the law says of it",
    responses=gives(TransferFindings, "The findings, the gravest first.", 404),
)
def show_findings(
    request: Request,
    transfer: Id,
    as_of: AsOf = None,
    every: Annotated[bool, Query(alias="all", description="Tell also which measures it lies outside of.")] = False,  # noqa: FBT002 - a parameter of an address
) -> Response:
    """Give which arms embargoes a transfer would break if the reports are true, and where that stands.

    A finding holds only if the report is true, and is no legal advice.
    """
    found, tag = _found(request, transfer, as_of)
    findings = check_register_line(found)
    shown = [finding_to_dict(one) for one in findings] if every else findings_to_list(findings)
    return answer(request, {"transfer": found.id, "findings": shown}, tag)


def _found(request: Request, transfer: str, as_of: str | None, *beside: object) -> tuple[Transfer, str]:
    """Return a transfer, and the tag of an answer on it; ``beside`` the register it follows from these values."""
    desk = desk_of(request)
    bring_up_to_date(desk)
    return find_known(desk, transfer, as_of), register_tag(desk, request.url, *beside)


def _place(transfer: str) -> dict[str, str]:
    return {"content-location": f"{PREFIX}/transfers/{transfer}"}


def _behind(ids: list[str], after: Place | None) -> int:
    """Return the number of the first claim behind a place.

    Raises:
        HTTPException: 400, the claim of the place is no longer there.
    """
    if after is None:
        return 0
    if after[0] not in ids:
        raise HTTPException(400, "the transfer has changed since that page; begin again at the first")
    return ids.index(after[0]) + 1


def _told(role: str, one: Told) -> dict[str, Any]:
    review = next((_without_claim(row) for row in reviews_to_dicts([one])), None)
    about = {"outlet": one.outlet, "published": one.published, "title": one.title, "family": one.family}
    return {**claim_to_dict(one.claim), "review": review, "role": role, **about}


def _without_claim(review: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in review.items() if name != "claim"}
