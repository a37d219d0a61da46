"""The map, the matrix, the network, sources, law and lists, as the desk serves them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from desk_server import asking, make_desk, serving, stages
from lxml import html

from armstrace.checking import packaged_law
from armstrace.keeping.update import update_register
from armstrace.screening import add_lists

LISTS = Path(__file__).parents[1] / "screen" / "lists"
NOW = "2031-05-01T12:00:00Z"


def page_of(answer, status=200):
    assert answer.status_code == status, answer.text[:300]
    return html.fromstring(answer.text)


def words_of(element):
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def own(own_store):
    with serving(make_desk(own_store)) as address, asking(address) as client:
        yield client


def token_of(page):
    return page.xpath("//input[@name='form_token']/@value")[0]


# map, matrix, network


def test_every_line_of_the_map_opens_as_many_lines_of_the_register(client):
    page = page_of(client.get("/map"))
    flows = page.xpath("//*[@class='flows']//*[local-name()='a']")
    assert len(flows) >= 3
    for flow in flows:
        told = re.search(r": (\d+) reported", flow.get("aria-label"))
        lines = page_of(client.get(flow.get("href")))
        assert words_of(lines.xpath("//*[@id='told']")[0]).startswith(f"{told[1]} transfer"), flow.get("aria-label")


def test_map_and_table_tell_the_same_and_nothing_is_lost(client):
    page = page_of(client.get("/map"))
    rows = page.xpath("//table[contains(@class,'flows')]/tbody/tr")
    mapped = page.xpath("//section[@aria-labelledby='as-table']//tbody/tr")
    assert len(mapped) == len(page.xpath("//*[@class='flows']//*[local-name()='a']"))
    assert len(rows) > len(mapped), "what has no place on the map is told below it"


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("", {"MY>SS", "BR>MG", "CZ>MN"}),
        ("?item=drones", {"CZ>MN"}),
        ("?party=Madagascar", {"BR>MG"}),
        ("?party=Nowhere", set()),
        ("?as_of=2018-03-31", None),
        ("?supplier=CZ", {"CZ>MN"}),
    ],
)
def test_one_filter_holds_for_all_pictures(client, query, pairs):
    flows = page_of(client.get(f"/map{query}")).xpath("//*[@class='flows']//*[local-name()='a']")
    found = {f"{flow.get('data-from')}>{flow.get('data-to')}" for flow in flows}
    assert found == pairs or (pairs is None and found < {"MY>SS", "BR>MG", "CZ>MN"})
    cells = page_of(client.get(f"/map/matrix{query}")).xpath("//table[@class='matrix']//td/a/@href")
    asked = [dict(parse_qsl(urlsplit(cell).query)) for cell in cells]
    whole = {f"{one['supplier']}>{one['recipient']}" for one in asked if {"supplier", "recipient"} <= one.keys()}
    assert whole == found
    network = page_of(client.get(f"/map/network{query}"))
    states = {
        mark.removesuffix("/") for mark in network.xpath("//*[@class='parties']/*/@data-state") if mark.endswith("/")
    }
    assert {code for pair in found for code in pair.split(">")} <= states | {"CZ", "MN"}


def test_what_the_form_has_no_field_for_is_kept_and_can_be_left_out(client):
    page = page_of(client.get("/map/matrix?supplier=CZ&law=depends&law=breach-if-true&party=MN"))
    form = page.xpath("//form[@action='/map/matrix']")[0]
    kept = {(one.get("name"), one.get("value")) for one in form.xpath(".//input[@type='hidden']")}
    assert kept == {("supplier", "CZ"), ("law", "breach-if-true"), ("law", "depends")}
    assert page.xpath("//ul[@class='kept']//a/@href") == [
        "/map/matrix?party=MN&law=breach-if-true&law=depends",
        "/map/matrix?party=MN&supplier=CZ",
    ]


def test_a_date_that_is_none_is_told_at_its_field(client):
    page = page_of(client.get("/map?after=soon"), 400)
    field = page.xpath("//input[@name='after']")[0]
    assert field.get("aria-invalid") == "true"
    assert "no date" in words_of(page.xpath(f"//*[@id='{field.get('aria-describedby')}']")[0])


@pytest.mark.parametrize("region", ["europe", "africa", "nowhere", "<script>"])
def test_regions_are_links_that_keep_the_filter(client, region):
    page = page_of(client.get("/map", params={"region": region, "item": "drones"}))
    links = page.xpath("//nav[@aria-label='Part of the world']//a")
    assert all("item=drones" in link.get("href") for link in links)
    here = [words_of(link) for link in links if link.get("aria-current")]
    assert here == [{"europe": "Europe", "africa": "Africa"}.get(region, "World")]
    assert "<script>" not in page.xpath("string(//main)")


# sources


def test_sources_are_sorted_filtered_and_lead_to_their_claims(client):
    page = page_of(client.get("/sources"))
    rows = page.xpath("//table[contains(@class,'sources')]/tbody/tr")
    assert len(rows) > 20
    kind = page_of(client.get("/sources?kind=intelligence&sort=label"))
    labels = [words_of(one) for one in kind.xpath("//tbody/tr/th")]
    assert labels == sorted(labels, key=str.casefold)
    assert labels
    for href in kind.xpath("//tbody/tr/th/a/@href"):
        source = page_of(client.get(href))
        claim = source.xpath("//ol[@class='claims']/li")[0]
        links = [urlsplit(link).path.split("/")[1] for link in claim.xpath(".//a/@href")]
        assert links[0] == "documents"
        assert all(client.get(link, follow_redirects=True).status_code == 200 for link in claim.xpath(".//a/@href"))
    assert words_of(page_of(client.get("/sources?words=nobody-at-all")).xpath("//*[@role='status']")[0]).startswith(
        "0 sources"
    )


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99999999999999999999", "\u0664"])
def test_pages_that_are_none_are_the_first_or_empty(client, page):
    assert client.get("/sources", params={"page": page}).status_code == 200
    assert client.get("/lists", params={"page": page}).status_code == 200


def test_a_grade_is_given_shown_and_taken_back(own, own_store):
    first = page_of(own.get("/sources?words=halyard")).xpath("//tbody/tr/th/a/@href")[0]
    page = page_of(own.get(first))
    form = {"form_token": token_of(page), "letter": "B", "why": "<b>its desk</b> corrects & says so"}
    answer = own.post(f"{first}/grade", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, first)
    graded = page_of(own.get(first))
    assert words_of(graded.xpath("//section[@aria-labelledby='reliability']/p")[0]) == (
        "B usually reliable <b>its desk</b> corrects & says so"
    )
    listed = page_of(own.get("/sources?words=halyard")).xpath("//td[@data-name='Reliability']")[0]
    assert words_of(listed) == "B usually reliable"
    assert own.post(f"{first}/grade", data={**form, "letter": "Z"}).status_code == 400
    assert own.post(f"{first}/grade", data={**form, "form_token": "0" * 64}).status_code == 403
    assert own.post(f"{first}/grade", data={"form_token": form["form_token"], "letter": ""}).status_code == 303
    assert own_store.grades.all() == ()
    assert [deed.did for _, deed in own_store.people.deeds()][:2] == ["source grade taken back", "source graded"]


@pytest.mark.parametrize("path", ["/sources/nothing", "/law/UN-XX", "/law/..%2f..%2fetc", "/sources/%00"])
def test_what_is_not_there_is_told(client, path):
    assert client.get(path).status_code == 404


# law


def test_every_measure_has_a_page_with_all_its_rules(client):
    page = page_of(client.get("/law"))
    keys = page.xpath("//table[contains(@class,'law')]//th/a/@href")
    law = packaged_law()
    assert len(keys) == len(law.measures)
    for measure in law.measures:
        shown = page_of(client.get(f"/law/{measure.key}"))
        articles = shown.xpath("//article[contains(@class,'entry')]/@id")
        assert articles == [f"entry-{entry.id}" for entry in measure.entries]
        assert shown.xpath("//*[local-name()='svg']//*[local-name()='a']/@href") == [f"#{one}" for one in articles]


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("?words=Iran", {"UN-IR", "EU-IR"}, {"UN-SO"}),
        ("?words=IR", {"UN-IR"}, {"UN-SO"}),
        ("?body=EU", {"EU-RU"}, {"UN-IR", "US-RU"}),
        ("?on=1993-06-01", {"UN-SO", "UN-YU"}, {"EU-RU"}),
        ("?words=resolution+1718", {"UN-KP"}, {"UN-IR"}),
    ],
)
def test_measures_are_found_by_target_body_and_day(client, query, inside, outside):
    found = set(page_of(client.get(f"/law{query}")).xpath("//table[contains(@class,'law')]//th/a/text()"))
    assert inside <= found
    assert not outside & found


def test_a_question_has_its_answer_with_the_honest_line(client):
    page = page_of(
        client.get("/law/question?supplier=KP&recipient=RU&item=artillery+shells&date=2022-09&status=delivered")
    )
    assert words_of(page.xpath("//h2[@id='answer']")[0]).startswith("North Korea → Russia: artillery shells")
    finding = page.xpath("//article[contains(@class,'finding')]")[0]
    assert "UN-KP" in words_of(finding)
    link = finding.xpath(".//h4/a/@href")[0]
    target = page_of(client.get(link))
    assert target.xpath(f"//*[@id='{urlsplit(link).fragment}']")
    assert "Not legal advice" in words_of(page)


def test_what_is_not_told_has_a_case_for_each_possibility(client):
    page = page_of(client.get("/law/question?recipient=Somalia&item=rifles&supplier=RU"))
    assert len(page.xpath("//article[contains(@class,'finding')]//dt[text()='If']")) > 1
    asked = page_of(client.get("/law/question?item=rifles"))
    assert "is not told" in words_of(asked)


@pytest.mark.parametrize(
    ("query", "message"),
    [("?supplier=Qwxyz", "no country, group, company or body known"), ("?date=soon&supplier=KP", "give a day, month")],
)
def test_a_question_that_cannot_be_read_says_why_and_keeps_what_was_written(client, query, message):
    page = page_of(client.get(f"/law/question{query}"))
    assert message in words_of(page.xpath("//*[@role='alert']")[0])
    written = dict(parse_qsl(query[1:]))
    assert all(page.xpath(f"//*[@name='{name}']/@value")[0] == value for name, value in written.items())


HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.mark.parametrize(
    "path",
    [
        "/map?party={}",
        "/map/matrix?item={}",
        "/map/network?q={}",
        "/sources?words={}",
        "/law?words={}",
        "/law?on={}",
        "/law/question?supplier={}",
        "/law/question?item={}",
    ],
)
def test_what_is_written_into_an_address_stays_words(client, path):
    answer = client.get(path.format(HOSTILE))
    assert answer.status_code in {200, 400}
    assert "<script>alert" not in answer.text


def test_hostile_names_of_documents_stay_words_everywhere(hostile, hostile_address):
    update_register(hostile[0], stages())
    with asking(hostile_address) as client:
        found = page_of(client.get("/sources")).xpath("//tbody/tr/th/a/@href")
        assert found
        for path in ["/map", "/map/matrix", "/map/network", "/sources", *found]:
            text = client.get(path).text
            assert "<script>document" not in text
            assert "\u202e" not in text
            assert "onerror=document" not in text.replace("&lt;img src=x onerror=document", "")


# lists


def test_without_a_list_nothing_is_said(client):
    page = page_of(client.get("/lists"))
    assert "No sanctions list is loaded" in words_of(page)
    assert not page.xpath("//form[@action='/screenings']")


def test_names_are_screened_and_the_certificate_is_kept(own, own_store):
    add_lists(own_store, [LISTS / "un.xml", LISTS / "uk.xml"], NOW)
    page = page_of(own.get("/lists"))
    assert len(page.xpath("//section[@aria-labelledby='in-force']//tbody/tr")) == 2
    form = {"form_token": token_of(page), "names": f"Anton Vasilkov\r\n{HOSTILE}", "country": "ru"}
    answer = own.post("/screenings", data=form)
    assert answer.status_code == 303
    certificate = own.get(answer.headers["location"])
    shown = page_of(certificate)
    assert next(words_of(one) for one in shown.xpath("//h2")) == "Anton Vasilkov"
    assert len(shown.xpath("//ol[@class='list-hits']/li")) == 2
    assert "nothing found" in words_of(shown)
    assert "no identification" in words_of(shown)
    assert "<script>alert" not in certificate.text
    assert "was changed" not in words_of(shown)
    listed = page_of(own.get("/lists")).xpath("//table[contains(@class,'certificates')]//a/@href")
    assert listed == [answer.headers["location"]]
    assert next(deed for _, deed in own_store.people.deeds()).did == "names screened"
    add_lists(own_store, [LISTS / "eu.xml"], NOW)
    again = own.get(own.post("/screenings", data=form).headers["location"])
    assert len(page_of(again).xpath("//ol[@class='list-hits']/li")) == 3, "the list that came since is searched too"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"names": " \r\n "}, "no name to screen"),
        ({"names": "x" * 301}, "at most 200 names"),
        ({"names": "\n".join(map(str, range(201)))}, "at most 200 names"),
        ({"names": "A", "born": "soon"}, "is no year"),
        ({"names": "A", "imo": "12"}, "is no IMO number"),
    ],
)
def test_a_search_that_cannot_be_made_says_why_and_keeps_the_names(own, own_store, given, message):
    if not own_store.screening.lists():
        add_lists(own_store, [LISTS / "eu.xml"], NOW)
    page = page_of(own.post("/screenings", data={"form_token": token_of(page_of(own.get("/lists"))), **given}), 400)
    assert message in words_of(page.xpath("//*[@role='alert']")[0])
    assert page.xpath("//textarea/text()")[0].strip().split() == given["names"].split()
