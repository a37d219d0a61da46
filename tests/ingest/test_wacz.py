"""Web archives in a ZIP with their index."""

from __future__ import annotations

import json
import zipfile

import pytest
from made_containers import PAGE, container, fuzzed, page_record, warc, zipped

from armstrace.errors import InputError
from armstrace.ingest.raw import Piece, Unread
from armstrace.ingest.wacz import unpack_wacz

PAGES = "\n".join(
    [
        json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}),
        json.dumps({"url": "https://paper.example/0", "title": "Guns for\nGraustark", "ts": "2024-05-06"}),
        "{broken",
        json.dumps(["x"]),
    ]
)
ARCHIVE = warc([page_record(n) for n in range(2)])
WACZ = zipped(
    [
        ("datapackage.json", b"{}"),
        ("archive/a.warc.gz", ARCHIVE),
        ("archive/b.warc", warc([page_record(7)], gzip=False)),
        ("indexes/index.cdx.gz", b"x"),
        ("pages/pages.jsonl", PAGES.encode()),
    ],
    zipfile.ZIP_STORED,
)


def test_pages_come_out_of_the_inner_archives_with_the_titles_of_the_list():
    found = list(unpack_wacz(container(WACZ)))
    assert [(f.name, f.data) for f in found] == [(f"https://paper.example/{n}", PAGE) for n in (0, 1, 7)]
    assert [f.known.title for f in found] == ["Guns for Graustark", None, None]
    assert found[0].capture.source == "box.bin!/archive/a.warc.gz!/https://paper.example/0"
    assert found[0].depth == 2


def test_a_damaged_inner_archive_costs_itself():
    entries = [
        ("archive/a.warc.gz", b"no archive"),
        ("archive/b.warc.gz", ARCHIVE[:-200]),
        ("archive/c.warc.gz", ARCHIVE),
    ]
    found = list(unpack_wacz(container(zipped(entries))))
    assert [f.name[-1] for f in found if isinstance(f, Piece) and "c.warc" in f.capture.source] == ["0", "1"]
    told = [(f.where, f.reason) for f in found if isinstance(f, Unread)]
    assert told[0] == (
        "box.bin!/archive/a.warc.gz",
        "holds no record of a web archive that can be read (Invalid WARC header)",
    )
    assert "b.warc.gz" in told[1][0]


def test_what_is_none_is_refused():
    with pytest.raises(InputError, match=r"^box\.bin: is a ZIP archive without a folder archive/"):
        list(unpack_wacz(container(zipped([("a.html", PAGE)]))))


def test_broken_files_cost_no_more_than_themselves():
    assert fuzzed(unpack_wacz, WACZ) > 20
