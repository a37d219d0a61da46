"""The page of one transfer by a real server: any of its ids, any day, what the law says, who is how reliable."""

import re

import pytest
from desk_server import asking
from judged import add_judgement

from armstrace.store.judgements import Judgement


@pytest.fixture(scope="module")
def line(desk_address):
    """Return the id of the demo's line that the law reaches."""
    with asking(desk_address) as client:
        return re.search(r'id="line-([0-9a-f]{16})"', client.get("/?law=breach-if-true").text)[1]


def test_the_page_tells_the_law_with_paragraphs_and_the_reliability_of_sources(client, line):
    page = client.get(f"/transfers/{line}").text
    for words in (
        "Malaysia → South Sudan: armoured vehicles",
        "Would breach, if the report is true",
        "resolution 2428 (2018), 4",
        "2018-07-13 to before",
        "An exemption: Supplies for United Nations personnel",
        "Not legal advice.",
        "How reliable its",
        "reliability cannot be judged",
        'href="/documents/',
    ):
        assert words in page, words


def test_as_known_on_a_day_only_what_was_known_is_told(client, line):
    today, then = client.get(f"/transfers/{line}").text, client.get(f"/transfers/{line}?as_of=2018-05").text
    assert "as known on 2018-05-31" in then
    assert "No measure reaches it" in then
    claims = re.compile(r'<li id="claim-')
    assert len(claims.findall(then)) < len(claims.findall(today))
    early = client.get(f"/transfers/{line}?as_of=2018-01-01")
    assert early.status_code == 404
    assert "nothing was known of this transfer on 2018-01-01; it was first reported on 2018-04-24" in early.text


def test_any_id_leads_to_the_transfer(client, line):
    claim = re.search(r'id="claim-([0-9a-f]{16})"', client.get(f"/transfers/{line}").text)[1]
    for asked in (claim, claim[:10], line[:8], line.upper()):
        led = client.get(f"/transfers/{asked}?as_of=2018-05")
        assert (led.status_code, led.headers["location"]) == (307, f"/transfers/{line}?as_of=2018-05"), asked


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/transfers/ffffffffffffffff", 404, "no transfer or claim of the register has this id"),
        ("/transfers/%00", 404, "no transfer or claim of the register has this id"),
        ("/transfers/a", 404, "no transfer or claim of the register has this id"),
        ("/transfers/{line}?as_of=soon", 400, "is no date; give a day, month or year"),
    ],
)
def test_what_is_not_there_says_so(client, line, path, status, words):
    answer = client.get(path.format(line=line))
    assert answer.status_code == status
    assert words in answer.text.replace("&#39;", "'")
    assert "To the register" in answer.text


def test_what_people_judged_stands_on_the_page(demo_copy):
    client, store = demo_copy
    row = re.search(r'id="line-([0-9a-f]{16})"', client.get("/?law=breach-if-true").text)[1]
    page = client.get(f"/transfers/{row}").text
    claim = re.search(r'id="claim-([0-9a-f]{16})"', page)[1]
    document = re.search(rf'href="/documents/([^"#]+)#claim-{claim}"', page)[1]
    assert "What people judged" not in page
    add_judgement(store, Judgement(document, claim, "reject", "Ada <Lovelace>", "2031-06-01T00:00:00Z", why="a film"))
    page = client.get(f"/transfers/{row}").text
    assert "What people judged" in page
    assert "rejected by Ada &lt;Lovelace&gt;, 2031-06-01, because: a film" in page
    listed = client.get("/?reviewed=some").text
    assert f'id="line-{row}"' in listed
    assert "reviewed: 1 of" in listed
