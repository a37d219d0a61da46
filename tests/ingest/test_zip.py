"""ZIP archives: what is in them, and what hostile ones state."""

from __future__ import annotations

import random
import struct
import zipfile
from collections import Counter

import pytest
from made_containers import (
    PAGE,
    bomb_entry,
    container,
    empty_entries_zip,
    fuzzed,
    overlapping_zip,
    page_record,
    patched,
    warc,
    zipped,
)

from armstrace.errors import InputError
from armstrace.ingest.raw import PassedOver, Piece, Unread
from armstrace.ingest.zip import unpack_zip

NAMES = [
    ("plain", "reports/a.html", "reports/a.html"),
    ("upwards", "../../etc/passwd", "etc/passwd"),
    ("upwards inside", "a/../../../b.txt", "a/b.txt"),
    ("absolute", "/etc/passwd", "etc/passwd"),
    ("a drive", "C:\\Users\\a.txt", "Users/a.txt"),
    ("backslashes", "..\\..\\a.txt", "a.txt"),
    ("a share", "\\\\server\\share\\a.txt", "server/share/a.txt"),
    ("escapes and overrides", "a\x1b[31m\u202etxt.exe\u202c.html", "a[31mtxt.exe.html"),
    ("a line break", "a\nb.txt", "a b.txt"),
    ("long", "x" * 3000, "x" * 999 + "…"),
    ("dots alone", "..", "entry 1"),
    ("none", "", "entry 1"),
]


@pytest.mark.parametrize(("name", "shown"), [pytest.param(*row[1:], id=row[0]) for row in NAMES])
def test_names_are_for_show_and_nothing_is_written(name, shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (found,) = unpack_zip(container(zipped([(name, PAGE)])))
    assert (found.data, found.capture.source, found.depth) == (PAGE, f"box.bin!/{shown}", 1)
    assert ".." not in found.name.split("/")
    assert not list(tmp_path.iterdir())


def test_a_document_goes_by_the_archive_and_its_path_without_suffix():
    (found,) = unpack_zip(container(zipped([("reports/a.b.html", PAGE)])))
    assert found.name == "box/reports/a.b"


@pytest.mark.parametrize("name", [b"gr\xfc\xdfe.txt", b"\xff\xfe.txt"])
def test_names_that_are_no_utf_8_cost_nothing(name):
    asked = "ü" * len(name)
    data = zipped([("ü.txt", b"One."), (asked, b"Two.")]).replace(asked.encode()[: 2 * len(name)], name * 2)
    found = list(unpack_zip(container(data)))
    assert [f.data for f in found] == [b"One.", b"Two."]


def test_what_is_no_document_is_counted_in_one_note():
    names = [
        "a/",
        "__MACOSX/._a.html",
        ".DS_Store",
        "Thumbs.db",
        "i.PNG",
        "j.jpg",
        "s.css",
        "f.woff2",
        "v.mp4",
        "a.html",
    ]
    page, note = unpack_zip(container(zipped([(n, b"" if n.endswith("/") else PAGE) for n in names])))
    assert page.name == "box/a"
    assert isinstance(note, PassedOver)
    assert (
        "passed over 1 x fonts, 2 x images, 1 x sound and film, 1 x styles and scripts, 3 x system files" in note.reason
    )


def flagged(data, *, flag=0, method=None, number=0):
    """Return an archive of which one entry has flags set, or another method."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = [n for n in range(len(out)) if out.startswith(mark, n)][number] + at
        flags, old = struct.unpack_from("<2H", out, place)
        struct.pack_into("<2H", out, place, flags | flag, old if method is None else method)
    return bytes(out)


def stating(data, sizes, number=0):
    """Return an archive whose directory states other (packed, inflated) sizes of one entry."""
    out = bytearray(data)
    place = [n for n in range(len(out)) if out.startswith(b"PK\x01\x02", n)][number] + 20
    old = struct.unpack_from("<2L", out, place)
    struct.pack_into("<2L", out, place, *(new if new is not None else o for new, o in zip(sizes, old, strict=True)))
    return bytes(out)


TWO = zipped([("a.html", PAGE * 9), ("b.html", PAGE)])
STORED = zipped([("a.html", PAGE * 9), ("b.html", PAGE)], zipfile.ZIP_STORED)
DAMAGED = [
    ("encrypted", flagged(TWO, flag=1), "is encrypted"),
    ("an unknown method", flagged(TWO, method=99), "is packed by a method that is not read (99)"),
    (
        "bzip2, which inflates without bound",
        zipped([("a.html", PAGE)], zipfile.ZIP_BZIP2)[:-22] and flagged(TWO, method=12),
        "is packed by a method that is not read (bzip2)",
    ),
    ("a wrong sum", patched(STORED, PAGE, PAGE[:-9] + b"xxxxxxxxx", 1), "is damaged (Bad CRC-32"),
    ("a smaller size than there is", stating(TWO, (None, 50)), "is damaged (Bad CRC-32"),
    ("a packed size of nothing", stating(TWO, (0, None)), "is damaged ("),
    ("a packed size past the end", stating(TWO, (10**6, None)), "overlaps the next entry"),
    ("a size of gigabytes", stating(TWO, (None, 4 * 10**9)), "is larger than 64 MiB"),
    ("another name within", TWO.replace(b"a.html", b"c.html", 1), "is damaged (File name in directory"),
    ("empty", zipped([("a.html", b""), ("b.html", PAGE)]), "is empty"),
]


@pytest.mark.parametrize(("data", "told"), [pytest.param(*row[1:], id=row[0]) for row in DAMAGED])
def test_a_damaged_entry_costs_itself(data, told):
    unread, page = unpack_zip(container(data))
    assert (unread.where, page.data) == ("box.bin!/a.html", PAGE)
    assert unread.reason.startswith(told)


def test_a_larger_size_than_there_is_does_no_harm_where_the_sum_is_right():
    one, two = unpack_zip(container(stating(TWO, (None, 5000))))
    assert (one.data, two.data) == (PAGE * 9, PAGE)


def raw_entry(packed, size, name=b"a.txt"):
    """Return an archive of one entry of which all is given, beside one page."""
    header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0) + name
    entry = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry) + len(name), len(header) + len(packed), 0)
    return header + packed + entry + name + end


def test_bombs_are_told_before_they_are_held():
    (told,) = unpack_zip(container(raw_entry(bomb_entry(60 << 20), 60 << 20)))
    assert told.reason.startswith("inflates to more than 200 times its size")
    (told,) = unpack_zip(container(raw_entry(bomb_entry(80 << 20), 1 << 20)))  # stops at the size that it states
    assert told.reason.startswith("inflates to more than 200 times") or told.reason.startswith("is damaged (Bad CRC-32")


def test_entries_that_share_their_bytes_are_told():
    found = list(unpack_zip(container(overlapping_zip(50))))
    reasons = Counter(f.reason for f in found if isinstance(f, Unread))
    assert reasons.most_common(1) == [("overlaps the next entry, as in a bomb", 49)]


def test_many_small_bombs_end():
    one = bytes(1 << 20)
    data = zipped([(f"{n}.txt", one) for n in range(200)])
    found = list(unpack_zip(container(data)))
    assert sum(len(f.data) for f in found if isinstance(f, Piece)) <= 66 << 20
    assert found[-1].reason.startswith("inflates to more than 100 times its size; no more of it is read from ")


def test_a_hundred_thousand_empty_entries_are_each_told():
    found = list(unpack_zip(container(empty_entries_zip(100_000))))
    assert (len(found), found[99_999].where) == (100_000, "box.bin!/99999.txt")


def test_an_archive_in_an_archive_goes_on_as_a_piece():
    (found,) = unpack_zip(container(zipped([("inner.zip", zipped([("a.html", PAGE)]))])))
    assert (found.data[:4], found.depth) == (b"PK\x03\x04", 1)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_larger_than_a_document_is_unpacked_as_a_stream(compression, packed):
    noise = random.Random(4).randbytes(1 << 20)  # noqa: S311 (no secret)
    records = [page_record(n) for n in range(3)]
    films = [(f"https://p.example/{n}", "200 OK", [("Content-Type", "video/mp4")], noise * 65) for n in range(1)]
    data = zipped([("a/b.warc", warc([*records[:2], *films, records[2]], gzip=packed))], compression)
    found = list(unpack_zip(container(data)))
    assert [f.name[-1] for f in found if isinstance(f, Piece)] == ["0", "1", "2"]
    assert found[0].capture.source == "box.bin!/a/b.warc!/https://paper.example/0"


REFUSED = [
    ("nothing", b"", "without its end"),
    ("cut short", TWO[:-40], "without its end"),
    ("a start alone", b"PK\x03\x04" + bytes(100), "without its end"),
    (
        "a directory of gigabytes",
        TWO[:-10] + struct.pack("<L", 3 * 10**9) + TWO[-6:],
        "list of files is larger than 32 MiB",
    ),
]


@pytest.mark.parametrize(("data", "told"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_what_is_no_archive_is_refused(data, told):
    with pytest.raises(InputError, match=rf"^box\.bin: is a .*{told}"):
        list(unpack_zip(container(data)))


@pytest.mark.parametrize("data", [TWO, STORED])
def test_broken_files_cost_no_more_than_themselves(data):
    assert fuzzed(unpack_zip, data) > 20
