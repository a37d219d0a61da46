"""Watches, alerts and deliveries on each kind of database."""

import pytest

from armstrace.errors import StoreError
from armstrace.store.alerts import AlertQuery, WatchRow
from armstrace.store.deliveries import Sent
from armstrace.store.migrate import downgrade
from armstrace.store.people import Deed
from armstrace.store.stood import (
    NewAlert,
    StoodClaim,
    ended_lines,
    has_watches,
    read_stood,
    replace_stood,
    stood_with_claims,
    watches_at,
    write_alerts,
)

NOW, LATER = "2031-03-01T00:00:00Z", "2031-03-01T00:01:00Z"
DEED = Deed(NOW, "ann", "test")
ODD = "a\x00b\ud800"


def add(store, name, owner="ann", **more):
    row = WatchRow(f"{owner}-{name}", owner, name, "{}", "[]", more.pop("place", ""), NOW, **more)
    store.alerts.add(row, DEED)
    return row


def raise_alerts(store, *pairs, hooked=()):
    with store.database.write() as connection:
        alerts = [NewAlert(one, watch.id, "line", NOW, {"title": ODD}) for one, watch in pairs]
        write_alerts(connection, alerts, hooked)


def test_alerts_are_listed_counted_and_read_by_their_owner(store):
    mine, other = add(store, "tanks"), add(store, "tanks", "bob")
    raise_alerts(store, ("a1", mine), ("a2", mine), ("b1", other))
    found = store.alerts.alerts(AlertQuery(owner="ann"))
    assert [one.id for one in found] == ["a2", "a1"]
    assert found[0].body == {"title": ODD}
    store.alerts.mark_read("ann", [one.number for one in store.alerts.alerts()], NOW)
    assert [one.id for one in store.alerts.alerts(AlertQuery(is_read=False))] == ["b1"]
    assert store.alerts.counts(AlertQuery(is_read=True)) == {mine.id: 2}
    assert [store.alerts.count_unread(*asked) for asked in (("ann", 9), ("bob", 9), ("bob", 0))] == [0, 1, 0]
    assert [one.id for one in store.alerts.alerts(AlertQuery(owner="ann", before=found[0].number))] == ["a1"]
    assert store.alerts.alerts(AlertQuery(since=LATER)) == []
    store.alerts.remove(mine.id, DEED)
    assert [one.id for one in store.alerts.alerts()] == ["b1"]


def test_names_are_given_once_by_each_owner(store):
    row = add(store, "tanks")
    with pytest.raises(StoreError, match="has a watch 'tanks' already"):
        add(store, "tanks")
    other = add(store, "ships")
    with pytest.raises(StoreError, match="has a watch 'tanks' already"):
        store.alerts.change(other._replace(name="tanks"), DEED)
    store.alerts.remove(row.id, DEED)
    with pytest.raises(StoreError, match="no such watch any more"):
        store.alerts.change(row, DEED)


def test_only_the_first_waiting_alert_of_each_watch_is_due_and_one_takes_it(store):
    one, two = add(store, "one", hook_url="https://a.example/"), add(store, "two", hook_url="https://b.example/")
    raise_alerts(store, ("a1", one), ("a2", one), ("b1", two), hooked=[one.id, two.id])
    first, second = store.deliveries.due(NOW)
    taken = store.deliveries.take(first, NOW, LATER)
    assert (taken.alert, taken.tries, taken.watch) == ("a1", 1, one)
    assert store.deliveries.take(first, NOW, LATER) is None
    assert store.deliveries.due(NOW) == [second]
    assert store.deliveries.due(LATER) == [first, second], "whoever took it may have been broken off"
    store.deliveries.note(first, Sent("delivered", NOW, 204))
    assert [store.deliveries.take(n, NOW, LATER).alert for n in store.deliveries.due(NOW)] == ["a2", "b1"]


def test_how_lines_stood_is_replaced_whole(store):
    with store.database.write() as connection:
        replace_stood(
            connection, [], {"l1": {"a": [ODD]}}, [StoodClaim("l1", "c1", "d1"), StoodClaim("l1", "c2", "d1")]
        )
    with store.database.write() as connection:
        assert read_stood(connection, ["l1", "none"]) == {"l1": {"a": [ODD]}}
        assert ended_lines(connection) == {"l1"}, "no such transfer is in the register"
        replace_stood(connection, ["l1"], {"l2": {}}, [StoodClaim("l2", "c1", "d1")])
        assert stood_with_claims(connection, ["c1", "c2"]) == [StoodClaim("l2", "c1", "d1")]


def test_watches_are_found_by_their_places_unless_paused(store):
    add(store, "one", place="party qn")
    add(store, "two", place="")
    add(store, "three", place="party qn", is_paused=True)
    with store.database.read() as connection:
        assert [row.name for row in watches_at(connection, ["party qn", "party qo"])] == ["one"]
        assert has_watches(connection)


def test_a_database_with_watches_is_not_made_an_older_one(store):

    add(store, "one")
    with pytest.raises(StoreError, match="holds 1 watches"), store.database.change_tables() as connection:
        downgrade(connection, "0007")
