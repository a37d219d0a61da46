"""STIX 2.1: the official validator takes every bundle, denials are opinions on what they deny, nothing is mixed up."""

from __future__ import annotations

import json

import pytest
from generated_records import about, registers
from hypothesis import given, settings
from record_stories import ABOUT, FINDING, NAMES, make_record, written
from validators import validator

from armstrace.export.record import About
from armstrace.export.stix import bundle
from armstrace.export.stix.actors import location_object
from armstrace.export.stix.objects import PRODUCER
from armstrace.export.stix.transfers import CONFIDENCE
from armstrace.lexicon.load import load_country_labels
from armstrace.model import SourceKind
from armstrace.register.reliability import make_row


def objects_of(data):
    return json.loads(data)["objects"]


def complaints(data):
    """Return what the official validator complains of, its recommendations included.

    It recommends random ids (UUIDv4) and knows no other ones; STIX 2.1, 2.9, lets a producer make them of content.
    """
    checks = validator("stix2validator")
    options = checks.ValidationOptions(
        version="2.1",
        strict=True,
        strict_types=True,
        strict_properties=True,
        enforce_refs=True,
        disabled=["uuid-check"],
    )
    return [str(error) for error in checks.validate_instance(json.loads(data), options).errors or ()]


@settings(max_examples=10, deadline=None)
@given(registers(most=2))
def test_the_official_validator_takes_it(register):
    data = written(bundle.write, register, about())
    assert complaints(data) == []
    validator("stix2").parse(json.loads(data))


@settings(max_examples=20, deadline=None)
@given(registers())
def test_every_object_is_there_once_and_before_nothing_is_missing(register):
    data = written(bundle.write, register, about())
    objects = objects_of(data)
    ids = {one["id"] for one in objects}
    assert len(ids) == len(objects)
    refs = [one for told in objects for name, one in told.items() if name.endswith("_ref")]
    refs += [one for told in objects for one in told.get("object_refs", ())]
    assert set(refs) <= ids
    assert written(bundle.write, register, about()) == data


def test_a_bundle_of_nothing_is_one():
    data = written(bundle.write, [])
    assert complaints(data) == []
    assert [one["id"] for one in objects_of(data)] == [PRODUCER]


def test_countries_are_those_that_the_standard_knows():
    names = load_country_labels()
    objects = [location_object(code, names) for code in names]
    known = {"type": "bundle", "id": PRODUCER.replace("identity", "bundle"), "objects": objects}
    assert complaints(json.dumps(known)) == []


def test_credibility_is_confidence_as_the_standard_says():
    scales = validator("stix2.confidence.scales")
    assert {int(scales.value_to_admiralty_credibility(value)[0]): value for value in CONFIDENCE.values()} == CONFIDENCE
    words = {1: "Confirmed by other sources", 2: "Probably True", 3: "Possibly True", 4: "Doubtful", 5: "Improbable"}
    assert {n: scales.admiralty_credibility_to_value(f"{n} - {said}") for n, said in words.items()} == CONFIDENCE


def story(*claims, context=(), findings=(), reliability=()):
    told = [{"id": "abcdef"[number], "day": f"2031-03-0{number + 1}", **row} for number, row in enumerate(claims)]
    record = make_record(told, context, findings)
    return objects_of(written(bundle.write, [record], About({}, None, {}, NAMES, reliability)))


def of_claim(objects, claim):
    (found,) = [
        one
        for one in objects
        for reference in one.get("external_references", ())
        if reference.get("description") == "claim" and reference["external_id"] == claim
    ]
    return found


def report_of(objects):
    (found,) = [one for one in objects if one["type"] == "report"]
    return found


DELIVERED = {"status": "delivered", "from": "government KP", "by": "Ledger"}
# How far the first claim says it got, and what denies it: which opinion, on that claim or on the whole report.
OPINIONS = [
    ("all of it", "delivered", {}, "strongly-disagree", "note"),
    ("that report", "delivered", {"refers_to": "a"}, "strongly-disagree", "note"),
    ("a step after it", "planned", {"status": "delivered"}, "disagree", "report"),
]


@pytest.mark.parametrize(
    ("status", "row", "opinion", "on"), [row[1:] for row in OPINIONS], ids=[r[0] for r in OPINIONS]
)
def test_a_denial_is_an_opinion_on_what_it_denies(status, row, opinion, on):
    denial = {"polarity": "denied", "from": "government RU", "by": "Post", **row}
    objects = story({**DELIVERED, "status": status}, denial)
    denied, first = of_claim(objects, "b"), of_claim(objects, "a")
    assert (first["type"], denied["type"], denied["opinion"]) == ("note", "opinion", opinion)
    assert denied["object_refs"] == [{"note": first, "report": report_of(objects)}[on]["id"]]
    assert denied["authors"] == ["RU", "Post"]


def test_a_denial_of_what_nobody_affirms_is_on_the_report():
    objects = story({"polarity": "denied", "from": "government RU"})
    assert of_claim(objects, "a")["object_refs"] == [report_of(objects)["id"]]
    assert report_of(objects)["name"].startswith("Denied: ")


def test_a_confirmation_agrees_with_what_it_confirms():
    confirms = {"id": "x", "kind": "confirmation", "refers_to": "a", "day": "2031-03-09", "from": "government RU"}
    objects = story(DELIVERED, context=[confirms])
    opinion = of_claim(objects, "x")
    assert (opinion["opinion"], opinion["object_refs"]) == ("agree", [of_claim(objects, "a")["id"]])


def test_a_likelihood_is_no_confidence():
    told = of_claim(story({**DELIVERED, "sure": "likely", "band": [55, 80]}), "a")
    assert 'estimative-language:likelihood-probability="likely"' in told["labels"]
    assert "confidence" not in told


@pytest.mark.parametrize(
    ("claims", "digit", "confidence"),
    [
        ([DELIVERED, {**DELIVERED, "from": "government RU"}], "1", 90),
        ([{**DELIVERED, "from": "official-anonymous", "sure": "alleged"}], "6", None),
    ],
)
def test_a_report_has_the_confidence_of_its_credibility(claims, digit, confidence):
    report = report_of(story(*claims))
    assert f'admiralty-scale:information-credibility="{digit}"' in report["labels"]
    assert report.get("confidence") == confidence


def test_the_reliability_is_that_of_who_said_it():
    rows = (make_row(["KP"], SourceKind.GOVERNMENT, None, "B", "seldom wrong"),)
    told = of_claim(story(DELIVERED, reliability=rows), "a")
    assert 'admiralty-scale:source-reliability="b"' in told["labels"]


def test_times_are_those_of_documents():
    objects = story(DELIVERED, {**DELIVERED, "from": "government RU"})
    report = report_of(objects)
    assert (report["created"], report["published"], report["modified"]) == (
        "2031-03-01T00:00:00.000Z",
        "2031-03-01T00:00:00.000Z",
        "2031-03-02T00:00:00.000Z",
    )
    assert of_claim(objects, "b")["created"] == "2031-03-02T00:00:00.000Z"


def test_a_document_is_cited_by_address_and_hash():
    cited = of_claim(story(DELIVERED), "a")["external_references"][0]
    assert cited == {
        "source_name": "Ledger",
        "description": "2031-03-01",
        "url": "https://news.example/doc-a",
        "hashes": {"SHA-256": "ab" * 32},
        "external_id": "doc-a",
    }


def test_an_outlet_of_a_reserved_name_is_no_vulnerability():
    data = written(bundle.write, [make_record([{"id": "a", "by": "cve"}])], ABOUT)
    assert complaints(data) == []
    assert '"source_name": "cve (name of a source)"' in data.decode()


def test_the_law_is_a_note_on_the_report():
    objects = story(DELIVERED, findings=[FINDING])
    (note,) = [one for one in objects if 'armstrace:verdict="breach-if-true"' in one.get("labels", ())]
    assert note["object_refs"] == [report_of(objects)["id"]]
    assert note["abstract"] == "UN-KP: Would breach, if the report is true"
    assert note["content"].endswith(FINDING["notice"])
