"""The accounts of a desk, for admins: who may what, and which keys there are. Passwords are never shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.errors import ArmstraceError
from armstrace.store.people import Deed
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.people.accounts import Accounts, role_of
from armstrace.web.people.person import Role
from armstrace.web.templating import render_page

router = APIRouter(include_in_schema=False)

_HERE = "/people"
_ROLES = tuple(role.word for role in Role if role)


@router.get("/people")
def show_people(request: Request) -> Response:
    """Return the accounts and keys of the desk."""
    return _page(request, "")


@router.post("/people/add", dependencies=[Depends(check_form)])
def add_person(
    request: Request,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Add an account."""

    def add(accounts: Accounts) -> None:
        accounts.add(name, role_of(role), password)
        _note(request, "account added", name, {"role": role})

    return _do(request, add)


@router.post("/people/change", dependencies=[Depends(check_form)])
def change_person(
    request: Request,
    name: Annotated[str, Form()],
    role: Annotated[str, Form()] = "",
    state: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Change role or password of an account, or close it, or open it again."""

    def change(accounts: Accounts) -> None:
        account = accounts.people.account(name)
        if name == request.state.person.name and (state == "closed" or (account and role not in {"", account.role})):
            raise HTTPException(409, "nobody closes or demotes themselves, so that an admin is left; ask another admin")
        fields: dict[str, Any] = {"role": role_of(role).word} if role else {}
        if state:
            fields["is_closed"] = state == "closed"
        if fields:
            accounts.people.change(name, **fields)
            _note(request, "account changed", name, fields)
        if password:
            accounts.set_password(name, password, request.state.person.name)

    return _do(request, change)


@router.post("/people/revoke", dependencies=[Depends(check_form)])
def revoke_key(request: Request, key: Annotated[str, Form()]) -> Response:
    """Make a key useless."""

    def revoke(accounts: Accounts) -> None:
        accounts.people.revoke_key(key, accounts.now())
        _note(request, "key revoked", key, {})

    return _do(request, revoke)


@router.post("/people/release", dependencies=[Depends(check_form)])
def set_release(request: Request, only: Annotated[str, Form()] = "") -> Response:
    """Set whether the public sees only lines that people stand behind."""
    desk: Desk = request.app.state.desk
    desk.store.settings.show_released_only(desk.now(), request.state.person.name, only=only == "yes")
    return RedirectResponse(_HERE, status_code=303)


def _do(request: Request, act: Callable[[Accounts], None]) -> Response:
    desk: Desk = request.app.state.desk
    if desk.accounts is None:
        return _page(request, "this desk is for one person; start it with --users to keep accounts", status=409)
    try:
        act(desk.accounts)
    except ArmstraceError as error:
        return _page(request, str(error), status=422)
    except HTTPException as error:
        return _page(request, str(error.detail), status=error.status_code)
    return RedirectResponse(_HERE, status_code=303)


def _note(request: Request, did: str, about: str, more: dict[str, Any]) -> None:
    desk: Desk = request.app.state.desk
    desk.store.people.note(Deed(desk.now(), request.state.person.name, did, about, more))


def _page(request: Request, problem: str, *, status: int = 200) -> Response:
    desk: Desk = request.app.state.desk
    people = desk.store.people
    shown = {
        "heading": "People",
        "people": people.accounts(),
        "keys": people.api_keys(),
        "roles": _ROLES,
        "released_only": desk.store.settings.released_only(),
        "problem": problem,
    }
    return render_page(request, "people.html", shown, status=status)
