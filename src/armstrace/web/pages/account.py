"""A person's own account: another password, and keys for programs, each shown once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.errors import ArmstraceError, NotNowError
from armstrace.store.people import Account, Deed
from armstrace.text.calendar_periods import parse_published
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.pages.login import set_session
from armstrace.web.people.accounts import role_of
from armstrace.web.people.person import Role
from armstrace.web.templating import render_page

router = APIRouter(include_in_schema=False)

_HERE = "/account"
_ALONE = "this desk is for one person, without password and keys; start it with --users to keep accounts"
_BY_KEY = "a program cannot change the account whose key it shows; log in"


@router.get("/account")
def show_account(request: Request) -> Response:
    """Return the page of the own account."""
    return _page(request)


@router.post("/account/password", dependencies=[Depends(check_form)])
def change_password(
    request: Request,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change the own password; all other browsers of the person are logged out."""
    desk: Desk = request.app.state.desk
    account = _account(request)
    if desk.accounts is None or account is None:
        return _page(request, _refusal(request), status=409)
    if not desk.takes_passwords:
        return _page(request, "nobody logs in by a password here", status=409)
    if account.password is None or not desk.accounts.is_password(account.name, old):
        return _page(request, "the password that you have now is another", status=422)
    if new != again:
        return _page(request, "the new password is not the same both times", status=422)
    try:
        desk.accounts.set_password(account.name, new, account.name)
    except NotNowError:
        raise
    except ArmstraceError as error:
        return _page(request, str(error), status=422)
    answer = RedirectResponse(_HERE, status_code=303)
    set_session(request, answer, desk.accounts.begin_session(account))
    return answer


@router.post("/account/keys", dependencies=[Depends(check_form)])
def make_key(
    request: Request,
    scope: Annotated[str, Form()] = "reader",
    note: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
) -> Response:
    """Make a key for a program, and show it this once."""
    desk: Desk = request.app.state.desk
    account = _account(request)
    if desk.accounts is None or account is None:
        return _page(request, _refusal(request), status=409)
    period = parse_published(until) if until else None
    if until and not (period and period.start):
        return _page(request, f"{until}: is no day; give one such as 2031-05-01", status=422)
    ends = f"{period.start.isoformat()}T00:00:00Z" if period and period.start else None
    try:
        made = desk.accounts.make_key(account.name, role_of(scope), " ".join(note.split())[:200] or None, ends)
    except NotNowError:
        raise
    except ArmstraceError as error:
        return _page(request, str(error), status=422)
    return _page(request, made=made)


@router.post("/account/revoke", dependencies=[Depends(check_form)])
def revoke_own_key(request: Request, key: Annotated[str, Form()]) -> Response:
    """Make one of the own keys useless."""
    desk: Desk = request.app.state.desk
    name = request.state.person.name
    if not any(one.id == key and one.name == name for one in desk.store.people.api_keys()):
        return _page(request, f"{key[:20]}: you have no such key", status=404)
    try:
        desk.store.people.revoke_key(key, desk.now())
    except NotNowError:
        raise
    except ArmstraceError as error:
        return _page(request, str(error), status=422)
    desk.store.people.note(Deed(desk.now(), name, "key revoked", key, {}))
    return RedirectResponse(_HERE, status_code=303)


def _account(request: Request) -> Account | None:
    """Return the account of who asks by a browser; None without accounts, and for a program."""
    desk: Desk = request.app.state.desk
    person = request.state.person
    return desk.store.people.account(person.name) if desk.accounts and person.key is None else None


def _has_password(request: Request) -> bool:
    account = _account(request)
    return account is not None and account.password is not None


def _refusal(request: Request) -> str:
    return _BY_KEY if request.state.person.key else _ALONE


def _page(request: Request, problem: str = "", *, made: str = "", status: int = 200) -> Response:
    desk: Desk = request.app.state.desk
    person = request.state.person
    shown = {
        "heading": "Your account",
        "has_accounts": desk.accounts is not None,
        "has_password": desk.takes_passwords and _has_password(request),
        "keys": [one for one in desk.store.people.api_keys() if one.name == person.name],
        "roles": [role.word for role in Role if Role.NOBODY < role <= person.role],
        "problem": problem,
        "made": made,
    }
    response = render_page(request, "account.html", shown, status=status)
    response.headers["cache-control"] = "no-store"
    return response
