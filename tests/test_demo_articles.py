"""The packaged demo articles: they load as anyone's folder does, and say what they were written to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

import armstrace
from armstrace.document import Document
from armstrace.ingest.metadata import read_metadata
from armstrace.ingest.raw import RawText
from armstrace.ingest.walk import find_inputs, read_input
from armstrace.model import Claim, ClaimKind, Party, SourceKind
from armstrace.pipeline import Reader, make_document, read_report

DEMO: Final = Path(armstrace.__file__).parent / "demo_articles"

# document, outlet, published; those marked * say so themselves, of the others the index does
DOCUMENTS = [
    ("cerrado-confirmation", "Cerrado Record", "2018-06-19"),
    ("daily-blare-swarm", "The Daily Blare", "2018-05-06"),  # *
    ("halyard-carriers-cancelled", "Halyard", "2018-07-18"),
    ("halyard-rocket-launchers", "Halyard", "2018-03-06"),
    ("harbour-herald-assessment", "The Harbour Herald", "2018-03-08"),  # *
    ("imerina-denial", "Imerina Morning", "2018-03-12"),
    ("klang-carriers-licence", "Klang Business Daily", "2018-04-24"),
    ("lakeside-rocket-launchers", "Lakeside Gazette", "2018-03-07"),
    ("orkhon-first-drones", "Orkhon State News", "2018-08-21"),
    ("panel-note-carriers", "Panel of Experts on South Sudan", "2018-09-26"),
    ("rift-rocket-launchers", "Rift Messenger", "2018-03-06"),
    ("sazava-statement", "Sazava Aero Works Press Office", "2018-04-12"),  # *
    ("tradewind-2018-10-1", "Tradewind Digest", "2018-03-09"),  # *
    ("tradewind-2018-10-2", "Tradewind Digest", "2018-03-09"),  # *
    ("unmanned-letter-option", "Unmanned Procurement Letter", "2018-05-03"),
    ("upper-nile-denial", "Upper Nile Examiner", "2018-09-28"),
    ("vltava-drones-corrected", "Vltava Evening Ledger", "2018-04-11"),
    ("vltava-drones-first", "Vltava Evening Ledger", "2018-04-10"),
]


# document: supplier, recipient, category, quantity, status, polarity, who says so
CLAIMS = [
    ("halyard-rocket-launchers", "BR MG artillery", "about 20", "planned affirmed", "Kenyan defence official"),
    ("halyard-rocket-launchers", "BR MG rockets", "several hundred", "planned affirmed", "Kenyan defence official"),
    ("rift-rocket-launchers", "BR MG artillery", "about 20", "planned affirmed", "Kenyan defence official"),
    ("rift-rocket-launchers", "BR MG rockets", "several hundred", "planned affirmed", "Kenyan defence official"),
    ("lakeside-rocket-launchers", "BR MG artillery", "some 20", "ordered affirmed", "defence official"),
    ("lakeside-rocket-launchers", "BR MG rockets", "hundreds", "planned affirmed", "defence official"),
    ("harbour-herald-assessment", "BR MG artillery", "up to 24", "planned affirmed", "Kenyan intelligence"),
    ("tradewind-2018-10-1", "BR MG artillery", "up to 24", "planned affirmed", "Kenyan intelligence assessment"),
    ("imerina-denial", "BR MG artillery", None, "ordered denied", "defence ministry"),
    ("imerina-denial", "BR MG artillery", None, "ordered denied", "Colonel Haja Rakotovaonirina"),
    ("cerrado-confirmation", "BR MG artillery", "12", "ordered affirmed", "defence ministry"),
    ("vltava-drones-first", "CZ MN drones", "400", "approved affirmed", "Czech industry ministry"),
    ("vltava-drones-corrected", "CZ MN drones", "40", "approved affirmed", "Czech industry ministry"),
    ("sazava-statement", "CZ MN drones", "40", "ordered affirmed", "company"),
    ("unmanned-letter-option", "CZ MN drones", "up to 20", "planned affirmed", "two Mongolian officials"),
    ("daily-blare-swarm", "CZ MN drones", "60", "planned affirmed", "The Daily Blare"),
    ("orkhon-first-drones", "CZ MN drones", "16", "delivered affirmed", "General Staff"),
    ("orkhon-first-drones", "CZ MN drones", "24", "planned affirmed", "Orkhon State News"),
    ("klang-carriers-licence", "MY SS armoured-vehicles", "30", "approved affirmed", "Malaysian trade ministry"),
    ("halyard-carriers-cancelled", "MY SS armoured-vehicles", "30", "cancelled affirmed", "Malaysian trade ministry"),
    (
        "halyard-carriers-cancelled",
        "MY SS small-arms",
        "200",
        "refused affirmed",
        "ministry secretary Norhayati Che Long",
    ),
    ("panel-note-carriers", "MY SS armoured-vehicles", "12", "delivered affirmed", "Panel of Experts"),
    ("upper-nile-denial", "MY SS armoured-vehicles", "12", "delivered affirmed", "United Nations Panel of Experts"),
    ("upper-nile-denial", "MY SS armoured-vehicles", "12", "delivered denied", "Malaysia"),
]
# what a careful reader takes as well: document, parties and category, status and polarity, words of the sentence
MISSED = [
    ("cerrado-confirmation", "BR MG artillery", "in-transit affirmed", "the first six vehicles"),
    ("cerrado-confirmation", "BR MG rockets", "ordered denied", "not part of the contract"),
    ("halyard-carriers-cancelled", "MY SS armoured-vehicles", "delivered denied", "no vehicle had left"),
    ("sazava-statement", "CZ MN drones", "planned affirmed", "an option on 20"),
]


@pytest.fixture(scope="module")
def documents() -> Mapping[str, Document]:
    """Return every demo document by its name."""
    index = read_metadata(DEMO / "index.jsonl")
    found = [one for given in find_inputs(str(DEMO / "reports")) for one in read_input(given)]
    texts = [one for one in found if isinstance(one, RawText)]
    assert texts == found, "something could not be read"
    made = {raw.id: make_document(raw, index.get(raw.id)) for raw in texts}
    assert len(made) == len(texts), "two documents go by one name"
    assert index.keys() <= made.keys(), "the index names what is not there"
    return made


@pytest.fixture(scope="module")
def claims(documents: Mapping[str, Document], reader: Reader) -> Mapping[str, Sequence[Claim]]:
    """Return the claims of each document."""
    return {name: read_report(reader, document).claims for name, document in documents.items()}


def _rows(claims: Sequence[Claim]) -> list[tuple[str, str | None, str, str]]:
    """Return each transfer in the words of the table ``CLAIMS``, one row an item."""
    return [
        (
            f"{_country(claim.supplier)} {_country(claim.recipient)} {item.category}",
            claim.quantity and claim.quantity.text,
            f"{claim.status} {claim.polarity}",
            claim.attribution[-1].name,
        )
        for claim in claims
        if claim.kind is ClaimKind.TRANSFER
        for item in claim.items
    ]


def _country(party: Party | None) -> str | None:
    return party and party.country


def test_the_documents_are_those_of_the_table(documents):
    assert sorted(documents) == [name for name, _, _ in DOCUMENTS]


@pytest.mark.parametrize(("name", "outlet", "published"), DOCUMENTS, ids=[name for name, _, _ in DOCUMENTS])
def test_outlet_day_and_title_are_known(documents, name, outlet, published):
    known = documents[name].metadata
    assert (known.outlet, known.published) == (outlet, published)
    assert known.title


def test_the_correction_is_a_later_version_of_the_same_page(documents):
    first, corrected = (documents[f"vltava-drones-{version}"].metadata for version in ("first", "corrected"))
    assert first.url == corrected.url
    assert first.published < corrected.published
    others = [d.metadata.url for d in documents.values() if d.metadata.url not in (None, first.url)]
    assert len(set(others)) == len(others)


@pytest.mark.parametrize("row", CLAIMS, ids=[" ".join(map(str, row)) for row in CLAIMS])
def test_the_claim_is_read(claims, row):
    name, *read = row
    assert tuple(read) in _rows(claims[name])


def test_the_relay_names_the_paper_and_whom_it_cites(claims):
    relayed = claims["tradewind-2018-10-1"][0]
    assert [(s.name, s.kind, s.country) for s in relayed.attribution] == [
        ("Harbour Herald newspaper", SourceKind.OUTLET, None),
        ("Kenyan intelligence assessment", SourceKind.INTELLIGENCE, "KE"),
    ]


@pytest.mark.xfail(strict=True, reason="not read yet")
@pytest.mark.parametrize(("name", "what", "state", "words"), MISSED)
def test_the_missed_claim_is_read(claims, name, what, state, words):
    in_sentence = [claim for claim in claims[name] if words in " ".join(claim.evidence.text.split())]
    assert (what, state) in [(found, status) for found, _, status, _ in _rows(in_sentence)]


def test_a_report_on_something_else_gives_none(claims):
    assert claims["tradewind-2018-10-2"] == ()


def test_no_transfer_is_between_other_parties(claims):
    parties = {row[0].rsplit(" ", 1)[0] for found in claims.values() for row in _rows(found)}
    assert {pair for pair in parties if "None" not in pair} == {"BR MG", "CZ MN", "MY SS"}
    # Half known, and both questionable: an embargo taken for a refusal of nobody, a buyer's denial for a seller's.
    assert {pair for pair in parties if "None" in pair} == {"None SS", "None BR"}


def test_the_readme_describes_every_document(documents):
    lines = (DEMO / "README.md").read_text(encoding="utf-8").splitlines()
    described = {tuple(cell.strip() for cell in line.split("|")[1:3]) for line in lines if line.startswith("| 2018-")}
    assert described == {(document.metadata.published, name) for name, document in documents.items()}
