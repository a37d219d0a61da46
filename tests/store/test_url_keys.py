"""Which web addresses are those of one page."""

from __future__ import annotations

import pytest

from armstrace.store.addresses import url_key

SAME = [
    [
        "https://ledger.example/a/b?id=3",
        "http://www.LEDGER.example:80/a/b/?id=3",
        "https://ledger.example:443/a/b?utm_source=x&id=3&fbclid=abc#top",
        " https://ledger.example./a/b?id=3 ",
    ],
    ["https://ledger.example/caf%C3%A9", "https://ledger.example/café", "https://ledger.example/caf%c3%a9"],
    ["https://münze.example/x", "https://xn--mnze-0ra.example/x"],
    ["https://ledger.example/?p=12", "https://ledger.example?p=12"],
]
APART = [
    ("https://ledger.example/a", "https://ledger.example/b"),
    ("https://ledger.example/a", "https://news.ledger.example/a"),
    ("https://ledger.example/a?id=1", "https://ledger.example/a?id=2"),
    ("https://ledger.example/a?id=", "https://ledger.example/a"),
    ("https://ledger.example/a", "https://ledger.example:8443/a"),
    ("https://ledger.example/a%2Fb", "https://ledger.example/a/b"),
    ("https://ledger.example/a%ff", "https://ledger.example/a%fe"),
    ("https://ledger.example/" + "x" * 5000 + "1", "https://ledger.example/" + "x" * 5000 + "2"),
]
NONE = [
    None,
    "",
    "https://ledger.example/",
    "https://ledger.example#top",
    "https://ledger.example/?utm_source=x",
    "ftp://ledger.example/a",
    "file:///a/b",
    "reports/a.html",
    "https://ledger.example/a.zip!/b.html",
    "https:///a",
    "https://[::1/a",
    "https://ledger.example:x/a",
    "https://" + "ü" * 300 + "/a",
    "https://ledger.example/\ud800",
    "standard input",
]


@pytest.mark.parametrize("addresses", SAME, ids=lambda a: a[0])
def test_these_are_one_page(addresses):
    assert len({url_key(a) for a in addresses}) == 1, [url_key(a) for a in addresses]
    assert url_key(addresses[0])


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda a: a[:40])
def test_these_are_not(one, other):
    assert url_key(one) != url_key(other)
    assert len(url_key(one)) < 600


@pytest.mark.parametrize("address", NONE, ids=ascii)
def test_these_name_no_page(address):
    assert url_key(address) is None


def test_the_first_that_names_a_page_counts():
    assert url_key(None, "https://ledger.example/", "https://ledger.example/a") == "ledger.example/a"
    assert url_key() is None
