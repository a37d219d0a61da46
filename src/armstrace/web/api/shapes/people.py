"""The accounts of a desk, as the API takes and gives them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from armstrace.web.api.shapes.base import Page, Shape
from armstrace.web.people.accounts import LEAST_PASSWORD, MOST_PASSWORD

RoleWord = Literal["reader", "reviewer", "admin"]


class Account(Shape):
    """Somebody who may use the desk."""

    name: str
    """Under which judgements are kept."""
    role: RoleWord
    """What they may."""
    closed: bool
    """Whether the account is closed: nobody gets in by it, nor by its keys."""
    made_at: str
    """When it was made (ISO, UTC)."""


class AccountPage(Page[Account]):
    """A page of accounts, by name."""


class NewAccount(Shape):
    """An account to be added."""

    name: str = Field(min_length=1, max_length=80)
    """One line; it never changes, for judgements bear it."""
    role: RoleWord
    """What they may."""
    password: str | None = Field(default=None, min_length=LEAST_PASSWORD, max_length=MOST_PASSWORD)
    """By which they log in; it may be null only where people log in by OpenID Connect too."""


class ChangedAccount(Shape):
    """What becomes of an account; what is null stays as it is."""

    name: str = Field(min_length=1, max_length=80)
    """Of which account."""
    role: RoleWord | None = None
    """What they may from now on."""
    closed: bool | None = None
    """Close it, or open it again; whoever is logged in by it is out."""
    password: str | None = Field(default=None, min_length=LEAST_PASSWORD, max_length=MOST_PASSWORD)
    """Another password; whoever is logged in by the old one is out."""
