"""PROV is read by an independent reader, keeps to its shapes, and finds every word again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from generated_records import about, registers
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_story import (
    ABOUT,
    ACCEPTED,
    CLAIM,
    CORRECTED,
    DOCUMENT,
    LATER,
    OUTDATED,
    READ,
    REJECTED,
    SENTENCE,
    TEXT,
    TOLD,
    WITHDRAWN,
    judged,
    read_prov,
    record,
    written,
)
from pyshacl import validate
from rdflib import PROV, RDF, Graph, Literal, Namespace, URIRef

from armstrace.document import Span
from armstrace.export.linked.claims import claim_node
from armstrace.export.linked.triples import triples
from armstrace.export.linked.vocabulary import PREFIXES, expand
from armstrace.export.shareable import shareable
from armstrace.model import Evidence, Party

# rdflib warns of itself: its readers still use classes that it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset):DeprecationWarning")

DOCS = Path(__file__).parents[3] / "docs"
STRING = expand("xsd:string")
AT, OA = Namespace(PREFIXES["at"]), Namespace(PREFIXES["oa"])
C = URIRef(f"urn:armstrace:claim:{CLAIM}")
D = URIRef(f"urn:armstrace:document:{DOCUMENT}")


def graph_of(*records, about=ABOUT):
    return read_prov(written("prov", records, about))


def flat(found):
    return {
        (str(s), str(p), isinstance(o, Literal), str(o), str(o.datatype or STRING) if isinstance(o, Literal) else "")
        for s, p, o in found
    }


@settings(max_examples=8, deadline=None)
@given(registers())
def test_an_independent_reader_reads_what_was_meant(records):
    data = written("prov", records, about())
    meant = {one for node in json.loads(data)["@graph"] for one in triples(node)}
    assert flat(read_prov(data)) == meant


@settings(max_examples=8, deadline=None)
@given(registers(2))
def test_every_export_keeps_to_the_shapes(records):
    conforms, _, report = validate(graph_of(*records, about=about()), shacl_graph=str(DOCS / "prov-shapes.ttl"))
    assert conforms, report


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ((C, PROV.wasGeneratedBy, None), "wasGeneratedBy"),
        ((URIRef(f"{C}#supplier-1"), PROV.wasDerivedFrom, None), "wasDerivedFrom"),
        ((URIRef(f"{C}#quote"), OA.hasSource, None), "hasSource"),
        ((URIRef(f"{C}#statement-1"), PROV.wasAttributedTo, None), "at:Source"),
    ],
)
def test_the_shapes_find_what_is_missing(broken, says):
    found = graph_of(record())
    found.remove(broken)
    conforms, _, report = validate(found, shacl_graph=str(DOCS / "prov-shapes.ttl"))
    assert not conforms
    assert says in report


@settings(max_examples=8, deadline=None)
@given(registers())
def test_the_same_bytes_come_again(records):
    assert written("prov", records, about()) == written("prov", iter(records), about())


@settings(max_examples=8, deadline=None)
@given(registers())
def test_every_word_is_defined(records):
    own = {str(one) for one in Graph().parse(DOCS / "armstrace-terms.ttl").subjects(unique=True)}
    found = read_prov(written("prov", records, about()))
    used = {str(one) for row in found for one in row if isinstance(one, URIRef)}
    assert {one for one in used if one.startswith(PREFIXES["at"])} <= own
    for one in used:
        if one.startswith(PREFIXES["prov"]):
            assert one.removeprefix(PREFIXES["prov"]) in PROV


@settings(deadline=None)
@given(st.data())
def test_every_quotation_stands_where_it_is_said_to(data):
    text = data.draw(st.text(st.characters(), min_size=3, max_size=40))
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    inner = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    claim = replace(
        READ,
        evidence=Evidence(text[start:end], Span(start, end)),
        supplier=Party(None, None, text[slice(*inner)], Span(*inner)),
        recipient=None,
        items=(),
        quantity=None,
        when=None,
        attribution=(),
    )
    node = claim_node(claim, "urn:x")
    plain = "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= one <= "\udfff" else one for one in text)
    for words in (node["prov:wasDerivedFrom"], node["at:supplier"][0]["prov:wasDerivedFrom"]):
        selectors = words["oa:hasSelector"]
        *quotes, place = selectors if isinstance(selectors, list) else [selectors]
        first, last = place["oa:start"], place["oa:end"]
        assert len(quotes) == bool(plain[first:last])
        for quote in quotes:
            assert quote["oa:exact"] == plain[first:last]
            assert plain[:first].endswith(quote.get("oa:prefix", ""))
            assert plain[last:].startswith(quote.get("oa:suffix", ""))


@pytest.mark.parametrize(
    ("value", "words", "before"),
    [
        ("supplier-1", "Norland", None),
        ("recipient-1", "Ostia", "s ordered 12 Kestrel-2 drones for "),
        ("item-1", "drones", "Norland has ordered 12 Kestrel-2 "),
        ("quantity-1", "12", "Norland has ordered "),
        ("when-1", "3 February", None),  # outside the sentence: its own words are all there is
    ],
)
def test_a_value_comes_from_its_words(value, words, before):
    found = graph_of(record())
    region = found.value(URIRef(f"{C}#{value}"), PROV.wasDerivedFrom)
    assert found.value(region, OA.hasSource) == D
    selectors = {found.value(one, RDF.type): one for one in found.objects(region, OA.hasSelector)}
    quote, place = selectors[OA.TextQuoteSelector], selectors[OA.TextPositionSelector]
    assert str(found.value(quote, OA.exact)) == words
    start, end = (int(found.value(place, one)) for one in (OA.start, OA.end))
    assert TEXT[start:end] == words
    prefix = found.value(quote, OA.prefix)
    assert (str(prefix) if prefix is not None else None) == (before[-32:] if before else None)


def test_the_chain_goes_from_statement_to_statement():
    found = graph_of(record())
    first, second = (URIRef(f"{C}#statement-{one}") for one in (1, 2))
    assert set(found.objects(C, PROV.wasDerivedFrom)) == {URIRef(f"{C}#quote"), first}
    assert set(found.objects(first, PROV.wasDerivedFrom)) == {second}
    wire = found.value(first, PROV.wasAttributedTo)
    assert PROV.Organization in set(found.objects(wire, RDF.type))
    paper = found.value(second, PROV.hadPrimarySource)
    assert PROV.Agent not in set(found.objects(paper, RDF.type))
    assert found.value(second, PROV.wasAttributedTo) is None
    outlet = found.value(D, PROV.wasAttributedTo)
    assert str(found.value(outlet, URIRef(expand("rdfs:label")))) == "Port Daily"


def test_bytes_have_a_name_that_anybody_can_check():
    # RFC 6920, with the SHA-256 hash in Base64 for URLs
    found = graph_of(record())
    capture = found.value(D, PROV.wasDerivedFrom)
    assert str(capture) == "ni:///sha-256;q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s"
    assert str(found.value(capture, PROV.wasDerivedFrom)) == "https://port-daily.example/norland?id=7"


@pytest.mark.parametrize(
    ("review", "state", "invalid", "revises"),
    [
        (ACCEPTED, "accepted", False, False),
        (REJECTED, "rejected", True, False),
        (CORRECTED, "corrected", False, True),
        (OUTDATED, "outdated", False, False),
    ],
)
def test_what_people_judged_is_a_deed(review, state, invalid, revises):
    found = graph_of(judged(review))
    deed = URIRef(f"{C}#review")
    assert str(found.value(deed, AT.state)) == state
    assert (found.value(C, PROV.wasInvalidatedBy) == deed) is invalid
    assert (found.value(C, PROV.wasRevisionOf) is not None) is revises


def test_a_correction_leaves_what_was_read():
    found = graph_of(judged(CORRECTED))
    read = found.value(C, PROV.wasRevisionOf)
    assert (found.value(C, AT.status), found.value(read, AT.status)) == (AT.ordered, AT.delivered)
    assert found.value(C, PROV.wasGeneratedBy) == URIRef(f"{C}#correction-status")
    assert found.value(read, PROV.wasGeneratedBy) == URIRef(f"{D}#reading")


def test_reviewers_who_are_not_named_cannot_be_joined():
    two = record(replace(TOLD, review=ACCEPTED), replace(TOLD, claim=replace(READ, id="c2" * 8), review=ACCEPTED))
    found = graph_of(two)
    people = list(found.subjects(RDF.type, PROV.Person))
    assert len(people) == 2
    named = replace(ACCEPTED, who="B. Judge")
    two = record(replace(TOLD, review=named), replace(TOLD, claim=replace(READ, id="c2" * 8), review=named))
    assert len(set(graph_of(two).subjects(RDF.type, PROV.Person))) == 1


def test_what_an_outlet_withdrew_is_invalid():
    found = graph_of(record(replace(TOLD, later=(WITHDRAWN,))))
    deed = found.value(C, PROV.wasInvalidatedBy)
    assert str(found.value(deed, AT.revisionKind)) == "withdrawn"
    assert found.value(deed, PROV.used) == URIRef(f"urn:armstrace:document:{LATER}")


def test_without_quotes_words_are_told_by_position():
    one = record()
    found = graph_of(replace(one, transfer=shareable(one.transfer, quotes=False)))
    assert SENTENCE not in {str(words) for words in found.objects(None, OA.exact)}
    quote = URIRef(f"{C}#quote")
    assert {found.value(s, RDF.type) for s in found.objects(quote, OA.hasSelector)} == {OA.TextPositionSelector}


def test_a_page_that_holds_the_document_is_not_ended_by_it():
    claim = replace(READ, inferred=("</script><script>alert(1)</script>\u2028",))
    data = written("prov", [record(replace(TOLD, claim=claim))])
    assert b"<" not in data
    assert b"\xe2\x80\xa8" not in data
    assert "</script><script>alert(1)</script>\u2028" in {str(o) for o in read_prov(data).objects(C, AT.inferred)}
