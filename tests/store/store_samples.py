"""Invented documents and claims, as the reader would make them."""

from __future__ import annotations

from armstrace.document import Capture, Document, Fact, LeftOut, Metadata, Place, Removed, Span
from armstrace.export.jsonl import claim_to_dict
from armstrace.ids import content_id
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Item,
    Mode,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
    When,
)
from armstrace.store.readings import Reading
from armstrace.store.repository import Store

NOW = "2026-01-02T03:04:05Z"
LATER = "2026-02-03T04:05:06Z"
TEXT = "Norland will ship 40 Kestrel-2 drones to Ostania, the Morning Ledger reported on Friday."


def make_document(text: str = TEXT, **known: str | None) -> Document:
    """Return a document of a text and its metadata; ``name`` and ``id`` as given."""
    name = known.pop("name", None) or "report"
    identity = known.pop("id", None) or content_id(text, *sorted(known.items()))
    return Document(identity, text, text, Metadata(**known), name=name)


# Every field set, and in every text characters that a database does not take, or that end a line or a string.
HOSTILE = (
    "nul \x00 sub \x1a\x1a0000 lone \ud800 \udc80 quote ' \" \\ back; DROP TABLE documents; -- "
    "\u2028 \U0001f680 \u202e ﬁ"
)
FULL = Document(
    "0123456789abcdef",
    f"{HOSTILE}          {TEXT}",
    f"{HOSTILE} masked   {TEXT}",
    Metadata(
        outlet=f"Ledger {HOSTILE}",
        published="2022-09",
        title=f"Title {HOSTILE}",
        url=f"https://ledger.example/{HOSTILE}",
        byline=HOSTILE,
        language="en",
        published_from=f"meta {HOSTILE}",
    ),
    (Removed(Span(3, 9), f"mask {HOSTILE}"), Removed(Span(9, 9), "")),
    (Fact("byline", HOSTILE, Span(0, 4)), Fact("credit", HOSTILE, None)),
    (Place(Span(0, 5), f"page 1 {HOSTILE}", Span(7, 12)), Place(Span(5, 9), "", None)),
    (LeftOut(HOSTILE, "navigation", HOSTILE), LeftOut("", "")),
    f"folder/{HOSTILE}",
    "html",
)
DOCUMENTS = {
    "empty": Document("a", "", ""),
    "every field": FULL,
    "plain": make_document(),
    "long": make_document("word and wörd 😀\n" * 100_000, title="t" * 10_000),
}


def capture(source: str = "reports/a.html", moment: str | None = None) -> Capture:
    return Capture(source, moment, (("Content-Type", "text/html"), ("X-Odd", HOSTILE)))


def party(text: str, country: str | None = None, organisation: str | None = None) -> Party:
    return Party(country, organisation, text, Span(0, len(text)))


def make_claim(document: Document, **fields: object) -> Claim:
    """Return a claim whose evidence is the whole text."""
    evidence = Evidence(document.text, Span(0, len(document.text)))
    given = {"kind": ClaimKind.TRANSFER, "evidence": evidence, **fields}
    return Claim(id=content_id(document.id, *sorted(map(str, fields.items()))), document=document.name, **given)


def full_claim(document: Document) -> Claim:
    """Return a claim in which everything is said."""
    return make_claim(
        document,
        supplier=party("Norland", "NO", "Northern Forge"),
        recipient=party("Ostania", "EE"),
        maker=party("Forge \x00\ud800"),
        items=(
            Item("Kestrel-2", "drones", Category.DRONES, Span(2, 4)),
            Item(None, "anti-tank missiles", Category.MISSILES, Span(5, 6), (("un", "VII"),)),
        ),
        quantity=Quantity("ten to the thirtieth", 40, 10**30, None, "pieces", Span(0, 3)),
        mode=Mode.SALE,
        status=Status.PLANNED,
        polarity=Polarity.DENIED,
        certainty=Certainty.ALLEGED,
        when=When("in March", "2022-03-01", "2022-03-31", DatePrecision.MONTH),
        attribution=(
            Source("Morning Ledger", SourceKind.OUTLET, "NO", named=True),
            Source("officials \x00", SourceKind.OFFICIAL_ANONYMOUS, None, named=False),
        ),
    )


def add(store: Store, document: Document, evidence: bytes | None = None, source: str = "a.html") -> str:
    """Add a document whose evidence is its own text, and return its id."""
    data = document.raw.encode("utf-8", "surrogatepass") if evidence is None else evidence
    return store.add_document(document, data, Capture(source), NOW).id


def read(store: Store, document: Document, *claims: Claim, extractor: str = "reader 1") -> bool:
    """Save a reading of a document."""
    return store.save_reading(Reading(document.id, extractor, NOW, [(c, claim_to_dict(c)) for c in claims], left_out=3))
