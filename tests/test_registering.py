"""The register of a real store: versions of pages, order of arrival, claims that cannot be read, stages as given."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from judged import add_judgement
from register_stories import Row, make_claim, plain_origins

from armstrace.document import Capture, Document, Fact, Metadata
from armstrace.errors import StoreError
from armstrace.export.jsonl import claim_to_dict
from armstrace.keeping.stages import Stages
from armstrace.lexicon.entries import Names
from armstrace.lexicon.match import Matcher
from armstrace.register.history import report_history
from armstrace.register.types import Transfer
from armstrace.registering import build_register, find_told, find_transfer
from armstrace.store.judgements import Judgement
from armstrace.store.open import open_store
from armstrace.store.readings import Reading
from armstrace.store.repository import Store

NOW = "2031-06-01T00:00:00Z"
PAGE = "https://ledger.example/tanks"
STAGES = Stages(
    version="1",
    names=Matcher(Names({}, {})),
    countries={},
    origins=plain_origins,
    compare_claims=lambda *_: (),
    compare_documents=lambda *_: (),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "x.db"), {}) as opened:
        yield opened


def add(store: Store, name: str, row: Row | None, moment: str | None = None, correction: str | None = None) -> None:
    """Add a document of the page, captured at a moment, with one claim or none."""
    text = f"Text of {name}."
    facts = (Fact("correction", correction, None),) if correction else ()
    known = Metadata(outlet="Ledger", published="2031-03-01", url=PAGE if moment else None)
    document = Document(name, text, text, known, facts=facts, name=name)
    store.add_document(document, text.encode(), Capture(f"{name}.html", moment), NOW)
    claims = [make_claim({"from": "government QP", "status": "ordered", **row}, name)] if row else []
    store.save_reading(Reading(name, "reader", NOW, [(claim, claim_to_dict(claim)) for claim in claims]))


def only(store: Store, as_of: str | None = None) -> Transfer:
    (transfer,) = build_register(store, STAGES, as_of).transfers
    return transfer


FIRST = ("v1", {"id": "a1", "number": 40}, "2031-03-01T09:00:00Z")
SECOND = ("v2", {"id": "a2", "number": 14}, "2031-03-02T09:00:00Z")
EMPTY = ("v3", None, "2031-03-03T09:00:00Z", "Correction: no tanks were ordered.")


@pytest.mark.parametrize("order", list(permutations([FIRST, SECOND, EMPTY])))
def test_a_later_version_counts_in_the_place_of_the_earlier_whichever_came_in_first(store, order):
    for version in order:
        add(store, *version)
    transfer = only(store)
    assert {r.claim: (r.kind, r.document) for r in transfer.revisions} == {
        "a1": ("replaced", "v2"),
        "a2": ("withdrawn", "v3"),
    }
    assert transfer.affirmed.backing.claims == ()
    (second,) = [told for told in transfer.claims if told.claim.id == "a2"]
    assert second.published == "2031-03-02"
    assert [a.texts for a in only(store, "2031-03-01").fields.quantity] == [("40",)]
    assert [a.texts for a in only(store, "2031-03-02").fields.quantity] == [("14",)]
    assert only(store, "2031-03-01").id == transfer.id


def test_documents_of_other_addresses_are_no_versions(store):
    add(store, "d1", {"id": "a1"})
    add(store, "d2", {"id": "a2"})
    assert only(store).revisions == ()
    assert only(store).affirmed.backing.documents == 2


def test_the_claims_are_those_of_the_document_in_the_store(store):
    add(store, "d1", {"id": "a1"})
    (told,) = only(store).claims
    assert (told.claim.document, told.outlet, told.title) == ("d1", "Ledger", None)


def test_a_claim_that_cannot_be_read_says_what_to_do(store):
    add(store, "d1", None)
    claim = make_claim({"id": "a1"}, "d1")
    store.save_reading(Reading("d1", "another", NOW, [(claim, {"claim": "a1"})]))
    with pytest.raises(StoreError, match=r"claim a1 of document d1: cannot be read.*armstrace update"):
        build_register(store, STAGES)


def test_a_date_that_is_none_is_refused(store):
    add(store, "d1", {"id": "a1"})
    with pytest.raises(ValueError, match="2031-13"):
        build_register(store, STAGES, "2031-13")


def test_the_beginning_of_an_id_must_be_unambiguous(store):
    add(store, "d1", {"id": "abcdef01"})
    add(store, "d2", {"id": "abcdef02", "recipient": "QS"})
    build_register(store, STAGES)
    assert find_transfer(store, STAGES, "abcdef01").claims[0].claim.id == "abcdef01"
    with pytest.raises(StoreError, match="2 transfers"):
        find_transfer(store, STAGES, "abcdef0")
    assert find_told(store, "abcdef0") is None
    assert find_told(store, "abcdef02").claim.document == "d2"


def test_what_people_judged_is_what_the_register_is_made_of(store):
    for name, number in (("d1", 40), ("d2", 40), ("d3", 44)):
        add(store, name, {"id": f"a{name}", "number": number, "from": f"government {name.upper()}"})
    by = {"who": "Ada", "at": NOW}
    add_judgement(store, Judgement("d1", "ad1", "accept", **by))
    add_judgement(store, Judgement("d2", "ad2", "reject", **by, why="a film"))
    add_judgement(store, Judgement("d3", "ad3", "correct", **by, field="status", value="delivered"))
    transfer = only(store)
    assert {t.claim.id: str(t.review.state) for t in transfer.claims if t.review} == {
        "ad1": "accepted",
        "ad2": "rejected",
        "ad3": "corrected",
    }
    assert transfer.affirmed.backing.claims == ("ad1", "ad3")
    assert [(r.low, r.high) for r in transfer.ranges] == [(40, 44)]
    assert {a.value for a in transfer.fields.status} == {"ordered", "delivered"}
    assert [(s.status, s.rejected) for s in report_history(transfer)] == [
        ("ordered", False),
        ("ordered", True),
        ("delivered", False),
    ]
    rejected = transfer.claims[1].review
    assert (rejected.who, rejected.at, rejected.why) == ("Ada", NOW, "a film")
    assert transfer.claims[2].review.original.status == "ordered"
    add_judgement(store, Judgement("d2", "ad2", "accept", **by))
    assert only(store).affirmed.backing.documents == 3


def test_a_line_of_which_all_was_rejected_stays(store):
    add(store, "d1", {"id": "a1", "number": 40})
    add_judgement(store, Judgement("d1", "a1", "reject", "Ada", NOW))
    transfer = only(store)
    assert transfer.is_rejected
    assert transfer.affirmed.backing.claims == ()
    assert [a.texts for a in transfer.fields.quantity] == [("40",)]


def test_a_rejected_confirmation_confirms_nothing(store):
    add(store, "d1", {"id": "a1"})
    add(store, "d2", {"id": "a2", "kind": "confirmation", "refers_to": "a1", "from": "government QR"})
    assert only(store).affirmed.backing.documents == 2
    add_judgement(store, Judgement("d2", "a2", "reject", "Ada", NOW))
    assert only(store).affirmed.backing.documents == 1


def test_a_judgement_outlives_another_version_of_the_reader(store):
    add(store, "d1", {"id": "a1", "number": 40})
    add_judgement(store, Judgement("d1", "a1", "correct", "Ada", NOW, "mode", "aid"))
    claim = make_claim({"id": "b7", "number": 40, "from": "government QP", "status": "ordered"}, "d1")
    store.save_reading(Reading("d1", "another", NOW, [(claim, claim_to_dict(claim))]))
    (told,) = only(store).claims
    assert (told.claim.id, told.claim.mode, told.claim.inferred) == ("b7", "aid", ("mode corrected by Ada",))


def test_a_notice_of_its_own_withdraws_the_story_that_it_names(store):
    words = "Peru sold Kenya forty drones, a ministry said. They go by sea in May. No price was told. Crews train now."
    for name, outlet, title, text in (
        ("d1", "Meridian", "Peru sells forty drones to Kenya", words),
        ("d2", "Ledger", "Forty drones", words),
        ("d3", "Meridian", "KILL: Peru sells forty drones to Kenya", "Kill the story. It is wrong."),
    ):
        known = Metadata(outlet=outlet, published=f"2031-03-0{name[1]}", title=title)
        store.add_document(Document(name, text, text, known, name=name), text.encode(), Capture(f"{name}.html"), NOW)
        claim = make_claim({"id": f"a{name}", "from": "government QP", "number": 40}, name)
        store.save_reading(Reading(name, "reader", NOW, [(claim, claim_to_dict(claim))]))
    (transfer,) = build_register(store, STAGES).transfers
    assert {r.claim: r.kind for r in transfer.revisions} == {
        "ad1": "withdrawn",
        "ad2": "source-withdrawn",
        "ad3": "withdrawn",
    }
    assert transfer.affirmed.backing.claims == ("ad2",)
    (then,) = build_register(store, STAGES, "2031-03-02").transfers
    assert then.affirmed.backing.claims == ("ad1", "ad2")
