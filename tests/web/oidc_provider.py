"""A provider of logins on loopback: a small HTTP server that speaks OpenID Connect, or wrongly if told so.

It is written from the standards, not from the client under test: challenges are hashed here by hand.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT, SECRET = "armstrace", "a secret: of 40 letters & signs, or so %+"
EPOCH = 1935403200  # 2031-05-01T12:00:00Z, at which the clocks of tests stand

Changed = Callable[[dict], dict]


@cache
def rsa_key(name: str) -> RSAKey:
    """Return a key of a name; making one takes a while."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@cache
def ec_key(name: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig"})


@dataclass
class Provider:
    """What a provider knows, and how it misbehaves.

    Attributes:
        address: the issuer.
        person: the claims of whoever sits before the browser.
        keys: those published; the first one signs.
        claims: changes the claims of a token before it is signed.
        sign: makes the token of header and claims; None for what is right.
        answers: by path what is sent instead: status, headers, body.
        asked: the requests that came, by path.
        codes: what was given out, and to what login.
    """

    address: str = ""
    person: dict = field(default_factory=lambda: {"sub": "s-1", "preferred_username": "mara"})
    keys: list = field(default_factory=lambda: [rsa_key("first")])
    claims: Changed = lambda given: given
    sign: Callable[[dict], str] | None = None
    more: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    codes: dict = field(default_factory=dict)
    access: str = "an access token"

    def discovery(self) -> dict:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            **self.more,
        }

    def published(self) -> dict:
        return {"keys": [key.as_dict(private=False) for key in self.keys]}

    def approve(self, asked: dict[str, str]) -> str:
        """Return where a browser is sent back to, once its person approves; ``asked`` is what the client asked for."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def redeem(self, form: dict[str, str], authorization: str) -> tuple[int, dict]:
        """Return what the token endpoint answers (RFC 6749, 4.1.3; RFC 7636, 4.6)."""
        login = self.codes.pop(form.get("code", ""), None)
        scheme, _, shown = authorization.partition(" ")
        if not (scheme == "Basic" and _decoded(shown) == (CLIENT, SECRET)) and form.get("client_secret") != SECRET:
            return 401, {"error": "invalid_client"}
        if login is None or login["client_id"] != CLIENT or login["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != login["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        token = self.token(login["nonce"])
        return 200, {"access_token": self.access, "token_type": "Bearer", "expires_in": 300, "id_token": token}

    def token(self, nonce: str) -> str:
        half = hashlib.sha256(self.access.encode()).digest()[:16]
        given = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": EPOCH,
            "exp": EPOCH + 300,
            "nonce": nonce,
            "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
            **self.person,
        }
        claims = self.claims(given)
        return self.sign(claims) if self.sign else signed(claims, self.keys[0])


def signed(claims: dict, key: RSAKey | ECKey | OctKey, **header: str) -> str:
    alg = {"RSA": "RS256", "EC": "ES256", "oct": "HS256"}[key.key_type]
    named = {"alg": alg, "kid": key.kid, **header}
    return jwt.encode({k: v for k, v in named.items() if v is not None}, claims, key, [alg])


def unsigned(claims: dict) -> str:
    """Return a token of the algorithm "none", made by hand, for no library makes one unasked."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts) + "."


def hashed_by_hand(claims: dict, secret: bytes, kid: str) -> str:
    """Return a token signed by HS256 with bytes that a careful library takes for no secret: a public key."""
    parts = ({"alg": "HS256", "kid": kid}, claims)
    body = ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts)
    signature = hmac.new(secret, body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def with_extension(claims: dict, key: RSAKey, *named: str) -> str:
    """Return a token, rightly signed by hand, with an extension in its header; ``named`` must be understood."""
    parts = ({"alg": "RS256", "kid": key.kid, "ext": 1, **({"crit": named} if named else {})}, claims)
    body = ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts)
    signature = key.private_key.sign(body.encode(), PKCS1v15(), SHA256())
    return f"{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def _decoded(shown: str) -> tuple[str, ...]:
    user, _, password = base64.b64decode(shown).decode().partition(":")
    return unquote_plus(user), unquote_plus(password)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        form = _single(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.provider.asked.append(self.path)
        if self._misbehaved():
            return
        status, found = self.provider.redeem(form, self.headers.get("Authorization", ""))
        self._send(status, json.dumps(found).encode())

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.provider.asked.append(parts.path)
        if self._misbehaved():
            return
        if parts.path == "/favicon.ico":
            self._send(200, b"", **{"Content-Type": "image/svg+xml"})
            return
        if parts.path == "/authorize":
            self._authorize(_single(parts.query))
            return
        found = {"/.well-known/openid-configuration": self.provider.discovery, "/keys": self.provider.published}
        made = found.get(parts.path)
        self._send(200 if made else 404, json.dumps(made() if made else {}).encode())

    def _authorize(self, asked: dict[str, str]) -> None:
        """Show the page on which a person approves, or send on the one who did."""
        if asked.pop("approve", ""):
            self._send(302, b"", Location=self.provider.approve(asked))
            return
        onward = escape(f"/authorize?{urlencode({**asked, 'approve': 'yes'})}")
        page = f"<!doctype html><html lang=en><title>Log in</title><a href='{onward}'>I am Mara</a></html>"
        self._send(200, page.encode(), **{"Content-Type": "text/html"})

    def _misbehaved(self) -> bool:
        answer = self.provider.answers.get(urlsplit(self.path).path)
        if answer is None:
            return False
        status, headers, body = answer
        self._send(status, body, **headers)
        return True

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):  # who reads no more than so much hangs up
            self.close_connection = True


def _single(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def providing(name: str = "127.0.0.1") -> Iterator[Provider]:
    """Run a provider, known by a name of this machine."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = _Server(("127.0.0.1", 0), handler)
    provider.address = f"http://{name}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
