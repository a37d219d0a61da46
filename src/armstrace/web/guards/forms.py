"""Forms that change something bear what only a page of the same session can know."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from starlette.exceptions import HTTPException
from starlette.requests import Request

from armstrace.web.people.accounts import COOKIE
from armstrace.web.people.secrets import form_token, is_form_token

FIELD = "form_token"


def token_for(request: Request) -> str:
    """Return what the forms of a page bear; the same for all of a session."""
    return form_token(request.cookies.get(COOKIE, ""))


def check_form(request: Request, form_token: Annotated[str, Form()] = "") -> None:
    """Let through a form of the session that sends it.

    Raises:
        HTTPException: it is not; nothing was changed.
    """
    if not is_form_token(request.cookies.get(COOKIE, ""), form_token):
        raise HTTPException(403, "this form is not of your session; reload the page and try again")
