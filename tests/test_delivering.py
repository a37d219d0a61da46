"""Alerts sent to a real server on this machine: signed, at least once, in their order, and to nowhere else."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from loopback_site import PUBLIC, Clock, Reply, Wires, serving

from armstrace.delivering import MOST_TRIES, deliver, drop_hook, set_hook, sign
from armstrace.fetch.fetched import FetchError
from armstrace.store.alerts import WatchRow
from armstrace.store.open import open_store
from armstrace.store.people import Deed
from armstrace.store.stood import NewAlert, write_alerts

NOW = "2026-03-02T08:00:00Z"
DEED = Deed(NOW, "ann", "test")
TAKEN = Reply(status=204)


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "watches.db"), {}) as opened:
        yield opened


def make_watch(store, name="tanks"):
    row = WatchRow(f"watch-{name}", "ann", name, "{}", '["status"]', "", NOW)
    store.alerts.add(row, DEED)
    return row


def hook(store, site, name="tanks", path="/hook"):
    """Make a watch whose alerts are sent to a site; return it and its secret."""
    row = make_watch(store, name)
    secret = set_hook(store, row, f"http://127.0.0.1:{site.port}{path}", DEED, allow_private=True)
    return store.alerts.watch(row.id), secret


def alert(store, row, *identities):
    body = {"title": "Peru → Kenya: drones", "changes": [], "headlines": []}
    with store.database.write() as connection:
        alerts = [NewAlert(one, row.id, "line", NOW, body) for one in identities]
        write_alerts(connection, alerts, [row.id] if row.hook_url else [])


def run(store, network=None):
    return [(one.alert, one.state) for one in deliver(store, network, allow_private=True)]


def is_signed(asked, secret):
    """Check a signature as a receiver does, by https://www.standardwebhooks.com alone."""
    signed = b".".join([asked.headers["webhook-id"].encode(), asked.headers["webhook-timestamp"].encode(), asked.body])
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return asked.headers["webhook-signature"] == f"v1,{told}"


def test_a_signature_is_that_of_the_published_example():
    """The values by which the libraries of Standard Webhooks test their signing."""
    secret, identity = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signed = sign(secret, identity, 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_alerts_are_sent_once_in_their_order_and_signed(store):
    with serving({"/hook": TAKEN}) as site:
        row, secret = hook(store, site)
        alert(store, row, "a1", "a2", "a3")
        assert run(store) == [("a1", "delivered"), ("a2", "delivered"), ("a3", "delivered")]
        assert run(store) == []
    assert [one.headers["webhook-id"] for one in site.asked] == ["a1", "a2", "a3"]
    assert all(is_signed(one, secret) for one in site.asked)
    first = site.asked[0]
    assert first.headers["content-type"] == "application/json"
    assert "cookie" not in first.headers
    sent = json.loads(first.body)
    assert (sent["type"], sent["data"]["alert"], sent["data"]["watch"]["name"]) == ("register.alert", "a1", "tanks")
    assert sent["data"]["title"] == "Peru → Kenya: drones"
    assert store.deliveries.of_watch(row.id)[0].status == 204


def test_another_secret_signs_otherwise(store):
    with serving({"/hook": TAKEN}) as site:
        row, secret = hook(store, site)
        alert(store, row, "a1")
        run(store)
        assert is_signed(site.asked[0], secret)
        assert not is_signed(site.asked[0], set_hook(store, row, row.hook_url, DEED, allow_private=True))


def test_what_is_not_taken_is_sent_again_later_and_what_follows_waits_for_it(store):
    clock = Clock()
    with serving({"/hook": [Reply(status=500), TAKEN], "/other": TAKEN}) as site:
        row, _ = hook(store, site)
        other, _ = hook(store, site, "ships", "/other")
        alert(store, row, "a1", "a2")
        alert(store, other, "b1")
        network = Wires(site).network(clock)
        assert run(store, network) == [("a1", "waiting"), ("b1", "delivered")]
        failed = store.deliveries.of_watch(row.id)[1]
        assert (failed.status, failed.tries) == (500, 1)
        assert "the server does not take it (500)" in failed.reason
        assert run(store, network) == []
        clock.seconds += 61
        assert run(store, network) == [("a1", "delivered"), ("a2", "delivered")]
        assert [one.headers["webhook-id"] for one in site.asked] == ["a1", "b1", "a1", "a2"]


@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_is_put_right_holds_nothing_back(store, days):
    clock = Clock()
    with serving({"/hook": [Reply(status=500), TAKEN]}) as site:
        row, _ = hook(store, site)
        alert(store, row, "a1", "a2")
        network = Wires(site).network(clock)
        assert run(store, network) == [("a1", "waiting")]
        clock.seconds += days * 24 * 3600
        assert run(store, network) == [("a1", "delivered"), ("a2", "delivered")]


def test_waits_grow_until_an_alert_is_given_up_and_can_be_revived(store):
    clock = Clock()
    with serving({"/hook": Reply(status=500)}) as site:
        row, _ = hook(store, site)
        alert(store, row, "a1", "a2")
        network, waits = Wires(site).network(clock), []
        while (first := store.deliveries.of_watch(row.id)[1]).state == "waiting":
            before = clock.seconds
            while not (done := run(store, network)):
                clock.seconds += 30
            waits.append(clock.seconds - before)
        assert len(waits) == first.tries == MOST_TRIES
        assert waits[1:5] == [60, 120, 240, 480]
        assert done == [("a1", "dead"), ("a2", "waiting")], "the next is sent once the first is given up"
        assert f"given up after {MOST_TRIES} tries" in first.reason
        site.routes["/hook"] = TAKEN
        assert store.deliveries.revive(row.id) == 1
        clock.seconds += 120
        assert run(store, network) == [("a1", "delivered"), ("a2", "delivered")]


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (Reply(status=200, body=b"x" * 100_000), "delivered", None),
        (Reply(status=302, headers={"Location": "/elsewhere"}), "waiting", "(302), which is not followed"),
        (Reply(status=410), "dead", "nobody takes anything there any more (410)"),
        (Reply(status=404), "waiting", "does not take it (404)"),
        (Reply(reset=True), "waiting", "broke off"),
        (Reply(raw=b"nonsense\r\n\r\n"), "waiting", "answers in no valid HTTP"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000), "dead", "of headers; broken off"),
    ],
    ids=["taken", "redirect", "gone", "missing", "reset", "no HTTP", "endless headers"],
)
def test_what_an_answer_means(store, reply, state, reason):
    with serving({"/hook": reply, "/elsewhere": TAKEN}) as site:
        row, _ = hook(store, site)
        alert(store, row, "a1")
        (done,) = deliver(store, allow_private=True)
        assert site.paths == ["/hook"]
    assert done.state == state
    assert (reason is None) == (done.reason is None)
    assert (reason or "") in (done.reason or "")


def test_a_server_may_ask_to_wait(store):
    clock = Clock()
    with serving({"/hook": [Reply(status=503, headers={"Retry-After": "600"}), TAKEN]}) as site:
        row, _ = hook(store, site)
        alert(store, row, "a1")
        network = Wires(site).network(clock)
        run(store, network)
        clock.seconds += 599
        assert run(store, network) == []
        clock.seconds += 1
        assert run(store, network) == [("a1", "delivered")]


CLOSED = [
    ("https://127.0.0.1/hook", {}),
    ("https://localhost/hook", {}),
    ("https://10.0.0.8/hook", {}),
    ("https://169.254.169.254/latest/meta-data", {}),
    ("https://[::1]/hook", {}),
    ("https://[::ffff:127.0.0.1]/hook", {}),
    ("https://rebound.example/hook", {"rebound.example": (PUBLIC, "127.0.0.1")}),
    ("https://inside.example/hook", {"inside.example": ("192.168.0.7",)}),
    ("https://metadata.google.internal/", {}),
]


@pytest.mark.parametrize(("address", "names"), CLOSED)
def test_nothing_is_sent_to_private_addresses(store, address, names):
    row = make_watch(store)
    set_hook(store, row, address, DEED)
    row = store.alerts.watch(row.id)
    alert(store, row, "a1")
    wires = Wires(None, names)
    (done,) = deliver(store, wires.network(Clock()))
    assert wires.connected == []
    assert done.state == "dead"
    assert "not connected" in done.reason


@pytest.mark.parametrize("address", ["https://169.254.169.254/", "https://metadata.google.internal/x"])
def test_the_metadata_of_a_cloud_stays_closed_whatever_is_allowed(store, address):
    row = make_watch(store)
    set_hook(store, row, address, DEED, allow_private=True)
    alert(store, store.alerts.watch(row.id), "a1")
    wires = Wires()
    (done,) = deliver(store, wires.network(Clock()), allow_private=True)
    assert (wires.connected, done.state) == ([], "dead")


@pytest.mark.parametrize(
    "address", ["http://outlet.example/", "ftp://outlet.example/", "https://a:b@outlet.example/", "javascript:alert(1)"]
)
def test_addresses_that_nothing_is_sent_to(store, address):
    row = make_watch(store)
    with pytest.raises(FetchError):
        set_hook(store, row, address, DEED)
    assert store.alerts.watch(row.id).hook_url is None


def test_a_name_is_looked_up_anew_each_time(store):
    """What led elsewhere when the address was given, or at the last try, may lead inside now."""
    row = make_watch(store)
    set_hook(store, row, "https://turn.example/hook", DEED)
    alert(store, store.alerts.watch(row.id), "a1")
    names, clock = {}, Clock()
    wires = Wires(None, names)
    wires._names = names  # noqa: SLF001 - changed between two tries
    assert [one.state for one in deliver(store, wires.network(clock))] == ["waiting"], "refused there"
    assert wires.connected == [(PUBLIC, 443)]
    names["turn.example"] = ("127.0.0.1",)
    clock.seconds += 3600
    assert [one.state for one in deliver(store, wires.network(clock))] == ["dead"]
    assert wires.connected == [(PUBLIC, 443)]


def test_who_is_broken_off_while_sending_has_tried_and_sends_again_under_the_same_id(store):
    clock = Clock()

    class KilledError(Exception):
        pass

    def killed(_):
        raise KilledError

    with serving({"/hook": TAKEN}) as site:
        row, _ = hook(store, site)
        alert(store, row, "a1")
        network = Wires(site).network(clock)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store.deliveries, "note", lambda *_: killed(None))
            with pytest.raises(KilledError):
                run(store, network)
        assert run(store, network) == [], "it may still be under way"
        clock.seconds += timedelta(minutes=2).total_seconds()
        assert run(store, network) == [("a1", "delivered")]
    assert [one.headers["webhook-id"] for one in site.asked] == ["a1", "a1"]
    assert store.deliveries.of_watch(row.id)[0].tries == 2


def test_nothing_more_is_sent_once_the_address_is_dropped_or_the_watch_paused(store):
    with serving({"/hook": TAKEN}) as site:
        row, _ = hook(store, site)
        alert(store, row, "a1")
        store.alerts.change(row._replace(is_paused=True), DEED)
        assert run(store) == []
        drop_hook(store, row, DEED)
        alert(store, store.alerts.watch(row.id), "a2")
        assert run(store) == []
        assert site.asked == []
    assert len(store.alerts.alerts()) == 2
