"""Whose account somebody has whom a provider knows: by issuer and subject alone; who is let in, and as what."""

from __future__ import annotations

import pytest
from oidc_desk import by_password, is_inside, log_in, send

from armstrace.web.people.person import Role


def test_who_is_bound_to_another_issuer_is_somebody_else(oidc):
    oidc.bind(issuer="https://another.example")
    answer = log_in(oidc.serve())
    assert (answer.status_code, "knows you as mara, this desk does not" in answer.text) == (403, True)


def test_a_name_or_an_e_mail_gives_nobody_an_account(oidc):
    oidc.provider.person = {
        "sub": "s-2",
        "preferred_username": "ada",
        "email": "ada@example.org",
        "email_verified": True,
    }
    for more in ({}, {"adds": True}):
        client = oidc.serve(**more)
        assert log_in(client).status_code == 403
        assert not is_inside(client)
    assert [(one.subject, one.name, one.called) for one in oidc.store.identities.all()] == [("s-2", None, "ada")]
    assert ("ada", "login failed", None) in oidc.deeds()


def test_a_closed_account_stays_out_and_whoever_is_in_is_out_at_once(oidc):
    oidc.bind()
    client = oidc.serve()
    log_in(client)
    assert is_inside(client)
    oidc.store.people.change("mara", is_closed=True)
    assert not is_inside(client)
    answer = log_in(client)
    assert (answer.status_code, "account mara is closed" in answer.text) == (403, True)


def test_whom_the_desk_does_not_know_an_admin_lets_in(oidc):
    oidc.provider.person = {"sub": "s-9", "preferred_username": "bo <i>"}
    client = oidc.serve()
    refused = log_in(client)
    assert refused.status_code == 403
    assert "bo &lt;i&gt;" in refused.text
    by_password(client, "ada")
    page = client.get("/people").text
    assert "bo &lt;i&gt;" in page
    assert "s-9" in page

    def let_in(**form):
        return send(client, "/people/bind", issuer=oidc.provider.address, **form).status_code

    assert let_in(subject="s-0", name="bo", role="reader") == 404
    assert let_in(subject="s-9", name="ada", role="reader") == 422, "the account is somebody's"
    assert let_in(subject="s-9", name="nobody", role="existing") == 422
    assert let_in(subject="s-9", name="mara", role="existing") == 303
    assert oidc.store.identities.find(oidc.provider.address, "s-9").name == "mara"
    assert let_in(subject="s-9", name="bo", role="reviewer") == 303
    assert oidc.store.people.account("mara").role == "reviewer"
    client.cookies.clear()
    assert log_in(client).status_code == 200
    assert "bo, reviewer" in client.get("/account").text
    assert "Another password" not in client.get("/account").text
    assert client.post("/login", data={"name": "bo", "password": ""}).status_code in {401, 422}


def test_an_account_that_is_given_to_another_person_is_lost_to_the_first(oidc):
    oidc.bind()
    first, second = oidc.serve(), oidc.serve()
    log_in(first)
    oidc.provider.person = {"sub": "s-2", "preferred_username": "mara"}
    log_in(second)
    oidc.bind("s-2")
    assert not is_inside(first)
    assert log_in(second).status_code == 200
    oidc.provider.person = {"sub": "s-1", "preferred_username": "mara"}
    assert log_in(first).status_code == 403


GROUPS = {"groups_claim": "groups", "roles": {"g-admin": Role.ADMIN, "g-review": Role.REVIEWER, "g-read": Role.READER}}


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["g-read"], "reader"),
        (["g-read", "g-admin", "x"], "admin"),
        ("g-review", "reviewer"),
        ([["g-admin"], {"g-admin": 1}, "g-read"], "reader"),
        (["x"], None),
        ([], None),
        ({"g-admin": True}, None),
        (None, None),
    ],
)
def test_groups_decide_on_the_role_at_each_login(oidc, groups, role):
    oidc.bind()
    oidc.provider.person["groups"] = groups
    client = oidc.serve(**GROUPS)
    assert log_in(client).status_code == (200 if role else 403)
    assert is_inside(client) == bool(role)
    assert oidc.store.people.account("mara").role == (role or "reviewer")
    assert (("OpenID Connect", "account changed", "mara") in oidc.deeds()) == (role in {"reader", "admin"})


@pytest.mark.parametrize(
    ("person", "more", "role"),
    [
        ({"preferred_username": "bo"}, {}, "reader"),
        ({"preferred_username": "bo", "groups": ["g-review"]}, GROUPS, "reviewer"),
        ({"preferred_username": "bo", "groups": []}, GROUPS, None),
        ({"preferred_username": "x", "email": "bo"}, {"name_claim": "email"}, "reader"),
        ({}, {}, None),
        ({"preferred_username": 7}, {}, None),
        ({"preferred_username": "b\u202eo"}, {}, None),
        ({"preferred_username": "b" * 90}, {}, None),
    ],
)
def test_where_it_is_set_so_whom_the_provider_knows_gets_an_account(oidc, person, more, role):
    oidc.provider.person = {"sub": "s-5", **person}
    client = oidc.serve(adds=True, **more)
    assert log_in(client).status_code == (200 if role else 403)
    account = oidc.store.people.account("bo")
    assert (account and account.role, account and account.password) == (role, None)
    assert is_inside(client) == bool(role)
    if role:
        assert ("OpenID Connect", "account added", "bo") in oidc.deeds()
        assert log_in(client).status_code == 200, "the second time it is the same one"
