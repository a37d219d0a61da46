"""Accounts by the API: who may keep them, what is refused, and that no password is ever given."""

from __future__ import annotations

import pytest
from desk_server import asking, make_desk, serving

from armstrace.store.open import open_store
from armstrace.store.people import Account
from armstrace.web.api.shapes.people import AccountPage
from armstrace.web.people.accounts import Accounts
from armstrace.web.people.person import Role

NOW = "2031-06-01T00:00:00Z"
PEOPLE, CHANGE = "/api/v1/people", "/api/v1/people/change"
BO = {"name": "bo <i>", "role": "reviewer", "password": "correct horse battery"}


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "people.db"), {}) as opened:
        yield opened


@pytest.fixture
def keys(store):
    """Return headers by name, of accounts that bear the names of their roles."""
    accounts, headers = Accounts(store.people, lambda: NOW), {}
    for role in (Role.READER, Role.REVIEWER, Role.ADMIN):
        store.people.add(Account(role.word, role.word, "no hash", made_at=NOW))
        headers[role.word] = {"authorization": f"Bearer {accounts.make_key(role.word, role)}"}
    return headers


@pytest.fixture
def client(store, keys):
    desk = make_desk(store, accounts=Accounts(store.people, lambda: NOW))
    with serving(desk) as address, asking(address) as client:
        client.headers.update(keys["admin"])
        yield client


def test_an_account_is_added_changed_and_closed(client, store):
    made = client.post(PEOPLE, json=BO)
    assert (made.status_code, made.json()) == (
        201,
        {"name": "bo <i>", "role": "reviewer", "closed": False, "made_at": NOW},
    )
    changed = client.post(CHANGE, json={"name": BO["name"], "role": "reader", "closed": True})
    assert (changed.json()["role"], changed.json()["closed"]) == ("reader", True)
    before = store.people.account(BO["name"]).password
    assert client.post(CHANGE, json={"name": BO["name"], "password": "another long one"}).status_code == 200
    after = store.people.account(BO["name"]).password
    assert after != before
    listed = client.get(PEOPLE)
    assert [one.name for one in AccountPage.model_validate_json(listed.text).items] == [
        "admin",
        "bo <i>",
        "reader",
        "reviewer",
    ]
    assert after not in listed.text
    did = [(deed.who, deed.did, deed.about) for _, deed in store.people.deeds()][:3]
    assert did == [("admin", f"account {one}", BO["name"]) for one in ("changed", "changed", "added")]


REFUSED = [
    (PEOPLE, BO, 409, "there is an account of this name"),
    (PEOPLE, {**BO, "name": "two\nlines"}, 400, "is no name"),
    (PEOPLE, {**BO, "name": "al", "password": "short"}, 422, "body.password"),
    (PEOPLE, {**BO, "name": "al", "role": "nobody"}, 422, "body.role"),
    (PEOPLE, {"name": "al", "role": "reader"}, 409, "by passwords alone"),
    (CHANGE, {"name": "zoe", "role": "admin"}, 404, "there is no account of this name"),
    (CHANGE, {"name": "admin", "role": "reader"}, 409, "nobody closes or demotes themselves"),
    (CHANGE, {"name": "admin", "closed": True}, 409, "nobody closes or demotes themselves"),
    (CHANGE, {"name": BO["name"], "password": "short", "closed": True}, 422, "body.password"),
]


@pytest.mark.parametrize("refused", REFUSED)
def test_what_will_not_do_is_refused_and_changes_nothing(client, store, refused):
    path, given, status, told = refused
    client.post(PEOPLE, json=BO)
    before = store.people.accounts()
    answer = client.post(path, json=given)
    assert (answer.status_code, told in answer.text) == (status, True), answer.text
    assert store.people.accounts() == before


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_only_an_admin_keeps_accounts(client, keys, role):
    assert client.get(PEOPLE, headers=keys[role]).status_code == 403
    assert client.post(PEOPLE, json=BO, headers=keys[role]).status_code == 403
    assert client.post(CHANGE, json={"name": role, "role": "admin"}, headers=keys[role]).status_code == 403


def test_a_desk_for_one_person_keeps_no_accounts(store):
    with serving(make_desk(store)) as address, asking(address) as client:
        assert client.get(PEOPLE).json() == {"items": [], "next": None}
        assert client.post(PEOPLE, json=BO).status_code == 409
        assert client.post(CHANGE, json={"name": "bo"}).status_code == 409
