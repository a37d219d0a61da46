"""Watches and alerts by the API: made, changed, paused, told of, read; who sees whose."""

from __future__ import annotations

import json

import pytest
from desk_server import asking, make_desk, serving
from story_store import STORY, make_store

from armstrace.store.open import open_store
from armstrace.store.people import Account
from armstrace.web.api.shapes.watches import AlertPage, Watch, WatchPage
from armstrace.web.people.accounts import Accounts
from armstrace.web.people.person import Role

NOW = "2031-06-01T00:00:00Z"
WATCHES, ALERTS, READ = "/api/v1/watches", "/api/v1/alerts", "/api/v1/alerts/read"
KENYA = {"name": "to Kenya", "asks": {"recipient": "KE", "item": "drones"}}


@pytest.fixture
def store(tmp_path):
    with open_store(make_store(tmp_path / "desk.db", STORY[:1]), {}) as opened:
        yield opened


@pytest.fixture
def client(store):
    with serving(make_desk(store)) as address, asking(address) as client:
        yield client


def go_on(store, until=3):
    make_store(store.database.place.name, STORY[1:until])


def make(client, **given):
    answer = client.post(WATCHES, json={**KENYA, **given})
    assert answer.status_code == 201, answer.text
    return answer


def test_a_watch_is_made_and_tells_until_it_is_removed(client, store):
    made = make(client)
    place = made.headers["location"]
    watch = Watch.model_validate_json(made.text)
    assert (watch.asks.recipient, watch.paused, len(watch.changes)) == ("KE", False, 10)
    assert client.get(place).json() == made.json()
    assert AlertPage.model_validate_json(client.get(ALERTS).text).items == []
    go_on(store)
    (alert,) = AlertPage.model_validate_json(client.get(ALERTS).text).items
    assert (alert.title, alert.watch.name, alert.read_at) == ("Peru → Kenya: drones", "to Kenya", None)
    assert "ordered → delivered (2031-03-05)" not in [one.words for one in alert.changes]
    assert alert.headlines[-1].outlet == "Lima Ledger"
    assert client.get(place).json()["unread"] == 1
    assert client.post(READ, json={"numbers": [alert.number]}).json() == {"unread": 0}
    assert [len(client.get(f"{ALERTS}?unread={told}").json()["items"]) for told in ("true", "false")] == [0, 1]
    assert client.delete(place).status_code == 204
    assert (client.get(place).status_code, client.delete(place).status_code) == (404, 404)
    assert client.get(ALERTS).json()["items"] == []


def test_a_watch_is_changed_and_paused(client, store):
    place = make(client).headers["location"]
    other = {"name": "denials", "asks": {"party": "PE"}, "changes": ["denial"], "paused": True}
    changed = Watch.model_validate_json(client.put(place, json=other).text)
    assert (changed.name, changed.asks.party, changed.asks.recipient) == ("denials", "PE", None)
    assert (list(map(str, changed.changes)), changed.paused) == (["denial"], True)
    go_on(store)
    assert client.get(ALERTS).json()["items"] == [], "what happens while it is paused is not told"
    assert client.put(place, json={**other, "paused": False}).json()["paused"] is False
    assert [deed.did for _, deed in store.people.deeds()][:2] == ["watch goes on", "watch changed"]


REFUSED = [
    ({"name": "  "}, 400, "name: give one line"),
    ({"asks": {"party": "?!"}}, 400, "party: give words"),
    ({"asks": {"measure": "UN-ATLANTIS"}}, 400, "measure: 'UN-ATLANTIS' is none"),
    ({"asks": {"credibility": 9}}, 422, "body.asks.credibility"),
    ({"asks": {"colour": "red"}}, 422, "body.asks.colour"),
    ({"changes": ["gossip"]}, 422, "body.changes.0"),
    ({}, 409, "ann has a watch 'to Kenya' already"),
]


@pytest.mark.parametrize(("given", "status", "told"), REFUSED)
def test_a_watch_that_cannot_be_meant_is_refused(client, store, given, status, told):
    place = make(client).headers["location"]
    answer = client.post(WATCHES, json={**KENYA, **given})
    assert (answer.status_code, told in answer.text) == (status, True), answer.text
    if status != 409:
        assert client.put(place, json={**KENYA, **given}).status_code == status
    assert [row.name for row in store.alerts.watches()] == ["to Kenya"]


def test_listings_go_on_page_by_page_and_bear_tags(client, store):
    for name in ("c", "a", "b"):
        make(client, name=name)
    names, following = [], f"{WATCHES}?limit=1"
    while following:
        page = WatchPage.model_validate_json(client.get(following).text)
        names, following = [*names, *(one.name for one in page.items)], page.next
    assert names == ["a", "b", "c"]
    tag = client.get(ALERTS).headers["etag"]
    assert client.get(ALERTS, headers={"if-none-match": tag}).status_code == 304
    go_on(store)
    page = client.get(f"{ALERTS}?limit=2", headers={"if-none-match": tag}).json()
    lines = client.get(ALERTS, headers={"accept": "application/x-ndjson"}).text.splitlines()
    told = [*page["items"], *client.get(page["next"]).json()["items"]]
    assert told == [json.loads(line) for line in lines]
    assert len({one["number"] for one in told}) == 3


@pytest.fixture
def keyed(store):
    """Return a client of a desk with accounts, and headers by name."""
    accounts, headers = Accounts(store.people, lambda: NOW), {}
    for name, role in (("ruth", Role.READER), ("rob", Role.REVIEWER), ("ada", Role.ADMIN)):
        store.people.add(Account(name, role.word, "no hash", made_at=NOW))
        headers[name] = {"authorization": f"Bearer {accounts.make_key(name, role)}"}
    with serving(make_desk(store, accounts=accounts)) as address, asking(address) as client:
        yield client, headers


def test_one_sees_ones_own_and_an_admin_all(keyed, store):
    client, headers = keyed
    place = client.post(WATCHES, json=KENYA, headers=headers["ruth"]).headers["location"]
    go_on(store)
    client.get(ALERTS, headers=headers["ruth"])
    (alert,) = store.alerts.alerts()
    of_it = f"{ALERTS}?watch={place.rpartition('/')[2]}"
    assert [client.get(of_it, headers=headers[name]).status_code for name in headers] == [200, 404, 200]
    for name, found in (("ruth", 1), ("rob", 0), ("ada", 1)):
        assert len(client.get(WATCHES, headers=headers[name]).json()["items"]) == found
    assert client.get(ALERTS, headers=headers["ada"]).json()["items"] == [], "they are told to their owner"
    for name in ("rob", "ada"):
        client.post(READ, json={"numbers": [alert.number]}, headers=headers[name])
        assert store.alerts.alerts()[0].read_at is None
    assert client.put(place, json=KENYA, headers=headers["rob"]).status_code == 404
    assert client.delete(place, headers=headers["rob"]).status_code == 404
    assert client.get(WATCHES).status_code == 401
    assert client.delete(place, headers=headers["ada"]).status_code == 204
