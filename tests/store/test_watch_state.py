"""What the watcher remembers outlives it, on both databases, and is the same as it would remember itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from store_samples import HOSTILE

from armstrace.fetch.memory import MemoryState
from armstrace.store.open import open_store
from armstrace.watched import LinkState, LinkStatus, RobotsState, SourceState

FEED, OTHER = "https://a.example/feed", "https://b.example/sitemap.xml?" + "x" * 9_000
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PAGES = [LinkState(f"https://a.example/{n}", FEED, f"tag:{n}", f"Title {HOSTILE}", "2026-11-25") for n in range(4)]
ENTRY = LinkState(f"{FEED}#tag:9", FEED, "tag:9", in_feed=True)


@pytest.fixture(params=["stored", "in memory"])
def state(request, store):
    """Return the store's watch state, and beside it the one that the watcher has without a store."""
    return store.watched if request.param == "stored" else MemoryState()


def test_the_state_of_a_source_is_kept_and_replaced(state):
    assert state.source(FEED) == SourceState()
    for known in (
        SourceState(f'W/"{HOSTILE}"', HOSTILE, NOW, LATER, 3, HOSTILE),
        SourceState(None, None, LATER),
        SourceState(),
    ):
        state.put_source(FEED, known)
        assert state.source(FEED) == known
    assert state.source(OTHER) == SourceState()


def test_pending_links_come_oldest_first_and_keep_their_place(state):
    state.put_links([*PAGES, ENTRY])
    state.put_links([LinkState(PAGES[2].url, FEED, "tag:2", status=LinkStatus.DONE)])
    state.put_links([LinkState(PAGES[0].url, FEED, "tag:0", tries=2, not_before=LATER, reason=HOSTILE)])
    assert [link.id for link in state.ready_pages(FEED, NOW, 10)] == ["tag:1", "tag:3"]
    assert [link.id for link in state.ready_pages(FEED, LATER, 10)] == ["tag:0", "tag:1", "tag:3"]
    assert [link.id for link in state.ready_pages(FEED, LATER - timedelta(days=400), 2)] == ["tag:0", "tag:1"]
    assert [link.id for link in state.ready_pages(FEED, LATER, 2)] == ["tag:0", "tag:1"]
    assert list(state.unread_entries(FEED)) == [ENTRY]
    assert list(state.ready_pages(OTHER, LATER, 10)) == []
    assert state.link(PAGES[1].url) == PAGES[1]
    assert state.link("https://a.example/none") is None


def test_a_page_of_two_sources_is_one_link(state):
    state.put_links([PAGES[0]])
    state.put_links([LinkState(PAGES[0].url, OTHER, "other")])
    assert [link.id for link in state.ready_pages(OTHER, NOW, 10)] == ["other"]
    assert list(state.ready_pages(FEED, NOW, 10)) == []


def test_robots_are_kept_by_site(state):
    rules = RobotsState(f"User-agent: *\nDisallow: /{HOSTILE}", reachable=True, expires=LATER)
    state.put_robots("https://a.example", rules)
    assert state.robots("https://a.example") == rules
    assert state.robots("https://b.example") is None


def test_all_of_it_outlives_the_run(store, address, environment):
    watch = store.watched
    watch.put_links(PAGES)
    watch.put_source(FEED, SourceState(etag="x", next_due=LATER))
    store.close()
    with open_store(address, environment) as again:
        watch = again.watched
        assert [link.url for link in watch.ready_pages(FEED, NOW, 10)] == [page.url for page in PAGES]
        assert watch.source(FEED) == SourceState(etag="x", next_due=LATER)
        assert again.watched.counts() == {"pending": len(PAGES)}


def test_a_source_is_held_by_one_process_at_a_time(new_database, environment):
    address = new_database()
    with open_store(address, environment) as mine, open_store(address, environment) as yours:
        with mine.watched.hold([FEED]) as held, yours.watched.hold([FEED, OTHER]) as left:
            assert (held, left) == ({FEED}, {OTHER})
        with yours.watched.hold([FEED, OTHER]) as held:
            assert held == {FEED, OTHER}


def test_who_is_gone_holds_nothing(server, new_database, environment):
    address = new_database()
    end = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    with (
        open_store(address, environment) as mine,
        open_store(address, environment) as yours,
        server.connect() as connection,
        mine.watched.hold([FEED]),
    ):
        connection.execute(end)
        with yours.watched.hold([FEED]) as held:
            assert held == {FEED}
