"""Over real sockets: what comes back, what is followed, tried again and broken off, and that all of it is bounded."""

from __future__ import annotations

import gzip
import ssl
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
from loopback_site import PUBLIC, START, TLS, Asked, Clock, Reply, Site, Wires, html, raw, redirect, serving

from armstrace.errors import InputError
from armstrace.fetch.address import Address
from armstrace.fetch.client import fetch
from armstrace.fetch.fetched import Again, Fetched, FetchError, FetchOptions, Known, Limits, agent_name
from armstrace.fetch.network import Network, resolve_name, system_trust
from armstrace.fetch.waits import backoff, retry_after

PAGE = "http://outlet.example/page"
BOATS = html("Kestrovia ordered twelve patrol boats.")
SMALL = Limits(size=20_000, attempts=1)
QUICK = Limits(seconds=0.4, stall=0.2)


def get(site: Site, address: str = PAGE, limits: Limits | None = None, clock: Clock | None = None, **more) -> Fetched:
    options = FetchOptions(limits or Limits())
    return fetch(address, options=options, network=Wires(site).network(clock), **more)


def test_a_page_comes_back_with_all_that_tells_how_it_came():
    with serving(html("Boats.", ETag='"7"', Last_Modified="Mon, 02 Mar 2026 07:00:00 GMT")) as site:
        got = get(site, "HTTP://Outlet.example:80/page#top", clock=Clock())
    assert got.address == got.final_address == PAGE
    assert (got.status, got.redirects, got.unchanged) == (200, (), False)
    assert b"Boats." in got.body
    assert got.header("content-type") == "text/html"
    assert got.known == Known('"7"', "Mon, 02 Mar 2026 07:00:00 GMT")
    assert got.moment == "2026-03-02T08:00:00+00:00"


def test_the_request_says_who_asks_and_carries_no_cookies():
    with serving({"/page": html("Boats.", Set_Cookie="id=1"), "/next": redirect("/page")}) as site:
        get(site)
        get(site, "http://outlet.example/next")
    for asked in site.asked:
        assert asked.host == "outlet.example"
        assert asked.headers["user-agent"] == agent_name()
        assert "cookie" not in asked.headers
        assert "referer" not in asked.headers
    assert agent_name().endswith("(+research; respects robots.txt)")


def test_who_overrules_robots_does_not_claim_to_respect_it():
    assert "respects" not in agent_name(respects_robots=False)


def test_a_connection_goes_to_the_address_that_was_checked_and_each_name_is_asked_for_once():
    """A name that leads elsewhere the second time it is asked for (DNS rebinding) gets no second time."""
    leads = iter([(PUBLIC,), ("127.0.0.1",)])
    with serving(BOATS) as site:
        wires = Wires(site)
        network = Network(lambda *_: next(leads), wires.connect)
        fetch(PAGE, network=network)
        assert wires.connected == [(PUBLIC, 80)]
        with pytest.raises(FetchError, match="this machine"):
            fetch(PAGE, network=network)
    assert wires.connected == [(PUBLIC, 80)]


def test_the_next_address_of_a_name_is_tried_where_the_first_does_not_answer():
    with serving(BOATS) as site:
        wires = Wires(site, {"outlet.example": ("2606:4700::1111", PUBLIC)})

        def connect(ip: str, port: int, seconds: float):
            line = wires.connect(ip, port, seconds)
            if ":" in ip:
                line.close()
                raise OSError(101, "Network is unreachable")
            return line

        assert fetch(PAGE, network=Network(wires.resolve, connect)).body == BOATS.body
    assert wires.connected == [("2606:4700::1111", 80), (PUBLIC, 80)]


class TestRedirects:
    def test_the_way_is_told(self):
        routes = {"/page": redirect("/b", 301), "/b": redirect("//b.example/c", 307), "b.example/c": BOATS}
        with serving(routes) as site:
            got = get(site)
        assert got.final_address == "http://b.example/c"
        assert got.redirects == (PAGE, "http://outlet.example/b")
        assert site.pages == ["outlet.example/page", "outlet.example/b", "b.example/c"]

    @pytest.mark.parametrize(
        "there",
        [
            "http://169.254.169.254/latest/meta-data/",
            "http://[::ffff:169.254.169.254]/",
            "http://2852039166/",
            "http://intern.example/",
            "http://localhost:6379/",
            "//127.0.0.1/admin",
            "http://10.0.0.1/",
        ],
    )
    def test_to_a_closed_address_is_refused_and_never_connected_to(self, there):
        with serving(redirect(there)) as site:
            wires = Wires(site, {"intern.example": ("10.0.0.7",)})
            with pytest.raises(FetchError, match=r"^http://outlet\.example/page: .*") as caught:
                fetch(PAGE, network=wires.network())
        assert caught.value.again is Again.NEVER
        assert wires.connected == [(PUBLIC, 80)]
        assert len(site.asked) == 1

    @pytest.mark.parametrize(
        ("there", "said"),
        [
            ("/page", "circle"),
            ("/page#again", "circle"),
            ("", "without saying where"),
            ("ftp://outlet.example/page", "no http or https"),
            ("file:///etc/passwd", "no http or https"),
            ("http://a:b@outlet.example/", "user name"),
        ],
    )
    def test_that_lead_nowhere_are_told(self, there, said):
        with serving(redirect(there)) as site, pytest.raises(FetchError, match=said):
            get(site)
        assert len(site.asked) == 1

    def test_in_a_wider_circle(self):
        with (
            serving({"/page": redirect("/b"), "/b": redirect("/page")}) as site,
            pytest.raises(FetchError, match="circle"),
        ):
            get(site)
        assert site.paths == ["/page", "/b"]

    def test_without_end_are_broken_off(self):
        with (
            serving({f"/{n}": redirect(f"/{n + 1}") for n in range(20)}) as site,
            pytest.raises(FetchError, match="more than 10 redirects"),
        ):
            get(site, "http://outlet.example/0")
        assert len(site.asked) == 11

    def test_ten_are_followed(self):
        with serving({**{f"/{n}": redirect(f"/{n + 1}") for n in range(10)}, "/10": BOATS}) as site:
            assert len(get(site, "http://outlet.example/0").redirects) == 10

    def test_an_address_in_raw_utf8_is_read_as_such(self):
        routes = {"/page": redirect("/é".encode().decode("latin-1")), "/%C3%A9": BOATS}
        with serving(routes) as site:
            assert get(site).final_address == "http://outlet.example/%C3%A9"

    def test_each_is_asked_permission_for(self):
        asked: list[str] = []

        def permit(address: Address) -> None:
            asked.append(str(address))
            if address.target == "/private":
                raise FetchError(f"{address}: not permitted")

        with (
            serving({"/page": redirect("/private"), "/private": BOATS}) as site,
            pytest.raises(FetchError, match="not permitted"),
        ):
            get(site, permit=permit)
        assert asked == [PAGE, "http://outlet.example/private"]
        assert site.paths == ["/page"]


class TestUnchanged:
    def test_what_is_known_is_shown_and_304_has_no_body(self):
        def route(asked: Asked) -> Reply:
            return Reply(status=304) if asked.headers.get("if-none-match") == '"7"' else html("Boats.", ETag='"7"')

        with serving({"/page": route}) as site:
            first = get(site)
            second = get(site, known=first.known)
        assert (second.status, second.unchanged, second.body) == (304, True, b"")

    def test_the_date_is_shown_as_it_was_told(self):
        with serving(Reply(status=304)) as site:
            assert get(site, known=Known(last_modified="yesterday, or so")).unchanged
        assert site.asked[0].headers["if-modified-since"] == "yesterday, or so"

    def test_304_to_a_plain_request_is_no_page(self):
        with serving(Reply(status=304)) as site, pytest.raises(FetchError, match="304"):
            get(site)

    def test_an_etag_in_foreign_letters_breaks_nothing(self):
        with serving(BOATS) as site:
            assert get(site, known=Known(etag='"é\u0394"')).status == 200


class TestSize:
    def test_a_page_of_the_largest_size_is_taken(self):
        with serving(Reply(b"x" * 20_000)) as site:
            assert len(get(site, limits=SMALL).body) == 20_000

    def test_a_length_beyond_the_limit_is_not_read_at_all(self):
        with (
            serving(raw("HTTP/1.1 200 OK", "Content-Length: 99999999999", body=b"x")) as site,
            pytest.raises(FetchError, match="99,999,999,999 bytes long, more than the 20,000"),
        ):
            get(site, limits=SMALL)

    @pytest.mark.parametrize(
        "reply",
        [
            raw("HTTP/1.1 200 OK", body=b"x" * 30_000),
            raw("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body=b"7530\r\n" + b"x" * 30_000 + b"\r\n0\r\n\r\n"),
        ],
        ids=["no length", "chunked"],
    )
    def test_an_endless_page_is_broken_off(self, reply):
        with serving(reply) as site, pytest.raises(FetchError, match="more than 20,000 bytes; broken off"):
            get(site, limits=SMALL)

    @pytest.mark.parametrize("coding", ["gzip", "x-gzip"])
    def test_a_bomb_is_broken_off(self, coding):
        bomb = gzip.compress(bytes(10_000_000))
        assert len(bomb) < 20_000
        with (
            serving(Reply(bomb, headers={"Content-Encoding": coding})) as site,
            pytest.raises(FetchError, match="inflates to more than 20,000 bytes; broken off"),
        ):
            get(site, limits=SMALL)

    def test_a_compressed_page_is_inflated(self):
        with serving(Reply(gzip.compress(BOATS.body), headers={"Content-Encoding": "gzip"})) as site:
            got = get(site)
        assert got.body == BOATS.body
        assert "gzip" in site.asked[0].headers["accept-encoding"]


# A server whose answer is not what it says it is: what is said of it, and how often it was asked (3 attempts).
LIES = {
    "longer than it sends": (raw("HTTP/1.1 200 OK", "Content-Length: 5000", body=b"short"), "received 5 bytes", 3),
    "shorter than it sends": (
        raw("HTTP/1.1 200 OK", "Content-Length: 5", body=b"cut short here"),
        "says that it sends 5 bytes and sends more",
        1,
    ),
    "shorter, the rest later": (
        raw("HTTP/1.1 200 OK", "Content-Length: 5", body=b"short", after=b" and the rest"),
        "sends 5 bytes and sends more",
        1,
    ),
    "two lengths": (
        raw("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 9", body=b"short"),
        "no valid HTTP",
        1,
    ),
    "negative length": (raw("HTTP/1.1 200 OK", "Content-Length: -5", body=b"short"), "no valid HTTP", 1),
    "length in words": (raw("HTTP/1.1 200 OK", "Content-Length: many", body=b"short"), "no valid HTTP", 1),
    "chunks cut off": (
        raw("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body=b"5\r\nshort\r\n"),
        "broke off before the end",
        3,
    ),
    "a chunk of no size": (raw("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body=b"zz\r\n"), "no valid HTTP", 1),
    "headers cut off": (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-"), "hung up without an answer|broke off", 3),
    "nothing": (Reply(raw=b""), "hung up without an answer", 3),
    "no HTTP": (Reply(raw=b"SSH-2.0-OpenSSH_9.9\r\n\r\n"), "no valid HTTP", 1),
    "endless headers": (raw("HTTP/1.1 200 OK", *["X-More: " + "x" * 1000] * 200), "of headers; broken off", 1),
    "one endless header": (Reply(raw=b"HTTP/1.1 200 OK\r\nX-More: " + b"x" * 200_000), "of headers; broken off", 1),
    "gzip that is none": (Reply(b"plain", headers={"Content-Encoding": "gzip"}), "damaged or cut off", 1),
    "part of a page": (Reply(b"part", 206), r"does not give the page \(206\)", 1),
    "no content": (Reply(b"", 204), r"does not give the page \(204\)", 1),
    "reset": (Reply(reset=True), "broke off the connection", 3),
}


@pytest.mark.parametrize(("reply", "said", "times"), LIES.values(), ids=LIES)
def test_a_false_answer_is_told_and_never_taken_for_the_page(reply, said, times):
    with serving(reply) as site, pytest.raises(FetchError, match=said) as caught:
        get(site, clock=Clock())
    assert len(site.asked) == times
    assert isinstance(caught.value, InputError)
    assert str(caught.value).startswith(PAGE)


def test_hints_before_the_answer_are_passed_over():
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    with serving(Reply(raw=early + b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nBoats")) as site:
        assert get(site).body == b"Boats"


class TestTime:
    @pytest.mark.parametrize(
        "reply",
        [
            Reply(b"x" * 500, drip=0.05),
            raw("HTTP/1.1 200 OK", "X-Slow: " + "x" * 500, drip=0.05),
            raw("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body=b"1\r\nx\r\n" * 500, drip=0.05),
        ],
        ids=["body", "headers", "chunks"],
    )
    def test_a_server_that_drips_is_cut_off(self, reply):
        start = time.monotonic()
        with serving(reply) as site, pytest.raises(FetchError, match=r"not done within 0\.4 seconds; broken off"):
            get(site, limits=QUICK)
        assert time.monotonic() - start < 1
        assert len(site.asked) == 1

    def test_a_silent_server_is_cut_off(self):
        start = time.monotonic()
        with (
            serving(Reply(b"late", stall=5)) as site,
            pytest.raises(FetchError, match=r"sends nothing for 0\.2 seconds"),
        ):
            get(site, limits=QUICK)
        assert time.monotonic() - start < 1

    def test_redirects_share_the_time(self):
        routes = {f"/{n}": Reply(status=302, headers={"Location": f"/{n + 1}"}, stall=0.15) for n in range(9)}
        with serving(routes) as site, pytest.raises(FetchError, match="not done within"):
            get(site, "http://outlet.example/0", limits=QUICK)
        assert len(site.asked) <= 4

    def test_waiting_for_permission_takes_nothing_of_it(self):
        clock = Clock()
        with serving(BOATS) as site:
            assert get(site, clock=clock, permit=lambda _: clock.sleep(500) and None).status == 200

    def test_nobody_answers(self):
        clock, tried = Clock(), []

        def connect(_ip: str, _port: int, seconds: float):
            tried.append(seconds)
            clock.sleep(seconds)
            raise TimeoutError

        with pytest.raises(FetchError, match="nobody answers") as caught:
            fetch(PAGE, network=Network(Wires().resolve, connect, clock=clock.clock, now=clock.now, sleep=clock.sleep))
        assert tried == [20, 20, 20]
        assert clock.seconds < 90
        assert caught.value.again is Again.SOON


# Status, what its text says, whether and when asking again makes sense, and how often it was asked.
STATUSES = [
    (400, "does not give the page", Again.NEVER, 1),
    (401, "asks for a password", Again.LATER, 1),
    (402, "asks for payment", Again.NEVER, 1),
    (403, "refuses to show it", Again.LATER, 1),
    (404, "knows no such page", Again.NEVER, 1),
    (408, "does not give the page", Again.SOON, 3),
    (410, "gone for good", Again.NEVER, 1),
    (429, "asked too often", Again.SOON, 3),
    (451, "legal reasons", Again.NEVER, 1),
    (500, "is in trouble", Again.LATER, 1),
    (502, "is in trouble", Again.SOON, 3),
    (503, "is in trouble", Again.SOON, 3),
    (504, "is in trouble", Again.SOON, 3),
]


class TestAgain:
    @pytest.mark.parametrize(("status", "said", "again", "times"), STATUSES)
    def test_each_status_has_its_meaning(self, status, said, again, times):
        clock = Clock()
        with serving(Reply(b"no", status)) as site, pytest.raises(FetchError, match=said) as caught:
            get(site, clock=clock)
        assert (caught.value.status, caught.value.again, len(site.asked)) == (status, again, times)
        assert f"({status})" in str(caught.value)
        assert clock.waits == [1, 2][: times - 1]
        assert ("gave up after 3 attempts" in str(caught.value)) == (times == 3)

    @pytest.mark.parametrize(
        "trouble", [Reply(status=503), Reply(reset=True), Reply(raw=b"")], ids=["503", "reset", "hung up"]
    )
    def test_what_passes_is_overcome(self, trouble):
        with serving({"/page": [trouble, BOATS]}) as site:
            assert get(site, clock=Clock()).body == BOATS.body

    @pytest.mark.parametrize(
        ("value", "waits"),
        [
            ("7", [7]),
            ("0", [0]),
            (format_datetime(START + timedelta(seconds=12)), [12]),
            ("soon", [1]),
            ("-5", [1]),
        ],
    )
    def test_a_retry_after_is_waited_for(self, value, waits):
        clock = Clock()
        with serving({"/page": [Reply(status=429, headers={"Retry-After": value}), BOATS]}) as site:
            assert get(site, clock=clock).status == 200
        assert clock.waits == waits

    @pytest.mark.parametrize("value", ["31", "999999999", format_datetime(START + timedelta(days=3))])
    def test_a_long_retry_after_is_told_and_not_waited_for(self, value):
        clock = Clock()
        with (
            serving(Reply(status=503, headers={"Retry-After": value})) as site,
            pytest.raises(FetchError, match="asks to wait") as caught,
        ):
            get(site, clock=clock)
        assert clock.waits == []
        assert caught.value.wait >= 31
        assert len(site.asked) == 1

    def test_no_attempt_begins_after_the_time_is_up(self):
        clock = Clock()
        with serving(Reply(status=503, headers={"Retry-After": "25"})) as site, pytest.raises(FetchError):
            get(site, limits=Limits(seconds=40), clock=clock)
        assert clock.waits == [25]

    def test_a_refused_connection_is_not_tried_again_at_once(self):
        wires = Wires()
        with pytest.raises(FetchError, match=r"cannot be reached \(Connection refused") as caught:
            fetch(PAGE, network=wires.network(Clock()))
        assert (len(wires.connected), caught.value.again) == (1, Again.LATER)


class TestTls:
    def test_a_certificate_that_nobody_vouches_for_is_refused(self):
        with serving(BOATS, tls=True) as site, pytest.raises(FetchError, match="certificate does not hold") as caught:
            get(site, "https://outlet.example/page")
        assert site.asked == []
        assert caught.value.again is Again.LATER

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(TLS / "certificate.pem"))

    def test_the_name_asked_for_is_the_one_vouched_for_whatever_address_it_has(self):
        with serving(BOATS, tls=True) as site:
            wires = Wires(site)
            got = fetch("https://outlet.example/page", network=wires.network(trust=self.trusted))
        assert got.body == BOATS.body
        assert site.names == ["outlet.example"]
        assert wires.connected == [(PUBLIC, 443)]

    def test_a_certificate_of_another_name_is_refused(self):
        with serving(BOATS, tls=True) as site, pytest.raises(FetchError, match="certificate does not hold"):
            fetch("https://other.example/page", network=Wires(site).network(trust=self.trusted))
        assert site.asked == []

    def test_out_of_tls_no_redirect_is_followed(self):
        with serving(redirect("http://outlet.example/plain"), tls=True) as site:
            wires = Wires(site)
            with pytest.raises(FetchError, match="from an encrypted connection to an open one"):
                fetch("https://outlet.example/page", network=wires.network(trust=self.trusted))
        assert wires.connected == [(PUBLIC, 443)]

    def test_a_plain_server_is_told(self):
        with serving(BOATS) as site, pytest.raises(FetchError, match="speaks no TLS that holds"):
            get(site, "https://outlet.example/page")

    def test_the_system_s_trust_checks_names(self):
        assert system_trust().check_hostname
        assert system_trust().verify_mode is ssl.CERT_REQUIRED


def test_this_machine_is_fetched_from_on_demand_over_the_real_wires(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # is not asked
    with serving(BOATS) as site:
        address = f"http://localhost:{site.port}/page"
        with pytest.raises(FetchError, match="--allow-private"):
            fetch(address)
        got = fetch(address, options=FetchOptions(allow_private=True))
    assert got.body == BOATS.body
    assert site.asked[0].host == f"localhost:{site.port}"


def test_a_name_that_cannot_exist_is_told():
    with pytest.raises(FetchError, match=r"name\.invalid: (no such host|the name server gives no answer)"):
        resolve_name("name.invalid", 80)


def test_a_user_agent_that_breaks_the_request_is_told():
    with serving(BOATS) as site, pytest.raises(FetchError, match="check the user agent"):
        fetch(PAGE, options=FetchOptions(user_agent="a\r\nb: c"), network=Wires(site).network())
    assert site.asked == []


@pytest.mark.parametrize(
    "value", [None, "", "soon", "1.5", "inf", "٣", "99:99", "0 JAN 0 0:0 10000000000000", "9" * 40]
)
def test_a_retry_after_that_says_nothing_is_none(value):
    assert retry_after(value, START) is None


def test_waits_double_up_to_a_longest():
    assert [backoff(n, 1, 30) for n in (1, 2, 3, 5, 6, 10_000)] == [1, 2, 4, 16, 30, 30]
