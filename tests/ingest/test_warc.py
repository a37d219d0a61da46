"""Web archives: what is captured in them, and what damage costs."""

from __future__ import annotations

import gzip
import io
import re
import zlib

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from made_containers import CAPTURED, PAGE, container, fuzzed, page_record, patched, warc

from armstrace.errors import InputError
from armstrace.ingest.raw import PassedOver, Piece, Unread
from armstrace.ingest.warc import is_warc, unpack_warc

HTML = [("Content-Type", "text/html; charset=ISO-8859-5")]
THREE = [page_record(n) for n in range(3)]
LENGTH = re.compile(rb"Content-Length: (\d+)")


def brotli(data):
    out = io.BytesIO()
    with BrotliWriter(out) as writer:
        writer.write(data)
    return out.getvalue()


def chunked(data, size=30):
    parts = [data[n : n + size] for n in range(0, len(data), size)]
    return b"".join(b"%x;note=1\r\n%b\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


PACKINGS = [
    ("records packed one by one", warc(THREE)),
    ("plain", warc(THREE, gzip=False)),
    ("packed as a whole", gzip.compress(warc(THREE, gzip=False))),
    ("Zstandard", zstandard.compress(warc(THREE, gzip=False))),
]

BODIES = [
    ("plain", [], PAGE),
    ("chunked", [("Transfer-Encoding", "chunked")], chunked(PAGE)),
    ("chunked says the header of a body that is not", [("Transfer-Encoding", "chunked")], PAGE),
    ("gzip", [("Content-Encoding", "gzip")], gzip.compress(PAGE)),
    ("gzip says the header of a body that is not", [("Content-Encoding", "gzip")], PAGE),
    ("gzip in chunks", [("content-encoding", "GZIP"), ("TRANSFER-ENCODING", "Chunked")], chunked(gzip.compress(PAGE))),
    ("deflate", [("Content-Encoding", "deflate")], zlib.compress(PAGE)),
    ("deflate without header", [("Content-Encoding", "deflate")], zlib.compress(PAGE)[2:-4]),
    ("Brotli", [("Content-Encoding", "br")], brotli(PAGE)),
    ("Brotli says the header of a body that is not", [("Content-Encoding", "br")], PAGE),
    ("Zstandard", [("Content-Encoding", "zstd")], zstandard.compress(PAGE)),
    ("two encodings", [("Content-Encoding", "deflate, gzip")], gzip.compress(zlib.compress(PAGE))),
    ("identity", [("Content-Encoding", "identity")], PAGE),
]

DAMAGED_BODIES = [
    ("gzip cut short", [("Content-Encoding", "gzip")], gzip.compress(PAGE * 50)[:-20], "is gzip cut short; what"),
    ("gzip with a flaw", [("Content-Encoding", "gzip")], gzip.compress(PAGE)[:-8] + bytes(8), "is damaged gzip"),
    ("chunks cut short", [("Transfer-Encoding", "chunked")], chunked(PAGE)[:-30], "its chunked body is cut short"),
    ("unknown", [("Content-Encoding", "x-\u202epack")], PAGE, "is in an encoding that is not read"),
    ("a bomb", [("Content-Encoding", "gzip")], gzip.compress(bytes(65 << 20)), "inflates to more than 64 MiB"),
    (
        "a bomb in a bomb",
        [("Content-Encoding", "gzip, gzip")],
        gzip.compress(gzip.compress(bytes(65 << 20))),
        "inflates to more",
    ),
    ("empty", [], b"", "is an answer without a body"),
]

PASSED = [
    ("a redirect", ("https://p.example/", "302 Found", [("Location", "/x"), *HTML], b"moved"), "answers of status 302"),
    ("an error", ("https://p.example/", "404 Not Found", HTML, PAGE), "answers of status 404"),
    ("an image", ("https://p.example/a", "200 OK", [("Content-Type", "image/png")], b"\x89PNG"), "of type image/*"),
    ("a style", ("https://p.example/a", "200 OK", [("Content-Type", "text/css")], b"p {}"), "of type text/css"),
    ("no HTTP", ("https://p.example/", "x OK", HTML, PAGE), "answers without a status"),
    ("a revisit", ("https://p.example/", "200 OK", HTML, b"", "revisit"), "repeated captures"),
]


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in PACKINGS])
def test_pages_come_with_address_moment_and_headers(data):
    found = list(unpack_warc(container(data)))
    assert [f.name for f in found] == [f"https://paper.example/{n}" for n in range(3)]
    one = found[0]
    assert (one.data, one.media_type, one.charset, one.depth) == (PAGE, "text/html", "utf-8", 1)
    assert (one.known.url, one.capture.moment) == ("https://paper.example/0", CAPTURED)
    assert one.capture.source == "box.bin!/https://paper.example/0"
    assert dict(one.capture.headers)["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(("headers", "body"), [pytest.param(*row[1:], id=row[0]) for row in BODIES])
def test_bodies_are_decoded_as_they_are(headers, body):
    (found,) = unpack_warc(container(warc([("https://p.example/", "200 OK", HTML + headers, body)])))
    assert (found.data, found.charset) == (PAGE, "ISO-8859-5")


@pytest.mark.parametrize(("headers", "body", "told"), [pytest.param(*row[1:], id=row[0]) for row in DAMAGED_BODIES])
def test_a_damaged_body_is_told_and_its_neighbours_are_read(headers, body, told):
    data = warc([page_record(1), ("https://p.example/x", "200 OK", HTML + headers, body), page_record(2)])
    found = list(unpack_warc(container(data)))
    unread = [f for f in found if isinstance(f, Unread)]
    assert [u.reason for u in unread if u.reason.startswith(told)] == [u.reason for u in unread]
    assert unread[0].where.startswith("box.bin!/https://p.example/x (byte ")
    assert [f.data for f in found if isinstance(f, Piece) and "paper" in f.name] == [PAGE, PAGE]


@pytest.mark.parametrize(("record", "kind"), [pytest.param(*row[1:], id=row[0]) for row in PASSED])
def test_what_is_no_document_is_counted_in_one_note(record, kind):
    page, note = unpack_warc(container(warc([record, page_record(0), record])))
    assert page.data == PAGE
    assert (note.where, f"passed over 2 x {kind}" in note.reason) == ("box.bin", True)


def test_resources_and_texts_of_crawls_are_read_and_what_tells_of_captures_is_not():
    text = "Größe of a gun.".encode()
    records = [
        (
            "https://p.example/a",
            None,
            None,
            text,
            "conversion",
            {"WARC-Identified-Content-Language": "eng"},
            "text/plain",
        ),
        ("file:///b.pdf", None, None, b"%PDF-1.7", "resource", {}, "application/pdf"),
        ("dns:p.example", None, None, b"1.2.3.4", "response", {}, "text/dns"),
        ("https://p.example/a", None, None, b"via: x", "metadata", {}, "application/warc-fields"),
    ]
    one, two, note = unpack_warc(container(warc(records)))
    assert (one.data, one.media_type, one.known.language) == (text, "text/plain", "en")
    assert (two.data, two.media_type, two.known.url, two.name) == (
        b"%PDF-1.7",
        "application/pdf",
        None,
        "file:///b.pdf",
    )
    assert "passed over 1 x answers other than of the web" in note.reason


def test_what_was_cut_short_when_captured_is_told():
    record = (*page_record(0), "response", {"WARC-Truncated": "length"})
    page, told = unpack_warc(container(warc([record])))
    assert page.data == PAGE
    assert told.reason.startswith("was cut short when it was captured (length)")


def with_length(data, number, length):
    """Return a plain archive in which one record states another length."""
    at = [m.span(1) for m in re.finditer(rb"^Content-Length: (\d+)", data, re.MULTILINE)][number]
    return data[: at[0]] + b"%d" % length + data[at[1] :]


def repacked(plain):
    """Return a plain archive with its records packed one by one."""
    return b"".join(gzip.compress(r, mtime=0) for r in re.split(rb"(?=WARC/1\.0\r\n)", plain)[1:])


PLAIN = warc(THREE, gzip=False)
STATED = int(LENGTH.search(PLAIN)[1])
WRONG_LENGTHS = [
    ("a little too long", STATED + 50),
    ("into the next record", STATED + 300),
    ("over the next record", STATED + len(PLAIN) // 3),
    ("past the end", 10**7),
    ("past all bounds", 10**17),
    ("too short", STATED - 30),
    ("of the headers alone", 5),
    ("none", 0),
]


@pytest.mark.parametrize("pack", [lambda d: d, repacked], ids=["plain", "packed"])
@pytest.mark.parametrize("length", [pytest.param(row[1], id=row[0]) for row in WRONG_LENGTHS])
def test_a_wrong_length_costs_its_own_record(length, pack):
    found = list(unpack_warc(container(pack(with_length(PLAIN, 0, length)))))
    pages = {f.name[-1]: f.data for f in found if isinstance(f, Piece)}
    assert (pages["1"], pages["2"]) == (PAGE, PAGE)
    assert pages.get("0", PAGE[:20]).startswith(PAGE[:20])
    assert any(isinstance(f, Unread) and not isinstance(f, PassedOver) for f in found)


LENGTHS_OF_WORDS = [b"-5", b"abc", b"", b"9" * 40, "٣".encode()]


@pytest.mark.parametrize("length", LENGTHS_OF_WORDS)
def test_a_length_that_is_no_number_costs_its_own_record(length):
    data = LENGTH.sub(b"Content-Length: " + length, PLAIN, count=1)
    assert [f.name[-1] for f in unpack_warc(container(data)) if isinstance(f, Piece)] == ["1", "2"]


def test_an_archive_captured_in_an_archive_is_no_wrong_length():
    inner = b"<p>How to write one:\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nhello</p>"
    first, second = unpack_warc(container(warc([page_record(0, inner), page_record(1)], gzip=False)))
    assert (first.data, second.data) == (inner, PAGE)


GARBAGE = [b"garbage", b"\r\n" * 500 + b"x", bytes(3000), b"WARC/1.0\r\n\r\n", b"\x1f\x8b\x08\x00" * 9]


@pytest.mark.parametrize("gzip", [True, False], ids=["packed", "plain"])
@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_between_records_is_told_with_its_place_and_passed(garbage, gzip):
    first, second = (warc([page_record(n)], gzip=gzip) for n in range(2))
    one, told, two = unpack_warc(container(first + garbage + second))
    assert (one.data, two.data) == (PAGE, PAGE)
    if told.reason.startswith("no whole record"):
        assert told.where == "box.bin, from byte 0"
        assert f"before byte {len(first + garbage)} (" in told.reason
    else:
        assert told.where.endswith(f"(byte {len(first)})")
        assert told.reason.startswith("states no length")


@pytest.mark.parametrize("gzip", [True, False], ids=["packed", "plain"])
def test_garbage_in_front_costs_nothing_behind_it(gzip):
    pages = [page_record(n, PAGE * 2000) for n in range(5)]
    told, *found = unpack_warc(container(b"\x1f\x8b\x08\x00xx" * gzip + b"garbage\n" + warc(pages, gzip=gzip)))
    assert isinstance(told, Unread)
    assert [f.name[-1] for f in found] == ["0", "1", "2", "3", "4"]


def test_a_damaged_record_among_packed_ones_costs_itself():
    records = [warc([page_record(n)]) for n in range(3)]
    middle = bytearray(records[1])
    middle[60:70] = bytes(10)
    one, told, three = unpack_warc(container(records[0] + bytes(middle) + records[2]))
    assert (one.name[-1], three.name[-1]) == ("0", "2")
    assert isinstance(told, Unread)


@pytest.mark.parametrize("gzip", [True, False], ids=["packed", "plain"])
def test_wherever_an_archive_is_cut_the_loss_is_told(gzip):
    data = warc(THREE, gzip=gzip)
    third = len(warc(THREE[:2], gzip=gzip))
    for end in range(third + 4, len(data) - 12):  # the last bytes are an empty line or a sum
        found = list(unpack_warc(container(data[:end])))
        assert [f.name[-1] for f in found if isinstance(f, Piece)][:2] == ["0", "1"]
        assert any(isinstance(f, Unread) for f in found), end


def test_a_record_larger_than_a_document_is_told_and_not_held():
    huge = ("https://p.example/film", "200 OK", HTML, bytes(65 << 20))
    for packed in (True, False):
        one, told, two = unpack_warc(container(warc([page_record(0), huge, page_record(1)], gzip=packed)))
        assert (one.data, two.data) == (PAGE, PAGE)
        assert told.reason.startswith("is larger than 64 MiB")


def test_an_archive_of_nothing_but_wrong_lengths_ends_and_is_told():
    record = LENGTH.sub(b"Content-Length: 9999999", warc([page_record(0)], gzip=False))
    found = list(unpack_warc(container(record * 40_000)))
    assert isinstance(found[0], Piece)
    assert "too much before it is damaged" in found[-1].reason


REFUSED = [
    ("nothing", b""),
    ("something else", b"<html>guns</html>"),
    ("packed, but no archive", gzip.compress(b"guns")),
]


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in REFUSED])
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(InputError, match=r"^box\.bin: holds no record"):
        list(unpack_warc(container(data)))


def test_hostile_names_and_headers_are_tidied_and_bounded():
    headers = [("Content-Type", "text/html"), *((f"X-{n}", "\x1b[31m" + "y" * 3000) for n in range(500))]
    record = ("https://p.example/\u202eexe.pdf", "200 OK", headers[:15], PAGE)
    (found,) = unpack_warc(container(warc([record])))
    assert "\u202e" not in found.name
    assert not any("\x1b" in v or len(v) > 1001 for _, v in found.capture.headers)
    _, note = unpack_warc(container(warc([("https://p.example/", "200 OK", headers, PAGE), page_record(0)])))
    assert isinstance(note, Unread) or note.data


@pytest.mark.parametrize("moment", ["2024-05-06T09:08:09+02:00", "2024-05-06T07:08:09.123456Z", "2024-05-06T07:08:09"])
def test_moments_are_in_utc(moment):
    data = patched(warc([page_record(0)], gzip=False), CAPTURED.encode(), moment.encode())
    assert next(unpack_warc(container(data))).capture.moment == CAPTURED


def test_a_moment_that_is_none_is_not_invented():
    data = patched(warc([page_record(0)], gzip=False), CAPTURED.encode(), b"yesterday")
    assert next(unpack_warc(container(data))).capture.moment is None


def test_how_an_archive_starts():
    assert is_warc(PLAIN[:100])
    assert not is_warc(b"WARC is a format")


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in PACKINGS])
def test_broken_files_cost_no_more_than_themselves(data):
    assert fuzzed(unpack_warc, data) > 10
