"""Tar archives."""

from __future__ import annotations

import io
import tarfile

import pytest
from made_containers import PAGE, container, fuzzed

from armstrace.errors import InputError
from armstrace.ingest.raw import Piece, Unread
from armstrace.ingest.tar import is_tar, unpack_tar

LONG = "folder/" * 30 + "a.html"


def tarred(entries, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data, *kind in entries:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.type, info.linkname = (kind[0], "/etc/passwd") if kind else (tarfile.REGTYPE, "")
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


TWO = tarred([("a.html", PAGE), ("b/größe.html", PAGE * 9)])


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_plain_files_are_read(form):
    data = tarred([("../a.html", PAGE), (LONG[-90:], PAGE * 9)], form)
    assert is_tar(data[:512])
    found = list(unpack_tar(container(data)))
    assert [(f.name, f.data) for f in found] == [("box/a", PAGE), (f"box/{LONG[-90:].removesuffix('.html')}", PAGE * 9)]


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_are_read(form):
    (found,) = unpack_tar(container(tarred([(LONG, PAGE)], form)))
    assert found.capture.source == f"box.bin!/{LONG}"


def test_links_and_devices_are_counted_and_never_followed():
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE)
    page, note = unpack_tar(
        container(tarred([*((f"{n}.html", b"", k) for n, k in enumerate(kinds)), ("a.html", PAGE)]))
    )
    assert page.data == PAGE
    assert "passed over 4 x links, folders and devices" in note.reason


def test_what_is_larger_than_a_document_or_empty_costs_itself():
    large, page, empty = unpack_tar(container(tarred([("l.txt", bytes(65 << 20)), ("a.html", PAGE), ("e.txt", b"")])))
    assert (large.reason[:21], page.data, empty.reason[:8]) == ("is larger than 64 MiB", PAGE, "is empty")


def test_a_cut_or_damaged_archive_tells_what_is_lost():
    cut = list(unpack_tar(container(TWO[:700])))
    assert [type(f) for f in cut] == [Piece, Unread, Unread] or isinstance(cut[-1], Unread)
    second = TWO.index(b"b/gr", 512)
    damaged = TWO[: second - 512] + b"x" * 512 + TWO[second:]
    found = list(unpack_tar(container(damaged)))
    assert found[0].data == PAGE
    assert isinstance(found[-1], Unread)


@pytest.mark.parametrize("data", [b"", b"x" * 512, bytes(257) + b"ustar" + bytes(250)])
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(InputError, match=r"^box\.bin: is no tar archive"):
        list(unpack_tar(container(data)))


def test_broken_files_cost_no_more_than_themselves():
    assert fuzzed(unpack_tar, TWO) > 20
