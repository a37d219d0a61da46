"""Every way in past a provider of logins that must be shut, and a provider that is in trouble itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from oidc_desk import approve, asked_of, begin, by_password, is_inside, log_in
from oidc_provider import CLIENT, EPOCH, SECRET, hashed_by_hand, rsa_key, signed, unsigned, with_extension

from armstrace.web.people.accounts import COOKIE

# Whatever is wrong with an answer or a token, nobody comes in, and everybody is told why.


@dataclass(frozen=True)
class Attack:
    """One way in that must be shut: what the provider is made to do, what becomes of the way back, what is told."""

    what: str
    told: str
    claims: dict | None = None
    sign: object = None
    back: object = None
    provider: object = None
    status: int = 403


def changed(**more):
    """Return what changes parameters of the way back; None drops one."""

    def change(back):
        parts = urlsplit(back)
        query = {k: v for k, v in (dict(parse_qsl(parts.query)) | more).items() if v is not None}
        return parts._replace(query=urlencode(query)).geturl()

    return change


def answering(path, status=200, body=b"", **headers):
    """Return what makes a provider answer otherwise."""
    return lambda provider: provider.answers.update({path: (status, headers, body)})


def with_more(**more):
    return lambda provider: provider.more.update(more)


def another_client(provider):
    """Give the code of a login that another client began."""
    redeem = provider.redeem

    def redeem_stolen(form, authorization):
        for login in provider.codes.values():
            login["client_id"] = "another"
        return redeem(form, authorization)

    provider.redeem = redeem_stolen


def another_verifier(provider):
    """Give a code that was asked for with another challenge: somebody else's."""
    for_all = provider.approve
    provider.approve = lambda asked: for_all(asked | {"code_challenge": "a" * 43})


def without_verifier(provider):
    """Drop the verifier on the way."""
    redeem = provider.redeem
    provider.redeem = lambda form, authorization: redeem(form | {"code_verifier": ""}, authorization)


def by_public_key(claims):
    return hashed_by_hand(claims, rsa_key("first").as_pem(private=False), "first")


def tampered(claims):
    head, _, signature = signed(claims, rsa_key("first")).split(".")
    body = signed(claims | {"sub": "s-admin"}, rsa_key("first")).split(".")[1]
    return f"{head}.{body}.{signature}"


def brings_own_key(claims):
    thief = rsa_key("thief")
    return signed(claims, thief, kid="thief", jwk=thief.as_dict(private=False))


DOCUMENT, TOKEN, KEYS = "/.well-known/openid-configuration", "/token", "/keys"
HUGE = b'{"issuer": "' + b"a" * 2_000_000 + b'"}'
DEEP = b"[" * 100_000
WEAK = json.dumps({"keys": [{"kty": "RSA", "kid": "first", "n": "w" * 171, "e": "AQAB"}]}).encode()  # 1024 bits

ATTACKS = [
    Attack("another state", "another login", back=changed(state="x" * 43)),
    Attack("no state", "another login", back=changed(state=None)),
    Attack("no code", "holds no code", back=changed(code=None)),
    Attack("a code of nobody", "invalid_grant", back=changed(code="guessed")),
    Attack("a code that another client was given", "invalid_grant", provider=another_client),
    Attack("a code that another browser was given", "invalid_grant", provider=another_verifier),
    Attack("no verifier", "invalid_grant", provider=without_verifier),
    Attack("an error", "access_denied", back=changed(code=None, error="access_denied")),
    Attack("a script for an error", "an error", back=changed(error="<script>")),
    Attack("an answer of another issuer", "another provider", back=changed(iss="https://evil.example")),
    Attack(
        "an answer without the issuer that is promised",
        "another provider",
        provider=with_more(authorization_response_iss_parameter_supported=True),
    ),
    Attack("another nonce", "another login", claims={"nonce": "n" * 43}),
    Attack("no nonce", "another login", claims={"nonce": None}),
    Attack("a list for a nonce", "another login", claims={"nonce": ["n"]}),
    Attack("another audience", "another client", claims={"aud": "another"}),
    Attack("no audience", "another client", claims={"aud": None}),
    Attack("no audience at all", "another client", claims={"aud": []}),
    Attack("two audiences and no party", "another client", claims={"aud": [CLIENT, "another"]}),
    Attack("two audiences and another party", "another client", claims={"aud": [CLIENT, "another"], "azp": "another"}),
    Attack("another party", "another client", claims={"azp": "another"}),
    Attack("another issuer", "another provider", claims={"iss": "https://evil.example"}),
    Attack("no issuer", "another provider", claims={"iss": None}),
    Attack("expired", "expired", claims={"exp": EPOCH - 61}),
    Attack("no end", "expired", claims={"exp": None}),
    Attack("an end that is no number", "expired", claims={"exp": "9999999999"}),
    Attack("an end of nan", "expired", claims={"exp": float("nan")}),
    Attack("of the future", "clocks", claims={"iat": EPOCH + 3600}),
    Attack("no moment", "clocks", claims={"iat": None}),
    Attack("not yet", "clocks", claims={"nbf": EPOCH + 3600}),
    Attack("of another access token", "another answer", claims={"at_hash": "a" * 22}),
    Attack("no subject", "sub", claims={"sub": None}),
    Attack("an empty subject", "sub", claims={"sub": ""}),
    Attack("a number for a subject", "sub", claims={"sub": 1}),
    Attack("a subject without end", "nobody", claims={"sub": "s" * 300}),
    Attack("unsigned", "not taken", sign=unsigned),
    Attack("signed by the public key as a secret", "not taken", sign=by_public_key),
    Attack("signed by a key of nobody", "does not publish", sign=lambda claims: signed(claims, rsa_key("thief"))),
    Attack(
        "signed by a key that goes by another's id",
        "signature is wrong",
        sign=lambda claims: signed(claims, rsa_key("thief"), kid="first"),
    ),
    Attack("a key that comes along", "does not publish", sign=brings_own_key),
    Attack("other claims under an old signature", "signature is wrong", sign=tampered),
    Attack(
        "an extension that must be understood",
        "malformed",
        sign=lambda claims: with_extension(claims, rsa_key("first"), "ext"),
    ),
    Attack("no token but words", "malformed", sign=lambda _: "not.a.token"),
    Attack("a key too weak", "no key", provider=answering(KEYS, body=WEAK), status=503),
    Attack("no identity token", "gives no identity token", provider=answering(TOKEN, body=b"{}"), status=503),
    Attack("a token answer that is no JSON", "can be read", provider=answering(TOKEN, body=b"<p>"), status=503),
    Attack("a token answer without bottom", "can be read", provider=answering(TOKEN, body=DEEP), status=503),
    Attack("a token answer without end", "bytes", provider=answering(TOKEN, body=HUGE), status=503),
    Attack("a provider in trouble", "can be read", provider=answering(TOKEN, 500), status=503),
    Attack(
        "a token answer that leads elsewhere",
        "leads elsewhere",
        provider=answering(TOKEN, 307, Location="https://evil.example/token"),
        status=503,
    ),
    Attack("keys that lead elsewhere", "leads elsewhere", provider=answering(KEYS, 302, Location="/k"), status=503),
    Attack("keys that are none", "no key", provider=answering(KEYS, body=b'{"keys": [1, {"kty": "oct"}]}'), status=503),
    Attack("keys that are no JSON", "can be read", provider=answering(KEYS, body=b"["), status=503),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.what)
def test_this_way_in_is_shut(oidc, attack):
    oidc.bind()
    before = (oidc.store.people.accounts(), oidc.store.identities.all())
    if attack.claims is not None:
        without = {name for name, value in attack.claims.items() if value is None}
        oidc.provider.claims = lambda given: {k: v for k, v in (given | attack.claims).items() if k not in without}
    oidc.provider.sign = attack.sign
    if attack.provider:
        attack.provider(oidc.provider)
    client = oidc.serve()
    back = approve(begin(client))
    answer = client.get(attack.back(back) if attack.back else back)
    assert (answer.status_code, attack.told in answer.text) == (attack.status, True), answer.text
    assert not [one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    assert "<script>" not in answer.text.partition("<main")[2]
    assert not is_inside(client)
    assert (oidc.store.people.accounts(), oidc.store.identities.all()) == before
    deed = oidc.last()
    assert (deed.did, deed.more["by"]) == ("login failed", oidc.provider.address)
    code = asked_of(back)["code"]
    assert not [one for one in (code, SECRET, oidc.provider.access, "eyJ") if one in str(deed)]


DOWN = [
    (answering(DOCUMENT, 500), "can be read"),
    (answering(DOCUMENT, 302, Location="https://evil.example/"), "leads elsewhere"),
    (answering(DOCUMENT, body=b"\xff\x00 rubbish"), "can be read"),
    (answering(DOCUMENT, body=b"[]"), "can be read"),
    (answering(DOCUMENT, body=DEEP), "can be read"),
    (answering(DOCUMENT, body=HUGE), "bytes"),
    (with_more(issuer="https://evil.example"), "names another issuer"),
    (with_more(token_endpoint="http://evil.example/token"), "token_endpoint: "),  # noqa: S106 - an address
    (with_more(jwks_uri="file:///etc/passwd"), "jwks_uri: "),
    (with_more(jwks_uri="https://169.254.169.254/keys"), None),
    (with_more(authorization_endpoint="javascript:alert(1)"), "authorization_endpoint: "),
    (with_more(authorization_endpoint=None), "authorization_endpoint: "),
]


@pytest.mark.parametrize(("prepare", "told"), DOWN, ids=[f"{n}: {told}" for n, (_, told) in enumerate(DOWN)])
def test_a_provider_in_trouble_is_told_in_words(oidc, prepare, told):
    oidc.bind()
    prepare(oidc.provider)
    client = oidc.serve()
    answer = client.get("/login/oidc?next_page=/search") if told else log_in(client)
    assert answer.status_code == 503
    assert (told or "not connected") in answer.text
    assert 'name="password"' in answer.text


def test_passwords_work_while_a_provider_is_not_there(oidc):
    oidc.provider.address = "http://127.0.0.1:1"
    client = oidc.serve()
    answer = client.get("/login/oidc?next_page=/search")
    assert (answer.status_code, "cannot be reached" in answer.text) == (503, True)
    assert 'name="next_page" value="/search"' in answer.text
    assert by_password(client, next_page="/search").headers["location"] == "/search"
