"""The report of one transfer: a single file that stands alone, holds the evidence, and prints."""

import hashlib
import io
import re
import zipfile
from urllib.parse import urlsplit

import pypdfium2
import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling
from desk_server import NOW, stages
from publications import export, links_of, read_page, report

from armstrace.document import Span
from armstrace.errors import MetadataError, StoreError
from armstrace.exporting import Choice
from armstrace.keeping.update import update_register
from armstrace.register.select import Wanted
from armstrace.screen.certificate import Basis, make_certificate
from armstrace.store.transfers import TransferQuery, page_of, transfer_rows
from armstrace.web.publication.report import around_span


@pytest.fixture(scope="module")
def transfer(demo_store):
    """Return the id of the line that most claims tell of."""
    update_register(demo_store, stages())
    with demo_store.database.read() as connection:
        lines = page_of(connection, TransferQuery(), "first-known", 50).lines
        found = transfer_rows(connection, [line.transfer_id for line in lines])
    return max(found, key=lambda row: len(row.shape["claims"])).id


@pytest.fixture(scope="module")
def page_text(demo_store, transfer):
    return report(demo_store, transfer)


def test_it_stands_alone(page_text):
    page = read_page(page_text.encode())
    for tag, address in links_of(page):
        assert tag == "a"
        assert address.startswith("#") or urlsplit(address).scheme in {"http", "https"}
    assert not page.xpath("//script | //link | //img | //@style")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for _, address in links_of(page):
        assert not address.startswith("#") or address[1:] in ids


def test_it_is_the_same_each_time(demo_store, transfer, page_text):
    assert report(demo_store, transfer) == page_text


def test_it_holds_the_hashes_of_the_evidence(demo_store, page_text):
    found = set(re.findall(r"\b[0-9a-f]{64}\b", page_text))
    kept = {hashlib.sha256(demo_store.evidence_of(one.id)).hexdigest() for one in demo_store.documents()}
    assert len(found) > 5
    assert found <= kept


def test_it_shows_claims_between_the_sentences_beside_them(page_text):
    page = read_page(page_text.encode())
    assert len(page.xpath("//span[@class='around']")) > 10


def test_it_says_what_was_searched(demo_store, transfer, page_text):
    assert "No search is part of this report" in page_text
    body = make_certificate((), Basis(NOW, 0.8, ()), "armstrace")
    demo_store.screening.keep_certificate(body)
    text = export(demo_store, "html", Choice(transfer=transfer), certificate=body["certificate"][:8]).decode()
    assert f"SCREENING CERTIFICATE {body['certificate']}" in text


def test_it_stands_as_of_a_day(demo_store, transfer):
    text = report(demo_store, transfer, as_of="2018-03-08")
    assert "As known on 2018-03-08." in text
    assert "2018-06-19" not in text


def test_an_unknown_transfer_is_refused(demo_store):
    with pytest.raises(StoreError, match="no transfer or claim"):
        report(demo_store, "0" * 16)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_everybody_can_read_and_print_it(page, page_text, tmp_path, size):
    (tmp_path / "report.html").write_text(page_text, "utf-8")
    complaints = Complaints(page)
    page.set_viewport_size(size)
    page.goto((tmp_path / "report.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.banner')).display") == "flex"
    check_accessible(page)
    check_no_sideways_scrolling(page)
    assert page.pdf().startswith(b"%PDF")
    assert complaints.told == []


@pytest.fixture
def on_paper(page, page_text, tmp_path):
    """Return what stands on each page of the report as a browser prints it for somebody who likes dark screens."""
    (tmp_path / "report.html").write_text(page_text, "utf-8")
    page.emulate_media(color_scheme="dark")
    page.goto((tmp_path / "report.html").as_uri())
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as printed:
        yield [sheet.get_textpage().get_text_range() for sheet in printed]


def test_on_paper_stands_what_stands_on_the_screen(on_paper, demo_store, page_text):
    """All of it, what is folded away on the screen too, and where links lead to."""
    printed = "".join("".join(on_paper).split())
    shown = read_page(page_text.encode())
    assert len(on_paper) > 5
    for path in ("//h2", "//h3", "//td", "//p[@class='words']", "//*[@class='id']", "//footer/p"):
        for one in shown.xpath(path):
            words = "".join("".join(one.itertext()).split())
            assert _without_marks(words) in _without_marks(printed), words
    addresses = {one.metadata.url for one in demo_store.documents() if one.id in page_text and one.metadata.url}
    assert len(addresses) > 5
    assert not [address for address in addresses if _LINE_ENDS.sub("", address) not in _LINE_ENDS.sub("", printed)]


_LINE_ENDS = re.compile(r"[\ufffe\u00ad-]")  # what words are parted with at the end of a line


def _without_marks(words):
    """Return words without what parts them at the end of a line, and without the addresses that paper adds."""
    return _LINE_ENDS.sub("", re.sub(r"\(https?:[^)]*\)", "", words))


def test_no_heading_stands_alone_at_the_foot_of_a_page(on_paper, page_text):
    headings = {" ".join("".join(one.itertext()).split()) for one in read_page(page_text.encode()).xpath("//h2 | //h3")}
    for sheet in on_paper[:-1]:
        assert sheet.split("\n")[-1].strip() not in headings


def test_rows_are_not_cut(on_paper, page_text):
    """Whoever gives a value stands on the page of the value."""
    for row in read_page(page_text.encode()).xpath("//table[contains(@class, 'history')]/tbody/tr"):
        cells = ["".join("".join(cell.itertext()).split()) for cell in row]
        sheets = ["".join(sheet.split()) for sheet in on_paper]
        assert any("".join(cells) in sheet for sheet in sheets), cells


def test_several_lines_are_a_page_each_and_an_index(demo_store, transfer, page_text):
    data = export(demo_store, "html")
    assert data == export(demo_store, "html")
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    assert len(names) > 5
    assert archive.read(f"reports/{transfer}.html").decode() == page_text
    index = read_page(archive.read("index.html"))
    assert [address for tag, address in links_of(index) if not address.startswith("#")] == names[:-1]
    with pytest.raises(MetadataError, match="nothing to report"):
        export(demo_store, "html", Choice(Wanted(party="Atlantis")))


def test_sentences_are_left_out_where_that_is_asked_for(demo_store, transfer):
    page = read_page(report(demo_store, transfer, quotes=False).encode())
    assert not page.xpath("//span[@class='around'] | //p[@class='words']")


LONG = f"One {'went ' * 200}on."
AROUND = [
    ("One went. Two came. Three left.", "Two came.", ("One went.", "Three left.")),
    ("Two came. Three left.", "Two came.", ("", "Three left.")),
    ("One went. Two came.", "Two came.", ("One went.", "")),
    ("Two came.", "Two came.", ("", "")),
    ("A headline\n\nTwo came.\n\nA picture.", "Two came.", ("A headline", "A picture.")),
    (f"{'x' * 5000} Two came. {'y' * 5000}", "Two came.", ("", "")),
    (f"{LONG} Two came.", "Two came.", (f"{LONG[:499]}…", "")),
]


@pytest.mark.parametrize(("text", "sentence", "around"), AROUND)
def test_the_sentences_around(text, sentence, around):
    start = text.index(sentence)
    assert around_span(text, Span(start, start + len(sentence))) == around
