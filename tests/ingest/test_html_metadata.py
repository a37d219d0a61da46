"""What a page says of itself: outlet, title, byline, address, language, dates, and facts outside the text."""

import json

import pytest

from armstrace.document import Capture, Fact, Metadata
from armstrace.ingest.html import read_html
from armstrace.ingest.html_dates import read_day
from armstrace.ingest.metadata import tidy
from armstrace.ingest.raw import Piece

STORY = (
    "<p>Zambia has received six armoured carriers from Turkey, a harbour official said on Monday.</p>"
    "<p>The carriers came ashore at night and were driven north under guard, two dock workers said.</p>"
    "<p>A spokesman for the ministry would neither confirm nor deny that more were on their way.</p>"
)


def read(head="", before="", after="", lang="", known=None):
    body = f"<body><article>{before}{STORY}{after}</article></body>"
    source = f"<!DOCTYPE html><html{lang}><head>{head}</head>{body}</html>"
    return read_html(Piece("page", source.encode(), Capture("here"), known or Metadata()))


def meta(**names):
    spelled = {name.replace("__", ":").replace("_", "-"): text for name, text in names.items()}
    return "".join(f'<meta name="{name}" content="{text}">' for name, text in spelled.items())


def ld(**values):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


OUTLETS = {
    "Open Graph": ('<meta property="og:site_name" content="The Copperbelt Post">', "The Copperbelt Post"),
    "JSON-LD": (ld(publisher={"@type": "Organization", "name": "The Copperbelt Post"}), "The Copperbelt Post"),
    "a name before a host": (
        '<meta property="og:site_name" content="copperbeltpost.example">'
        + ld(publisher={"name": "The Copperbelt Post"}),
        "The Copperbelt Post",
    ),
    "the paper before the wire that wrote the story": (
        '<meta property="og:site_name" content="Copperbelt Post">' + ld(publisher={"name": "Associated Press"}),
        "Copperbelt Post",
    ),
    "the spelling with spaces": (
        '<meta property="og:site_name" content="CopperbeltPost">' + ld(publisher={"name": "Copperbelt Post"}),
        "Copperbelt Post",
    ),
    "without its motto": ('<meta property="og:site_name" content="Copperbelt Post | All the news">', "Copperbelt Post"),
    "no account": (meta(publisher="@copperbelt"), None),
    "no address": (meta(article__publisher="https://social.example/copperbelt"), None),
    "the end of the title": ("<title>Six carriers come ashore at night - Copperbelt Post</title>", "Copperbelt Post"),
    "none": ("<title>Six carriers come ashore at night</title>", None),
}


@pytest.mark.parametrize("row", OUTLETS)
def test_outlet(row):
    head, expected = OUTLETS[row]
    assert read(head).metadata.outlet == expected


BYLINES = {
    "JSON-LD": (ld(author=[{"name": "Ann Mulenga"}, {"name": "Joe Banda"}]), "Ann Mulenga, Joe Banda"),
    "meta": (meta(author="By Ann Mulenga"), "Ann Mulenga"),
    "two metas": (meta(author="Ann Mulenga") + '<meta name="author" content="Joe Banda">', "Ann Mulenga, Joe Banda"),
    "no address": ('<meta property="article:author" content="https://social.example/ann">', None),
    "no account": (meta(author="admin"), None),
}


@pytest.mark.parametrize("row", BYLINES)
def test_byline(row):
    head, expected = BYLINES[row]
    assert read(head).metadata.byline == expected


def test_byline_that_only_stands_on_the_page():
    raw = read(before='<div class="meta">By Ann Mulenga</div>')
    assert raw.metadata.byline == "Ann Mulenga"
    assert ("byline", "By Ann Mulenga") in [(fact.kind, fact.text) for fact in raw.facts]


TITLES = {
    "Open Graph": ('<meta property="og:title" content="Six carriers">', "Six carriers"),
    "without its outlet": ("<title>Six carriers come ashore | Copperbelt Post</title>", "Six carriers come ashore"),
    "character references": ("<title>Six &quot;carriers&quot; &amp; a gun</title>", 'Six "carriers" & a gun'),
    "a terminal escape and a direction override": ("<title>\x1b[31mSix\u202e carriers\x00</title>", "[31mSix carriers"),
    "half a character": ("<title>Six &#xD800;carriers</title>", "Six \ufffdcarriers"),
    "a title of great length": (f"<title>{'six ' * 5000}</title>", ("six " * 250)[:999] + "…"),
    "none": ("", None),
}


@pytest.mark.parametrize("row", TITLES)
def test_title(row):
    head, expected = TITLES[row]
    assert read(head).metadata.title == expected


KNOWN = "https://post.example/news/old?id=7"
ADDRESSES = {
    "canonical": ('<link rel="canonical" href="https://post.example/news/1">', "https://post.example/news/1"),
    "before Open Graph": (
        '<meta property="og:url" content="https://post.example/b"><link rel=canonical href="https://post.example/a">',
        "https://post.example/a",
    ),
    "Open Graph": ('<meta property="og:url" content="https://post.example/b">', "https://post.example/b"),
    "JSON-LD": (ld(mainEntityOfPage={"@id": "https://post.example/c"}), "https://post.example/c"),
    "relative": ('<link rel="canonical" href="/news/1">', "https://post.example/news/1"),
    "relative with a base that lies": (
        '<base href="https://evil.example/"><link rel="canonical" href="/news/1">',
        "https://post.example/news/1",
    ),
    "with a host left out": ('<link rel="canonical" href="//www.post.example/1">', "https://www.post.example/1"),
    "a script": ('<link rel="canonical" href="javascript:alert(1)">', KNOWN),
    "a file": ('<link rel="canonical" href="file:///etc/passwd">', KNOWN),
    "data": ('<link rel="canonical" href="data:text/html,x">', KNOWN),
    "a name and password": ('<link rel="canonical" href="https://post.example@evil.example/">', KNOWN),
    "broken brackets": ('<link rel="canonical" href="https://[::1/x">', KNOWN),
    "line breaks in it": ('<link rel="canonical" href="https://post.example/a&#10;b">', KNOWN),
    "a direction override in it": ('<link rel="canonical" href="https://post.example/\u202egpj">', KNOWN),
    "too long": (f'<link rel="canonical" href="https://post.example/{"a" * 3000}">', KNOWN),
    "a refresh is none": ('<meta http-equiv="refresh" content="0; url=https://evil.example/">', KNOWN),
    "none": ("", KNOWN),
}


@pytest.mark.parametrize("row", ADDRESSES)
def test_address(row):
    head, expected = ADDRESSES[row]
    raw = read(head, known=Metadata(url=KNOWN))
    assert raw.metadata.url == expected
    canonical = [fact.text for fact in raw.facts if fact.kind == "canonical"]
    assert canonical == ([] if expected == KNOWN else [expected])


def test_a_relative_address_needs_a_known_one():
    assert read('<link rel="canonical" href="/news/1">').metadata.url is None


LANGUAGES = {
    "the element": (' lang="en-GB"', "", "en"),
    "XHTML": (' xml:lang="fr"', "", "fr"),
    "Open Graph": ("", '<meta property="og:locale" content="pt_BR">', "pt"),
    "header": ("", '<meta http-equiv="content-language" content="de, en">', "de"),
    "three letters": (' lang="eng"', "", "en"),
    "an old code": (' lang="iw"', "", "he"),
    "no language": (' lang="xx"', '<meta property="og:locale" content="en_US">', "en"),
    "none": ("", "", None),
}


@pytest.mark.parametrize("row", LANGUAGES)
def test_language(row):
    lang, head, expected = LANGUAGES[row]
    assert read(head, lang=lang).metadata.language == expected


DATES = {
    "JSON-LD": (
        ld(datePublished="2024-05-06T23:10:00-05:00", dateModified="2024-06-01"),
        "2024-05-06",
        "JSON-LD datePublished",
    ),
    "JSON-LD in a graph": (
        ld(**{"@type": "WebSite", "@graph": [{"@type": ["Article"], "datePublished": "2024-05"}]}),
        "2024-05",
        "JSON-LD datePublished",
    ),
    "meta": (
        '<meta property="article:modified_time" content="2024-06-01">'
        '<meta property="article:published_time" content="2024-05-06">',
        "2024-05-06",
        "meta article:published_time",
    ),
    "meta with a year only": ('<meta name="citation_date" content="1998">', "1998", "meta citation_date"),
    "meta in words": (meta(pubdate="Monday, May 6th, 2024 10:00 GMT"), "2024-05-06", "meta pubdate"),
    "a marked element": ("<!-- -->", "2024-05-06", "time datepublished"),
    "only a date of change": ('<meta property="article:modified_time" content="2024-06-01">', None, None),
    "an impossible day": ('<meta property="article:published_time" content="2024-02-31">', "2024-02", "htmldate"),
    "none": ("", None, None),
}
MARKED = (
    '<time itemprop="dateModified" datetime="2024-06-01">June</time>'
    '<time itemprop="datePublished" datetime="2024-05-06T08:00Z">May</time>'
)


@pytest.mark.parametrize("row", DATES)
def test_date_of_publication(row):
    head, value, source = DATES[row]
    raw = read(head, before=MARKED if row == "a marked element" else "")
    assert (raw.metadata.published, raw.metadata.published_from) == (value, source)


def test_a_date_of_change_is_a_fact():
    raw = read('<meta property="article:modified_time" content="2024-06-01T10:00Z">')
    assert [(fact.kind, fact.text, fact.span) for fact in raw.facts] == [("updated", "2024-06-01", None)]


def test_a_day_in_the_address():
    raw = read('<link rel="canonical" href="https://post.example/2024/may/06/carriers">')
    assert (raw.metadata.published, raw.metadata.published_from) == ("2024-05-06", "address")


def test_a_date_that_only_the_words_show():
    raw = read(before='<p class="date">Published: 6 May 2024</p>')
    assert (raw.metadata.published, raw.metadata.published_from) == ("2024-05-06", "htmldate")


def test_a_date_made_out_counts_as_far_as_it_is_shown():
    raw = read(before='<p class="date">May 2024</p>')
    assert raw.metadata.published in {None, "2024-05"}


def test_a_marked_date_in_the_comments_is_not_that_of_the_article():
    raw = read(after='<div class="comments"><time datetime="2020-01-02T00:00Z">2 January</time></div>')
    assert raw.metadata.published is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06T10:00:00+02:00", "2024-05-06"),
        ("2024-05-06 10:00", "2024-05-06"),
        ("2024/5/6", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("20240506T101500", "2024-05-06"),
        ("20240506101500", "2024-05-06"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("Mon, 06 May 2024 10:00:00 GMT", "2024-05-06"),
        ("May 6, 2024", "2024-05-06"),
        ("6. Sept 2024", None),
        ("6 Sept. 2024", "2024-09-06"),
        ("05/06/2024", None),
        ("1714982400", None),
        ("2024-13-01", None),
        ("0000-00-00", None),
        ("yesterday", None),
        ("", None),
        ("9" * 100_000, None),
    ],
)
def test_read_day(text, expected):
    assert read_day(text) == expected


FACTS = {
    "original source": (meta(original_source="Lusaka Wire"), ("source", "Lusaka Wire")),
    "syndication source": (meta(syndication_source="https://wire.example/7"), ("source", "https://wire.example/7")),
    "source": (meta(source="Lusaka Wire"), ("source", "Lusaka Wire")),
    "copyright": (meta(copyright="2024 Copperbelt Post"), ("credit", "2024 Copperbelt Post")),
    "copyright of a wire": (meta(copyright="Copyright 2024 The Associated Press"), ("wire", "The Associated Press")),
    "a wire as publisher": (ld(publisher={"name": "Associated Press"}, author="Ann Mulenga"), None),
    "a wire in the byline": (ld(author="Ann Mulenga, AP Business Writer"), ("wire", "AP")),
    "JSON-LD credit": (ld(creditText="Lusaka Wire / Ann Mulenga"), ("credit", "Lusaka Wire / Ann Mulenga")),
    "JSON-LD correction": (ld(correction="It was six, not eight."), ("correction", "It was six, not eight.")),
}


@pytest.mark.parametrize("row", FACTS)
def test_facts_of_the_head(row):
    head, expected = FACTS[row]
    facts = read(head + '<meta property="og:site_name" content="Copperbelt Post">').facts
    assert (expected or ("wire", "Associated Press")) in [(fact.kind, fact.text) for fact in facts]
    assert {fact.span for fact in facts} == {None}


def test_a_wire_is_no_wire_on_its_own_page():
    raw = read('<meta property="og:site_name" content="Reuters">' + ld(author="Reuters", publisher={"name": "Reuters"}))
    assert [fact for fact in raw.facts if fact.kind == "wire"] == []


MARKS = {
    "a wire in brackets": ('<div class="src">(Reuters)</div>', ("wire", "(Reuters)")),
    "who contributed": (
        '<div class="end">Joe Banda in Ndola contributed to this report.</div>',
        ("credit", "Joe Banda in Ndola contributed to this report."),
    ),
    "a source line": ('<div class="src">Source: Lusaka Wire</div>', ("source", "Lusaka Wire")),
    "a correction": (
        '<div class="note">Correction: An earlier version gave eight carriers.</div>',
        ("correction", "Correction: An earlier version gave eight carriers."),
    ),
}


@pytest.mark.parametrize("row", MARKS)
def test_marks_beside_the_article(row):
    mark, expected = MARKS[row]
    raw = read(after=f"<aside>{mark}</aside>")
    assert expected in [(fact.kind, fact.text) for fact in raw.facts]


def test_facts_of_the_container_come_first_and_stay():
    given = Fact("source", "Lusaka Wire", None)
    source = f"<html><body><article>{STORY}</article></body></html>".encode()
    raw = read_html(Piece("page", source, Capture("feed.xml"), facts=(given,)))
    assert raw.facts == (given,)
    assert (raw.capture.source, raw.evidence, raw.format) == ("feed.xml", source, "html")


BROKEN = {
    "no JSON": "<script type='application/ld+json'>{ broken</script>",
    "a list of lists": "<script type='application/ld+json'>[[[[1]]]]</script>",
    "deep": f"<script type='application/ld+json'>{'[' * 100_000}</script>",
    "numbers for names": ld(author=7, publisher={"name": 8}, datePublished=20240506, headline=[1], inLanguage={}),
    "names in names": ld(author={"name": {"name": "Ann"}}, publisher=[[["x"]]]),
    "in a comment": ld(author="Ann Mulenga").replace('json">', 'json"><!-- ').replace("</", " --></"),
}


@pytest.mark.parametrize("row", BROKEN)
def test_broken_json_costs_nothing_else(row):
    raw = read(BROKEN[row] + meta(author="Joe Banda"))
    assert raw.metadata.byline == ("Ann Mulenga" if row == "in a comment" else "Joe Banda")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Six \n\t carriers ", "Six carriers"),
        ("Six\x00 \x1b[2Jcarriers\u202e\ud800", "Six [2Jcarriers"),
        ("ammu\u00adnition", "ammunition"),
        ("x" * 1000, "x" * 1000),
        ("x" * 1001, "x" * 999 + "…"),
        (" \u200b ", None),
        ("", None),
        (None, None),
    ],
)
def test_tidy(text, expected):
    assert tidy(text) == expected
