"""The accounts of a desk, for admins: who may what, and which keys there are. Passwords are never shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.errors import ArmstraceError, NotNowError
from armstrace.store.people import Account, Deed
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.people.accounts import Accounts, checked_name, role_of
from armstrace.web.people.changing import Change, add_account, change_account
from armstrace.web.people.person import Role
from armstrace.web.templating import render_page

router = APIRouter(include_in_schema=False)

_HERE = "/people"
_MOST_SHOWN = 500  # of whom providers know
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
    """Add an account; without a password only where people log in elsewhere too."""

    def add(accounts: Accounts) -> None:
        desk: Desk = request.app.state.desk
        given = None if desk.sign_on and not password else password
        add_account(accounts, request.state.person.name, name, role_of(role), given)

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
        is_closed = state == "closed" if state else None
        wanted = Change(name, role_of(role) if role else None, is_closed, password or None)
        change_account(accounts, request.state.person.name, wanted)

    return _do(request, change)


@router.post("/people/bind", dependencies=[Depends(check_form)])
def bind_person(
    request: Request,
    issuer: Annotated[str, Form()],
    subject: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
) -> Response:
    """Give a person whom a provider knows a new account of a role, or for the role ``existing`` the one of that name.

    What a person is called is the provider's word, so nobody gets an account of others by a like name alone.
    """

    def bind(accounts: Accounts) -> None:
        desk: Desk = request.app.state.desk
        known = desk.store.identities.find(issuer, subject)
        if known is None:
            raise HTTPException(404, "nobody of that provider came by; reload the page")
        bound, now, who = known._replace(name=name), accounts.now(), request.state.person.name
        more = {"issuer": issuer, "subject": subject}
        if role == "existing":
            desk.store.identities.bind(bound, Deed(now, who, "account bound", name, more))
            return
        account = Account(checked_name(name), role_of(role).word, None, made_at=now)
        desk.store.identities.add(account, bound, Deed(now, who, "account added", name, {"role": role, **more}))

    return _do(request, bind)


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
    except NotNowError:
        raise
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
        "identities": desk.store.identities.all()[:_MOST_SHOWN],
        "roles": _ROLES,
        "released_only": desk.store.settings.released_only(),
        "problem": problem,
    }
    return render_page(request, "people.html", shown, status=status)
