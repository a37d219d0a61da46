"""The article on a page, as lines: trafilatura finds it, and its tree is written down here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element, iterwalk
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.utils import load_html, trim

from armstrace.ingest.html_page import Page

PARAGRAPH, LINE = "\n\n", "\n"
# Stand for the dash of an item and the bar between cells until the text is put together: the page does not hold them.
DASH, BAR = "\x01", "\x02"
_MARKS = str.maketrans({DASH: "-", BAR: "|"})
_NO_SIGNS = str.maketrans(dict.fromkeys((*range(9), *range(14, 32), 0x7F, 0xAD)))
# A page above these is no article with its furniture, and costs its parser more than it is worth.
LARGEST_TREE = 6_000_000
MOST_TOKENS = 100_000
# A tree with less than this share of the page's words has lost its thread in broken marks.
LEAST_KEPT = 0.5
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "table", "row", "code", "div", "ab"))
_IN_LINES = frozenset(("item", "row", "lb"))
_KINDS = frozenset(("item", "head"))

# What they say on standard error about pages that hold no article, the reader says better.
for _name in ("trafilatura", "htmldate", "charset_normalizer"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Line(NamedTuple):
    """One line of the text, what separates it from the one before, and whether it is a head, item or row."""

    text: str
    gap: str = PARAGRAPH
    kind: str = ""


def parse_tree(page: Page, signs: int) -> HtmlElement | None:
    """Return the tree of a page as its parser should see it; None where it is too large or its words get lost."""
    source = edited_source(page)
    if len(source) > LARGEST_TREE or page.tokens > MOST_TOKENS:
        return None
    tree = load_html(source)
    if tree is None:
        return None
    kept = len("".join("".join(tree.itertext("*")).split()))
    return tree if kept >= LEAST_KEPT * signs else None


def edited_source(page: Page) -> str:
    """Return the source with its edits made; of two that overlap the first counts."""
    parts: list[str] = []
    position = 0
    for start, end, words in sorted(page.edits):
        if start >= position:
            parts += (page.source[position:start], words)
            position = end
    return "".join((*parts, page.source[position:])).replace("\x00", "")


def find_article(tree: HtmlElement, url: str | None) -> list[Line]:
    """Return the lines of the article that trafilatura finds; none where it finds nothing."""
    try:
        found = bare_extraction(tree, url=url, fast=True, include_comments=False)
    except Exception:  # noqa: BLE001 - it raises whatever its parsers do on broken pages; the page is then read whole
        return []
    finally:
        trim.cache_clear()  # it keeps a thousand texts of whole pages otherwise
    body = getattr(found, "body", None)
    return list(_write_lines(body)) if body is not None else []


def _write_lines(body: _Element) -> Iterator[Line]:
    """Yield the lines of trafilatura's tree: items with a dash, cells with bars between, breaks as line breaks."""
    writer = _Writer()
    for event, element in iterwalk(body, events=("start", "end")):
        yield from writer.open(element) if event == "start" else writer.close(element)
        words = element.text if event == "start" else element.tail if element is not body else None
        writer.words.append((words or "").translate(_NO_SIGNS))
    yield from writer.flush(PARAGRAPH)


class _Writer:
    """Gathers words until a line ends."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.gap, self.kind, self.cells = PARAGRAPH, "", 0

    def open(self, element: _Element) -> Iterator[Line]:
        name = element.tag
        if name == "cell":
            self.words.append(f" {BAR} " if self.cells else "")
            self.cells += 1
        elif self.cells:
            self.words.append(" ")
        elif name in _BLOCKS or name == "lb":
            yield from self.flush(LINE if name in _IN_LINES else PARAGRAPH)
            self.kind = name if name in _KINDS else self.kind

    def close(self, element: _Element) -> Iterator[Line]:
        name = element.tag
        if name == "row" or (name in _BLOCKS and not self.cells):
            self.cells = 0
            yield from self.flush(LINE if name in _IN_LINES else PARAGRAPH, name if name == "row" else "")

    def flush(self, following: str, kind: str = "") -> Iterator[Line]:
        """Yield what has been gathered as a line; the next one stands apart from it by ``following``."""
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text.strip(f" {BAR}"):
            kind = kind or self.kind
            yield Line(f"{DASH} {text}" if kind == "item" else text, self.gap, kind)
            self.gap, self.kind = following, ""
        elif following == PARAGRAPH:
            self.gap = PARAGRAPH


def show_marks(line: str) -> str:
    """Return a line with the dashes and bars that stand for its marks; its length stays."""
    return line.translate(_MARKS)
