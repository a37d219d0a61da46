"""Asking a service that somebody named: one small answer, by https or on this machine, and never elsewhere."""

from __future__ import annotations

import pytest
from loopback_site import Reply, raw, redirect, serving

from armstrace.fetch.ask import ask, read_service_address
from armstrace.fetch.fetched import FetchError, Limits
from armstrace.fetch.network import Network

SMALL = Limits(seconds=3, stall=0.5, size=1000)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://login.example.org/token", None),
        ("https://10.1.2.3/token", None),
        ("http://127.0.0.1:8080/token", None),
        ("http://[::1]/token", None),
        ("http://localhost/token", None),
        ("http://login.example.org/token", "give an https address"),
        ("http://10.1.2.3/token", "give an https address"),
        ("http://localhost.example.org/token", "give an https address"),
        ("http://127.0.0.1@login.example.org/", "user name or password"),
        ("ftp://login.example.org/", "no http or https"),
    ],
)
def test_secrets_go_by_https_or_stay_on_this_machine(address, told):
    if told is None:
        assert str(read_service_address(address)).startswith(address[:20])
    else:
        with pytest.raises(FetchError, match=told):
            read_service_address(address)


def test_a_form_is_sent_once_and_its_answer_read_whatever_its_status():
    with serving({"/token": Reply(b'{"error": "invalid_grant"}', 400)}) as site:
        address = f"http://127.0.0.1:{site.port}/token"
        answer = ask(address, Network(), b"code=1", (("Authorization", "Basic eA=="),))
        (asked,) = site.asked
    assert (answer.status, answer.body) == (400, b'{"error": "invalid_grant"}')
    assert asked.body == b"code=1"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["authorization"] == "Basic eA=="
    assert "cookie" not in asked.headers


BAD = [
    (redirect("https://elsewhere.example/"), "leads elsewhere"),
    (redirect("/other", 307), "leads elsewhere"),
    (Reply(b"x" * 1001), "1,001 bytes"),
    (raw("HTTP/1.1 200 OK", "Content-Type: text/plain", body=b"x" * 2000), "more than 1,000 bytes"),
    (raw("HTTP/1.1 200 OK", "Content-Length: 50", body=b"x"), "before the end of its answer"),
    (raw("HTTP/1.1 200 OK", "Content-Length: 2000000000"), "2,000,000,000 bytes"),
    (raw("GET / HTTP/1.1"), "no valid HTTP"),
    (Reply(b"late", stall=2), "0.5 seconds"),
    (Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 100, drip=0.2), "3 seconds"),
]


@pytest.mark.parametrize(("reply", "told"), BAD, ids=[told for _, told in BAD])
@pytest.mark.parametrize("form", [None, b"code=1"], ids=["get", "post"])
def test_what_is_too_much_too_slow_or_elsewhere_is_broken_off(reply, told, form):
    with serving({"/token": reply, "/other": Reply(b"{}")}) as site:
        with pytest.raises(FetchError, match=told):
            ask(f"http://127.0.0.1:{site.port}/token", Network(), form, limits=SMALL)
        assert len(site.asked) == 1


@pytest.mark.parametrize("address", ["https://169.254.169.254/token", "https://metadata.google.internal/token"])
def test_the_metadata_of_a_cloud_machine_stays_closed(address):
    with pytest.raises(FetchError, match="metadata"):
        ask(address, Network(resolve=lambda *_: ("169.254.169.254",)))
