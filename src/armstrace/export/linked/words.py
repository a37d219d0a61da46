"""The words that a value was read from, as Web Annotation selects text: by what it says and by where it stands.

Positions count characters (Unicode code points) of ``Document.text``, as the Web Annotation Data Model (4.2.5) asks.
"""

from __future__ import annotations

from typing import Final

from armstrace.document import Span
from armstrace.export.linked.terms import scalar
from armstrace.export.linked.vocabulary import Node
from armstrace.model import Evidence

_AROUND: Final = 32  # characters before and after, enough to tell two equal words of one sentence apart


def region(iri: str, document: str, span: Span, evidence: Evidence, text: str | None = None) -> Node:
    """Return the stretch of a document (by their IRIs) that a span covers.

    Its words are those of the sentence that was kept, if it lies inside that, else ``text``, if that can be it; where
    neither is so, it is told by position alone.
    """
    place = {
        "@id": f"{iri}-position",
        "@type": "oa:TextPositionSelector",
        "oa:start": span.start,
        "oa:end": span.end,
    }
    quote = _quote(f"{iri}-quote", span, evidence, text)
    return {
        "@id": iri,
        "@type": ["prov:Entity", "oa:SpecificResource"],
        "oa:hasSource": document,
        "prov:wasQuotedFrom": document,
        "oa:hasSelector": [quote, place] if quote else place,
    }


def _quote(iri: str, span: Span, evidence: Evidence, text: str | None) -> Node | None:
    before, exact, after = _stretch(span, evidence, text)
    if not exact:
        return None
    around = {"oa:prefix": scalar(before), "oa:suffix": scalar(after)}
    return {
        "@id": iri,
        "@type": "oa:TextQuoteSelector",
        "oa:exact": scalar(exact),
        **{name: words for name, words in around.items() if words},
    }


def _stretch(span: Span, evidence: Evidence, text: str | None) -> tuple[str, str, str]:
    """Return what stands before a span, in it and after it, as far as it is known."""
    kept, first = evidence.text, evidence.span.start
    if len(kept) == evidence.span.end - first and evidence.span.holds(span):
        start, end = span.start - first, span.end - first
        return kept[max(0, start - _AROUND) : start], kept[start:end], kept[end : end + _AROUND]
    return "", text if text and len(text) == span.end - span.start else "", ""
