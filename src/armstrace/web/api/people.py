"""The accounts of a desk, for the role admin: listed, added, given another role, closed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.store.columns import to_json
from armstrace.store.people import Account as StoredAccount
from armstrace.web.api.answers import Listing, Paged, Part, answer_listing, answer_made, answer_now
from armstrace.web.api.cursors import Place
from armstrace.web.api.operations import answers, gives_page, makes
from armstrace.web.api.routing import PREFIX, api_router, desk_of, telling_conflicts, telling_missing
from armstrace.web.api.shapes.people import Account, AccountPage, ChangedAccount, NewAccount
from armstrace.web.people.accounts import Accounts, role_of
from armstrace.web.people.changing import Change, add_account, change_account

router = api_router("People")


@router.get("/people", summary="List accounts", responses=gives_page(AccountPage, Account, "The accounts, by name."))
def list_accounts(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """List who may use the desk. For the role admin; a desk for one person has no accounts."""
    accounts = desk_of(request).store.people.accounts()

    def part(after: Place | None, most: int) -> Part:
        found = [one for one in accounts if after is None or one.name > after[0]]
        texts = [to_json(_shape(one)) for one in found[:most]]
        return Part(texts, (found[most - 1].name,) if len(found) > most else None)

    return answer_listing(request, Listing(part, (str,)), asked)


@router.post(
    "/people", status_code=201, summary="Add an account", responses=makes(Account, "The account is there.", 409)
)
def add(request: Request, given: NewAccount) -> Response:
    """Add an account. For the role admin."""
    accounts = _accounts(request)
    if given.password is None and desk_of(request).sign_on is None:
        raise HTTPException(409, "people log in here by passwords alone; send one")
    with telling_conflicts():
        add_account(accounts, request.state.person.name, given.name, role_of(given.role), given.password)
    return answer_made(_found(accounts, given.name), f"{PREFIX}/people")


@router.post(
    "/people/change",
    summary="Change an account",
    responses=answers(Account, "The account as it is from now on.", 404, 409),
)
def change(request: Request, given: ChangedAccount) -> Response:
    """Give an account another role or password, close it, or open it again. For the role admin.

    Nobody closes or demotes themselves, so that an admin is left.
    """
    accounts = _accounts(request)
    role = None if given.role is None else role_of(given.role)
    with telling_missing():
        wanted = Change(given.name, role, given.closed, given.password)
        change_account(accounts, request.state.person.name, wanted)
    return answer_now(_found(accounts, given.name))


def _accounts(request: Request) -> Accounts:
    accounts = desk_of(request).accounts
    if accounts is None:
        raise HTTPException(409, "this desk is for one person; start it with --users to keep accounts")
    return accounts


def _found(accounts: Accounts, name: str) -> dict[str, Any]:
    account = accounts.people.account(name)
    if account is None:
        raise HTTPException(404, "there is no account of this name; GET /api/v1/people lists them")
    return _shape(account)


def _shape(account: StoredAccount) -> dict[str, Any]:
    return {
        "name": account.name,
        "role": account.role,
        "closed": account.is_closed,
        "made_at": account.made_at,
    }
