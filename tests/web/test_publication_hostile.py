"""Documents that attack whoever looks at them, published: nothing of them runs, loads, leads away or computes."""

import csv
import io
from urllib.parse import urlsplit

import pytest
from browser import Complaints
from playwright.sync_api import expect
from publications import files_in, links_of, read_page, report, write


@pytest.fixture(scope="module")
def site(hostile, tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile-site") / "site"
    store, _ = hostile
    write(store, place, title="</title><script>document.title='owned'</script>", about="<script>alert(1)</script>")
    return place


def test_nothing_runs_or_loads(page, site, trap):
    complaints, asked = Complaints(page), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: complaints.told.append(dialog.message))
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(100)
        assert not page.title().startswith("owned"), path
    page.goto((site / "index.html").as_uri())
    page.locator("[name=words]").fill("vehicles")
    expect(page.locator("#told")).to_contain_text(" of ")
    assert page.locator("#lines tbody tr").count()
    assert complaints.told == []
    assert [url for url in asked if not url.startswith(f"{site.as_uri()}/")] == []
    assert trap.caught == []


def test_its_words_are_shown_as_words(site):
    shown = (site / "about.html").read_text("utf-8")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    outlets = [read_page(path.read_bytes()) for path in (site / "transfers").iterdir()]
    assert any("<script>" in "".join(page.itertext()) for page in outlets), "hostile words must be among those shown"


def test_every_link_leads_to_the_web_or_beside_it(site):
    for name, data in files_in(site).items():
        if name.endswith(".html"):
            for _, address in links_of(read_page(data)):
                assert urlsplit(address).scheme in {"", "http", "https"}, (name, address)
                assert not address.startswith(("/", "\\")), (name, address)


def test_no_cell_is_a_formula(site):
    for path in (site / "data").glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell[:1] in set("=+-@\t\r")], path


def test_a_report_runs_nothing(page, hostile, site, tmp_path, trap):
    store, _ = hostile
    complaints, asked = Complaints(page), []
    for path in sorted((site / "transfers").iterdir()):
        out = tmp_path / path.name
        out.write_text(report(store, path.stem), "utf-8")
        page.goto(out.as_uri())
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_timeout(100)
        assert not page.title().startswith("owned")
    assert complaints.told == []
    assert [url for url in asked if not url.startswith("file:")] == []
    assert trap.caught == []
