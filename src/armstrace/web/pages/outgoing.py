"""What leaves the desk for a watch: its feed and who may read it, and the address that alerts are sent to."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from armstrace.delivering import drop_hook, set_hook
from armstrace.store.alerts import AlertQuery, WatchRow
from armstrace.store.people import Deed
from armstrace.web.current import UNTIL_DONE
from armstrace.web.desk import Desk
from armstrace.web.guards.forms import check_form
from armstrace.web.own_watches import find_own
from armstrace.web.pages.watches import watch_page
from armstrace.web.people.person import Role
from armstrace.web.people.secrets import kept, new_secret
from armstrace.web.views.feed import TYPE, Places, write_feed

router = APIRouter(include_in_schema=False)

_AT_ONCE = 50


@router.get("/watches/{watch}/feed")
def show_feed(request: Request, watch: str, key: str = "") -> Response:
    """Return the Atom feed of a watch to its owner, or to whoever has the key in its address."""
    desk: Desk = request.app.state.desk
    row = _readable(request, desk, watch, key)
    desk.current.stand(UNTIL_DONE)
    base = str(request.base_url).rstrip("/")
    alerts = desk.store.alerts.alerts(AlertQuery(watch=row.id), _AT_ONCE)
    feed = write_feed(row, alerts, Places(base, f"{base}/watches/{row.id}/feed"), desk.settings.title)
    tag = f'"{sha256(feed).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(feed, media_type=TYPE, headers=headers)


@router.post("/watches/{watch}/feed-key", dependencies=[Depends(check_form)])
def make_feed_key(request: Request, watch: str, *, revoke: Annotated[bool, Form()] = False) -> Response:
    """Make an address by which a feed reader gets in, in place of the one before, or make that one useless."""
    desk: Desk = request.app.state.desk
    row = find_own(request, watch)
    secret = None if revoke else new_secret()
    changed = row._replace(feed_key=None if secret is None else kept(secret))
    desk.store.alerts.change(changed, _deed(request, row, "feed key revoked" if revoke else "feed key made"))
    if secret is None:
        return RedirectResponse(f"/watches/{row.id}", status_code=303)
    base = str(request.base_url).rstrip("/")
    return watch_page(request, changed, shown_once={"feed": f"{base}/watches/{row.id}/feed?key={secret}"})


@router.post("/watches/{watch}/hook", dependencies=[Depends(check_form)])
def change_hook(
    request: Request, watch: str, address: Annotated[str, Form()] = "", *, drop: Annotated[bool, Form()] = False
) -> Response:
    """Send alerts to an address from now on and show the secret by which they are signed; or send none any more."""
    desk: Desk = request.app.state.desk
    row = find_own(request, watch)
    if drop:
        drop_hook(desk.store, row, _deed(request, row, "address dropped"))
        return RedirectResponse(f"/watches/{row.id}", status_code=303)
    deed = _deed(request, row, "address set")
    secret = set_hook(desk.store, row, address, deed, allow_private=desk.settings.private_hooks)
    return watch_page(request, find_own(request, watch), shown_once={"secret": secret})


@router.post("/watches/{watch}/retry", dependencies=[Depends(check_form)])
def retry(request: Request, watch: str) -> Response:
    """Let the alerts that were given up be sent again."""
    desk: Desk = request.app.state.desk
    row = find_own(request, watch)
    desk.store.deliveries.revive(row.id)
    return RedirectResponse(f"/watches/{row.id}", status_code=303)


def _readable(request: Request, desk: Desk, watch: str, key: str) -> WatchRow:
    """Return a watch whose feed may be read.

    Raises:
        HTTPException: there is none, or no key of it was shown.
    """
    row, person = desk.store.alerts.watch(watch), request.state.person
    if row is not None:
        if person.role is Role.ADMIN or (person.role and person.name == row.owner):
            return row
        if row.feed_key and hmac.compare_digest(row.feed_key, kept(key)) and not _is_closed(desk, row.owner):
            return row
    raise HTTPException(404, "there is no such feed, or its key is no longer good; its watch shows how to make another")


def _is_closed(desk: Desk, owner: str) -> bool:
    account = desk.store.people.account(owner)
    return desk.accounts is not None and (account is None or account.is_closed)


def _deed(request: Request, row: WatchRow, did: str) -> Deed:
    desk: Desk = request.app.state.desk
    return Deed(desk.now(), request.state.person.name, did, row.id)
