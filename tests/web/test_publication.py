"""A publication as files: whole, the same each time, leading nowhere but where it says, holding no more than it may."""

import csv
import hashlib
import html
import io
import json
from urllib.parse import urlsplit

import pytest
from publications import files_in, links_of, read_page, target_of, write

from armstrace.errors import MetadataError
from armstrace.model import Status
from armstrace.register.select import Wanted

PAGES = ["about.html", "downloads.html", "index.html", "law.html", "map.html", "sources.html"]
DATA = ["claims.jsonl", "findings.csv", "register.csv", "sources.csv", "transfers.jsonl"]


@pytest.fixture(scope="module")
def site(demo_store, tmp_path_factory):
    """Return the publication of the demo."""
    place = tmp_path_factory.mktemp("published") / "site"
    write(demo_store, place)
    return place


@pytest.fixture(scope="module")
def files(site):
    return files_in(site)


@pytest.fixture(scope="module")
def pages(files):
    return {name: read_page(data) for name, data in files.items() if name.endswith(".html")}


def rows(files, name):
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in files[f"data/{name}"].decode().splitlines()]
    return list(csv.DictReader(io.StringIO(files[f"data/{name}"].decode("utf-8-sig"), newline="")))


def words_of(files):
    """Return all that is written in files, as a reader sees it."""
    return html.unescape(b"\n".join(files.values()).decode("utf-8", "replace")).replace('\\"', '"')


def test_it_holds_every_page_and_file(files):
    ids = {row["transfer"] for row in rows(files, "transfers.jsonl")}
    assert len(ids) == 8
    assert [name for name in sorted(files) if "/" not in name and name.endswith(".html")] == PAGES
    assert [name for name in sorted(files) if name.startswith("data/")] == [f"data/{name}" for name in DATA]
    assert {name for name in files if name.startswith("transfers/")} == {f"transfers/{one}.html" for one in ids}


def test_the_same_register_gives_the_same_bytes(files, demo_store, tmp_path):
    write(demo_store, tmp_path / "elsewhere")
    assert files_in(tmp_path / "elsewhere") == files


def test_the_hashes_are_those_of_the_files(files):
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    told = json.loads(files["manifest.json"])["files"]
    assert {one["name"]: one["sha256"] for one in told} == {k: v for k, v in sums.items() if k != "manifest.json"}
    assert all(len(files[one["name"]]) == one["bytes"] for one in told)


def test_every_link_leads_somewhere(pages, files):
    for name, page in pages.items():
        for tag, address in links_of(page):
            if urlsplit(address).scheme:
                assert (tag, urlsplit(address).scheme) in {("a", "http"), ("a", "https")}, (name, address)
                continue
            file, place = target_of(name, address)
            assert file in files, (name, address)
            if place and "=" not in place:
                assert pages[file].xpath("//*[@id=$id]", id=place), (name, address)


def test_pages_are_whole_and_name_things_once(pages):
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert len(page.xpath("//h1")) == 1, name
        assert page.xpath("//title")[0].text.strip(), name
        assert page.xpath("//main"), name
        for label in page.xpath("//@aria-labelledby"):
            assert label in ids, (name, label)


def test_nothing_of_a_page_is_code(pages):
    for name, page in pages.items():
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy, name
        assert "unsafe" not in policy[0], name
        assert not page.xpath("//@style | //style"), name
        assert not [one for one in page.xpath("//@*") if one.attrname.startswith("on")], name
        assert all(script.get("src") and not script.text for script in page.xpath("//script")), name


def test_transfers_lead_to_the_documents_where_these_are(pages):
    found = {address for name, page in pages.items() if "/" in name for _, address in links_of(page)}
    assert any(urlsplit(address).scheme in {"http", "https"} for address in found)


def test_no_more_of_a_document_is_in_it_than_the_sentences_of_claims_and_corrections(files, demo_store):
    shown = words_of(files)
    claims = rows(files, "claims.jsonl")
    corrections = [one["correction"] for row in rows(files, "transfers.jsonl") for one in row["revisions"]]
    for document in demo_store.documents():
        sentences = [claim["evidence"]["text"] for claim in claims if claim["document"] == document.id]
        left = document.text
        for sentence in [*sentences, *filter(None, corrections)]:
            left = left.replace(sentence, "\n")
        stretches = [line[at : at + 80] for line in left.splitlines() for at in range(0, max(0, len(line) - 80), 40)]
        titles = document.metadata.title or ""
        assert not [one for one in stretches if one in shown and one not in titles]


def test_sentences_can_be_left_out(demo_store, tmp_path):
    write(demo_store, tmp_path / "site", choice={"quotes": False})
    files = files_in(tmp_path / "site")
    shown = words_of(files)
    for document in demo_store.documents():
        stretches = [line[at : at + 60] for line in document.text.splitlines() for at in range(0, len(line) - 60, 30)]
        titles = document.metadata.title or ""
        assert not [one for one in stretches if one in shown and one not in titles]
    assert all(claim["evidence"]["text"] is None for claim in rows(files, "claims.jsonl"))
    assert not json.loads(files["manifest.json"])["sentences_of_documents"]


def test_tables_and_lines_tell_the_same(files):
    transfers = {row["transfer"]: row for row in rows(files, "transfers.jsonl")}
    for row in rows(files, "register.csv"):
        whole = transfers[row["transfer"]]
        assert row["credibility"] == str(whole["credibility"]["digit"])
        assert row["origins_for"] == str(whole["for"]["independent"])
        assert row["claim_count"] == str(len(whole["claims"]))
        assert row["page"] == f"transfers/{row['transfer']}.html"
        assert row["status"] == (whole["latest"] or {}).get("status", "")
    findings = [(row["transfer"], row["measure"]) for row in rows(files, "findings.csv")]
    assert findings == [(one, found["measure"]) for one, row in transfers.items() for found in row["findings"]]
    assert {one["transfer"] for one in rows(files, "claims.jsonl")} == set(transfers)


def test_the_list_and_its_script_hold_the_same_lines(files, pages):
    lines = json.loads(files["lines.js"].decode().split("const LINES = ")[1].rstrip().removesuffix(";"))
    shown = pages["index.html"].xpath("//table[@id='lines']/tbody/tr")
    assert [line[0] for line in lines] == [row["transfer"] for row in rows(files, "transfers.jsonl")]
    assert len(shown) == len(lines)
    for line, row in zip(lines, shown, strict=True):
        assert row.xpath(".//th/a/text()") == [line[1]]
        assert row.xpath(".//th/span/text()") == [line[2]]


FILTERS = [
    ({"wanted": Wanted(party="MG")}, {"BR"}, "MG"),
    ({"wanted": Wanted(party="South Sudan", status=Status.DELIVERED)}, {"MY"}, "SS"),
    ({"choice": {"as_of": "2018-03-31"}}, {"BR"}, "MG"),
]


@pytest.mark.parametrize(("asked", "suppliers", "recipient"), FILTERS)
def test_only_what_is_asked_for_is_published(demo_store, tmp_path, asked, suppliers, recipient):
    write(demo_store, tmp_path / "site", **asked)
    found = rows(files_in(tmp_path / "site"), "register.csv")
    assert found
    assert {row["recipients"] for row in found} == {recipient}
    assert {row["suppliers"] for row in found} == suppliers


def test_a_day_says_what_was_known_then(demo_store, tmp_path):
    write(demo_store, tmp_path / "site", choice={"as_of": "2018-03-08"}, stamp="2031-05-01")
    files = files_in(tmp_path / "site")
    assert {row["last_report"] <= "2018-03-08" for row in rows(files, "register.csv")} == {True}
    standing = read_page(files["about.html"]).xpath("//p[@class='lead']/text()")[0]
    assert standing.startswith("As known on 2018-03-08. Published 2031-05-01.")


def test_only_lines_that_a_reviewer_stands_behind_are_released(demo_store, tmp_path):
    with pytest.raises(MetadataError, match="nothing to publish"):
        write(demo_store, tmp_path / "site", wanted=Wanted(released=True))


def test_no_line_publishes_nothing_and_leaves_what_is_there(demo_store, tmp_path):
    write(demo_store, tmp_path / "site")
    before = files_in(tmp_path)
    with pytest.raises(MetadataError, match="nothing to publish"):
        write(demo_store, tmp_path / "site", wanted=Wanted(party="NO"))
    assert files_in(tmp_path) == before
