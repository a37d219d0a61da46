"""Formats are told by what the bytes are, whatever a name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from armstrace.ingest.formats import HEAD, Foreign, Format, tell_format


def zipped(*names):
    """Return a ZIP file of empty entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return target.getvalue()


LETTER = b"From: Desk <desk@example.org>\r\nSubject: Tanks\r\nDate: Mon, 5 Sep 2022 10:00:00 +0000\r\n\r\nText.\r\n"
ROWS = [
    ("a story", b"Chad bought tanks.\n\nMore text.", Format.TEXT),
    ("a story in UTF-8 with a mark", "\ufeffChad bought tanks.".encode(), Format.TEXT),
    ("a story with a byline", b"From our correspondent: tanks for Chad\nDate: unknown\n", Format.TEXT),
    ("a story that begins with a label", b"Subject: tanks\n\nChad bought tanks.", Format.TEXT),
    ("a story that begins in a bracket", b"[NAIROBI] Chad bought tanks.", Format.TEXT),
    ("a story in a brace", b"{Update 2} Chad bought tanks.", Format.TEXT),
    ("a story on a tag", b"<we> is what the minister wrote", Format.TEXT),
    ("a page", b"<!DOCTYPE html><html><body><p>Tanks.</p>", Format.HTML),
    ("a page in capitals", b"\r\n <HTML><BODY>Tanks.", Format.HTML),
    ("a page after a comment", b"<!-- saved from url=(0022)https://example.org/ -->\n<html>", Format.HTML),
    ("an XHTML page", b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">\n<html>', Format.HTML),
    ("a fragment", b"<p>Chad bought <b>tanks</b>.</p>", Format.HTML),
    ("a page with a mark", b"\xef\xbb\xbf<html><p>Tanks.", Format.HTML),
    ("a page in UTF-16", "<html><p>Tanks.".encode("utf-16"), Format.HTML),
    ("comments that lead nowhere", b"<!-- a -->" * 6000 + b"Chad bought tanks.", Format.TEXT),
    ("a page after many comments", b"<!-- a -->\n" * 5000 + b"<html><p>Tanks.", Format.HTML),
    ("a feed after many comments", b"<?xml version='1.0'?>" + b"<!-- a -->" * 5000 + b"<rss>", Format.FEED),
    ("RSS", b'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>', Format.FEED),
    ("RSS without a declaration", b"\n<rss><channel>", Format.FEED),
    ("RSS with a style sheet", b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><!-- x --><rss>', Format.FEED),
    ("Atom", b'<feed xmlns="http://www.w3.org/2005/Atom">', Format.FEED),
    ("RDF", b'<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/">', Format.FEED),
    ("a feed with an entity bomb", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><rss>', Format.FEED),
    ("JSON Feed", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', Format.FEED),
    ("a letter", LETTER, Format.MAIL),
    ("a letter as servers keep it", b"Return-Path: <a@example.org>\nReceived: by mx; Mon\n" + LETTER, Format.MAIL),
    ("a mailbox", b"From desk@example.org Mon Sep  5 10:00:00 2022\n" + LETTER, Format.MBOX),
    ("articles, one a line", b'{"text": "Chad bought tanks."}\n{"text": "More."}\n', Format.JSON_LINES),
    ("articles in a list", b'[\n {"text": "Chad bought tanks."}]', Format.JSON_LINES),
    ("a table", b"id,date,text\n1,2022,Chad bought tanks.\n", Format.CSV),
    ("a table of tabs", b"url\tbody\nhttps://example.org\tChad\n", Format.CSV),
    ("a line of commas", b"tanks, guns, and text\nChad bought them.", Format.TEXT),
    ("a web archive", b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", Format.WARC),
    ("a PDF", b"%PDF-1.7\n", Format.PDF),
    ("a PDF after a mail gateway's line", b"\r\nsome junk\r\n%PDF-1.4\n", Format.PDF),
    ("gzip", b"\x1f\x8b\x08\x00", Format.GZIP),
    ("tar", b"a.txt".ljust(257, b"\x00") + b"ustar\x0000", Format.TAR),
    ("a ZIP", zipped("a.txt"), Format.ZIP),
    ("an empty ZIP", zipped(), Format.ZIP),
    ("a cut ZIP", zipped("a.txt")[:40], Format.ZIP),
    ("DOCX", zipped("[Content_Types].xml", "word/document.xml"), Format.DOCX),
    ("ODT", zipped("mimetype", "content.xml", "META-INF/manifest.xml"), Format.ODT),
    ("WACZ", zipped("datapackage.json", "archive/data.warc.gz"), Format.WACZ),
    ("a data package", zipped("datapackage.json", "data/a.csv"), Format.ZIP),
    ("an archive without its package", zipped("archive/a.warc.gz"), Format.ZIP),
    ("DOC", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    ("RTF", rb"{\rtf1 guns}", "an RTF file"),
    ("a picture", b"\x89PNG\r\n\x1a\n", "a picture"),
    ("a film", b"\x00\x00\x00\x20ftypisom", "sound or video"),
    ("a database", b"SQLite format 3\x00", "an SQLite database"),
    ("a program", b"\x7fELF\x02", "a program"),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
def test_a_format_is_told_by_its_content(data, expected):
    stream = io.BytesIO(data)
    found = tell_format(data[:HEAD], stream)
    assert (found.what if isinstance(found, Foreign) else found) == expected
    assert stream.tell() == 0


@pytest.mark.parametrize("sign", [b"<!-- ", b"<?xml ", b"From: a\nX-", b"<!DOCTYPE ", b'{"', b"a,", b"From a "])
def test_no_head_takes_long_to_look_at(sign):
    data = (sign * HEAD)[:HEAD]
    assert tell_format(data, io.BytesIO(data)) in Format
