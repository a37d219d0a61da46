"""Watching: what is new comes once, nothing is lost over a kill, and a source in trouble costs only itself."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import nullcontext
from datetime import timedelta

import pytest
from loopback_site import START, Asked, Reply, Wires, html, redirect, serving
from watched import Entry, FileState, Watcher, feed, read_feed, read_sitemap, sitemap, sources

from armstrace.fetch.events import (
    FetchedFeed,
    FetchedPage,
    HostPaused,
    PageFailed,
    SitemapPartFailed,
    SitemapsLeft,
    SourceFailed,
    SourceNotDue,
    SourceRead,
)
from armstrace.fetch.fetched import Known
from armstrace.fetch.memory import MemoryState
from armstrace.fetch.polite import Pace
from armstrace.fetch.stop import stopping_on_signals
from armstrace.fetch.watch import polite_tools, watch_sources
from armstrace.watched import LinkState, LinkStatus

BOATS = html("Kestrovia ordered twelve patrol boats.")
HOUR = 3600


def routes(**pages: Reply) -> dict[str, Reply]:
    return {f"/{name}": page for name, page in pages.items()}


def urls(events) -> list[str]:
    """Return the pages that were fetched."""
    return [event.link.url.removeprefix("http://outlet.example") for event in events if isinstance(event, FetchedPage)]


def kinds(events) -> list[str]:
    return [type(event).__name__ for event in events]


class TestFeed:
    def test_what_is_new_is_fetched_once(self):
        state = MemoryState()
        with serving(routes(feed=feed("a", "b"), a=BOATS, b=BOATS, c=BOATS)) as site:
            watcher = Watcher(site)
            first = list(watcher.events("/feed", state))
            site.routes["/feed"] = feed("c", "b", "a")
            watcher.clock.sleep(HOUR)
            second = list(watcher.events("/feed", state))
        assert kinds(first) == ["SourceRead", "FetchedPage", "FetchedPage"]
        assert (first[0].listed, first[0].new, first[0].next_due) == (2, 2, START + timedelta(hours=1))
        assert urls(first) == ["/a", "/b"]
        assert (second[0].listed, second[0].new) == (3, 1)
        assert urls(second) == ["/c"]
        assert first[1].fetched.body == BOATS.body

    def test_a_clock_that_is_put_right_holds_nothing_back(self):
        state = MemoryState()
        with serving(routes(feed=[feed("a"), feed("a", "b")], b=BOATS, a=[Reply(status=500), BOATS])) as site:
            watcher = Watcher(site)
            assert urls(watcher.events("/feed", state)) == []
            watcher.clock.seconds -= 400 * 24 * HOUR
            assert urls(watcher.events("/feed", state)) == ["/a", "/b"]

    def test_an_unchanged_feed_is_not_sent_again(self):
        def route(asked: Asked) -> Reply:
            return Reply(status=304) if asked.headers.get("if-none-match") == '"1"' else feed("a", ETag='"1"')

        state = MemoryState()
        with serving({"/feed": route, "/a": BOATS}) as site:
            watcher = Watcher(site)
            first = list(watcher.events("/feed", state))
            watcher.clock.sleep(HOUR)
            second = list(watcher.events("/feed", state))
            watcher.clock.sleep(HOUR)
            third = list(watcher.events("/feed", state))
        assert urls(first) == ["/a"]
        assert kinds(second) == kinds(third) == ["SourceUnchanged"]

    def test_other_patterns_ask_for_the_whole_feed_again(self):
        def route(asked: Asked) -> Reply:
            return Reply(status=304) if "if-none-match" in asked.headers else feed("a", "b", ETag='"1"')

        state = MemoryState()
        with serving({"/feed": route, "/a": BOATS, "/b": BOATS}) as site:
            watcher = Watcher(site)
            assert urls(watcher.events("/feed include='*/a'", state)) == ["/a"]
            watcher.clock.sleep(HOUR)
            assert urls(watcher.events("/feed", state)) == ["/b"]

    def test_two_feeds_with_a_link_in_common_fetch_it_once(self):
        with serving(routes(one=feed("a", "b"), two=feed("b", "c"), a=BOATS, b=BOATS, c=BOATS)) as site:
            events = list(Watcher(site).events("/one\n/two"))
        assert sorted(urls(events)) == ["/a", "/b", "/c"]
        assert sorted(site.paths) == ["/a", "/b", "/c", "/one", "/robots.txt", "/two"]
        assert [event.new for event in events if isinstance(event, SourceRead)] == [2, 1]

    def test_two_spellings_of_an_address_are_one_link(self):
        spelt = [
            Entry(str(n), url) for n, url in enumerate(("http://OUTLET.example:80/a#x", " http://outlet.example/a "))
        ]
        with serving(routes(feed=feed(*spelt), a=BOATS)) as site:
            assert urls(Watcher(site).events("/feed")) == ["/a"]

    def test_where_a_link_led_to_is_not_fetched_again(self):
        state = MemoryState()
        with serving({**routes(feed=feed("r"), a=BOATS), "/r": redirect("/a")}) as site:
            watcher = Watcher(site)
            (page,) = [e for e in watcher.events("/feed", state) if isinstance(e, FetchedPage)]
            site.routes["/feed"] = feed("a")
            watcher.clock.sleep(HOUR)
            assert urls(watcher.events("/feed", state)) == []
        assert page.fetched.final_address == "http://outlet.example/a"

    def test_not_more_pages_than_allowed_at_a_time_and_the_rest_later(self):
        state, names = MemoryState(), [f"p{n}" for n in range(7)]
        with serving({"/feed": feed(*names), **{f"/{name}": BOATS for name in names}}) as site:
            watcher = Watcher(site)
            fetched = []
            for _ in range(3):
                fetched.append(urls(watcher.events("/feed max_pages=3", state)))
                watcher.clock.sleep(HOUR)
        assert fetched == [["/p0", "/p1", "/p2"], ["/p3", "/p4", "/p5"], ["/p6"]]

    def test_hosts_take_turns(self):
        entries = [Entry(str(n), f"http://{host}.example/{n}") for n, host in enumerate(["a", "a", "a", "b", "b", "c"])]
        pages = {f"/{n}": BOATS for n in range(6)}
        with serving({"/feed": feed(*entries), **pages}) as site:
            list(Watcher(site).events("/feed"))
        hosts = [place.partition(".")[0] for place in site.pages if place.startswith(("a", "b", "c"))]
        assert hosts == ["a", "b", "c", "a", "b", "a"]

    def test_an_address_that_is_none_is_told_once(self):
        state = MemoryState()
        bad = [
            Entry("1", "mailto:desk@outlet.example"),
            Entry("2", "file:///etc/passwd"),
            Entry("3", "http://a:b@c.example/"),
        ]
        with serving(routes(feed=feed(*bad, "a"), a=BOATS)) as site:
            watcher = Watcher(site)
            events = list(watcher.events("/feed", state))
            watcher.clock.sleep(HOUR)
            again = list(watcher.events("/feed", state))
        failed = [event for event in events if isinstance(event, PageFailed)]
        assert len(failed) == 3
        assert all(event.next_try is None and "lists what is not fetched" in event.reason for event in failed)
        assert urls(events) == ["/a"]
        assert kinds(again) == ["SourceRead"]

    def test_links_to_private_addresses_are_refused_and_never_connected_to(self):
        inside = [
            Entry("1", "http://169.254.169.254/latest/"),
            Entry("2", "http://127.0.0.1:6379/"),
            Entry("3", "http://db/"),
        ]
        with serving(routes(feed=feed(*inside))) as site:
            watcher = Watcher(site, db=("10.0.0.3",))
            events = list(watcher.events("/feed"))
        assert kinds(events) == ["SourceRead", "PageFailed", "PageFailed", "PageFailed"]
        assert {ip for ip, _ in watcher.wires.connected} == {"93.184.216.34"}

    def test_robots_txt_holds_for_feeds_and_pages(self):
        rules = Reply(b"User-agent: *\nDisallow: /a\nDisallow: /two")
        with serving({"/robots.txt": rules, **routes(one=feed("a", "b"), two=feed("c"), b=BOATS)}) as site:
            events = list(Watcher(site).events("/one\n/two"))
        assert kinds(events) == ["SourceRead", "SourceFailed", "PageFailed", "FetchedPage"]
        assert "/a" not in site.paths
        assert "/two" not in site.paths


class TestFullText:
    ENTRIES = (Entry("x", "http://outlet.example/a", has_full_text=True), Entry("y", "http://outlet.example/b"))

    def served(self, mode: str):
        with serving(routes(feed=feed(*self.ENTRIES, Entry("z", "")), a=BOATS, b=BOATS)) as site:
            events = list(Watcher(site).events(f"/feed full_text={mode}"))
        feeds = [[link.id for link in event.links] for event in events if isinstance(event, FetchedFeed)]
        return feeds, urls(events)

    def test_auto_takes_from_the_feed_what_it_has(self):
        assert self.served("auto") == ([["x", "z"]], ["/b"])

    def test_feed_takes_all_from_the_feed(self):
        assert self.served("feed") == ([["x", "y", "z"]], [])

    def test_page_takes_all_pages_and_only_what_has_none_from_the_feed(self):
        assert self.served("page") == ([["z"]], ["/a", "/b"])

    def test_entries_are_handed_over_once(self):
        state = MemoryState()
        with serving(routes(feed=feed(*self.ENTRIES), a=BOATS, b=BOATS)) as site:
            watcher = Watcher(site)
            list(watcher.events("/feed", state))
            watcher.clock.sleep(HOUR)
            assert kinds(watcher.events("/feed", state)) == ["SourceRead"]

    def test_after_a_kill_the_feed_is_asked_for_in_full_until_its_entries_are_taken(self):
        """A feed that says "not changed" would take with it the entries that nobody acknowledged."""

        def route(asked: Asked) -> Reply:
            return Reply(status=304) if "if-none-match" in asked.headers else feed(*self.ENTRIES, ETag='"1"')

        state = MemoryState()
        with serving({"/feed": route, "/b": BOATS}) as site:
            watcher = Watcher(site)
            killed = watcher.events("/feed", state)
            assert isinstance(next(killed), FetchedFeed)
            killed.close()
            assert kinds(watcher.events("/feed", state)) == ["FetchedFeed", "SourceRead", "FetchedPage"]

    def test_a_feed_that_is_again_what_it_was_loses_no_entry_either(self):
        versions = [feed("b", ETag='"1"'), feed(*self.ENTRIES, ETag='"2"')]
        current = [0]

        def route(asked: Asked) -> Reply:
            version = versions[current[0]]
            return Reply(status=304) if asked.headers.get("if-none-match") == version.headers["ETag"] else version

        state = MemoryState()
        with serving({"/feed": route, "/a": BOATS, "/b": BOATS}) as site:
            watcher = Watcher(site)
            list(watcher.events("/feed", state))
            watcher.clock.sleep(HOUR)
            current[0] = 1
            killed = watcher.events("/feed", state)
            assert isinstance(next(killed), FetchedFeed)
            killed.close()
            current[0] = 0
            assert urls(watcher.events("/feed", state)) == ["/a"]

    def test_an_entry_that_has_left_the_feed_meanwhile_is_fetched_as_a_page_or_told(self):
        state = MemoryState()
        with serving(routes(feed=feed(*self.ENTRIES, Entry("z", "")), a=BOATS, b=BOATS)) as site:
            watcher = Watcher(site)
            killed = watcher.events("/feed", state)
            assert isinstance(next(killed), FetchedFeed)
            killed.close()
            site.routes["/feed"] = feed("c")
            site.routes["/c"] = BOATS
            events = list(watcher.events("/feed", state))
        assert sorted(urls(events)) == ["/a", "/b", "/c"]
        (lost,) = [event for event in events if isinstance(event, PageFailed)]
        assert "the feed no longer holds it" in lost.reason


class TestKilled:
    """A run that is killed at any event and started again: no page lost, none fetched again once acknowledged."""

    FEEDS = "/one\n/two full_text=auto\n/map kind=sitemap\n/front kind=page"

    def site(self):
        full = Entry("f", "http://outlet.example/f", has_full_text=True)
        pages = {f"/{name}": BOATS for name in "abcdef"} | {"/front": BOATS}
        part = "http://outlet.example/part"
        more = routes(one=feed("a", "b", ETag='"1"'), two=feed("b", "c", full, ETag='"2"'))
        maps = {
            "/map": sitemap(sitemaps=[part]),
            "/part": sitemap("http://outlet.example/d", "http://outlet.example/e"),
        }
        return serving({**pages, **more, **maps})

    def taken(self, event) -> list[str]:
        if isinstance(event, FetchedFeed):
            return [link.url for link in event.links]
        return [event.link.url] if isinstance(event, FetchedPage) else []

    def test_after_any_number_of_events(self, tmp_path):
        with self.site() as site:
            whole = list(Watcher(site).events(self.FEEDS))
        everything = sorted(url for event in whole for url in self.taken(event))
        assert len(everything) == 7
        for number in range(len(whole) + 1):
            acknowledged: list[str] = []
            with self.site() as site:
                path = tmp_path / f"{number}.json"
                run = Watcher(site).events(self.FEEDS, FileState(path))
                at_hand = None
                for _ in range(number):
                    at_hand = next(run)
                    acknowledged += self.taken(at_hand)
                run.close()
                if at_hand is not None and self.taken(at_hand):
                    del acknowledged[-len(self.taken(at_hand)) :]  # killed before it asked for the next
                before = list(site.paths)
                resumed = [url for e in Watcher(site).events(self.FEEDS, FileState(path)) for url in self.taken(e)]
            assert sorted(acknowledged + resumed) == everything, number
            for url in acknowledged:
                place = url.removeprefix("http://outlet.example")
                assert place not in site.paths[len(before) :], (number, place)

    def test_a_run_killed_again_and_again_gets_everything_in_the_end(self, tmp_path):
        got: list[str] = []
        with self.site() as site:
            for _ in range(40):
                run = Watcher(site).events(self.FEEDS, FileState(tmp_path / "state.json"))
                for event in run:
                    if self.taken(event):
                        got += self.taken(event)
                        next(run, None)  # acknowledges it, and is killed at the next
                        break
                run.close()
        assert sorted(got) == sorted(set(got))
        assert len(got) == 7


class TestTrouble:
    def test_a_failing_source_waits_longer_each_time_and_costs_only_itself(self):
        state = MemoryState()
        good = feed(Entry("a", "http://good.example/a"))
        both = "/bad\nhttp://good.example/good every=30d"
        with serving({"/bad": Reply(status=500), "/good": good, "/a": BOATS}) as site:
            watcher = Watcher(site)
            waits = []
            for _ in range(9):
                run = watcher.events(both, state)
                (wait,) = [event.next_due - watcher.clock.now() for event in run if isinstance(event, SourceFailed)]
                waits.append(wait.total_seconds() / 60)
                watcher.clock.sleep(wait.total_seconds())
            site.routes["/bad"] = good
            events = list(watcher.events(both, state))
        assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
        assert isinstance(events[0], SourceRead)
        assert state.source("http://outlet.example/bad").failures == 0
        assert site.paths.count("/a") == 1

    @pytest.mark.parametrize(("value", "minutes"), [("10", 15), ("7200", 120), ("99999999", 24 * 60)])
    def test_a_source_that_asks_to_wait_is_left_alone_so_long(self, value, minutes):
        with serving({"/feed": Reply(status=503, headers={"Retry-After": value})}) as site:
            watcher = Watcher(site)
            (failed,) = watcher.events("/feed")
        assert failed.next_due - watcher.clock.now() == timedelta(minutes=minutes)

    def test_a_source_that_is_gone_is_told(self):
        with serving({"/feed": Reply(status=410)}) as site:
            (failed,) = Watcher(site).events("/feed")
        assert failed.gone
        assert "take it out" in str(failed)

    def test_a_source_that_is_not_found_is_told_to_be_gone_the_third_time(self):
        state = MemoryState()
        with serving({}) as site:
            watcher = Watcher(site)
            gone = []
            for _ in range(4):
                (failed,) = watcher.events("/feed", state)
                gone.append(failed.gone)
                watcher.clock.sleep(24 * HOUR)
        assert gone == [False, False, True, True]

    def test_a_source_that_is_no_feed_is_told(self):
        with serving(routes(feed=html("Not a feed"))) as site:
            (failed,) = Watcher(site).events("/feed")
        assert failed.reason == "http://outlet.example/feed: is no feed"

    def test_a_page_that_is_not_there_is_given_up_at_once(self):
        state = MemoryState()
        with serving(routes(feed=feed("a", "b"), b=BOATS)) as site:
            watcher = Watcher(site)
            events = list(watcher.events("/feed", state))
            watcher.clock.sleep(HOUR)
            list(watcher.events("/feed", state))
        assert kinds(events) == ["SourceRead", "PageFailed", "FetchedPage"]
        assert (events[1].next_try, site.paths.count("/a")) == (None, 1)
        assert state.link("http://outlet.example/a").status is LinkStatus.FAILED

    def test_a_page_in_trouble_is_tried_in_later_rounds_and_then_given_up(self):
        state = MemoryState()
        with serving({**routes(feed=feed("a")), "/a": Reply(status=500)}) as site:
            watcher = Watcher(site)
            waits = []
            for _ in range(12):
                failed = [e for e in watcher.events("/feed every=5m", state) if isinstance(e, PageFailed)]
                waits += [e.next_try and (e.next_try - watcher.clock.now()).total_seconds() / 60 for e in failed]
                watcher.clock.sleep(24 * HOUR)
        assert waits == [15, 30, 60, 120, 240, 480, 960, None]
        assert site.paths.count("/a") == 8

    def test_a_host_in_trouble_is_left_alone_for_the_round_and_others_are_not(self):
        entries = [Entry(str(n), f"http://bad.example/{n}") for n in range(5)]
        state = MemoryState()
        with serving(
            {"/feed": feed(*entries, "a"), "/a": BOATS, **{f"/{n}": Reply(status=500) for n in range(5)}}
        ) as site:
            events = list(Watcher(site).events("/feed", state))
        assert kinds(events) == ["SourceRead", "PageFailed", "FetchedPage", "PageFailed", "HostPaused"]
        assert events[-1] == HostPaused("bad.example", 3)
        assert [state.link(f"http://bad.example/{n}").tries for n in range(5)] == [1, 1, 0, 0, 0]

    def test_a_host_that_says_stop_is_left_alone_at_once(self):
        limit = Reply(status=429, headers={"Retry-After": "3600"})
        with serving({"/feed": feed("a", "b", "c"), **routes(a=limit, b=limit, c=limit)}) as site:
            watcher = Watcher(site)
            events = list(watcher.events("/feed"))
        assert kinds(events) == ["SourceRead", "PageFailed", "HostPaused"]
        assert events[1].next_try == watcher.clock.now() + timedelta(hours=1)
        assert site.pages == ["outlet.example/feed", "outlet.example/a"]


class TestSitemap:
    def test_pages_of_a_sitemap_and_of_those_that_it_lists(self):
        parts = [f"http://outlet.example/part{n}" for n in range(3)]
        maps = {
            "/map": sitemap("http://outlet.example/a", sitemaps=parts),
            "/part0": sitemap("http://outlet.example/b"),
            "/part1": Reply(status=404),
            "/part2": sitemap("http://outlet.example/a", "http://outlet.example/c"),
        }
        with serving({**maps, **routes(a=BOATS, b=BOATS, c=BOATS)}) as site:
            events = list(Watcher(site).events("/map kind=sitemap"))
        assert kinds(events)[:2] == ["SitemapPartFailed", "SourceRead"]
        assert isinstance(events[0], SitemapPartFailed)
        assert (events[1].listed, events[1].new) == (4, 3)
        assert urls(events) == ["/a", "/b", "/c"]

    def test_unchanged_parts_are_not_sent_again(self):
        def part(asked: Asked) -> Reply:
            known = asked.headers.get("if-none-match") == '"1"'
            return Reply(status=304) if known else sitemap("http://outlet.example/a", ETag='"1"')

        state = MemoryState()
        maps = {"/map": sitemap(sitemaps=["http://outlet.example/part"], ETag='"9"'), "/part": part, "/a": BOATS}
        with serving(maps) as site:
            watcher = Watcher(site)
            assert urls(watcher.events("/map kind=sitemap", state)) == ["/a"]
            watcher.clock.sleep(HOUR)
            assert kinds(watcher.events("/map kind=sitemap", state)) == ["SourceRead"]
        assert state.source("http://outlet.example/part").etag == '"1"'
        assert [asked.headers.get("if-none-match") for asked in site.asked if asked.path == "/map"] == [None, None]

    def test_many_sitemaps_are_read_over_several_rounds_and_that_is_told(self):
        parts = [f"http://outlet.example/part{n}" for n in range(120)]
        maps = {f"/part{n}": sitemap() for n in range(120)}
        state = MemoryState()
        with serving({"/map": sitemap(sitemaps=parts), **maps}) as site:
            watcher = Watcher(site)
            left = []
            for _ in range(3):
                left += [e.left for e in watcher.events("/map kind=sitemap", state) if isinstance(e, SitemapsLeft)]
                watcher.clock.sleep(HOUR)
        assert left == [70, 70, 70]
        assert len(set(site.paths)) == 122

    def test_sitemaps_that_list_each_other_end(self):
        maps = {
            "/map": sitemap(sitemaps=["http://outlet.example/map", "http://outlet.example/part", "no address"]),
            "/part": sitemap(
                "http://outlet.example/a", sitemaps=["http://outlet.example/map", "http://outlet.example/deep"]
            ),
            "/deep": sitemap(sitemaps=["http://outlet.example/deeper"]),
            "/a": BOATS,
        }
        with serving(maps) as site:
            events = list(Watcher(site).events("/map kind=sitemap"))
        assert kinds(events) == ["SitemapPartFailed", "SourceRead", "FetchedPage"]
        assert [site.paths.count(f"/{name}") for name in ("map", "part", "deep", "deeper")] == [1, 1, 1, 0]


class TestPage:
    def test_a_page_is_taken_each_time_it_changed(self):
        def route(asked: Asked) -> Reply:
            known = asked.headers.get("if-none-match") == f'"{version[0]}"'
            return Reply(status=304) if known else html(f"Version {version[0]}", ETag=f'"{version[0]}"')

        state, version, seen = MemoryState(), [1], []
        with serving({"/page": route}) as site:
            watcher = Watcher(site)
            for version[0] in (1, 1, 2):
                seen.append(kinds(watcher.events("/page kind=page", state)))
                watcher.clock.sleep(HOUR)
        assert seen == [["FetchedPage", "SourceRead"], ["SourceUnchanged"], ["FetchedPage", "SourceRead"]]


class TestRounds:
    def test_a_source_that_is_not_due_is_not_asked_and_that_is_told(self):
        state = MemoryState()
        with serving(routes(feed=feed("a"), a=BOATS)) as site:
            watcher = Watcher(site)
            list(watcher.events("/feed", state))
            (event,) = watcher.events("/feed", state)
        assert isinstance(event, SourceNotDue)
        assert site.paths.count("/feed") == 1

    def test_continuous_watching_sleeps_until_the_next_source_is_due_and_stops_cleanly(self):
        with serving(routes(one=feed("a"), two=feed("b"), a=BOATS, b=BOATS)) as site:
            watcher = Watcher(site, until=3.5 * HOUR)
            events = list(watcher.events("/one every=1h\n/two every=2h", once=False))
        assert urls(events) == ["/a", "/b"]
        assert site.paths.count("/one") == 4
        assert site.paths.count("/two") == 2
        assert not any(isinstance(event, SourceNotDue) for event in events)
        assert max(watcher.clock.waits) <= HOUR

    def test_a_stop_lets_the_event_at_hand_be_the_last(self):
        state = MemoryState()
        with serving(routes(feed=feed("a", "b"), a=BOATS, b=BOATS)) as site:
            watcher = Watcher(site)
            got = []
            for event in watcher.events("/feed", state, once=False):
                got.append(event)
                watcher.stop = isinstance(event, FetchedPage)
        assert urls(got) == ["/a"]
        assert state.link("http://outlet.example/a").status is LinkStatus.DONE
        assert state.link("http://outlet.example/b").status is LinkStatus.PENDING

    def test_a_stop_while_a_page_waits_for_its_turn_is_no_failure_of_the_page(self):
        state = MemoryState()
        with serving(routes(feed=feed("a", "b"), a=BOATS, b=BOATS)) as site:
            watcher = Watcher(site, until=15, pace=Pace(least=10, most=10))
            tools = watcher.tools(state)
            events = [e for e in watcher.events("/feed", state) if not isinstance(e, SourceRead)]
        assert tools.stopped()
        assert urls(events) == ["/a"]
        assert not [event for event in events if isinstance(event, PageFailed)]
        assert state.link("http://outlet.example/b").tries == 0

    def test_every_event_says_what_it_is_in_one_printable_line(self):
        parts = [f"http://outlet.example/part{n}" for n in range(60)]
        served = {
            **routes(feed=feed("a", "b", Entry("\u202e7", ""), Entry("x", "nonsense:\u202e7")), a=BOATS),
            "/map": sitemap(sitemaps=parts),
            "/b": Reply(status=500),
            "/gone": Reply(status=410),
            "/page": BOATS,
        }
        with serving(served) as site:
            events = list(Watcher(site).events("/feed\n/map kind=sitemap\n/gone\n/page kind=page\n/feed2"))
        assert {FetchedFeed, SourceFailed, PageFailed, SitemapsLeft} <= {type(event) for event in events}
        for event in events:
            assert str(event).startswith("http://outlet.example")
            assert str(event).isascii()
            assert str(event).isprintable()


class TestSignals:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_wakes_the_sleeper_and_a_second_one_is_the_system_s_again(self, number):
        before = signal.getsignal(number)
        start = time.monotonic()
        with stopping_on_signals() as stop:
            assert not stop.is_set()
            os.kill(os.getpid(), number)
            assert stop.wait(60)
            assert signal.getsignal(number) is before
        assert time.monotonic() - start < 1

    def test_without_a_signal_all_is_as_before(self):
        before = signal.getsignal(signal.SIGTERM)
        with stopping_on_signals():
            assert signal.getsignal(signal.SIGTERM) is not before
        assert signal.getsignal(signal.SIGTERM) is before

    def test_a_signal_ends_watching_and_the_next_run_goes_on(self, tmp_path):
        with serving(routes(feed=feed("a"), a=BOATS)) as site:
            timer = threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGTERM))
            start = time.monotonic()
            with stopping_on_signals() as stop:
                state = FileState(tmp_path / "state.json")
                tools = polite_tools(state, (read_feed, read_sitemap), stop, network=Wires(site).network())
                timer.start()
                events = list(watch_sources(sources("/feed"), state, tools))  # "a" would wait a second for its turn
            assert time.monotonic() - start < 0.9
            assert kinds(events) == ["SourceRead"]
            assert urls(Watcher(site).events("/feed", FileState(tmp_path / "state.json"))) == ["/a"]


def test_a_state_in_a_file_gives_back_what_it_was_given(tmp_path):
    state = FileState(tmp_path / "state.json")
    with serving(routes(feed=feed("a", "b", ETag='"1"'), a=BOATS)) as site:
        list(Watcher(site).events("/feed", state))
    again = FileState(tmp_path / "state.json")
    assert vars(again) == vars(state)
    assert Known(again.source("http://outlet.example/feed").etag) == Known('"1"')


class SharedState(MemoryState):
    """A state of which another process holds some sources: ``rounds`` says which, round by round, then none."""

    def __init__(self, *rounds: set[str]) -> None:
        super().__init__()
        self.rounds = list(rounds)

    def hold(self, urls):
        others = self.rounds.pop(0) if self.rounds else set()
        return nullcontext(frozenset(urls) - others)


def test_what_another_process_watches_is_left_to_it():
    state = SharedState({"http://outlet.example/theirs"})
    state.put_links([LinkState("http://outlet.example/c", "http://outlet.example/theirs", "c")])
    pages = {"a": BOATS, "b": BOATS, "c": BOATS}
    with serving(routes(feed=feed("a"), theirs=feed("b"), **pages)) as site:
        watcher = Watcher(site)
        first = list(watcher.events("/feed\n/theirs", state))
        second = list(watcher.events("/feed\n/theirs", state))
    assert kinds(first) == ["SourceHeld", "SourceRead", "FetchedPage"]
    assert str(first[0]) == "http://outlet.example/theirs: watched by another process now, and left to it"
    assert urls(first) == ["/a"]
    assert kinds(second)[:2] == ["SourceNotDue", "SourceRead"]
    assert sorted(urls(second)) == ["/b", "/c"]


def test_who_stands_by_looks_again_before_long():
    state = SharedState({"http://outlet.example/feed"})
    with serving(routes(feed=feed("a"), a=BOATS)) as site:
        watcher = Watcher(site, until=100)
        assert urls(watcher.events("/feed every=1h", state, once=False)) == ["/a"]
        assert watcher.clock.waits[0] == 15
