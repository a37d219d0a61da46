"""One article in every format: the same claims, whose words stand in the text and lead to the original.

The articles are twelve of our own corpus, and those of ``../shared/dev`` where that folder is there.
"""

from __future__ import annotations

import email
import html
import json
from collections.abc import Iterator, Mapping
from email.policy import default
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from wrapping import WRAPPERS, Article, as_html

from armstrace.document import Capture, Document, Metadata, Span
from armstrace.export.jsonl import claim_to_dict
from armstrace.ingest.fragments import html_page
from armstrace.ingest.html_encoding import decode_page
from armstrace.ingest.raw import Piece, RawText
from armstrace.ingest.walk import read_piece
from armstrace.pipeline import make_document, read_report
from armstrace.text.places import find_places

ROOT = Path(__file__).parents[2]
COUNT = 12  # of our own corpus: evenly from its list in order of the ids
_OF_A_READING = {"span", "claim", "document"}
# What a reading takes from the facts of a document; the others do not count here.
_READ_FACTS = {"wire", "dateline", "credit"}


def articles(folder: Path) -> list[Article]:
    """Return the articles of a folder in order of their ids."""
    if not folder.is_dir():
        return []
    lines = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    rows = sorted(map(json.loads, lines), key=lambda row: row["id"])
    return [
        Article(
            row["id"], _text(folder / "texts" / f"{row['id']}.txt"), *map(row.get, "title outlet published url".split())
        )
        for row in rows
    ]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")  # line ends as they are


def _chosen() -> Iterator[Any]:
    own = articles(ROOT / "evaluation" / "corpus")
    yield from (pytest.param(one, id=one.name) for one in own[:: len(own) // COUNT][:COUNT])
    yield from (pytest.param(one, id=f"dev-{one.name}") for one in articles(ROOT.parent / "shared" / "dev"))


def taken_in(article: Article, data: bytes) -> Document:
    """Return the one document that is found in bytes, with what the outlet says of it."""
    (found,) = read_piece(Piece(article.name, data, Capture("here")))
    assert isinstance(found, RawText)
    said = Metadata(article.outlet, article.published, article.title, article.url)
    return make_document(found, said)


def spans(value: Any) -> Iterator[tuple[str | None, Span]]:
    """Yield each span of a claim, and its words where the claim repeats them literally."""
    if isinstance(value, dict):
        if value.get("span"):
            yield value.get("text"), Span(*value["span"])
        for one in value.values():
            yield from spans(one)
    elif isinstance(value, list):
        for one in value:
            yield from spans(one)


def bare(value: Any) -> Any:
    """Return a claim without what differs from document to document: ids, spans, and how lines are broken."""
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items() if name not in _OF_A_READING}
    if isinstance(value, list):
        return [bare(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def claims(reader, document: Document) -> list[dict[str, Any]]:
    """Return the claims of a document; one points to another by its number."""
    found = [claim_to_dict(claim) for claim in read_report(reader, document).claims]
    numbers = {claim["claim"]: number for number, claim in enumerate(found)}
    return [{**claim, "refers_to": numbers.get(claim["refers_to"])} for claim in found]


def originals(form: str, article: Article, data: bytes) -> Mapping[str, str]:
    """Return the parts of the original by their names, each decoded by other means than the reader's."""
    return PARTS.get(form, lambda article, _: {"": article.text})(article, data)


def entry_of_feed(article: Article, _: bytes) -> dict[str, str]:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in article.paragraphs)
    return {"the entry as a page": html_page(body, article.title, None).decode("utf-8")}


def paragraphs_of_docx(article: Article, _: bytes) -> dict[str, str]:
    return {f"paragraph {number}": words for number, words in enumerate(article.paragraphs, 1)}


def pages_of_pdf(_: Article, data: bytes) -> dict[str, str]:
    """Return the text of each page, one character for each that PDFium counts."""
    pages = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            codes = (pypdfium2.raw.FPDFText_GetUnicode(text, i) for i in range(text.count_chars()))
            pages[f"page {number}"] = "".join(map(chr, codes))
            text.close()
            page.close()
    return pages


PARTS = {
    "html": lambda _, data: {"": decode_page(data)},
    "warc": lambda article, _: {"": decode_page(as_html(article))},
    "rss": entry_of_feed,
    "jsonl": lambda article, _: {"line 1, field body": article.text},
    "eml": lambda _, data: {"part 1 text/plain": email.message_from_bytes(data, policy=default).get_content()},
    "docx": paragraphs_of_docx,
    "pdf": pages_of_pdf,
}


def check_words(document: Document, claim: dict[str, Any], parts: Mapping[str, str]) -> None:
    """Make sure that the words of a claim stand at their spans, and in the original at their places."""
    for words, span in spans(claim):
        assert span.of(document.text).strip()
        assert words is None or span.of(document.text) == words
        letters = 0
        for place in find_places(document, span):
            held, written = place.span.of(document.raw), place.source.of(parts[place.part])
            letters += sum(not c.isspace() for c in held)
            assert held == written or _joined(held) == _joined(html.unescape(written))
        assert letters >= sum(not c.isspace() for c in span.of(document.text))  # all of it has a place


def _joined(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("article", list(_chosen()))
def test_the_claims_of_an_article_are_the_same_in_every_format(reader, article):
    found: dict[object, list[dict[str, Any]]] = {}
    expected = None
    for form, wrap in WRAPPERS.items():
        data = wrap(article)
        document = taken_in(article, data)
        facts = tuple(fact for fact in document.facts if fact.kind in _READ_FACTS or fact.span)
        key = (document.text, document.metadata.title, document.metadata.outlet, document.metadata.published, facts)
        if key not in found:
            found[key] = claims(reader, document)
        parts = originals(form, article, data)
        for claim in found[key]:
            check_words(document, claim, parts)
        expected = expected or [bare(claim) for claim in found[key]]
        assert [bare(claim) for claim in found[key]] == expected, form


def test_articles_without_claims_are_not_all_there_is(reader):
    """A comparison of nothing with nothing would hold for ever."""
    own = articles(ROOT / "evaluation" / "corpus")
    chosen = own[:: len(own) // COUNT][:COUNT]
    counts = [len(claims(reader, taken_in(one, WRAPPERS["txt"](one)))) for one in chosen]
    assert len(chosen) == COUNT
    assert sum(count > 0 for count in counts) >= COUNT * 3 // 4
