"""Files packed by gzip."""

from __future__ import annotations

import gzip
import json

import pytest
from made_containers import PAGE, container, fuzzed, page_record, warc
from test_tar import tarred

from armstrace.errors import InputError
from armstrace.ingest.gzipped import unpack_gzip
from armstrace.ingest.raw import Piece, Unread

ROWS = b"".join(json.dumps({"text": f"Gun {n}."}).encode() + b"\n" for n in range(3))
FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}).encode()

KINDS = [
    ("a page", PAGE, [PAGE]),
    ("in two members", None, [PAGE]),
    ("rows", ROWS, ["Gun 0.", "Gun 1.", "Gun 2."]),
    ("a JSON Feed", FEED, [FEED]),
    ("a tar archive", tarred([("a.html", PAGE), ("b.html", PAGE)]), [PAGE, PAGE]),
    ("a web archive as a whole", warc([page_record(1)], gzip=False), [PAGE]),
]


@pytest.mark.parametrize(("data", "held"), [pytest.param(*row[1:], id=row[0]) for row in KINDS])
def test_what_is_packed_is_read(data, held):
    packed = (
        gzip.compress(data, mtime=0) if data else gzip.compress(PAGE[:20], mtime=0) + gzip.compress(PAGE[20:], mtime=0)
    )
    found = list(unpack_gzip(container(packed)))
    assert [f.data if isinstance(f, Piece) else f.text for f in found] == held


def test_a_web_archive_packed_record_by_record_is_read():
    assert [f.data for f in unpack_gzip(container(warc([page_record(n) for n in range(3)])))] == [PAGE] * 3


DAMAGED = [
    ("cut short", gzip.compress(PAGE * 9, mtime=0)[:-9], "is gzip cut short; what stands before"),
    ("a wrong sum", gzip.compress(PAGE * 9, mtime=0)[:-8] + bytes(8), "is damaged gzip (Error -3"),
    ("cut rows", gzip.compress(ROWS * 900, mtime=0)[:-9], "is gzip cut short; what stands before"),
]


@pytest.mark.parametrize(("data", "told"), [pytest.param(*row[1:], id=row[0]) for row in DAMAGED])
def test_of_a_damaged_file_comes_what_can_be_had(data, told):
    *found, unread = unpack_gzip(container(data))
    assert isinstance(unread, Unread)
    assert unread.reason.startswith(told)
    assert (PAGE * 9).startswith(found[0].data) if isinstance(found[0], Piece) else found[0].text == "Gun 0."


def test_rows_that_inflate_without_end_are_told():
    *rows, told = unpack_gzip(container(gzip.compress(ROWS + b" " * (20 << 20) + b"\n" + ROWS, mtime=0)))
    assert [r.text for r in rows if not isinstance(r, Unread)] == ["Gun 0.", "Gun 1.", "Gun 2."]
    assert told.reason.startswith("inflates to more than 200 times its size")


REFUSED = [
    ("nothing", b"", "is gzip cut short"),
    ("no gzip", PAGE, "is damaged gzip"),
    ("a header alone", gzip.compress(PAGE, mtime=0)[:12], "is gzip cut short"),
    ("a bomb", gzip.compress(bytes(65 << 20), mtime=0), "inflates to more than 64 MiB"),
    ("empty", gzip.compress(b"", mtime=0), "is empty"),
]


@pytest.mark.parametrize(("data", "told"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_what_cannot_be_read_is_refused(data, told):
    with pytest.raises(InputError, match=rf"^box\.bin: {told}"):
        list(unpack_gzip(container(data)))


@pytest.mark.parametrize("data", [gzip.compress(d, mtime=0) for d in (PAGE, ROWS, KINDS[4][1])])
def test_broken_files_cost_no_more_than_themselves(data):
    assert fuzzed(unpack_gzip, data) > 20
