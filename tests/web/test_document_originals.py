"""Originals: what a browser is told of them, what is undone in them, and under which names they are saved."""

import pytest
from desk_server import asking

from armstrace.document import Capture, Document
from armstrace.web.originals import SANDBOX, attachment, file_name, harmless_page, tell_original


@pytest.fixture
def hostile_client(hostile_address):
    with asking(hostile_address) as client:
        yield client


# name -> media type, whether the browser is made to save it
SENT = [
    ("hostile", "text/html; charset=utf-8", False),
    ("first", "text/plain; charset=utf-8", False),
    ("row", "text/plain; charset=utf-8", False),
    ("paper", "application/octet-stream", True),
    ("said", "application/octet-stream", True),
]


@pytest.mark.parametrize(("name", "media_type", "is_saved"), SENT)
def test_originals_are_sent_so_that_nothing_in_them_runs(hostile, hostile_client, name, media_type, is_saved):
    answer = hostile_client.get(f"/documents/{hostile[1][name]}/original")
    assert answer.headers["content-type"] == media_type
    assert ("attachment" in answer.headers.get("content-disposition", "")) == is_saved
    assert answer.headers["content-security-policy"] == SANDBOX
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "private" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["hostile", "first", "row", "paper", "said"])
def test_a_download_is_the_bytes_as_they_came(hostile, hostile_client, name):
    store, ids = hostile
    answer = hostile_client.get(f"/documents/{ids[name]}/original?download=1")
    assert answer.content == store.evidence_of(ids[name])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")


# The name of a document, and of the file that it is saved as.
NAMES = [
    ("reports/2022/north", "north.txt"),
    ("../../etc/passwd", "passwd.txt"),
    ("..\\..\\windows\\system.ini", "system.ini.txt"),
    ("/", "d0c.txt"),
    ("..", "d0c.txt"),
    (".hidden", "hidden.txt"),
    ("a\r\nSet-Cookie: x=1", "a Set-Cookie_ x=1.txt"),
    ("\u202efdp.exe", "fdp.exe.txt"),
    ("nul\x00byte", "nul_byte.txt"),
    ("“Kalaschnikow” für 3 €?", "“Kalaschnikow” für 3 €.txt"),
    ("оружие", "оружие.txt"),
    ("x" * 500, "x" * 100 + ".txt"),
    ('"; filename="evil.exe', "; filename=_evil.exe.txt"),
]


@pytest.mark.parametrize(("name", "saved"), NAMES)
def test_the_name_of_a_file_has_no_path_and_hides_nothing(name, saved):
    document = Document("d0c", "text", "text", name=name)
    original = tell_original(b"Plain words of a report.", ())
    assert file_name(document, original) == saved
    told = attachment(document, original)
    assert told.isascii()
    assert told.isprintable()
    assert told.count('"') == 2


UNDONE = [
    ("<link rel=preconnect href=//x>", "<meta rel=preconnect href=//x>"),
    ("<LINK/rel=preconnect>", "<meta/rel=preconnect>"),
    ("<iframe src=//x>a</iframe>", "<canvas src=//x>a</canvas>"),
    ("<frameset><frame src=//x></frameset>", "<frameset><param src=//x></frameset>"),
    ("<A\nHREF=//x>words</A>", "<u\nHREF=//x>words</u>"),
    ("<area href=//x>", "<meta href=//x>"),
    ("<article><abbr>a</abbr><aside>b</aside></article>", "<article><abbr>a</abbr><aside>b</aside></article>"),
    ("1 <a 2, and an <em>end</em>", "1 <u 2, and an <em>end</em>"),
]
ENCODED = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize(("given", "shown"), UNDONE)
def test_links_and_frames_do_nothing_and_nothing_moves(given, shown, encoding):
    page = f"<html><body><p>words and words and words</p>{given}</body></html>"
    found = harmless_page(page.encode(encoding), ()).decode()
    assert found == f"<html><body><p>words and words and words</p>{shown}</body></html>"
    assert len(found) == len(page)


def test_a_tag_hidden_by_its_encoding_is_undone():
    page = b"<html><meta charset=iso-2022-jp><li\x1b(Bnk rel=preconnect href=//x>"
    assert b"<link" not in harmless_page(page, ())


TOLD = [
    (b"%PDF-1.7 ...", "pictures", "application/octet-stream"),
    (b"<!doctype html><p>x", "page", "text/html; charset=utf-8"),
    ("Żołnierze".encode("utf-16"), "text", "text/plain; charset=utf-16"),
    (b"\x89PNG\r\n\x1a\n", "", "application/octet-stream"),
    (b"PK\x03\x04", "", "application/octet-stream"),
    (b"GIF89a<script>alert(1)</script>", "", "application/octet-stream"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "text", "text/plain; charset=utf-8"),
    (b"<rss><channel><item><title>x</title></item></channel></rss>", "text", "text/plain; charset=utf-8"),
]


@pytest.mark.parametrize(("data", "shown", "media_type"), TOLD)
def test_how_an_original_is_shown_is_told_by_its_bytes(data, shown, media_type):
    original = tell_original(data, ())
    assert (original.shown, original.media_type) == (shown, media_type)


def test_an_encoding_that_the_answer_named_is_believed():
    captures = [Capture("x", None, (("Content-Type", "text/plain; charset=windows-1250"),))]
    told = tell_original("Żołnierze poszli na wojnę.".encode("cp1250"), captures)
    assert told.media_type == "text/plain; charset=windows-1250"


def test_an_encoding_that_hides_markup_is_not_believed():
    captures = [Capture("x", None, (("Content-Type", "text/plain; charset=utf-7"),))]
    assert tell_original(b"+ADw-script+AD4-", captures).media_type == "text/plain; charset=utf-8"


def test_pages_of_a_pdf_are_pictures(hostile, hostile_client):
    address = f"/documents/{hostile[1]['paper']}/pages"
    answer = hostile_client.get(f"{address}/2.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n")
    for number in ("0", "3", "-1", "1x", "9999999", "%2e%2e", "\u0662"):
        assert hostile_client.get(f"{address}/{number}.png").status_code == 404, number
    assert hostile_client.get(f"/documents/{hostile[1]['first']}/pages/1.png").status_code == 404
