"""The HTML page of one document."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hostile import RAW, SCRIPT, hostile_document, hostile_extraction

from armstrace.document import Document, Metadata, Removed, Span
from armstrace.export.page import document_page
from armstrace.extract.claims import Extraction

VOID = {"meta"}


class Page(HTMLParser):
    """The tags of a page with their attributes, whether they nest, and the text of the article."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.article: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "article" in self.open and "sup" not in self.open:
            self.article.append(data)

    def attributes(self, tag):
        return [found for name, found in self.tags if name == tag]


@pytest.fixture
def page():
    found = Page(document_page(hostile_document(), hostile_extraction(2), {"LY": "<b>Libya</b>"}))
    assert found.open == []
    return found


def test_hostile_text_makes_no_tag(page):
    known = {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "p", "ul", "li", "mark", "main", "article",
        "del", "sup", "a", "section", "h2", "ol", "span", "strong", "dl", "dt", "dd", "footer", "details", "summary",
    }  # fmt: skip
    assert {tag for tag, _ in page.tags} <= known
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_nothing_is_fetched_or_run(page):
    policy = next(m["content"] for m in page.attributes("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert all(a["href"].startswith("#") for a in page.attributes("a"))
    assert not [name for _, attrs in page.tags for name in attrs if name in {"src", "style", "background"}]
    style = document_page(hostile_document(), Extraction((), ()), {}).split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_article_is_the_text_as_given(page):
    shown = "".join(page.article)
    assert len(shown) == len(RAW)
    assert shown == RAW.translate(dict.fromkeys(map(ord, "\x1b\x07\x9b\u202e"), "�"))


def test_every_used_word_is_marked_with_its_claims(page):
    uses = [mark["title"] for mark in page.attributes("mark") if "title" in mark]
    assert uses == [
        "supplier in claim 1; supplier in claim 2",
        "item in claim 1; item in claim 2",
        "recipient in claim 1; recipient in claim 2",
        "source in claim 1; source in claim 2",
    ]
    entries = {li["id"] for li in page.attributes("li") if "id" in li}
    assert {a["href"].removeprefix("#") for a in page.attributes("a")} == entries == {"claim-1", "claim-2"}


def test_control_and_direction_characters_are_shown_not_kept(page):
    html = document_page(hostile_document(), hostile_extraction(), {})
    assert set(html) & set("\x1b\x07\x9b\u202e\r") == set()
    assert SCRIPT not in html
    assert [a["dir"] for a in page.attributes("article")] == ["ltr"]


def test_what_cleaning_took_out_stays_in_sight():
    document = Document("d", "Guns.\n    ", "Guns.\nMore", Metadata(), (Removed(Span(6, 10), "credit"),))
    html = document_page(document, Extraction((), ()), {})
    assert '<del title="left out by cleaning">More</del>' in html
    assert "More (credit)" in html
    assert "<h2>No claim that arms move</h2>" in html


def test_a_lone_surrogate_can_be_written():
    document_page(Document("\ud800", "a\ud800", "a\ud800"), Extraction((), ()), {}).encode("utf-8")
