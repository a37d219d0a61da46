"""A desk whose server goes away says so and when to ask again, and serves again by itself once it is back."""

from __future__ import annotations

from contextlib import contextmanager

import desk_server
import pytest
from cut_wire import AFTER, BEFORE
from desk_server import asking, make_desk
from loopback_site import Reply, serving
from store_samples import NOW

from armstrace.delivering import deliver, set_hook
from armstrace.store.alerts import WatchRow
from armstrace.store.people import Deed
from armstrace.store.stood import NewAlert, write_alerts

DEED = Deed(NOW, "ann", "test")
PAGES = ["/", "/search?words=tanks", "/api/v1/transfers", "/api/v1/documents", "/watches", "/review"]


@contextmanager
def desk(store):
    with desk_server.serving(make_desk(store)) as address, asking(address) as client:
        yield client


def test_pages_tell_when_to_ask_again_and_come_back_by_themselves(stopped_at_will, cluster):
    with desk(stopped_at_will) as client:
        assert {path: client.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)
        stopped_at_will.database.patience = 0.1
        cluster.stop("immediate")
        try:
            away = {path: client.get(path) for path in PAGES}
        finally:
            cluster.start()
        assert {path: one.status_code for path, one in away.items()} == dict.fromkeys(PAGES, 503)
        assert {one.headers["retry-after"] for one in away.values()} == {"10"}
        assert all("cannot be reached; check host, port and that the server runs" in one.text for one in away.values())
        assert away["/api/v1/transfers"].headers["content-type"] == "application/problem+json"
        assert {path: client.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("path", PAGES)
def test_who_reads_is_not_told_of_a_connection_that_broke(wired, wire, path):
    with desk(wired) as client:
        whole = client.get(path)
        wire.words, wire.cut = b"FROM", BEFORE  # of whatever that page asks first
        again = client.get(path)
    assert wire.cuts == 1
    assert (whole.status_code, again.status_code) == (200, 200)
    assert whole.text == again.text


@pytest.mark.parametrize("moment", [BEFORE, AFTER])
def test_an_alert_is_sent_once_over_lost_connections(wired, wire, moment):
    with serving({"/hook": Reply(status=204)}) as site:
        row = WatchRow("w", "ann", "tanks", "{}", "[]", "", NOW)
        wired.alerts.add(row, DEED)
        set_hook(wired, row, f"http://127.0.0.1:{site.port}/hook", DEED, allow_private=True)
        with wired.database.write() as connection:
            write_alerts(connection, [NewAlert("a1", "w", "line", NOW, {"title": "Tanks"})], ["w"])
        wire.cut = moment
        sent = [(one.alert, one.state) for _ in range(2) for one in deliver(wired, allow_private=True)]
    assert (wire.cuts, sent) == (1, [("a1", "delivered")])
    assert [one.path for one in site.asked] == ["/hook"]
    assert [one.state for one in wired.deliveries.of_watch("w")] == ["delivered"]
