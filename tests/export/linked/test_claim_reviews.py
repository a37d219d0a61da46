"""A ClaimReview says whether the document says so, and nothing that could be taken for a verdict on the truth."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from generated_records import about, registers
from hypothesis import given, settings
from linked_story import ABOUT, ACCEPTED, CORRECTED, OUTDATED, READ, REJECTED, SENTENCE, TOLD, judged, record, written
from rdflib import RDF, SDO, Graph

from armstrace.export.linked.claim_reviews import ASPECT, VERDICTS
from armstrace.model import Source, SourceKind
from armstrace.told import ReviewState

# rdflib warns of itself: its readers still use classes that it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset):DeprecationWarning")


def reviews(*records, **options):
    document = json.loads(written("claimreview", records, replace(ABOUT, options=options)))
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


@pytest.mark.parametrize(
    ("review", "verdict"),
    [(ACCEPTED, ReviewState.ACCEPTED), (CORRECTED, ReviewState.CORRECTED), (REJECTED, ReviewState.REJECTED)],
)
def test_a_judgement_is_about_the_reading(review, verdict):
    (found,) = reviews(judged(review))
    rating = found["reviewRating"]
    assert rating["alternateName"] == VERDICTS[verdict]
    assert "not a verdict on its truth" in rating["alternateName"]
    assert rating["reviewAspect"] == found["reviewAspect"] == ASPECT
    assert not {"ratingValue", "bestRating", "worstRating"} & set(rating)
    assert (
        found["claimReviewed"]
        == "Port Daily, 2031-02-04 reports: Norland → Ostia: 12 Kestrel-2 drones (ordered, fact, sale)"
    )
    assert found["datePublished"] == "2031-03-01T09:30:00Z"


def test_what_nobody_judged_or_is_to_be_judged_anew_is_not_in_it():
    assert reviews(record(), judged(OUTDATED)) == []


def test_the_claim_is_that_of_the_speaker():
    (found,) = reviews(judged(ACCEPTED))
    claim = found["itemReviewed"]
    assert claim["text"] == SENTENCE
    assert claim["isBasedOn"] == {"@type": "CreativeWork", "name": "ministry paper"}
    assert claim["appearance"]["url"] == "https://port-daily.example/norland?id=7"
    assert claim["appearance"]["headline"] == "Norland orders drones"


@pytest.mark.parametrize(
    ("chain", "author"),
    [
        ((), {"@type": "Organization", "name": "Port Daily"}),
        ((Source("Ostia", SourceKind.GOVERNMENT, "QO", named=True),), {"@type": "Organization", "name": "Ostia"}),
        (
            (Source("C. Speaker", SourceKind.OFFICIAL_NAMED, "QO", named=True),),
            {"@type": "Person", "name": "C. Speaker"},
        ),
    ],
)
def test_whoever_speaks_is_the_author(chain, author):
    told = replace(TOLD, claim=replace(READ, attribution=chain), review=ACCEPTED)
    (found,) = reviews(record(told))
    assert found["itemReviewed"]["author"] == author


def test_a_correction_tells_what_was_read():
    (found,) = reviews(judged(CORRECTED))
    assert found["reviewBody"] == "status was read as delivered, is ordered"


@pytest.mark.parametrize(
    ("options", "author"),
    [
        ({}, {"@type": "Person", "name": "a reviewer"}),
        ({"publisher": "Port Institute"}, {"@type": "Organization", "name": "Port Institute"}),
    ],
)
def test_who_reviews_is_told_as_asked(options, author):
    (found,) = reviews(judged(ACCEPTED), **options)
    assert found["author"] == author


@settings(max_examples=8, deadline=None)
@given(registers())
def test_every_document_is_read_by_an_independent_reader(records):
    data = written("claimreview", records, about())
    assert data == written("claimreview", iter(records), about())
    assert b"<" not in data
    document = json.loads(data)
    told = {one.claim.id: one for rec in records for one in (*rec.transfer.claims, *rec.transfer.context)}
    expected = sum(one.review is not None and one.review.state in VERDICTS for one in told.values())
    # The published context, which a test does not fetch, comes to this for the words that are used.
    graph = Graph().parse(data=json.dumps(document | {"@context": {"@vocab": str(SDO)}}), format="json-ld")
    assert len(set(graph.subjects(RDF.type, SDO.ClaimReview))) == expected
    for one in set(graph.predicates()) - {RDF.type}:
        assert str(one).removeprefix(str(SDO)) in SDO
