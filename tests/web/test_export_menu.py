"""The menu of exports on the pages of register and transfer: every format, of just what the page shows."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from armstrace.web.exports import ALL_FORMATS

LINK = re.compile(r'<li><a href="(/export/[^"]*)" download>([^<]*)</a>')
ROW = re.compile(r'<tr id="line-([0-9a-f]{16})">')
FREELY = [form for form in ALL_FORMATS if not form.must]
WAYS = [*(form.name for form in FREELY), *(one.value for form in FREELY for one in form.variants)]


def links(page):
    return {name: unescape(address) for address, name in LINK.findall(page.text)}


def transfers(answer):
    return {row["transfer"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))}


# What is asked of the page, by filters that the API has not, too.
ASKED = [
    "",
    "?party=SS",
    "?q=halyard",
    "?supplier=malaysia&status=delivered",
    "?status=delivered&status=refused",
    "?law=none",
    "?measure=UN-SS",
    "?credibility=1&credibility=6&sort=route",
    "?as_of=2018-03-31",
    "?as_of=2018-03-31&item=rockets",
]


@pytest.mark.parametrize("query", ASKED)
def test_the_file_holds_the_lines_of_the_page(client, query):
    page = client.get(f"/{query}")
    found = links(page)
    assert len(found) == len(WAYS)
    assert transfers(client.get(found["csv"])) == set(ROW.findall(page.text)) != set()


def test_every_link_of_a_transfer_gives_it_as_it_was_known(client):
    line = client.get("/api/v1/transfers?party=MG").json()["items"][0]["transfer"]
    for query in ("", "?as_of=2018-12-31"):
        found = links(client.get(f"/transfers/{line}{query}"))
        assert len(found) == len(WAYS)
        assert transfers(client.get(found["csv"])) == {line}
        for name, address in found.items():
            answer = client.get(address)
            assert answer.status_code == 200, name
            assert "attachment" in answer.headers["content-disposition"]


def test_an_empty_page_and_a_wrong_one_have_no_menu(client):
    assert links(client.get("/?party=Atlantis")) == {}
    assert links(client.get("/?as_of=soon")) == {}


WRONG = [
    ("/export/docx", 404),
    ("/export/csv?as_of=soon", 400),
    ("/export/csv?transfer=00", 404),
    ("/export/csv?set=x", 400),
]


@pytest.mark.parametrize(("address", "status"), WRONG)
def test_what_is_wrong_is_told_on_a_page(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
