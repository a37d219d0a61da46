"""A login under way at a provider: what is remembered of it stands in a signed cookie of the browser that began it."""

from __future__ import annotations

import base64
import hmac
import json
from hashlib import sha256
from typing import Final, NamedTuple

from armstrace.errors import LoginRefusedError
from armstrace.web.people.secrets import new_secret

COOKIE: Final = "armstrace_login"
SECONDS: Final = 600  # within which somebody has logged in at the provider
AGAIN: Final = "begin again by the button below"
_LONGEST_PAGE: Final = 1000  # characters as the cookie spells it; a browser drops cookies that are larger than 4 kB


class UnderWay(NamedTuple):
    """What is remembered of a login.

    ``state`` is what the provider gives back with its answer, ``nonce`` what its token holds, ``verifier`` what shows
    that who redeems the code began the login; ``next_page`` where to go then; ``begun`` when, in seconds.
    """

    state: str
    nonce: str
    verifier: str
    next_page: str
    begun: int


class Answered(NamedTuple):
    """What a browser brought back from the provider (RFC 6749, 4.1.2; ``issuer`` by RFC 9207); "" for what is not."""

    state: str
    code: str
    error: str
    issuer: str


def begin(next_page: str, now: int) -> UnderWay:
    """Return a login of which nothing can be guessed."""
    page = next_page if len(json.dumps(next_page)) <= _LONGEST_PAGE else "/"
    return UnderWay(new_secret(), new_secret(), new_secret(), page, now)


def seal(login: UnderWay, key: str) -> str:
    """Return what the browser keeps of a login; nobody without the key makes or changes one."""
    body = base64.urlsafe_b64encode(json.dumps(login).encode()).decode()
    return f"{body}.{_signature(body, key)}"


def unseal(sealed: str, state: str, key: str, now: int) -> UnderWay:
    """Return the login that a browser began, if the answer that it brings is to that one.

    Raises:
        LoginRefusedError: it is not, or it took too long.
    """
    body, _, signature = sealed.partition(".")
    if not hmac.compare_digest(_signature(body, key).encode(), signature.encode()):
        raise LoginRefusedError(f"this browser has begun no login, or keeps no cookies; {AGAIN}")
    login = UnderWay(*json.loads(base64.urlsafe_b64decode(body)))
    if not hmac.compare_digest(login.state.encode(), state.encode()):
        raise LoginRefusedError(f"this answer is to another login than the one that this browser began last; {AGAIN}")
    if not 0 <= now - login.begun <= SECONDS:
        raise LoginRefusedError(f"this login was begun more than {SECONDS // 60} minutes ago; {AGAIN}")
    return login


def _signature(body: str, key: str) -> str:
    return hmac.new(key.encode(), b"login under way\n" + body.encode(), sha256).hexdigest()
