"""What the watcher remembers outlives it."""

from __future__ import annotations

import pytest
from samples import HOSTILE, LATER, NOW

from armstrace.errors import StoreError
from armstrace.store.open import open_store
from armstrace.store.watch_state import FeedState, Link, NewLink

FEED, OTHER = "https://a.example/feed", "https://b.example/sitemap.xml"


def test_the_state_of_a_feed_is_kept_and_replaced(store):
    assert store.feed(FEED) is None
    states = [
        FeedState(FEED, f'W/"{HOSTILE}"', HOSTILE, NOW, LATER, 3),
        FeedState(FEED, None, None, LATER),
        FeedState(FEED),
    ]
    for state in states:
        store.keep_feed(state)
        assert store.feed(FEED) == state
    assert store.feed(OTHER) is None


def test_links_are_noted_once_a_feed(store):
    links = [NewLink(f"https://a.example/{n}", f"Title {HOSTILE}") for n in range(3)]
    assert store.add_links(FEED, links, NOW) == 3
    assert store.add_links(FEED, [*links, NewLink("tag:entry-4")], LATER) == 1
    assert store.add_links(OTHER, links[:1], LATER) == 1
    assert [link.address for link in store.pending_links()] == [
        *(link.address for link in links),
        "tag:entry-4",
        links[0].address,
    ]
    assert store.pending_links(OTHER) == [
        Link(OTHER, links[0].address, links[0].title, "pending", 0, None, LATER, None)
    ]
    assert len(store.pending_links(limit=2)) == 2
    assert store.feed(FEED) == FeedState(FEED)


def test_links_are_done_or_tried_again_or_given_up(store, address, environment):
    store.add_links(FEED, [NewLink(str(n)) for n in range(4)], NOW)
    done, later, given_up, _ = store.pending_links()
    store.mark_done(done, LATER)
    store.mark_failed(later, f"no answer {HOSTILE}", LATER)
    store.mark_failed(given_up, "404", LATER, for_good=True)
    store.close()
    with open_store(address, environment) as again:
        assert again.pending_links() == [
            Link(FEED, "3", None, "pending", 0, None, NOW, None),
            Link(FEED, "1", None, "pending", 1, f"no answer {HOSTILE}", NOW, LATER),
        ]
        assert again.counts()["links"] == 2
        assert again.add_links(FEED, [NewLink(str(n)) for n in range(4)], LATER) == 0
        again.mark_done(later, LATER)
        assert [link.address for link in again.pending_links()] == ["3"]


def test_what_is_not_known_cannot_be_marked(store):
    stranger = Link(FEED, "x", None, "pending", 0, None, NOW, None)
    with pytest.raises(StoreError, match="x: is no link that is known"):
        store.mark_done(stranger, NOW)
    with pytest.raises(StoreError, match="x: is no link that is known"):
        store.mark_failed(stranger, "404", NOW)


def test_a_feed_with_an_endless_address_is_refused(store):
    with pytest.raises(StoreError, match="an address of a feed has at most 2000 characters"):
        store.keep_feed(FeedState("https://a.example/" + "x" * 9_000))
    with pytest.raises(StoreError, match="an address of a feed has at most 2000 characters"):
        store.add_links("https://a.example/" + "x" * 9_000, [NewLink("y")], NOW)
