"""A small invented line of the register, for linked data and citations, and how to read these back."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace

from rdflib import Graph
from register_stories import plain_origins

from armstrace.document import Span
from armstrace.export.formats import writer_of
from armstrace.export.record import About, Cited, Record
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
from armstrace.register.merge import merge_claims
from armstrace.told import Correction, Group, Later, LaterKind, Review, ReviewState, Told
from armstrace.web.exports import find_format

LEAD = "PORT NORTH, 3 February. "
SENTENCE = "Norland has ordered 12 Kestrel-2 drones for Ostia, the Lakeside Wire reported, citing a ministry paper."
TEXT = f"{LEAD}{SENTENCE} More follows."
DOCUMENT, LATER = "0a" * 8, "0b" * 8
CLAIM = "c1" * 8


def span_of(words: str) -> Span:
    """Return where words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


READ = Claim(
    id=CLAIM,
    document=DOCUMENT,
    kind=ClaimKind.TRANSFER,
    evidence=Evidence(SENTENCE, span_of(SENTENCE)),
    supplier=Party("QN", None, "Norland", span_of("Norland")),
    recipient=Party("QO", None, "Ostia", span_of("Ostia")),
    items=(Item("Kestrel-2", "drones", Category.DRONES, span_of("drones"), (("un-register", "IV"),)),),
    quantity=Quantity("12", 12, 12, 12, "pieces", span_of("12")),
    mode=Mode.SALE,
    status=Status.ORDERED,
    polarity=Polarity.AFFIRMED,
    certainty=Certainty.FACT,
    when=When("3 February", "2031-02-03", "2031-02-03", DatePrecision.DAY, span_of("3 February")),
    attribution=(
        Source("Lakeside Wire", SourceKind.OUTLET, None, named=True, cue="reported", span=span_of("Lakeside Wire")),
        Source("ministry paper", SourceKind.DOCUMENT, None, named=False, cue="citing", span=span_of("ministry paper")),
    ),
    inferred=("year from the date of publication",),
    why=("verb order",),
)
TOLD = Told(READ, "Port Daily", "2031-02-04", DOCUMENT, "Norland orders drones")
CITED = Cited(
    id=DOCUMENT,
    title="Norland orders drones",
    outlet="Port Daily",
    byline="By A. Scribe",
    language="en",
    published="2031-02-04",
    url="https://port-daily.example/norland?id=7",
    format="html",
    captured="2031-02-05T08:00:00Z",
    sha256="ab" * 32,
)
ABOUT = About(
    asked={"party": "QN"},
    as_of=None,
    versions={"program": "0.1.0", "readers": ["0.1.0+a1"], "register": "r1", "law": "l1", "sanctions_lists": []},
    names={"QN": "Norland", "QO": "Ostia"},
)
ACCEPTED = Review(ReviewState.ACCEPTED, "a reviewer", "2031-03-01T09:30:00Z")
REJECTED = replace(ACCEPTED, state=ReviewState.REJECTED)
OUTDATED = replace(ACCEPTED, state=ReviewState.OUTDATED, changed=("status",))
CORRECTED = Review(
    ReviewState.CORRECTED,
    "a reviewer",
    "2031-03-01T09:30:00Z",
    corrections=(Correction("status", "a reviewer", "2031-03-01T09:30:00Z"),),
    original=replace(READ, status=Status.DELIVERED),
)
WITHDRAWN = Later(LATER, "2031-02-06", "The Port Daily withdraws its report.", LaterKind.WITHDRAWAL)


def record(*told: Told) -> Record:
    """Return a line of claims, of the story's claim where none is given."""
    transfer = merge_claims(Group(told or (TOLD,)), plain_origins)
    return Record(transfer, [], {DOCUMENT: CITED})


def judged(review: Review) -> Record:
    """Return the line of the story as people judged its claim."""
    return record(replace(TOLD, review=review))


def written(name: str, records: Iterable[Record], about: About = ABOUT) -> bytes:
    """Return what a format makes of records."""
    out = io.BytesIO()
    writer_of(find_format(name))(records, about, out)
    return out.getvalue()


def read_prov(data: bytes) -> Graph:
    """Return a JSON-LD document as rdflib reads it."""
    return Graph().parse(data=data, format="json-ld")
