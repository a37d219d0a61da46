"""Logging in at a provider, by its button on the page of login."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.errors import LoginRefusedError, ProviderError
from armstrace.web.desk import Desk
from armstrace.web.oidc.sign_on import SignOn
from armstrace.web.oidc.under_way import COOKIE, SECONDS, Answered
from armstrace.web.pages.login import login_page, own_page, place_of, set_session
from armstrace.web.templating import render_page

router = APIRouter(include_in_schema=False)

HERE: Final = "/login/oidc"
_BACK: Final = f"{HERE}/callback"
_LONGEST: Final = 4096  # characters of anything that a provider sends by a browser


@router.get(HERE)
def begin(request: Request, next_page: str = "/") -> Response:
    """Send a browser to the provider. Nothing is changed by it, so a link leads here."""
    sign_on = _sign_on(request)
    try:
        begun = sign_on.begin(own_page(next_page), _back(request, sign_on))
    except ProviderError as error:
        return _failed(request, error, own_page(next_page))
    answer = RedirectResponse(begun.address, status_code=303)
    answer.set_cookie(
        COOKIE,
        begun.cookie,
        max_age=SECONDS,
        path=HERE,
        secure=_is_https(request, sign_on),
        httponly=True,
        samesite="lax",  # the provider's page sends the browser back, and it must come along
    )
    answer.headers["cache-control"] = "no-store"
    return answer


@router.get(_BACK)
def finish(request: Request, state: str = "", code: str = "", error: str = "", iss: str = "") -> Response:
    """Let in whom the provider vouches for, and go on to the page that was asked for.

    The session's cookie comes along only where a page of the desk itself leads, not the provider's: so this one does.
    """
    sign_on = _sign_on(request)
    answered = Answered(*(one[:_LONGEST] for one in (state, code, error, iss)))
    desk: Desk = request.app.state.desk
    cookie = request.cookies.get(COOKIE, "")
    try:
        entered = sign_on.finish(cookie, answered, _back(request, sign_on), place_of(request))
    except (LoginRefusedError, ProviderError) as trouble:
        return _forget(_failed(request, trouble, "/"))
    shown = {"heading": "Logged in", "account": entered.account, "next_page": own_page(entered.next_page)}
    answer = render_page(request, "logged_in.html", shown)
    if desk.accounts is not None:
        by = {"by": sign_on.settings.issuer}
        set_session(request, answer, desk.accounts.begin_session(entered.account, by))
    return _forget(answer)


def _sign_on(request: Request) -> SignOn:
    desk: Desk = request.app.state.desk
    if desk.sign_on is None:
        raise HTTPException(404, "this desk knows no provider of logins; log in by a password")
    return desk.sign_on


def _back(request: Request, sign_on: SignOn) -> str:
    """Return where the provider sends a browser back to."""
    return f"{sign_on.settings.address or str(request.base_url).rstrip('/')}{_BACK}"


def _is_https(request: Request, sign_on: SignOn) -> bool:
    return (sign_on.settings.address or str(request.base_url)).startswith("https:")


def _failed(request: Request, error: LoginRefusedError | ProviderError, next_page: str) -> Response:
    is_down = isinstance(error, ProviderError)
    return login_page(request, next_page, str(error), status=503 if is_down else 403)


def _forget(answer: Response) -> Response:
    """Let a browser keep nothing of the login that came back."""
    answer.delete_cookie(COOKIE, path=HERE)
    answer.headers["cache-control"] = "no-store"
    return answer
