"""Sitemaps, for the watcher."""

from __future__ import annotations

import gzip

import pytest
from made_containers import broken

from armstrace.errors import InputError
from armstrace.ingest.feeds import FeedLink
from armstrace.ingest.sitemaps import Sitemap, read_sitemap

ADDRESS = "https://paper.example/sitemap.xml"
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
PAGES = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NAMES}>
<url><loc> https://paper.example/1?a=1&amp;b=2 </loc><lastmod>2022-09-09T10:00:00Z</lastmod>
<news:news><news:publication><news:name>The Paper</news:name></news:publication>
<news:publication_date>2022-09-06</news:publication_date><news:title>Guns &amp; tanks</news:title></news:news>
<image:image><image:loc>https://paper.example/1.png</image:loc></image:image></url>
<url><loc>/2</loc></url><url><loc>ftp://paper.example/3</loc></url><url><lastmod>2022</lastmod></url>
</urlset>""".encode()
INDEX = f"<sitemapindex {NAMES}><sitemap><loc>/a.xml.gz</loc><lastmod>2022</lastmod></sitemap></sitemapindex>".encode()

FIRST = FeedLink(
    "https://paper.example/1?a=1&b=2",
    "https://paper.example/1?a=1&b=2",
    "Guns & tanks",
    "2022-09-06",
    updated="2022-09-09",
)
FOUND = Sitemap((FIRST, FeedLink("https://paper.example/2", "https://paper.example/2")), ())

READ = [
    ("plain", PAGES, FOUND),
    ("packed", gzip.compress(PAGES, mtime=0), FOUND),
    ("UTF-16", PAGES.decode().replace("UTF-8", "UTF-16").encode("utf-16"), FOUND),
    ("without its names", PAGES.replace(b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', b""), FOUND),
    ("broken off", PAGES[: PAGES.index(b"ftp:")], FOUND),
    ("packed and broken off", gzip.compress(PAGES, mtime=0)[:-20], None),
    ("an index", INDEX, Sitemap((), ("https://paper.example/a.xml.gz",))),
    ("empty", f"<urlset {NAMES}/>".encode(), Sitemap((), ())),
]

REFUSED = [
    ("nothing", b"", "is no sitemap"),
    ("a page", b"<html><body/></html>", "is no sitemap; one starts with"),
    (
        "a bomb",
        b'<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        "declares entities",
    ),
    ("the outside", b'<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset/>', "declares entities"),
    ("a packed bomb", gzip.compress(bytes(65 << 20)), "is larger than 64 MiB"),
    ("nested without end", b"<urlset>" + b"<url>" * 100_000, "nests its elements"),
]


@pytest.mark.parametrize(("data", "found"), [pytest.param(*row[1:], id=row[0]) for row in READ])
def test_sitemaps_are_read(data, found):
    read = read_sitemap(data, ADDRESS)
    assert read == found if found else read.pages[0] == FIRST


@pytest.mark.parametrize(("data", "told"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_what_is_no_sitemap_is_refused(data, told):
    with pytest.raises(InputError, match=rf"^{ADDRESS}: {told}"):
        read_sitemap(data, ADDRESS)


@pytest.mark.parametrize("data", [PAGES, gzip.compress(PAGES, mtime=0), INDEX])
def test_broken_ones_are_read_or_refused(data):
    read, reasons = 0, []
    for form in broken(data):
        try:
            read += isinstance(read_sitemap(form, ADDRESS), Sitemap)
        except InputError as error:
            reasons.append(str(error))
    assert all(reason.startswith(ADDRESS) for reason in reasons)
    assert read
