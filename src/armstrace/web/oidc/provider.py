"""A provider of logins as the desk speaks to it: where it is, its keys, and what it gives for a code.

Authorization Code flow of OpenID Connect Core 1.0 with PKCE (RFC 7636, S256); the addresses come from the provider's
own document (OpenID Connect Discovery 1.0). Tokens are looked at and forgotten. Authlib words what is asked and judges
what is answered; sending is ours, for its clients follow redirects and read without bound.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple
from urllib.parse import quote_plus

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.discovery import get_well_known_url

from armstrace.errors import LoginRefusedError, ProviderError
from armstrace.fetch.ask import ask, is_this_machine, read_service_address
from armstrace.fetch.exchange import Answer
from armstrace.fetch.fetched import FetchError
from armstrace.fetch.network import Network
from armstrace.web.oidc.settings import OidcSettings
from armstrace.web.oidc.tokens import Claims, Expected, UnknownKeyError, VerifyingKey, read_keys, verify_token
from armstrace.web.oidc.under_way import Answered, UnderWay

KEPT: Final = 3600.0  # seconds for which addresses and keys of a provider hold
KEYS_EVERY: Final = 30.0  # seconds between two looks for a key that is not known: anybody can name one
_AT_ONCE: Final = 4  # talks with the provider: a slow one must not hold up the whole desk
_OK: Final = 200
_REFUSED: Final = frozenset({400, 401, 403})
_ANSWERED: Final = "the provider of logins at"


class Places(NamedTuple):
    """Where a provider does what, and by which ways a client may show who it is."""

    authorize: str
    token: str
    keys: str
    ways: tuple[str, ...]
    tells_issuer: bool


class Provider:
    """One provider; used by several threads at once."""

    def __init__(self, settings: OidcSettings, now: Callable[[], int], network: Network | None = None) -> None:
        self._settings = settings
        self._now = now
        self._network = network or Network()
        self._lock = threading.Lock()
        self._talks = threading.BoundedSemaphore(_AT_ONCE)
        self._places: tuple[float, Places] | None = None
        self._keys: tuple[float, tuple[VerifyingKey, ...]] | None = None

    def start_address(self, login: UnderWay, back: str) -> str:
        """Return where a browser goes to log in; the provider sends it to ``back`` then.

        Raises:
            ProviderError: the provider does not say.
        """
        with self._talk():
            places = self._find_places()
        address: str = prepare_grant_uri(
            places.authorize,
            self._settings.client_id,
            "code",
            redirect_uri=back,
            scope=list(self._settings.scopes),
            state=login.state,
            nonce=login.nonce,
            code_challenge=create_s256_code_challenge(login.verifier),
            code_challenge_method="S256",
        )
        return address

    def redeem(self, answered: Answered, login: UnderWay, back: str) -> Claims:
        """Return what the provider says of who logged in.

        Raises:
            LoginRefusedError: it refuses, or what it gives does not hold.
            ProviderError: it gives nothing that can be read.
        """
        with self._talk():
            places = self._find_places()
            self._check_answer(answered, places)
            tokens = self._exchange(places, answered.code, login.verifier, back)
            token, access = tokens.get("id_token"), tokens.get("access_token")
            if not isinstance(token, str):
                raise ProviderError(
                    f"{_ANSWERED} {self._settings.issuer} gives no identity token; are the scopes right?"
                )
            return self._verify(token, access if isinstance(access, str) else None, login, places)

    def _check_answer(self, answered: Answered, places: Places) -> None:
        wrong = answered.issuer != self._settings.issuer if answered.issuer else places.tells_issuer
        if wrong:
            raise LoginRefusedError("this answer comes from another provider than the one that was asked")
        if answered.error:
            known = (
                answered.error if answered.error.isascii() and answered.error.replace("_", "").isalnum() else "an error"
            )
            raise LoginRefusedError(f"the provider lets nobody in: {known[:40]}")
        if not answered.code:
            raise LoginRefusedError("the provider's answer holds no code; begin again")

    def _exchange(self, places: Places, code: str, verifier: str, back: str) -> Mapping[str, Any]:
        body = prepare_token_request("authorization_code", code=code, redirect_uri=back, code_verifier=verifier)
        _, headers, body = self._client(places).prepare("POST", places.token, {}, body)
        answer = self._ask(places.token, body.encode(), headers)
        if answer.status in _REFUSED:
            raise LoginRefusedError(f"the provider does not take the code or the desk's secret ({_error_of(answer)})")
        return self._object(places.token, answer)

    def _client(self, places: Places) -> ClientAuth:
        """Return how the desk shows who it is: by header unless the provider takes it in the form only."""
        identity, secret = self._settings.client_id, self._settings.client_secret
        if secret is None:
            return ClientAuth(identity, None, "none")
        if "client_secret_basic" in places.ways:
            return ClientAuth(quote_plus(identity), quote_plus(secret), "client_secret_basic")  # RFC 6749, 2.3.1
        return ClientAuth(identity, secret, "client_secret_post")

    def _verify(self, token: str, access: str | None, login: UnderWay, places: Places) -> Claims:
        chosen = self._settings
        expected = Expected(chosen.issuer, chosen.client_id, login.nonce, chosen.algorithms, chosen.client_secret)
        try:
            return verify_token(token, access, expected, self._find_keys(places, KEPT), self._now())
        except UnknownKeyError:
            return verify_token(token, access, expected, self._find_keys(places, KEYS_EVERY), self._now())

    def _find_places(self) -> Places:
        with self._lock:
            if self._places is None or self._network.clock() - self._places[0] > KEPT:
                address = get_well_known_url(self._settings.issuer, external=True)
                document = self._object(address, self._ask(address))
                self._places = (self._network.clock(), self._read_places(address, document))
            return self._places[1]

    def _find_keys(self, places: Places, oldest: float) -> tuple[VerifyingKey, ...]:
        """Return the provider's keys, asked for anew where they are older than some seconds."""
        with self._lock:
            if self._keys is None or self._network.clock() - self._keys[0] > oldest:
                try:
                    keys = read_keys(self._object(places.keys, self._ask(places.keys)))
                except ValueError as error:
                    raise ProviderError(f"{_ANSWERED} {places.keys} {error}") from error
                self._keys = (self._network.clock(), keys)
            return self._keys[1]

    def _read_places(self, address: str, document: Mapping[str, Any]) -> Places:
        if document.get("issuer") != self._settings.issuer:
            raise ProviderError(f"{address}: names another issuer than {self._settings.issuer}; spell it as it does")
        found: list[str] = []
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            try:
                place = read_service_address(str(document.get(name)))
            except FetchError as error:
                raise ProviderError(f"{address}: {name}: {error}") from error
            if is_this_machine(place) and not is_this_machine(read_service_address(self._settings.issuer)):
                raise ProviderError(f"{address}: {name}: {place} is this machine, where the issuer is not")
            found.append(str(place))
        ways = document.get("token_endpoint_auth_methods_supported")
        taken = tuple(map(str, ways)) if isinstance(ways, list) and ways else ("client_secret_basic",)
        authorize, token, keys = found
        return Places(
            authorize, token, keys, taken, document.get("authorization_response_iss_parameter_supported") is True
        )

    def _ask(self, address: str, form: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        try:
            return ask(address, self._network, form, tuple((headers or {}).items()))
        except FetchError as error:
            raise ProviderError(f"the provider of logins cannot be asked: {error}") from error

    def _object(self, address: str, answer: Answer) -> Mapping[str, Any]:
        """Return the JSON object of an answer."""
        try:
            found = json.loads(answer.body) if answer.status == _OK else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ProviderError(f"{_ANSWERED} {address} gives no answer that can be read ({answer.status})")
        return found

    @contextmanager
    def _talk(self) -> Iterator[None]:
        if not self._talks.acquire(timeout=1):
            raise ProviderError("many are logging in, and the provider is slow; try again in a minute")
        try:
            yield
        finally:
            self._talks.release()


def _error_of(answer: Answer) -> str:
    """Return the code of an error as RFC 6749, 5.2 lists them; the status where it is none of these."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    known = found.get("error") if isinstance(found, dict) else None
    return known if isinstance(known, str) and known in _ERRORS else str(answer.status)


_ERRORS: Final = frozenset(
    "invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope".split()
)
