"""The page of the register over the demo's store, and over none, by a real server."""

import re

import pytest
from desk_server import asking, make_desk, serving

from armstrace.document import Capture, Document, Metadata
from armstrace.export.jsonl import claim_to_dict
from armstrace.pipeline import read_report
from armstrace.store.open import open_store
from armstrace.store.readings import Reading

ROW = re.compile(r'<tr id="line-([0-9a-f]{16})">(.*?)</tr>', re.DOTALL)
FACET = re.compile(r'name="(\w+)" value="([\w-]+)"( checked)?> <span>[^<]*</span> <span class="lines-left">(\d+)<')


def rows(page):
    return dict(ROW.findall(page.text))


def told(page):
    return re.search(r'id="told">([^<]*)<', page.text)[1]


# What is asked for -> how many lines, of the eight of the demo or of those known then.
ASKED = [
    ("", "8 transfers"),
    ("?party=SS", "3 transfers of 8"),
    ("?q=halyard", "5 transfers of 8"),
    ("?supplier=malaysia&status=delivered", "1 transfer of 8"),
    ("?status=delivered&status=refused", "5 transfers of 8"),
    ("?law=breach-if-true", "1 transfer of 8"),
    ("?law=none", "7 transfers of 8"),
    ("?measure=UN-SS", "1 transfer of 8"),
    ("?credibility=1&credibility=6", "4 transfers of 8"),
    ("?reviewed=all", "0 transfers of 8"),
    ("?as_of=2018-03-31", "2 transfers"),
    ("?as_of=2018-03-31&item=rockets", "1 transfer of 2"),
    ("?as_of=2017", "0 transfers"),
    ("?after=2018-08", "2 transfers of 8"),
]


@pytest.mark.parametrize(("query", "words"), ASKED)
def test_what_is_asked_for_is_shown_and_counted(client, query, words):
    page = client.get(f"/{query}")
    assert page.status_code == 200
    assert told(page) == words
    assert len(rows(page)) == int(words.split()[0])


@pytest.mark.parametrize("query", ["", "as_of=2018-06-30", "party=MG", "status=delivered", "law=none&category=drones"])
def test_every_count_is_that_of_the_page_it_leads_to(client, query):
    found = FACET.findall(client.get(f"/?{query}").text)
    assert found
    for kind, answer, _, count in found:
        others = "&".join(pair for pair in query.split("&") if not pair.startswith(f"{kind}="))
        assert told(client.get(f"/?{others}&{kind}={answer}")).split()[0] == count, (kind, answer)


def test_each_column_sorts_both_ways(client):
    for order in ("first-known", "last-change", "credibility", "origins-for", "route"):
        there, back = rows(client.get(f"/?sort={order}")), rows(client.get(f"/?sort=-{order}"))
        assert list(back) == list(reversed(there))
        page = client.get(f"/?sort={order}").text
        assert page.count("aria-sort=") == 1
    first = next(iter(rows(client.get("/?sort=route")).values()))
    assert "Brazil → Madagascar" in first


def test_a_line_tells_all_in_words_too(client):
    line = next(one for one in rows(client.get("/?law=breach-if-true")).values())
    for words in (
        '<span class="tag accent">delivered</span>',
        "2018-08-01 to 2018-08-31",
        "<bdi>Malaysia → South Sudan</bdi>",
        "<bdi>armoured vehicles</bdi>",
        "12-30 pieces",
        "2 independent origins for it, 1 not shown to be independent",
        "1 independent origin against it",
        "possibly true: 2 independent origins affirm it, but one independent origin denies it.",
        '<span class="tag denied">breach if true</span> <span class="small measure">UN-SS</span>',
        "sources contradict each other: quantity, denial",
        "2018-09-28",
    ):
        assert words in line, words


def test_a_line_of_a_day_leads_to_the_transfer_as_of_that_day(client):
    line = next(iter(rows(client.get("/?as_of=2018-03-31")).items()))
    assert f'href="/transfers/{line[0]}?as_of=2018-03-31"' in line[1]
    assert client.get(f"/transfers/{line[0]}?as_of=2018-03-31").status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("as_of=soon", "this is no date; give a day, month or year"),
        ("supplier=Atlantis", "no country has this code or name"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(client, query, words):
    page = client.get(f"/?{query}")
    assert page.status_code == 400
    assert words in page.text
    assert 'aria-invalid="true"' in page.text


NONSENSE = ["sort=colour", "from=nonsense", "status=eaten", "q=%00", "page=7", "credibility=x"]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_is_passed_over(client, query):
    assert told(client.get(f"/?{query}")) == "8 transfers"


def test_a_cursor_of_another_order_is_refused(client):
    assert client.get("/?sort=route&from=W1siMjAyMiJdLCJhIiwwXQ").status_code == 200
    assert client.get("/?sort=credibility&from=W1siMjAyMiJdLCJhIiwwXQ").status_code == 400


def test_a_part_is_the_same_without_the_frame(client):
    whole, part = client.get("/?party=SS"), client.get("/?party=SS", headers={"hx-request": "true"})
    assert "<!doctype html>" not in part.text
    assert rows(whole) == rows(part)


def test_who_has_the_page_is_told_that_it_is_the_same(client):
    first = client.get("/?party=SS")
    assert client.get("/?party=SS", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert client.get("/?party=MG", headers={"if-none-match": first.headers["etag"]}).status_code == 200
    part = {"if-none-match": first.headers["etag"], "hx-request": "true"}
    assert client.get("/?party=SS", headers=part).status_code == 200
    assert "no-cache" in first.headers["cache-control"]


@pytest.fixture
def empty_client(tmp_path):
    with open_store(str(tmp_path / "empty.db"), {}) as store, serving(make_desk(store)) as at, asking(at) as client:
        yield client, store


def test_an_empty_register_says_what_to_do_and_is_empty_no_more_once_something_is_added(empty_client, reader):
    client, store = empty_client
    page = client.get("/")
    for words in ("The register is empty", "armstrace add", "armstrace demo --serve"):
        assert words in page.text
    add_sale(store, reader, "<b>Rome</b> Post")
    page = client.get("/", headers={"if-none-match": page.headers["etag"]})
    assert told(page) == "1 transfer"
    assert "<b>Rome" not in page.text


def add_sale(store, reader, outlet):
    """Add a report that is read at once."""
    text = "Peru sold Kenya 40 drones, the Peruvian defence ministry said."
    document = Document("d1", text, text, Metadata(outlet=outlet, published="2031-03-01"), name="d1")
    store.add_document(document, text.encode(), Capture("d1.txt"), "2031-06-01T00:00:00Z")
    claims = read_report(reader, document).claims
    store.save_reading(Reading("d1", "reader", "2031-06-01T00:00:00Z", [(c, claim_to_dict(c)) for c in claims]))


EMPTY = [
    ("party=nobody", "No transfer is all of that"),
    ("as_of=2017", "Nothing was known on 2017-12-31"),
]


@pytest.mark.parametrize(("query", "words"), EMPTY)
def test_where_no_line_is_shown_the_page_says_why(client, query, words):
    assert words in client.get(f"/?{query}").text
