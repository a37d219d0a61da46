"""Claims belong to a reading and go with it; what people judged stays."""

from __future__ import annotations

import json

import pytest
from judged import add_judgement
from sqlalchemy import func, select
from store_samples import FULL, HOSTILE, LATER, NOW, add, full_claim, make_claim, make_document, read

from armstrace.errors import StoreError
from armstrace.export.jsonl import claim_to_dict
from armstrace.store import documents
from armstrace.store.filters import Query
from armstrace.store.judgements import VERDICTS, Judgement, StoredJudgement
from armstrace.store.readings import Reading, StoredReading
from armstrace.store.schema import CLAIM_ITEMS, CLAIM_SOURCES, CLAIMS

DOCUMENT = make_document()


def rows(store, table):
    with store.database.read() as connection:
        return [dict(r) for r in connection.execute(select(table).order_by(*table.primary_key)).mappings()]


def plain(body):
    return json.loads(json.dumps(body))


@pytest.mark.parametrize("document", [DOCUMENT, FULL], ids=["plain", "hostile"])
def test_claims_come_back_in_their_public_shape(store, document):
    add(store, document)
    claims = [full_claim(document), make_claim(document), make_claim(document)]
    assert read(store, document, *claims)
    stored = store.claims(document.id)
    assert [s.body for s in stored] == [plain(claim_to_dict(c)) for c in claims]
    assert [s.id for s in stored] == [c.id for c in claims]
    assert [(s.document, s.position) for s in stored] == [(document.id, n) for n in range(3)]
    assert store.reading(document.id) == StoredReading("reader 1", NOW, 3, 3, None, None)


def test_what_claims_say_stands_in_columns_too(store):
    add(store, FULL)
    read(store, FULL, full_claim(FULL))
    (claim,) = rows(store, CLAIMS)
    shown = {k: v for k, v in claim.items() if k.startswith(("supplier", "recipient", "maker", "quantity", "when"))}
    assert shown == {
        "supplier_country": "NO",
        "supplier_organisation": "Northern Forge",
        "supplier_text": "Norland",
        "recipient_country": "EE",
        "recipient_organisation": None,
        "recipient_text": "Ostania",
        "maker_country": None,
        "maker_organisation": None,
        "maker_text": "Forge \x00\ud800",
        "quantity_low": 40,
        "quantity_best": None,  # more than a column holds; the body has it
        "quantity_high": None,
        "when_start": "2022-03-01",
        "when_end": "2022-03-31",
    }
    assert claim["evidence"] == FULL.text
    assert (claim["status"], claim["polarity"], claim["certainty"], claim["mode"]) == (
        "planned",
        "denied",
        "alleged",
        "sale",
    )
    assert json.loads(claim["body"])["quantity"]["best"] == 10**30
    items = [(r["position"], r["category"], r["designation"], r["description"]) for r in rows(store, CLAIM_ITEMS)]
    assert items == [(0, "drones", "Kestrel-2", "drones"), (1, "missiles", None, "anti-tank missiles")]
    sources = [(r["position"], r["name"], r["kind"], r["country"], r["named"]) for r in rows(store, CLAIM_SOURCES)]
    assert sources == [
        (0, "Morning Ledger", "outlet", "NO", True),
        (1, "officials \x00", "official-anonymous", None, False),
    ]


def test_another_extractor_replaces_the_claims_whole(store):
    add(store, DOCUMENT)
    read(store, DOCUMENT, full_claim(DOCUMENT), make_claim(DOCUMENT))
    later = make_claim(DOCUMENT, refers_to="another")
    assert read(store, DOCUMENT, later, extractor="reader 2")
    assert [c.id for c in store.claims(DOCUMENT.id)] == [later.id]
    assert store.reading(DOCUMENT.id).extractor == "reader 2"
    assert rows(store, CLAIM_ITEMS) == rows(store, CLAIM_SOURCES) == []
    assert store.search(Query("northern", kind="claim")).hits == ()
    assert read(store, DOCUMENT, full_claim(DOCUMENT), extractor="reader 1")
    assert len(store.search(Query("northern", kind="claim")).hits) == 1


def test_the_same_extractor_changes_nothing(store):
    add(store, DOCUMENT)
    read(store, DOCUMENT, full_claim(DOCUMENT))
    assert not read(store, DOCUMENT)
    assert len(store.claims(DOCUMENT.id)) == 1


def test_a_failed_reading_may_be_tried_again(store):
    add(store, DOCUMENT)
    assert store.save_reading(Reading(DOCUMENT.id, "reader 1", NOW, note=HOSTILE, failure=f"not English {HOSTILE}"))
    assert store.reading(DOCUMENT.id) == StoredReading("reader 1", NOW, 0, 0, HOSTILE, f"not English {HOSTILE}")
    assert list(store.unread("reader 1")) == []
    assert list(store.unread("reader 1", failed_too=True)) == [DOCUMENT.id]
    assert read(store, DOCUMENT, full_claim(DOCUMENT))
    assert store.reading(DOCUMENT.id).failure is None
    assert list(store.unread("reader 1", failed_too=True)) == []


def test_what_an_extractor_has_not_read_is_listed(store, monkeypatch):
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 3)
    made = [make_document(f"Report {n}.", id=f"r{n}") for n in range(8)]
    for document in made:
        add(store, document)
    assert list(store.unread("reader 1")) == [f"r{n}" for n in range(8)]
    for document in made[:6]:
        read(store, document)
    assert list(store.unread("reader 1")) == ["r6", "r7"]
    read(store, made[6], extractor="reader 2")
    read(store, made[0], extractor="reader 2")
    assert list(store.unread("reader 2")) == ["r1", "r2", "r3", "r4", "r5", "r7"]
    walked = []
    for identity in store.unread("reader 2"):  # as a run does: each is read while the list goes on
        read(store, make_document(id=identity), extractor="reader 2")
        walked.append(identity)
    assert walked == ["r1", "r2", "r3", "r4", "r5", "r7"]
    assert list(store.unread("reader 2")) == []


def test_a_reading_of_no_document_is_refused(store):
    with pytest.raises(StoreError, match="document nowhere: is not in the store"):
        store.save_reading(Reading("nowhere", "reader 1", NOW))


def test_a_reading_that_breaks_off_leaves_the_one_before(store):
    add(store, DOCUMENT)
    read(store, DOCUMENT, full_claim(DOCUMENT))
    good, before = make_claim(DOCUMENT), store.claims(DOCUMENT.id)
    with pytest.raises(TypeError):
        store.save_reading(Reading(DOCUMENT.id, "reader 2", LATER, [(good, {}), (good, {"odd": object()})]))
    assert store.claims(DOCUMENT.id) == before
    assert store.reading(DOCUMENT.id).extractor == "reader 1"
    assert len(store.search(Query("northern", kind="claim")).hits) == 1


def test_judgements_stay_whatever_is_read_anew(store):
    add(store, DOCUMENT)
    claim = full_claim(DOCUMENT)
    read(store, DOCUMENT, claim)
    judged = [
        Judgement(
            DOCUMENT.id, claim.id, "correct", f"a reader {HOSTILE}", NOW, "supplier.country", {"a": [HOSTILE]}, HOSTILE
        ),
        Judgement(DOCUMENT.id, claim.id, "reject", "another", LATER),
        Judgement(DOCUMENT.id, None, "accept", "another", LATER, value=False),
    ]
    numbers = [add_judgement(store, j) for j in judged]
    body = plain(claim_to_dict(claim))
    bodies = [body, body, None]
    expected = tuple(StoredJudgement(*row) for row in zip(numbers, judged, bodies, strict=True))
    assert numbers == sorted(set(numbers))
    assert store.judgements(DOCUMENT.id) == store.judgements() == expected
    read(store, DOCUMENT, extractor="reader 2")
    assert store.claims(DOCUMENT.id) == ()
    assert store.judgements(DOCUMENT.id) == expected
    assert store.counts()["judgements"] == 3


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        (
            Judgement(DOCUMENT.id, None, "maybe", "x", NOW),
            f"verdict 'maybe': is none; give one of {', '.join(VERDICTS)}",
        ),
        (Judgement("nowhere", None, "accept", "x", NOW), "document nowhere: is not in the store"),
        (Judgement(DOCUMENT.id, "no claim", "accept", "x", NOW), "holds no claim no claim now"),
    ],
)
def test_a_judgement_on_nothing_is_refused(store, judgement, said):
    add(store, DOCUMENT)
    with pytest.raises(StoreError, match=said):
        add_judgement(store, judgement)
    assert store.judgements() == ()


def test_counts_say_how_much_there_is(store):
    assert set(store.counts().values()) == {0}
    add(store, DOCUMENT, b"x" * 100)
    read(store, DOCUMENT, full_claim(DOCUMENT))
    counts = store.counts()
    stored = counts.pop("stored_bytes")
    assert 0 < stored < 100
    assert counts == {
        "documents": 1,
        "evidence": 1,
        "readings": 1,
        "claims": 1,
        "judgements": 0,
        "failures": 0,
        "bytes": 100,
    }
    with store.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(CLAIMS)) == 1
