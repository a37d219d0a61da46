"""What the watcher remembers outlives it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from store_samples import HOSTILE

from armstrace.store.open import open_store
from armstrace.store.watch_state import LinkState, LinkStatus, RobotsState, SourceState

FEED, OTHER = "https://a.example/feed", "https://b.example/sitemap.xml" + "x" * 9_000
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def link(number: int, source: str = FEED, **fields: object) -> LinkState:
    return LinkState(f"https://a.example/{number}", source, f"entry {number}", **fields)


@pytest.fixture
def watched(store):
    return store.watched


@pytest.mark.parametrize("url", [FEED, OTHER, HOSTILE], ids=["short", "long", "hostile"])
def test_the_state_of_a_source_is_kept_and_replaced(watched, url):
    assert watched.source(url) == SourceState()
    states = [
        SourceState(f'W/"{HOSTILE}"', HOSTILE, NOW, NOW + timedelta(microseconds=1), 3, f"include {HOSTILE}"),
        SourceState(None, None, NOW),
        SourceState(),
    ]
    for state in states:
        watched.put_source(url, state)
        assert watched.source(url) == state
    assert watched.source("https://c.example/") == SourceState()


def test_links_are_kept_and_replaced_and_keep_their_place(watched):
    links = [link(n, title=f"{n} {HOSTILE}", published="2022-09", reason=HOSTILE) for n in range(3)]
    watched.put_links(iter(links))
    watched.put_links([])
    assert [watched.link(one.url) for one in links] == links
    assert watched.link("https://a.example/other") is None
    changed = replace(links[0], tries=2, source=OTHER, title=None)
    watched.put_links([link(9), changed, replace(links[1], tries=1), links[1]])
    assert watched.link(changed.url) == changed
    assert [one.id for one in watched.ready_pages(FEED, NOW, 9)] == ["entry 1", "entry 2", "entry 9"]
    assert watched.ready_pages(OTHER, NOW, 9) == [changed]
    assert watched.ready_pages("https://c.example/", NOW, 9) == []
    assert watched.counts() == {"pending": 4}


def test_pages_are_ready_when_their_time_has_come(watched):
    second = timedelta(seconds=1)
    links = [
        link(0, not_before=NOW + second),
        link(1, not_before=NOW),
        link(2, status=LinkStatus.DONE),
        link(3, status=LinkStatus.FAILED, reason="404"),
        link(4),
        link(5, in_feed=True),
        link(6, in_feed=True, status=LinkStatus.DONE),
        link(7, not_before=NOW - timedelta(microseconds=1)),
        link(8, not_before=(NOW - second).astimezone(timezone(timedelta(hours=-9)))),
    ]
    watched.put_links(links)
    assert [one.url[-1] for one in watched.ready_pages(FEED, NOW, 9)] == ["1", "4", "7", "8"]
    assert [one.url[-1] for one in watched.ready_pages(FEED, NOW, 2)] == ["1", "4"]
    assert [one.url[-1] for one in watched.ready_pages(FEED, NOW + second, 9)] == ["0", "1", "4", "7", "8"]
    assert watched.ready_pages(FEED, NOW, 0) == []
    assert watched.unread_entries(FEED) == [links[5]]
    assert watched.link(links[3].url).status is LinkStatus.FAILED
    assert watched.counts() == {"pending": 6, "done": 2, "failed": 1}


def test_robots_are_kept_and_replaced(watched):
    site = "https://a.example"
    assert watched.robots(site) is None
    known = RobotsState(f"User-agent: *\n{HOSTILE}", reachable=True, expires=NOW)
    for robots in (known, RobotsState("", reachable=False, expires=NOW + timedelta(days=1))):
        watched.put_robots(site, robots)
        assert watched.robots(site) == robots


def test_a_later_run_goes_on_from_there(store, address, environment):
    store.watched.put_source(FEED, SourceState("tag", next_due=NOW))
    store.watched.put_links([link(1), link(2, status=LinkStatus.DONE)])
    store.close()
    with open_store(address, environment) as again:
        assert again.watched.source(FEED).next_due == NOW
        assert again.watched.ready_pages(FEED, NOW, 9) == [link(1)]


def test_links_are_put_whole_or_not_at_all(watched):
    with pytest.raises(ValueError, match="time zone must be known"):
        watched.put_links([link(1), link(2, not_before=datetime(2026, 1, 1))])  # noqa: DTZ001
    assert watched.counts() == {}


def test_two_watchers_may_put_the_same_links_at_once(watched):
    troubles = []

    def put(links):
        try:
            for _ in range(10):
                watched.put_links(links)
        except Exception as error:  # noqa: BLE001  whatever it is, the test must see it
            troubles.append(error)

    links = [link(n) for n in range(50)]
    threads = [threading.Thread(target=put, args=(mine,)) for mine in (links, links[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert watched.counts() == {"pending": 50}
