"""A document and claims of hostile words, as a person and a page must show them unharmed."""

from __future__ import annotations

from armstrace.document import Document, Metadata, Removed, Span
from armstrace.extract.claims import Extraction
from armstrace.extract.make import Rejected
from armstrace.model import Category, Claim, ClaimKind, Evidence, Item, Party, Polarity, Source, SourceKind

SCRIPT = "<script>alert(1)</script>"
ESCAPE = "\x1b[31m\x07"
TURN = "\u202egnp"
TEXT = f'{SCRIPT} sold {TURN}tanks to "Libya" & Mali\' {ESCAPE}.'
RAW = f"{TEXT}\n<img src=x onerror=alert(2)>\x9b"


def span_of(words: str) -> Span:
    """Return where words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def hostile_claim(number: int = 1) -> Claim:
    """Return a claim that stands on every hostile word of the text."""
    return Claim(
        id=f"{number}",
        document=SCRIPT,
        kind=ClaimKind.TRANSFER,
        evidence=Evidence(TEXT, Span(0, len(TEXT))),
        supplier=Party(None, SCRIPT, SCRIPT, span_of(SCRIPT)),
        recipient=Party("LY", None, '"Libya"', span_of('"Libya"')),
        items=(Item(None, f"{TURN}tanks", Category.TANKS, span_of(f"{TURN}tanks")),),
        polarity=Polarity.DENIED,
        attribution=(
            Source(SCRIPT, SourceKind.EXPERT, SCRIPT, named=True, channel=ESCAPE, cue=None, span=span_of("Mali'")),
        ),
        inferred=(f"note {SCRIPT}{ESCAPE}",),
        why=(f"rule {SCRIPT}{ESCAPE}",),
    )


def hostile_document() -> Document:
    """Return the document, the last line of which cleaning took out."""
    removed = Removed(Span(len(TEXT) + 1, len(RAW)), f"reason {SCRIPT}")
    metadata = Metadata(outlet=f"{SCRIPT}{ESCAPE}", title=f"{TURN}{SCRIPT}", url="javascript:alert(3)")
    return Document(SCRIPT, TEXT + "\n" + " " * (len(RAW) - len(TEXT) - 1), RAW, metadata, (removed,))


def hostile_extraction(claims: int = 1) -> Extraction:
    """Return claims, and a candidate that gave none."""
    rejected = Rejected(Evidence(TEXT, Span(0, len(TEXT))), ESCAPE, (SCRIPT,))
    return Extraction(tuple(hostile_claim(number) for number in range(1, claims + 1)), (rejected,))
