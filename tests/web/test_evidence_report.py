"""The report of one transfer: a single file that stands alone, holds the evidence, and prints."""

import hashlib
import re
from urllib.parse import urlsplit

import pytest
from browser import DESKTOP, PHONE, Complaints, check_accessible, check_no_sideways_scrolling
from desk_server import NOW, stages
from publications import links_of, read_page

from armstrace.document import Span
from armstrace.errors import StoreError
from armstrace.keeping.update import update_register
from armstrace.screen.certificate import Basis, make_certificate
from armstrace.store.transfers import TransferQuery, page_of, transfer_rows
from armstrace.web.publication.report import Asked, around_span, make_report


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
    return make_report(demo_store, stages(), Asked(transfer))


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
    assert make_report(demo_store, stages(), Asked(transfer)) == page_text


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
    text = make_report(demo_store, stages(), Asked(transfer, certificate=body["certificate"][:8]))
    assert f"SCREENING CERTIFICATE {body['certificate']}" in text


def test_it_stands_as_of_a_day(demo_store, transfer):
    text = make_report(demo_store, stages(), Asked(transfer, as_of="2018-03-08"))
    assert "As known on 2018-03-08." in text
    assert "2018-06-19" not in text


def test_an_unknown_transfer_is_refused(demo_store):
    with pytest.raises(StoreError, match="no transfer or claim"):
        make_report(demo_store, stages(), Asked("0" * 16))


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
