"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.people.accounts import COOKIE, LONGEST
from armstrace.web.templating import render_page

router = APIRouter(include_in_schema=False)


@router.get("/login")
def show_login(request: Request, next_page: str = "/") -> Response:
    """Return the page on which to log in."""
    return login_page(request, own_page(next_page), "")


@router.post("/login")
def log_in(
    request: Request,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    next_page: Annotated[str, Form()] = "/",
) -> Response:
    """Log in, and go on to the page that was asked for."""
    desk: Desk = request.app.state.desk
    if desk.accounts is None:
        return RedirectResponse("/", status_code=303)
    if not desk.takes_passwords:
        return login_page(request, own_page(next_page), "nobody logs in by a password here", status=403)
    outcome = desk.accounts.log_in(name, password, place_of(request))
    if isinstance(outcome, int):
        wait = f"; wait {outcome} seconds before the next try" if outcome else ""
        return login_page(request, own_page(next_page), f"name or password is wrong{wait}", status=401)
    answer = RedirectResponse(own_page(next_page), status_code=303)
    set_session(request, answer, outcome)
    return answer


@router.post("/logout", dependencies=[Depends(check_form)])
def log_out(request: Request) -> Response:
    """End the session."""
    desk: Desk = request.app.state.desk
    secret = request.cookies.get(COOKIE)
    if desk.accounts and secret:
        desk.accounts.log_out(secret)
    answer = RedirectResponse("/login" if desk.accounts else "/", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def set_session(request: Request, answer: Response, secret: str) -> None:
    """Give a browser the secret of its session: no script reads it, no other site's page sends it."""
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=int(LONGEST.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def own_page(address: str) -> str:
    """Return an address if it is a page of this desk, else the first page: nobody is sent elsewhere."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_own and "\\" not in address else "/"


def place_of(request: Request) -> str:
    """Return where a request came from."""
    return request.client.host if request.client else "unknown"


def login_page(request: Request, next_page: str, problem: str, *, status: int = 200) -> Response:
    """Return the page on which to log in, with what went wrong, "" for nothing."""
    shown = {"heading": "Log in", "next_page": next_page, "problem": problem}
    return render_page(request, "login.html", shown, status=status)
