"""Markup: tags out, words kept, in every encoding, in linear time."""

from __future__ import annotations

import time

import pytest

from armstrace.relevance.markup import text_of_markup
from armstrace.relevance.plain import plain_words

ROWS = {
    "tags part words": (b"<p>tanks</p><p>rifles</p>", "tanks rifles"),
    "inline tags may not": (b"<b>mis</b>siles", "mis siles missiles"),
    "capital tags": (b"<P>arms<BR>deal", "arms deal"),
    "scripts and styles are not shown": (b"<script>var tanks</script><STYLE>.rifles</STYLE>shells", "shells"),
    "a script without an end hides nothing": (b"<script>var x; <p>tanks", "var x tanks"),
    "a description for machines is text": (
        b'<script type="application/ld+json">{"articleBody":"sold\\nmis\\u0073iles"}</script>',
        "articleBody sold missiles",
    ),
    "entities": (b"F&#8209;16s&nbsp;for T&uuml;rkiye &amp; mis&shy;siles", "F \x0216s for Turkiye mis siles missiles"),
    "a sign inside an attribute": (b'<img alt="a > b">tanks', "b tanks"),
    "an open tag at the end": (b"tanks <a href=", "tanks a href"),
    "comments stay": (b"<!-- rifles -->tanks", "tanks"),
    "UTF-8 with its mark": ("\ufeff<p>Škoda".encode(), "Skoda"),
    "UTF-16 with its mark": ("\ufeff<p>tanks".encode("utf-16-le"), "tanks"),
    "UTF-16 without": ("<p>tanks for Mali".encode("utf-16-be"), "tanks for Mali"),
    "a declared encoding": ('<meta charset="iso-8859-2"><p>Škoda'.encode("iso-8859-2"), "Skoda"),
    "a declared encoding that nobody knows": (b'<meta charset="x-none"><p>tanks', "tanks"),
    "one that is no encoding of text": (b'<meta charset="base64"><p>tanks', "tanks"),
    "one that the page is not in": (b'<meta charset="utf-16"><p>tanks', "tanks"),
    "bytes that are no UTF-8": (b"<p>tanks \xff\xfe rifles", "tanks rifles"),
    "nothing": (b"", ""),
}


@pytest.mark.parametrize(("page", "words"), ROWS.values(), ids=ROWS)
def test_words_of_a_page(page: bytes, words: str) -> None:
    found = plain_words(text_of_markup(page)).decode().replace("\ufffd", "").split()
    assert [word for word in found if word != "\x03"] == words.split()


@pytest.mark.parametrize(
    "page",
    [b"<" * 400_000, b"<script" * 60_000, b"<!--" * 100_000, b"<p " * 130_000, b"&#" * 200_000, b"<a b='" * 70_000],
    ids=["open", "scripts", "comments", "paragraphs", "entities", "attributes"],
)
def test_hostile_pages_take_no_longer(page: bytes) -> None:
    begun = time.process_time()
    plain_words(text_of_markup(page))
    assert time.process_time() - begun < 5
