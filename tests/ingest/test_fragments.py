"""Stretches of markup out of fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.ingest.fragments import (
    field_places,
    html_page,
    is_markup,
    language_code,
    plain_words,
    storable,
    web_address,
)

MARKUP = ["<p>Guns", "Guns<br/>", 'See <a href="x">this</a>', "<DIV class='a'>x</DIV>", "</span>"]
NO_MARKUP = ["", "<5 tanks", "a < b > c", "<desk@paper.example>", "<Ruritania>", "&lt;p&gt;", "<p", "x <- y -> z"]
ADDRESSES = [
    ("https://Paper.example/a", None, "https://Paper.example/a"),
    ("/a?b=1#c", "https://paper.example/feed", "https://paper.example/a?b=1#c"),
    ("//other.example/a", "https://paper.example/feed", "https://other.example/a"),
    (" https://paper.example/a b\n", None, "https://paper.example/a%20b"),
    ("/a", None, None),
    ("javascript:alert(1)", "https://paper.example/", None),
    ("data:text/html,x", None, None),
    ("file:///etc/passwd", "https://paper.example/", None),
    ("https://", None, None),
    ("https://[::1", None, None),
    ("https://paper.example/" + "x" * 5000, None, None),
    (None, "https://paper.example/", None),
]
LANGUAGES = [
    ("en", "en"),
    ("en-GB", "en"),
    ("EN_us", "en"),
    ("eng", "en"),
    ("English", "en"),
    ("fr, en", "fr"),
    ("xyz", None),
    ("", None),
    (7, None),
]


@pytest.mark.parametrize("text", MARKUP)
def test_a_tag_of_html_makes_markup(text):
    assert is_markup(text)


@pytest.mark.parametrize("text", NO_MARKUP)
def test_words_in_angles_make_none(text):
    assert not is_markup(text)


@pytest.mark.parametrize(("link", "base", "address"), ADDRESSES)
def test_addresses_are_of_the_web_or_none(link, base, address):
    assert web_address(link, base) == address


@pytest.mark.parametrize(("stated", "code"), LANGUAGES)
def test_languages_are_told_by_their_codes(stated, code):
    assert language_code(stated) == code


def test_a_stretch_becomes_a_page_and_a_page_stays_one():
    page = html_page("<p>Guns", 'A "<b>" & more', "en").decode()
    assert (
        '<html lang="en"><head><meta charset="utf-8"><title>A &quot;&lt;b&gt;&quot; &amp; more</title></head>' in page
    )
    assert "<article>\n<p>Guns\n</article>" in page
    assert html_page("<!-- x -->\n<!DOCTYPE html><p>Guns", "A", None) == b"<!-- x -->\n<!DOCTYPE html><p>Guns"


def test_words_of_markup():
    assert plain_words("<p>Guns &amp; <b>tanks</b></p>\n<script>x()</script><!-- y -->!") == "Guns & tanks !"


@given(st.text(st.characters(codec=None), max_size=30))
def test_places_hold_the_same_characters(text):
    kept = storable(text)
    kept.encode("utf-8")
    assert len(kept) == len(text)
    assert all(p.source and kept[slice(*p.span)] == text[slice(*p.source)] for p in field_places(text, "field"))
    shifted = [p.span for p in field_places(text, "field", 5)]
    assert shifted == [Span(s + 5, e + 5) for s, e in (p.span for p in field_places(text, "field"))]
