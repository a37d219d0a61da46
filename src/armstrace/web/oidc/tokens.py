"""What an identity token must hold before anything in it is believed: OpenID Connect Core 1.0, 3.1.3.7.

Pure: the keys, the moment and what is expected are given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, GuestProtocol, OctKey, RSAKey
from joserfc.jws import JWSRegistry

from armstrace.errors import LoginRefusedError
from armstrace.web.oidc.algorithms import SHARED

Claims = Mapping[str, Any]
VerifyingKey = RSAKey | ECKey

LEEWAY: Final = 60  # seconds by which the provider's clock may differ from ours
MOST_SUBJECT: Final = 255  # characters, as the standard has it
_LEAST_RSA: Final = 2048 // 6  # base64 characters of a modulus
_MOST_KEYS: Final = 50
_TYPES: Final[Mapping[str, type[VerifyingKey]]] = {"RSA": RSAKey, "EC": ECKey}
_TYPE_OF: Final[Mapping[str, str]] = {"RS": "RSA", "PS": "RSA", "ES": "EC"}  # by the beginning of an algorithm's name

# What a broken rule means, by the claim it is about, and else by the kind of fault.
_CLAIMS: Final[Mapping[str, str]] = {
    "iss": "another provider made it",
    "aud": "it is made for another client",
    "azp": "it is made for another client",
    "exp": "it has expired",
    "iat": "it is of another time; look at the clocks",
    "nbf": "it is of another time; look at the clocks",
    "nonce": "it belongs to another login",
    "at_hash": "it belongs to another answer",
}
_FAULTS: Final = (
    (BadSignatureError, "its signature is wrong"),
    (UnsupportedAlgorithmError, "it is signed in a way that is not taken; see algorithms in docs/login.md"),
)


class Expected(NamedTuple):
    """What a token must be: by whom, for whom, to which login, signed how; ``secret`` where that is shared."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: Collection[str]
    secret: str | None = None


class _Registry(JWSRegistry):
    max_header_length = 16 * 1024  # some providers put their whole chain of certificates there


class UnknownKeyError(LoginRefusedError):
    """A token is signed by a key that is not among those known; the provider may have another one by now."""


def read_keys(document: object) -> tuple[VerifyingKey, ...]:
    """Return the public keys of a JWK set that may verify signatures; others in it are passed over (RFC 7517, 5).

    Raises:
        ValueError: there are none.
    """
    rows = document.get("keys") if isinstance(document, dict) else None
    found = tuple(key for row in rows[:_MOST_KEYS] if (key := _key(row))) if isinstance(rows, list) else ()
    if not found:
        raise ValueError("holds no key by which a signature could be verified")
    return found


def verify_token(
    token: str, access_token: str | None, expected: Expected, keys: Sequence[VerifyingKey], now: int
) -> Claims:
    """Return the claims of an identity token: signed by the provider, for this desk, to this login, and in time.

    Raises:
        UnknownKeyError: it names a key that is none of ``keys``.
        LoginRefusedError: it is anything else than it must be.
    """
    registry = _Registry(algorithms=list(expected.algorithms), strict_check_header=False)
    try:
        found = jwt.decode(token, lambda sent: _choose(sent, expected, keys), list(expected.algorithms), registry)
        claims = CodeIDToken(found.claims, found.header, _options(expected), _params(expected, access_token))
        claims.validate(now=now, leeway=LEEWAY)
    except (JoseError, ValueError, RecursionError) as error:
        raise LoginRefusedError(f"the provider's token does not hold ({_told(error)})") from error
    if not 0 < len(claims["sub"]) <= MOST_SUBJECT:
        raise LoginRefusedError("the provider's token names nobody")
    return dict(claims)


def _options(expected: Expected) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": expected.issuer},
        "sub": {"essential": True},
        "aud": {"essential": True, "value": expected.client_id},
        "exp": {"essential": True},
        "iat": {"essential": True},
        "nonce": {"essential": True, "value": expected.nonce},
    }


def _params(expected: Expected, access_token: str | None) -> dict[str, Any]:
    return {"client_id": expected.client_id, "nonce": expected.nonce, "access_token": access_token}


def _choose(sent: GuestProtocol, expected: Expected, keys: Sequence[VerifyingKey]) -> VerifyingKey | OctKey:
    """Return the key that must have signed: the secret for algorithms of a secret, else a public one of that id.

    Raises:
        UnknownKeyError: there is none.
    """
    header = sent.headers()
    if header["alg"] in SHARED:
        if expected.secret is None:
            raise LoginRefusedError("the provider's token is signed by a secret, and there is none")
        return OctKey.import_key(expected.secret)
    kid, kind = header.get("kid"), _TYPE_OF.get(header["alg"][:2])
    able = [key for key in keys if key.key_type == kind and key.alg in {None, header["alg"]}]
    fitting = [key for key in able if kid is None or key.kid == kid]
    if len(fitting) != 1:
        raise UnknownKeyError("the provider's token is signed by a key that the provider does not publish")
    return fitting[0]


def _key(row: object) -> VerifyingKey | None:
    kind = _TYPES.get(str(row.get("kty"))) if isinstance(row, dict) else None
    if kind is None or not isinstance(row, dict) or row.get("use", "sig") != "sig" or _is_weak(row):
        return None
    try:
        return kind.import_key({name: value for name, value in row.items() if name != "key_ops"})
    except (JoseError, ValueError, TypeError, KeyError):  # not one of ours; what it signed is refused
        return None


def _is_weak(row: Mapping[str, Any]) -> bool:
    return row["kty"] == "RSA" and len(str(row.get("n", ""))) < _LEAST_RSA


def _told(error: Exception) -> str:
    """Return which rule was broken, never a value of the token."""
    claim = getattr(error, "claim", None)
    if isinstance(claim, str):
        return _CLAIMS.get(claim, f"its {claim} is missing or wrong" if claim.isidentifier() else "it lacks claims")
    return next((told for kind, told in _FAULTS if isinstance(error, kind)), "it is malformed")
