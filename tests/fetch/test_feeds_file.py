"""Feeds files: what they say, and what is said where they are wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from armstrace.errors import InputError
from armstrace.fetch import feeds_file
from armstrace.fetch.feeds_file import FeedsFileError, WatchSource, parse_feeds, read_feeds_file

FULL = """
sources:
  - url: HTTPS://Outlet.example/feed.xml
    kind: feed
    outlet: The Outlet
    every: 30m
    max_pages: 20
    include: ["*/world/*", "*/defence/*"]
    exclude: "*/video/*"
    full_text: page
  - url: https://ministry.example/sitemap.xml
    kind: sitemap
    every: 1d
"""


def test_all_fields_are_read():
    first, second = parse_feeds(FULL, "feeds.yml")
    assert first == WatchSource(
        "https://outlet.example/feed.xml",
        "feed",
        "The Outlet",
        timedelta(minutes=30),
        20,
        ("*/world/*", "*/defence/*"),
        ("*/video/*",),
        "page",
    )
    assert second == WatchSource("https://ministry.example/sitemap.xml", "sitemap", every=timedelta(days=1))


def test_the_example_in_the_module_is_right():
    example = "\n".join(line[4:] for line in (feeds_file.__doc__ or "").split("::", 1)[1].splitlines())
    (source,) = parse_feeds(example, "feeds.yml")
    assert source.outlet == "The Outlet"
    assert source.every == timedelta(hours=1)


PATTERNS = [
    ("https://outlet.example/world/a", True),
    ("https://outlet.example/defence/2026/b", True),
    ("https://outlet.example/sport/a", False),
    ("https://outlet.example/world/video/a", False),
]


@pytest.mark.parametrize(("url", "wanted"), PATTERNS)
def test_patterns_choose_pages(url, wanted):
    assert parse_feeds(FULL, "feeds.yml")[0].wants(url) is wanted


def test_without_patterns_all_pages_are_taken():
    assert WatchSource("https://outlet.example/").wants("https://elsewhere.example/x")


def entry(**fields: object) -> str:
    lines = "".join(f"\n    {key}: {value}" for key, value in fields.items())
    return f"sources:\n  - url: https://outlet.example/feed{lines}\n"


WRONG = {
    "no YAML": ("sources: [", r"feeds\.yml: is no YAML"),
    "empty": ("", "must hold one list, 'sources:'"),
    "a list": ("- url: https://outlet.example/", "must hold one list, 'sources:'"),
    "another field": ("sources: []\nfeeds: []", "must hold one list, 'sources:'"),
    "sources as words": ("sources: all", "must hold one list, 'sources:'"),
    "no sources": ("sources: []", "lists no sources"),
    "words for an entry": ("sources:\n  - https://outlet.example/", r"source 1: is no entry of fields"),
    "no url": ("sources:\n  - kind: feed", "source 1: has no url"),
    "url without scheme": (
        "sources:\n  - url: outlet.example",
        r"source 1 \(outlet\.example\): url: .*no http or https",
    ),
    "url of a file": ("sources:\n  - url: file:///etc/passwd", "url: .*no http or https"),
    "url with a password": ("sources:\n  - url: https://a:b@outlet.example/", "url: .*user name or password"),
    "url as a number": ("sources:\n  - url: 7", "url: must be a text, not 7"),
    "twice": (FULL + "  - url: https://outlet.example/feed.xml#2", r"source 3 \(.*\) is listed twice"),
    "misspelt field": (
        entry(incldue='"*a*"'),
        r"source 1 \(https://outlet.example/feed\): .*'incldue'; is 'include' meant",
    ),
    "unknown field": (entry(colour="red"), "unknown field 'colour'; the fields are url, kind"),
    "kind": (entry(kind="rss"), "kind: must be feed, sitemap or page, not 'rss'"),
    "every without unit": (entry(every=60), "every: must be a number with m, h or d.*not 60"),
    "every in words": (entry(every="hourly"), "every: must be a number with m, h or d"),
    "every too short": (entry(every="1m"), "every: must lie between 5m and 30d"),
    "every too long": (entry(every="99999d"), "every: must lie between 5m and 30d"),
    "no pages": (entry(max_pages=0), "max_pages: must be a whole number from 1"),
    "half a page": (entry(max_pages=1.5), "max_pages: must be a whole number from 1"),
    "pages as truth": (entry(max_pages="yes"), "max_pages: must be a whole number from 1.*not True"),
    "pattern that fits nothing": (entry(include="world"), r"include: 'world' fits no address.*'\*/world/\*'"),
    "pattern as number": (entry(exclude="[7]"), "exclude: must be a text, not 7"),
    "no pattern": (entry(include="[]"), "include: lists no pattern"),
    "full text": (entry(full_text="true"), "full_text: must be auto, feed or page, not True"),
    "outlet in two lines": (entry(outlet='"a\\nb"'), "outlet: holds line breaks"),
    "outlet turned around": (entry(outlet='"a\\u202eb"'), "outlet: holds line breaks or characters that cannot"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_place(text, said):
    with pytest.raises(FeedsFileError, match=said) as caught:
        parse_feeds(text, "feeds.yml")
    assert str(caught.value).startswith("feeds.yml: ")
    assert caught.value.exit_code == 2
    assert str(caught.value).isprintable()


def test_a_file_is_read(tmp_path):
    path = tmp_path / "feeds.yml"
    path.write_text("\ufeff" + FULL, encoding="utf-8")
    assert len(read_feeds_file(path)) == 2


def test_a_file_that_is_not_there_or_in_another_encoding_is_told(tmp_path):
    with pytest.raises(InputError, match=r"none\.yml: cannot be read"):
        read_feeds_file(tmp_path / "none.yml")
    (tmp_path / "old.yml").write_bytes("sources: # é".encode("latin-1"))
    with pytest.raises(FeedsFileError, match=r"old\.yml: is not in UTF-8"):
        read_feeds_file(tmp_path / "old.yml")
