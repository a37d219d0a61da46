"""Accounts added and changed by an admin, each change noted; nobody closes or demotes themselves."""

from __future__ import annotations

from typing import Any, NamedTuple

from starlette.exceptions import HTTPException

from armstrace.store.people import Deed
from armstrace.web.people.accounts import Accounts
from armstrace.web.people.person import Role


class Change(NamedTuple):
    """What becomes of the account of a name; None leaves it as it is."""

    name: str
    role: Role | None = None
    is_closed: bool | None = None
    password: str | None = None


def add_account(accounts: Accounts, by: str, name: str, role: Role, password: str | None) -> None:
    """Add an account; without a password its owner logs in elsewhere.

    Raises:
        MetadataError: name or password will not do.
        StoreError: there is an account of that name.
    """
    accounts.add(name, role, password)
    _note(accounts, by, "account added", name, {"role": role.word})


def change_account(accounts: Accounts, by: str, change: Change) -> None:
    """Change role or password of an account, or close it, or open it again.

    Raises:
        HTTPException: 409, somebody would close or demote themselves.
        MetadataError: the password will not do; then nothing is changed.
        StoreError: there is no such account.
    """
    account = accounts.people.account(change.name)
    is_demoted = account is not None and change.role is not None and change.role.word != account.role
    if change.name == by and (change.is_closed or is_demoted):
        raise HTTPException(409, "nobody closes or demotes themselves, so that an admin is left; ask another admin")
    if change.password is not None:
        accounts.set_password(change.name, change.password, by)
    fields: dict[str, Any] = {} if change.role is None else {"role": change.role.word}
    if change.is_closed is not None:
        fields["is_closed"] = change.is_closed
    if fields:
        accounts.people.change(change.name, **fields)
        _note(accounts, by, "account changed", change.name, fields)


def _note(accounts: Accounts, by: str, did: str, about: str, more: dict[str, Any]) -> None:
    accounts.people.note(Deed(accounts.now(), by, did, about, more))
