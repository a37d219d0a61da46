"""robots.txt: what it allows, what its absence allows, how long it is kept, and the pause it asks for."""

from __future__ import annotations

import pytest
from loopback_site import Clock, Reply, Wires, html, redirect, serving

from armstrace.fetch.fetched import Again, FetchError, FetchOptions, agent_name
from armstrace.fetch.memory import MemoryState
from armstrace.fetch.polite import Pace, PoliteFetcher, fetch_page
from armstrace.fetch.robots import RobotsError

PAGE = "http://outlet.example/page"
BOATS = html("Kestrovia ordered twelve patrol boats.")


def robots(*lines: str) -> Reply:
    return Reply("\n".join(lines).encode(), headers={"Content-Type": "text/plain"})


def polite(site, clock=None, memory=None, **options) -> PoliteFetcher:
    return PoliteFetcher(memory or MemoryState(), FetchOptions(**options), Wires(site).network(clock or Clock()))


RULES = [
    (("User-agent: *", "Disallow: /"), False),
    (("User-agent: *", "Disallow: /page"), False),
    (("User-agent: *", "Disallow: /private/"), True),
    (("User-agent: *", "Disallow:"), True),
    (("User-agent: *", "Disallow: /", "Allow: /page"), True),
    (("User-agent: *", "Disallow: /*ge$"), False),
    (("User-agent: armstrace", "Disallow: /", "", "User-agent: *", "Allow: /"), False),
    (("User-agent: ArmsTrace/1.0", "Disallow: /"), False),
    (("User-agent: arms/1.0", "Disallow: /"), False),
    (("User-agent: trace", "Disallow: /"), True),
    (("User-agent: otherbot", "Disallow: /"), True),
    (("\ufeffUser-agent: *", "Disallow: /page"), False),
    (("<html><body>Not what you asked for</body></html>",), True),
    (("",), True),
    (("User-agent: *", "Disallow: /" + "*a" * 5000 + "*z"), True),
]


@pytest.mark.parametrize(("lines", "allowed"), RULES)
def test_rules_are_kept(lines, allowed):
    with serving({"/robots.txt": robots(*lines), "/page": BOATS}) as site:
        if allowed:
            assert polite(site).fetch(PAGE).body == BOATS.body
        else:
            with pytest.raises(RobotsError, match="does not allow it") as caught:
                polite(site).fetch(PAGE)
            assert caught.value.again is Again.NEVER
            assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_txt_allows_everything(status):
    with serving({"/robots.txt": Reply(status=status), "/page": BOATS}) as site:
        assert polite(site).fetch(PAGE).status == 200


UNREADABLE = {
    "500": Reply(status=500),
    "503": Reply(status=503),
    "429": Reply(status=429),
    "hung up": Reply(raw=b""),
    "in a circle": redirect("/robots.txt"),
    "to a private address": redirect("http://10.0.0.1/robots.txt"),
    "a bomb of length": Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"),
}


@pytest.mark.parametrize("reply", UNREADABLE.values(), ids=UNREADABLE)
def test_one_that_cannot_be_read_allows_nothing_for_now(reply):
    clock, memory = Clock(), MemoryState()
    with serving({"/robots.txt": reply, "/page": BOATS}) as site:
        fetcher = polite(site, clock, memory)
        with pytest.raises(RobotsError, match=r"cannot be read now.*tried again from 2026-03-02") as caught:
            fetcher.fetch(PAGE)
        asked = len(site.asked)
        with pytest.raises(RobotsError):
            fetcher.fetch(PAGE)
        assert (len(site.asked), caught.value.again) == (asked, Again.LATER)
        site.routes["/robots.txt"] = robots("")
        clock.sleep(901)
        assert fetcher.fetch(PAGE).status == 200


def test_one_is_asked_for_once_a_day_and_remembered_over_runs():
    clock, memory = Clock(), MemoryState()
    with serving({"/robots.txt": robots(""), "/page": BOATS}) as site:
        polite(site, clock, memory).fetch(PAGE)
        polite(site, clock, memory).fetch(PAGE)
        assert site.paths == ["/robots.txt", "/page", "/page"]
        clock.sleep(24 * 3600)
        polite(site, clock, memory).fetch(PAGE)
        assert site.paths[3:] == ["/robots.txt", "/page"]


def test_one_is_asked_for_again_once_a_clock_that_ran_ahead_is_put_right():
    clock, memory = Clock(), MemoryState()
    with serving({"/robots.txt": robots(""), "/page": BOATS}) as site:
        polite(site, clock, memory).fetch(PAGE)
        clock.seconds -= 400 * 24 * 3600
        polite(site, clock, memory).fetch(PAGE)
        assert site.paths == ["/robots.txt", "/page"] * 2


def test_each_site_has_its_own_and_redirects_are_asked_about_too():
    routes = {
        "outlet.example/page": redirect("http://other.example/private"),
        "other.example/robots.txt": robots("User-agent: *", "Disallow: /private"),
        "/private": BOATS,
    }
    with serving(routes) as site, pytest.raises(RobotsError, match=r"robots\.txt of http://other\.example does not"):
        polite(site).fetch(PAGE)
    assert "/private" not in site.paths


def test_a_closed_address_is_refused_before_its_robots_txt_is_asked_for():
    wires = Wires()
    fetcher = PoliteFetcher(MemoryState(), network=wires.network(Clock()))
    with pytest.raises(FetchError, match="metadata"):
        fetcher.fetch("http://169.254.169.254/latest/")
    assert wires.connected == []


class TestPace:
    @pytest.mark.parametrize(
        ("delay", "pause"),
        [("", 1), ("Crawl-delay: 0.2", 1), ("Crawl-delay: 7", 7), ("Crawl-delay: 86400", 30), ("Crawl-delay: soon", 1)],
    )
    def test_between_two_requests_to_a_host_there_is_a_pause(self, delay, pause):
        clock = Clock()
        with serving({"/robots.txt": robots("User-agent: *", delay), "/page": BOATS}) as site:
            fetcher = polite(site, clock)
            for _ in range(3):
                fetcher.fetch(PAGE)
        assert clock.waits == [pause, pause]

    def test_other_hosts_need_not_wait(self):
        clock = Clock()
        with serving({"/page": BOATS}) as site:
            fetcher = polite(site, clock)
            fetcher.fetch(PAGE)
            fetcher.fetch("http://other.example/page")
            clock.seconds += 0.75
            fetcher.fetch(PAGE)
        assert clock.waits == [0.25]

    def test_a_redirect_within_a_host_waits_for_nothing_and_one_to_another_for_its_turn(self):
        clock = Clock()
        routes = {"outlet.example/page": redirect("/b"), "/b": redirect("http://other.example/page"), "/page": BOATS}
        with serving(routes) as site:
            fetcher = polite(site, clock)
            fetcher.fetch(PAGE)
            fetcher.fetch("http://other.example/page")
        assert clock.waits == [1]

    def test_a_pause_that_is_cut_short_ends_the_run_without_a_request(self):
        clock = Clock()
        with serving({"/page": BOATS}) as site:
            network = Wires(site).network(clock)
            network = type(network)(network.resolve, network.connect, sleep=lambda _: True)
            fetcher = PoliteFetcher(MemoryState(), network=network, pace=Pace(least=60, most=60))
            fetcher.fetch(PAGE)
            with pytest.raises(FetchError, match="being stopped"):
                fetcher.fetch(PAGE)
        assert site.paths == ["/robots.txt", "/page"]


CLOSED = {"/robots.txt": robots("User-agent: *", "Disallow: /"), "/page": BOATS}


class TestOnePage:
    def test_robots_txt_holds_for_a_single_page_too(self):
        with serving(CLOSED) as site, pytest.raises(RobotsError, match="--ignore-robots"):
            fetch_page(PAGE, network=Wires(site).network())
        assert site.paths == ["/robots.txt"]

    def test_a_person_may_overrule_it_and_then_does_not_claim_to_respect_it(self):
        with serving(CLOSED) as site:
            assert fetch_page(PAGE, network=Wires(site).network(), ignore_robots=True).body == BOATS.body
        assert site.paths == ["/page"]
        assert site.asked[0].headers["user-agent"] == agent_name(respects_robots=False)

    def test_another_failure_offers_no_such_way(self):
        with serving({}) as site, pytest.raises(FetchError, match="knows no such page") as caught:
            fetch_page(PAGE, network=Wires(site).network())
        assert "--ignore-robots" not in str(caught.value)


def test_another_name_is_looked_up_by_its_product():
    rules = robots("User-agent: deskbot", "Disallow: /", "", "User-agent: *", "Allow: /")
    with serving({"/robots.txt": rules, "/page": BOATS}) as site, pytest.raises(RobotsError):
        polite(site, user_agent="deskbot/2.1 (+https://desk.example)").fetch(PAGE)
