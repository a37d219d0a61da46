"""A small store of an invented story, as `add` would have made it."""

from __future__ import annotations

from pathlib import Path

from register_stories import Row, make_claim

from armstrace.document import Capture, Document, Fact, Metadata, Span
from armstrace.export.jsonl import claim_to_dict
from armstrace.model import Claim, Evidence
from armstrace.store.open import open_store
from armstrace.store.readings import Reading

NOW = "2031-06-01T00:00:00Z"
# Codes of real countries: names are shown for them.
STORY: list[tuple[Row, str, str | None]] = [
    (
        {"id": "a" * 16, "number": 40, "status": "ordered", "from": "government PE", "sure": "fact"},
        "Lima Ledger",
        "2031-03-01",
    ),
    (
        {"id": "b" * 16, "number": "dozens", "status": "delivered", "from": "government KE"},
        "Nairobi Post",
        "2031-03-05",
    ),
    (
        {"id": "c" * 16, "status": "delivered", "polarity": "denied", "from": "government PE"},
        "Lima Ledger",
        "2031-03-09",
    ),
    ({"id": "d" * 16, "status": "delivered", "from": "official-anonymous"}, "Evil \x1b[31m\u202eOutlet\n", "2031-03"),
    ({"id": "e" * 16, "status": "planned", "items": ["tanks"], "from": "government KE"}, "Nairobi Post", None),
]
HOSTILE = "\x1b[2J [red]Drones[/red] \u202e went\nsouth.\ud800"


def make_store(path: Path, story: list[tuple[Row, str, str | None]]) -> str:
    with open_store(str(path), {}) as store:
        for row, outlet, published in story:
            claim = make_claim({"supplier": "PE", "recipient": "KE", "mode": "sale", **row}, "name")
            add_claim(store, claim, Metadata(outlet=outlet, published=published, title=f"Drones {row['id'][0]}"))
    return str(path)


def add_claim(store: object, claim: Claim, known: Metadata, facts: tuple[Fact, ...] = ()) -> None:
    text = f"{HOSTILE} {claim.id}"
    told = Claim(**{**{f: getattr(claim, f) for f in Claim.__slots__}, "evidence": Evidence(text, Span(0, len(text)))})
    document = Document(f"doc{claim.id[:6]}", text, text, known, facts=facts, name=claim.id)
    store.add_document(document, text.encode("utf-8", "surrogatepass"), Capture(f"{claim.id}.txt"), NOW)
    store.save_reading(Reading(document.id, "reader", NOW, [(told, claim_to_dict(told))]))
