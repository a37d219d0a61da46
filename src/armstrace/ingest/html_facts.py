"""What a page says of its article outside the text: credits, wires, sources, updates and corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from armstrace.document import Fact, Metadata
from armstrace.ingest.html_blocks import Blocks
from armstrace.ingest.html_dates import find_updated
from armstrace.ingest.html_json import JsonObject, address_in, text_in
from armstrace.ingest.html_page import Declared
from armstrace.ingest.metadata import tidy
from armstrace.text.clean import clean_text
from armstrace.text.dateline_words import WIRES

# Names in <meta> and the kind of fact that they declare.
_KINDS = {
    "source": "source",
    "original-source": "source",
    "syndication-source": "source",
    "dc.source": "source",
    "dcterms.source": "source",
    "article:source": "source",
    "news:source": "source",
    "copyright": "credit",
    "dc.rights": "credit",
    "dcterms.rights": "credit",
    "dcterms.rightsholder": "credit",
    "rights": "credit",
    "credit": "credit",
    "byl": "byline",
}
# Keys of JSON-LD alike.
_KEYS = {
    "sourceOrganization": "source",
    "isBasedOn": "source",
    "provider": "source",
    "creditText": "credit",
    "copyrightHolder": "credit",
    "copyrightNotice": "credit",
    "correction": "correction",
}
_WIRE = re.compile(rf"\b(?:{WIRES})\b")
# Blocks that may speak of the article without being part of it, by what they are.
_NEAR = frozenset(("", "header", "aside", "about the author"))
_AROUND = 15  # blocks before and after the text that are looked at
_LONGEST = 400
_CUE = re.compile(
    rf"\b(?:contribut|report(?:ing|ed) by|edit(?:ing|ed) by|writing by|correct|clarif|editor['’]s note|updat|source|"
    rf"by |earlier version|\(?(?:{WIRES})\)?$)",
    re.IGNORECASE,
)
# What cleaning calls a line, and what that is outside the text.
_CLEANED = {"credit": "credit", "wire": "wire", "byline": "byline", "correction": "correction", "update": "updated"}
_SOURCE_LINE = re.compile(r"(?:source|via)\s*:\s*(.{2,80})", re.IGNORECASE)
_MOST = 50


def find_facts(declared: Declared, article: JsonObject, said: Metadata) -> Iterator[Fact]:
    """Yield what the head of a page declares, beyond the metadata: each with a line of text and no span."""
    if said.url:
        yield Fact("canonical", said.url, None)
    if updated := find_updated(declared, article):
        yield Fact("updated", updated, None)
    given = [(_KINDS[name], content) for name, content in declared.metas if name in _KINDS]
    given += [(kind, text_in(article.get(key)) or address_in(article.get(key))) for key, kind in _KEYS.items()]
    for kind, content in given[:_MOST]:
        text = tidy(content[:_LONGEST])
        if text and not (kind == "credit" and "://" in text):
            yield Fact(kind, text, None)
            yield from _wires(text, said.outlet)
    yield from _wires(text_in(article.get("publisher")), said.outlet)
    yield from _wires(said.byline or "", said.outlet)


def _wires(text: str, outlet: str | None) -> Iterator[Fact]:
    """Yield the wire that a line names, unless the page is the wire's own."""
    wire = _WIRE.search(text)
    if wire and wire.group().casefold() not in (outlet or "").casefold():
        yield Fact("wire", wire.group(), None)


def find_marks(blocks: Blocks, covered: Sequence[int], outlet: str | None) -> Iterator[Fact]:
    """Yield the credits, wires, bylines, corrections and updates that stand beside the article on the page."""
    taken = [number for number, size in enumerate(covered) if size]
    if not taken:
        return
    for number in range(max(0, taken[0] - _AROUND), min(len(covered), taken[-1] + _AROUND + 1)):
        start, end = blocks.bounds[number]
        beside = not covered[number] and blocks.page.blocks[number].role in _NEAR
        if beside and 1 < end - start <= _LONGEST and blocks.linked(start, end) < end - start:
            yield from _read_mark(blocks.line_of(number).line.text, outlet)


def _read_mark(line: str, outlet: str | None) -> Iterator[Fact]:
    if not _CUE.search(line):
        return
    source = _SOURCE_LINE.fullmatch(line)
    if source and (text := tidy(source[1])):
        yield Fact("source", text, None)
        yield from _wires(text, outlet)
        return
    # Cleaning knows the forms of such lines; a story below makes it see the line as standing above one.
    for fact in clean_text(f"{line}\n\n{_STORY}").facts:
        kind, text = _CLEANED.get(fact.kind), tidy(fact.text)
        if kind and text and text in line:
            yield Fact(kind, text, None)
            yield from _wires(text if kind in {"byline", "credit"} else "", outlet)


_STORY = (
    "The ministry said on a Monday in spring that the first of the vehicles had been handed over to the brigade, and "
    "that the others would follow."
)
