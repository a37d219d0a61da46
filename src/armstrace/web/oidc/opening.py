"""Logging in at the provider that a file names, made ready when the desk is."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from armstrace.errors import MissingPartError
from armstrace.store.repository import Store
from armstrace.web.oidc.settings import OidcSettings
from armstrace.web.oidc.sign_on import SignOn, epoch
from armstrace.web.people.secrets import new_secret


def open_sign_on(store: Store, settings: OidcSettings, now: Callable[[], str]) -> SignOn:
    """Return what the pages of login call; nothing is asked of the provider yet.

    Raises:
        MissingPartError: the extra ``oidc`` is not installed.
    """
    if find_spec("authlib") is None or find_spec("joserfc") is None:
        raise MissingPartError("OpenID Connect needs a part that is not installed: pip install 'armstrace[oidc]'")
    from armstrace.web.oidc.provider import Provider  # noqa: PLC0415 - it needs that part

    provider = Provider(settings, lambda: epoch(now()))
    return SignOn(store, settings, provider, now, store.settings.login_key(new_secret()))
