"""What must hold of whatever is read, for targets to assert: spans, maps back to the original, masks, messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from armstrace.document import Document, Place, Removed, Span
from armstrace.export.jsonl import claim_from_dict, claim_to_dict
from armstrace.ingest.raw import RawText, Unread
from armstrace.ingest.walk import Found
from armstrace.model import Claim
from armstrace.pipeline import make_document
from armstrace.text.clean import CleanText
from armstrace.text.places import find_places


def check_found(found: Iterable[Found]) -> list[RawText]:
    """Check all that came out of one file: texts whose maps lead back, and sentences for what could not be read."""
    texts = []
    for one in found:
        if isinstance(one, RawText):
            check_raw(one)
            texts.append(one)
        elif isinstance(one, Unread):
            assert one.reason.strip(), "nothing is told of what could not be read"
            assert one.told.startswith(one.where)
    return texts


def check_raw(raw: RawText) -> Document:
    """Check a text as a format's reader gave it, and its document after cleaning."""
    assert raw.text.strip(), "a text without a word was given"
    raw.text.encode(errors="surrogatepass")
    check_places(raw.places, len(raw.text))
    assert all(fact.span is None or fact.span.of(raw.text) == fact.text for fact in raw.facts)
    document = make_document(raw)
    check_masks(document.raw, document.text, document.removed)
    assert all(fact.span is None or fact.span.of(document.raw) == fact.text for fact in document.facts)
    for start in range(0, len(document.raw), max(1, len(document.raw) // 8)):
        check_places(find_places(document, Span(start, min(start + 20, len(document.raw)))), len(document.raw))
    return document


def check_places(places: Sequence[Place], length: int) -> None:
    """Check that places stand in order inside a text, apart from one another, and that sources are spans."""
    for place in places:
        assert 0 <= place.span.start < place.span.end <= length, place
        assert place.source is None or 0 <= place.source.start <= place.source.end, place
    assert all(one.span.end <= other.span.start for one, other in pairwise(places)), "places overlap"


def check_same(places: Sequence[Place], text: str, original: str) -> None:
    """Check that places of the same length hold the same characters as the original, one by one."""
    for place in places:
        source = place.source
        if place.part == "" and source is not None and source.end - source.start == place.span.end - place.span.start:
            assert source.of(original) == place.span.of(text), place


def check_clean(raw: str, clean: CleanText) -> None:
    """Check what cleaning gives of a text."""
    check_masks(raw, clean.text, clean.removed)
    for fact in clean.facts:
        assert fact.span is not None
        assert fact.text == fact.span.of(raw) != "", fact


def check_masks(raw: str, text: str, removed: Sequence[Removed]) -> None:
    """Check that a text is its raw text but for spaces inside what was taken out: each offset leads back to itself."""
    assert len(text) == len(raw), "cleaning moved offsets"
    kept, done = [], 0
    for one in removed:
        assert 0 <= one.span.start < one.span.end <= len(raw), one
        assert one.reason, one
        kept.append((done, one.span.start))
        masked = zip(one.span.of(text), one.span.of(raw), strict=True)
        assert all(after in (before, " ") for after, before in masked), one
        done = max(done, one.span.end)
    kept.append((done, len(raw)))
    assert all(text[start:end] == raw[start:end] for start, end in kept), "a character changed outside what is listed"


def check_spans(spans: Sequence[Span], text: str, *, apart: bool = True) -> None:
    """Check that spans are in order and inside a text, and ``apart`` from one another."""
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert not apart or all(one.end <= other.start for one, other in pairwise(spans)), "spans overlap"


def check_claims(claims: Iterable[Claim], text: str) -> None:
    """Check that every value of claims is the words that stand where it says, and that claims survive their export."""
    for claim in claims:
        assert claim.evidence.span.of(text) == claim.evidence.text
        for party in (claim.supplier, claim.recipient, claim.maker, *claim.via):
            assert party is None or party.span is None or party.span.of(text) == party.text
        for item in claim.items:
            assert item.span is None or item.span.of(text) == item.description
        for value in (claim.quantity, claim.value, claim.when):
            assert value is None or value.span is None or value.span.of(text) == value.text
        check_spans([one.span for one in claim.attribution if one.span is not None], text, apart=False)
        assert claim_from_dict(claim_to_dict(claim)) == claim
