"""The page of a document, asked for by a program: what it tells, what it escapes, what it leaves out of a long text."""

import re
from html.parser import HTMLParser

import httpx2
import pytest
from desk_server import asking

ALL = ("hostile", "paper", "long", "row", "first", "second", "said")


@pytest.fixture
def hostile_client(hostile_address):
    with asking(hostile_address) as client:
        yield client


@pytest.fixture
def show(hostile, hostile_client):
    def page(name, query="") -> httpx2.Response:
        answer = hostile_client.get(f"/documents/{hostile[1][name]}{query}")
        assert answer.status_code == 200, answer.text
        return answer

    return page


class Markup(HTMLParser):
    """The tags of a page, with their attributes, and its words."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words += f"{data} "


@pytest.mark.parametrize("view", ["", "?beside=original"])
@pytest.mark.parametrize("name", ALL)
def test_nothing_of_a_document_becomes_markup(show, name, view):
    markup = Markup(show(name, view).text)
    scripts = [given.get("src", "").partition("?")[0] for tag, given in markup.tags if tag == "script"]
    assert scripts[-1] == "/static/document.js"
    assert all(one.startswith("/static/") for one in scripts)
    assert not [given for _, given in markup.tags if any(name.startswith("on") or name == "style" for name in given)]
    links = [given[name] for _, given in markup.tags for name in ("href", "src", "action") if name in given]
    assert not [link for link in links if not re.match(r"[#/?]|https?://[a-z]+\.example/|$", link)]


@pytest.mark.parametrize("name", ALL)
def test_no_sign_that_hides_or_turns_is_sent(show, name):
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", show(name).text)


def test_every_mark_leads_to_a_value_and_every_value_to_its_words(show):
    for name in ALL:
        markup = Markup(show(name).text)
        ids = [given["id"] for _, given in markup.tags if "id" in given]
        assert len(ids) == len(set(ids)), name
        targets = {given["href"][1:] for tag, given in markup.tags if tag == "a" and given["href"].startswith("#")}
        assert targets <= {*ids, "main"}, name


def test_what_is_known_is_told_with_where_it_was_found(show):
    words = " ".join(Markup(show("hostile").text).words.split())
    assert "published 2030-03-04 meta article:published_time" in words
    assert "title Vehicles for Chile title in the text" in words
    assert "Left out by the reader of its format (" in words
    assert "by test at 2031-05-01T12:00:00Z: 2 claims" in words


def test_versions_of_one_address_are_told(show, hostile):
    page = show("second").text
    assert f'href="/documents/{hostile[1]["first"]}">2030-03-04' in page
    assert "Versions of the page" not in show("row").text


def test_a_long_text_is_shown_around_its_claims_and_tells_what_is_not(show):
    page = Markup(show("long").text)
    assert len(page.words) < 10_000
    assert "On day 0 the committee" in page.words
    assert "has delivered" in page.words
    assert "On day 2000 " not in page.words
    gaps = [int(found.replace(",", "")) for found in re.findall(r"([\d,]+) characters are not shown", page.words)]
    assert len(gaps) == 2
    assert sum(gaps) > 250_000


def test_a_part_of_a_long_text_leads_to_the_parts_beside_it(show):
    seen, query = "", "?at=0"
    for _ in range(12):
        page = show("long", query).text
        text = Markup(page[page.index("<article") : page.index("</article>")]).words
        seen += text
        found = re.search(r'rel="next" href="(\?at=\d+)', page)
        if not found:
            break
        query = found[1]
    days = [int(day) for day in re.findall(r"On day (\d+) the", seen)]
    assert days == list(range(4200))


@pytest.mark.parametrize(
    "query", ["?at=-1", "?at=x", "?at=99999999999999", "?claim=none", "?beside=x", "?page=0&beside=original"]
)
def test_a_question_that_cannot_be_meant_shows_the_document(show, query):
    assert "Norway" in show("first", query).text


def test_a_document_that_is_not_there_is_told(hostile_client):
    assert hostile_client.get("/documents/none").status_code == 404
    assert hostile_client.get("/documents/none/original").status_code == 404
    assert hostile_client.get("/documents/none/register").status_code == 404


def test_the_register_tells_lines_and_copies(client, demo_store):
    ids = {one.name: one.id for one in demo_store.documents()}
    page = client.get(f"/documents/{ids['lakeside-rocket-launchers']}/register").text
    assert re.search(r'href="/transfers/[0-9a-f]+">Brazil → Madagascar', page)
    assert f'href="/documents/{ids["rift-rocket-launchers"]}"' in page or "None is known" in page


def test_every_demo_document_has_a_page(client, demo_store):
    for document in demo_store.documents():
        for query in ("", "?beside=original"):
            answer = client.get(f"/documents/{document.id}{query}")
            assert answer.status_code == 200, document.name
