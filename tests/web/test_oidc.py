"""Logging in at a provider: a real one on loopback, a real desk, a real client."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_server import asking, serving
from joserfc.jwk import OctKey
from oidc_desk import PASSWORD, approve, asked_of, begin, by_password, is_inside, log_in, send
from oidc_provider import CLIENT, SECRET, ec_key, rsa_key, signed, unsigned, with_extension

from armstrace.web.oidc.under_way import COOKIE as LOGIN_COOKIE
from armstrace.web.people.accounts import COOKIE


def test_whoever_the_provider_vouches_for_comes_in_and_goes_where_they_meant_to(oidc):
    oidc.bind()
    client = oidc.serve()
    page = client.get("/login?next_page=/transfers/abc?as_of=2022").text
    assert "Log in with Example Institute" in page
    assert 'href="/login/oidc?next_page=/transfers/abc%3Fas_of%3D2022"' in page
    location = begin(client, "/account?a=1")
    asked = asked_of(location)
    assert asked["redirect_uri"] == f"{str(client.base_url).rstrip('/')}/login/oidc/callback"
    assert asked["scope"] == "openid profile"
    inside = client.get(approve(location))
    assert inside.status_code == 200
    assert 'content="0; url=/account?a=1"' in inside.text
    cookies = inside.headers.get_list("set-cookie")
    assert any(one.startswith(f"{COOKIE}=") and "SameSite=strict" in one and "HttpOnly" in one for one in cookies)
    assert any(one.startswith(f'{LOGIN_COOKIE}=""') and "Path=/login/oidc" in one for one in cookies)
    assert (inside.headers["referrer-policy"], inside.headers["cache-control"]) == ("same-origin", "no-store")
    assert "mara, reviewer" in client.get("/account").text
    deed = oidc.last()
    assert (deed.who, deed.did, deed.more) == ("mara", "login", {"by": oidc.provider.address})
    assert send(client, "/logout").status_code == 303
    assert not is_inside(client)


def test_the_cookie_of_a_login_under_way_goes_nowhere_else_and_ends_soon(oidc):
    answer = oidc.serve().get("/login/oidc")
    (cookie,) = answer.headers.get_list("set-cookie")
    assert {"HttpOnly", "Max-Age=600", "Path=/login/oidc", "SameSite=lax"} <= {one.strip() for one in cookie.split(";")}


def test_a_session_that_was_there_before_is_not_the_one_after(oidc):
    oidc.bind()
    client = oidc.serve()
    client.cookies.set(COOKIE, "planted by somebody else")
    log_in(client)
    first = client.cookies.jar
    secrets = {one.value for one in first if one.name == COOKIE}
    log_in(client)
    assert {one.value for one in client.cookies.jar if one.name == COOKIE} - secrets


def test_behind_https_the_cookie_is_for_https_and_the_way_back_is_that_of_the_settings(oidc):
    client = oidc.serve(address="https://desk.example.org")
    answer = client.get("/login/oidc")
    asked = asked_of(answer.headers["location"])
    assert asked["redirect_uri"] == "https://desk.example.org/login/oidc/callback"
    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize("way", [["client_secret_basic"], ["client_secret_post"], None])
def test_the_desk_shows_its_secret_as_the_provider_takes_it(oidc, way):
    oidc.bind()
    if way:
        oidc.provider.more = {"token_endpoint_auth_methods_supported": way}
    assert log_in(oidc.serve()).status_code == 200


@pytest.mark.parametrize("key", [rsa_key, ec_key], ids=["RS256", "ES256"])
@pytest.mark.parametrize("named", [True, False], ids=["by its id", "the only one"])
def test_tokens_of_either_kind_of_key_hold(oidc, key, named):
    oidc.bind()
    oidc.provider.keys = [key("first")]
    if not named:
        bare = {name: value for name, value in key("first").as_dict(private=True).items() if name != "kid"}
        oidc.provider.keys = [type(key("first")).import_key(bare)]
    assert log_in(oidc.serve()).status_code == 200


def test_keys_that_the_provider_changes_are_asked_for_anew_but_not_for_every_token(oidc):
    oidc.bind()
    client = oidc.serve()
    assert log_in(client).status_code == 200
    oidc.provider.keys = [rsa_key("second"), rsa_key("first")]
    assert log_in(client).status_code == 403, "keys that were asked for a moment ago are not asked for again"
    oidc.clock.passed = 60
    assert log_in(client).status_code == 200
    assert oidc.provider.asked.count("/keys") == 2
    assert oidc.provider.asked.count("/.well-known/openid-configuration") == 1
    oidc.provider.keys = [rsa_key("third")]
    for _ in range(3):
        log_in(client)
    assert oidc.provider.asked.count("/keys") == 2


def test_two_audiences_are_taken_where_the_token_says_that_it_was_made_for_the_desk(oidc):
    oidc.bind()
    oidc.provider.claims = lambda given: given | {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert log_in(oidc.serve()).status_code == 200


def test_an_extension_that_need_not_be_understood_is_passed_over(oidc):
    oidc.bind()
    oidc.provider.sign = lambda claims: with_extension(claims, rsa_key("first"))
    assert log_in(oidc.serve()).status_code == 200


def test_a_shared_secret_signs_only_where_it_is_asked_for(oidc):
    oidc.bind()
    oidc.provider.sign = lambda claims: signed(claims, OctKey.import_key(SECRET))
    assert log_in(oidc.serve()).status_code == 403
    assert log_in(oidc.serve(algorithms=("HS256",))).status_code == 200


def test_an_answer_comes_back_once(oidc):
    oidc.bind()
    client = oidc.serve()
    location = begin(client)
    cookie = client.cookies.get(LOGIN_COOKIE)
    back = approve(location)
    assert client.get(back).status_code == 200
    client.cookies.clear()
    client.cookies.set(LOGIN_COOKIE, cookie, path="/login/oidc")
    again = client.get(back)
    assert (again.status_code, "came back before" in again.text) == (403, True)
    assert oidc.provider.asked.count("/token") == 1


@pytest.mark.parametrize("kept", ["", "x", "e30.0", "\x80.é"], ids=["none", "rubbish", "forged", "no text"])
def test_a_browser_that_began_no_login_brings_no_answer(oidc, kept):
    oidc.bind()
    client = oidc.serve()
    back = approve(begin(client))  # of an attacker, who would have others log in as them
    client.cookies.clear()
    headers = {"cookie": f"{LOGIN_COOKIE}={kept}".encode("latin-1")} if kept else {}
    answer = client.get(back, headers=headers)
    assert (answer.status_code, "has begun no login" in answer.text) == (403, True)
    assert oidc.provider.asked.count("/token") == 0


def test_a_login_takes_ten_minutes_at_most(oidc):
    oidc.bind()
    client = oidc.serve()
    back = approve(begin(client))
    oidc.clock.passed = 601
    answer = client.get(back)
    assert (answer.status_code, "10 minutes ago" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/" + "a" * 2000,
        "/" + "ж" * 500,
    ],
)
def test_nobody_is_sent_elsewhere_after_login(oidc, elsewhere):
    oidc.bind()
    page = log_in(oidc.serve(), elsewhere)
    assert page.status_code == 200
    assert 'content="0; url=/"' in page.text
    assert "evil" not in page.text


def test_where_passwords_are_off_nobody_logs_in_by_one(oidc):
    oidc.bind()
    client = oidc.serve(passwords=False)
    page = client.get("/login").text
    assert 'type="password"' not in page
    answer = by_password(client)
    assert (answer.status_code, "nobody logs in by a password" in answer.text) == (403, True)
    assert log_in(client).status_code == 200
    assert 'type="password"' not in client.get("/account").text
    form = {"old": PASSWORD, "new": PASSWORD * 2, "again": PASSWORD * 2}
    assert send(client, "/account/password", **form).status_code == 409


def test_who_fails_often_waits_and_a_stray_answer_makes_nobody_wait(oidc):
    oidc.bind()
    client = oidc.serve()
    for _ in range(20):
        client.get("/login/oidc/callback?state=x&code=y")  # as any page elsewhere can have a browser do
    strays = [one for one in oidc.deeds() if one[1] == "login failed"]
    assert len(strays) == 5, "they do not fill the record"
    assert log_in(client).status_code == 200
    oidc.provider.sign = unsigned
    told = [log_in(client).text for _ in range(6)]
    assert ["wait 1 seconds" in one for one in told] == [False] * 5 + [True]
    oidc.provider.sign = None
    oidc.clock.passed = 2
    assert log_in(client).status_code == 200


def test_a_desk_without_a_provider_says_so(oidc):
    with serving(replace(oidc.desk(), sign_on=None)) as address, asking(address) as client:
        for path in ("/login/oidc", "/login/oidc/callback"):
            answer = client.get(path)
            assert (answer.status_code, "no provider of logins" in answer.text) == (404, True)
        assert "/login/oidc" not in client.get("/login").text


@pytest.mark.parametrize(("headers", "status"), [({"host": "evil.example"}, 421), ({"origin": "null"}, 403)])
def test_what_is_refused_before_anybody_is_known_is_told_at_a_desk_with_accounts_too(oidc, headers, status):
    answer = oidc.serve().post("/login", data={"name": "mara", "password": "x"}, headers=headers)
    assert (answer.status_code, "problem" in answer.text) == (status, True)
