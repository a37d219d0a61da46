"""The page of the search, asked for by a program."""

import re

import pytest
from desk_server import asking

from armstrace.export.addresses import href_of
from armstrace.store.filters import Query

FAULTS = [
    ("after=soon", "after"),
    ("before=2022-13", "before"),
    ("party=%21", "party"),
    ("item=%3F", "item"),
    ("category=swords", "category"),
    ("status=sold", "status"),
    ("outlet=%25", "outlet"),
    ("kind=rumour", "kind"),
    ("words=" + "+".join(f"w{n}" for n in range(60)), "words"),
]


@pytest.fixture
def hostile_client(hostile_address):
    with asking(hostile_address) as client:
        yield client


@pytest.mark.parametrize(("query", "field"), FAULTS)
def test_a_search_that_cannot_be_meant_is_told_at_its_field(client, query, field):
    page = client.get(f"/search?{query}").text
    assert re.findall(r'id="problem-(\w+)"', page) == [field]
    assert 'id="found"' not in page


def test_a_cursor_of_no_search_is_told(client):
    page = client.get("/search?words=drones&cursor=none").text
    assert 'class="problem" role="alert">the cursor is none of this search' in page


def test_pages_follow_each_other_and_hold_everything_once(client, demo_store):
    counts = demo_store.count_hits(Query(after="2018"))
    address, found = "/search?after=2018", []
    while address:
        page = client.get(address).text
        found += re.findall(r'<h3><a href="([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following and following[1].replace("&amp;", "&")
    assert len(found) == len(set(found)) == sum(count.number for count in counts.values())
    assert f"{counts['document'].number} documents and {counts['claim'].number} claims" in page


def test_a_search_is_narrowed_by_status_and_outlet(client, demo_store):
    for given in ({"status": "delivered"}, {"outlet": "halyard"}, {"outlet": "halyard", "status": "planned"}):
        counts = demo_store.count_hits(Query(**given))
        number = counts["document"].number
        assert number
        page = client.get("/search", params=given).text
        assert f"{number} document" in page
        assert f'value="{given.get("status", "")}" selected' in page


def test_a_blank_search_finds_nothing_and_says_what_there_is(client):
    page = client.get("/search?words=&party=+").text
    assert 'id="found"' not in page
    assert re.search(r"There are 18 documents and \d+ claims", page)


def test_a_part_of_a_page_is_enough_for_a_script(client, demo_store):
    document = next(one.id for one in demo_store.documents() if demo_store.claims(one.id))
    claim = demo_store.claims(document)[0].id
    for path in ("/search?words=drones", f"/documents/{document}", f"/transfers/{claim}", "/search?after=x"):
        part = client.get(path, headers={"hx-request": "true"}, follow_redirects=True).text
        whole = client.get(path, follow_redirects=True).text
        assert "<html" not in part
        assert "<h1" in part
        assert part.strip() in whole


def test_what_is_asked_is_shown_as_words(hostile_client):
    page = hostile_client.get("/search", params={"words": '"><script>alert(1)</script>', "party": "\u202e<b>"}).text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "<b>" not in page


def test_what_is_found_is_shown_as_words(hostile_client):
    page = hostile_client.get("/search?words=armoured").text
    assert "Norway → Chile" in page
    assert "<script>document" not in page
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e]", page)


ADDRESSES = [
    ("https://a.example/x?y=1#z", True),
    ("HTTP://a.example", True),
    ("javascript:alert(1)", False),
    (" javascript:alert(1)", False),
    ("java\tscript:alert(1)", False),
    ("https://", False),
    ("//a.example/x", False),
    ("data:text/html,x", False),
    ("file:///etc/passwd", False),
    ("https://a.example/\u202egpj.exe", False),
    ("https://a.example/\nx", False),
    ("https://a.example/a b", False),
    ("https:\\\\a.example", False),
    ("https://[::1", False),
    ("a.zip!/b.html", False),
    ("", False),
    (None, False),
]


@pytest.mark.parametrize(("address", "is_link"), ADDRESSES)
def test_only_web_addresses_become_links(address, is_link):
    assert href_of(address) == (address if is_link else None)
