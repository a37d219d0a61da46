"""The pages of accounts: what an admin may do, what a person may do with their own, and that no secret shows."""

from __future__ import annotations

import pytest
from desk_server import asking, make_desk, serving

from armstrace.store.open import open_store
from armstrace.store.people import Account
from armstrace.web.people.accounts import COOKIE, Accounts, hash_password
from armstrace.web.people.person import Role
from armstrace.web.people.secrets import form_token

PASSWORD, ANOTHER = "correct horse battery", "a longer one by far"
HASHED = hash_password(PASSWORD)
NOW = "2031-05-01T12:00:00Z"


@pytest.fixture
def desk(tmp_path):
    with open_store(str(tmp_path / "people.db"), {}) as store:
        for name, role in (("ruth", Role.READER), ("ada", Role.ADMIN)):
            store.people.add(Account(name, role.word, HASHED, made_at=NOW))
        yield make_desk(store, accounts=Accounts(store.people, lambda: NOW))


@pytest.fixture
def address(desk):
    with serving(desk) as address:
        yield address


@pytest.fixture
def client(address):
    with asking(address) as client:
        yield client


def log_in(client, name, password=PASSWORD):
    client.cookies.clear()
    return client.post("/login", data={"name": name, "password": password}).headers.get("location")


def send(client, path, **form):
    return client.post(path, data={"form_token": form_token(client.cookies.get(COOKIE, "")), **form})


REFUSED = [
    ({"host": "elsewhere.example"}, 421, "does not go by that name"),
    ({"sec-fetch-site": "cross-site"}, 403, "asked for by another site"),
]


@pytest.mark.parametrize(("headers", "status", "told"), REFUSED)
def test_who_is_refused_before_being_known_is_told_why(client, headers, status, told):
    answer = client.post("/login", headers=headers)
    assert (answer.status_code, told in answer.text) == (status, True)


def test_an_admin_adds_changes_and_closes_accounts(desk, client):
    log_in(client, "ada")
    assert send(client, "/people/add", name="bo <i>", role="reviewer", password=PASSWORD).status_code == 303
    page = client.get("/people").text
    assert "bo &lt;i&gt;" in page
    assert "argon2" not in page
    assert send(client, "/people/change", name="bo <i>", role="reader").status_code == 303
    assert desk.store.people.account("bo <i>").role == "reader"
    log_in(client, "bo <i>")
    assert client.get("/people").status_code == 403
    log_in(client, "ada")
    assert send(client, "/people/change", name="bo <i>", state="closed").status_code == 303
    assert log_in(client, "bo <i>") is None
    assert [deed.did for _, deed in desk.store.people.deeds()].count("account changed") == 2


REFUSED = [
    ("/people/add", {"name": "", "role": "reader", "password": PASSWORD}, 422, "is no name"),
    ("/people/add", {"name": "ruth", "role": "reader", "password": PASSWORD}, 422, "there is an account"),
    ("/people/add", {"name": "cy", "role": "king", "password": PASSWORD}, 422, "give one of reader"),
    ("/people/add", {"name": "cy", "role": "reader", "password": "short"}, 422, "must have 12"),
    ("/people/add", {"name": "cy", "role": "reader"}, 422, "must have 12"),
    ("/people/change", {"name": "ada", "role": "reader"}, 409, "nobody closes or demotes themselves"),
    ("/people/change", {"name": "ada", "state": "closed"}, 409, "nobody closes or demotes themselves"),
    ("/people/change", {"name": "nobody", "role": "reader"}, 422, "no account of this name"),
    ("/people/revoke", {"key": "none"}, 422, "no key of this id"),
    ("/account/password", {"old": "wrong", "new": ANOTHER, "again": ANOTHER}, 422, "is another"),
    ("/account/password", {"old": PASSWORD, "new": ANOTHER, "again": PASSWORD}, 422, "not the same both times"),
    ("/account/password", {"old": PASSWORD, "new": "short", "again": "short"}, 422, "must have 12"),
    ("/account/keys", {"scope": "king"}, 422, "give one of reader"),
    ("/account/keys", {"scope": "reader", "until": "soon"}, 422, "is no day"),
    ("/account/revoke", {"key": "none"}, 404, "you have no such key"),
]


@pytest.mark.parametrize("row", REFUSED, ids=[f"{row[0]} {row[3]}" for row in REFUSED])
def test_what_is_refused_says_why(desk, client, row):
    path, form, status, told = row
    log_in(client, "ada")
    before = desk.store.people.accounts()
    answer = send(client, path, **form)
    assert answer.status_code == status
    assert told in answer.text
    assert desk.store.people.accounts() == before
    assert PASSWORD not in answer.text


def test_a_person_changes_the_own_password_and_other_browsers_are_out(client, address):
    log_in(client, "ruth")
    with asking(address) as other:
        log_in(other, "ruth")
        assert send(client, "/account/password", old=PASSWORD, new=ANOTHER, again=ANOTHER).status_code == 303
        assert client.get("/account").status_code == 200
        assert other.get("/account").headers["location"] == "/login?next_page=/account"
        assert log_in(other, "ruth") is None
        assert log_in(other, "ruth", ANOTHER) == "/"


def test_a_key_is_shown_once_and_dies_when_revoked(client, address, desk):
    log_in(client, "ruth")
    made = send(client, "/account/keys", scope="admin", note="nightly <b>", until="2031-06").text
    key = made.partition('class="made-key">')[2].partition("<")[0]
    assert key.startswith("armstrace_")
    page = client.get("/account").text
    assert key not in page
    assert "nightly &lt;b&gt;" in page
    bearer = {"authorization": f"Bearer {key}"}
    with asking(address) as program:
        assert program.get("/review", headers=bearer).status_code == 403, "a key may no more than its owner"
        assert program.get("/account", headers=bearer).status_code == 200
    log_in(client, "ada")
    assert key not in client.get("/people").text
    assert send(client, "/people/revoke", key=desk.store.people.api_keys()[0].id).status_code == 303
    with asking(address) as program:
        assert program.get("/account", headers=bearer).status_code in {303, 401}


def test_a_form_of_another_session_changes_nothing(client, desk):
    log_in(client, "ada")
    form = {"form_token": form_token("other"), "name": "cy", "role": "admin", "password": PASSWORD}
    assert client.post("/people/add", data=form).status_code == 403
    assert desk.store.people.account("cy") is None


def test_what_people_did_is_read_page_by_page(client, desk):
    log_in(client, "ada")
    for number in range(120):
        send(client, "/people/release", only="yes" if number % 2 else "")
    first = client.get("/audit").text
    assert first.count("<tr>") == 101
    assert first.count("release set") == 100
    further = first.partition('href="/audit?before=')[2].partition('"')[0]
    second = client.get(f"/audit?before={further}").text
    assert second.count("release set") == 20
    assert ">login<" in second
    assert desk.store.settings.released_only()
    assert client.get("/audit?before=x").status_code == 200
