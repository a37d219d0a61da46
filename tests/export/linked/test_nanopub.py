"""A nanopublication is four graphs whose name anybody can compute again from what they hold."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from generated_records import about, registers
from hypothesis import given, settings
from linked_story import ABOUT, ACCEPTED, CITED, CLAIM, CORRECTED, READ, REJECTED, TOLD, judged, record, written
from rdflib import DCTERMS, PROV, RDF, Dataset, Literal, Namespace, URIRef

from armstrace.model import Polarity

# rdflib warns of itself: its readers still use classes that it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset):DeprecationWarning")

NP, NPX = Namespace("http://www.nanopub.org/nschema#"), Namespace("http://purl.org/nanopub/x/")
PARTS = ("Head", "assertion", "provenance", "pubinfo")
STRING = "http://www.w3.org/2001/XMLSchema#string"


def publications(records, about=ABOUT):
    """Return each nanopublication by its code, read by itself."""
    head, *found = re.split("^# urn:armstrace:np:", written("nanopub", records, about).decode(), flags=re.MULTILINE)
    read = {}
    for text in found:
        code, body = text.split("\n", 1)
        read[code] = Dataset()
        read[code].parse(data=head + body, format="trig")
    return read


def code_of(dataset, code):
    """Return the code as the specification of trusty URIs has it computed, module RA, from what rdflib read."""
    rows = []
    for subject, predicate, value, graph in dataset.quads((None, None, None, None)):
        is_literal = isinstance(value, Literal)
        names = [str(one).replace(code, " ") for one in (graph, subject, predicate)]
        last = str(value) if is_literal else str(value).replace(code, " ")
        rows.append((*names, is_literal, last, str(value.datatype or STRING) if is_literal else ""))
    lines = []
    for graph, subject, predicate, is_literal, last, datatype in sorted(set(rows)):
        escaped = last.replace("\\", "\\\\").replace("\n", "\\n")
        lines += [graph, subject, predicate, f"^{datatype} {escaped}" if is_literal else last]
    digest = hashlib.sha256("".join(f"{one}\n" for one in lines).encode()).digest()
    return "RA" + base64.b64encode(digest, b"-_").decode().rstrip("=")


def only(records, about=ABOUT):
    ((code, dataset),) = publications(records, about).items()
    return URIRef(f"urn:armstrace:np:{code}"), dataset


@settings(max_examples=8, deadline=None)
@given(registers(2))
def test_each_is_four_graphs_named_by_their_content(records):
    told = {one.claim.id: one for rec in records for one in (*rec.transfer.claims, *rec.transfer.context)}
    found = publications(records, about())
    assert len(found) == sum(not one.is_rejected for one in told.values())
    for code, dataset in found.items():
        this = URIRef(f"urn:armstrace:np:{code}")
        graphs = {name: dataset.graph(URIRef(f"{this}#{name}")) for name in PARTS}
        assert code_of(dataset, code) == code
        assert {one.identifier for one in dataset.graphs() if len(one)} == {one.identifier for one in graphs.values()}
        assert (this, RDF.type, NP.Nanopublication) in graphs["Head"]
        for name, link in (("assertion", NP.hasAssertion), ("provenance", NP.hasProvenance)):
            assert graphs["Head"].value(this, link) == graphs[name].identifier
        assert graphs["Head"].value(this, NP.hasPublicationInfo) == graphs["pubinfo"].identifier
        assert set(graphs["provenance"].predicates(graphs["assertion"].identifier))
        assert graphs["pubinfo"].value(this, NPX.introduces) is not None


def test_another_word_is_another_code():
    codes = {
        next(iter(publications([record(replace(TOLD, claim=claim))])))
        for claim in (READ, replace(READ, polarity=Polarity.DENIED), replace(READ, inferred=()))
    }
    assert len(codes) == 3


def test_the_code_does_not_depend_on_what_stands_beside_it():
    other = replace(TOLD, claim=replace(READ, id="c2" * 8))
    (alone,) = publications([record()])
    assert alone in publications([record(other, TOLD)], replace(ABOUT, asked={}))


def test_what_was_rejected_is_nothing_to_cite():
    assert publications([judged(REJECTED)]) == {}


def test_the_assertion_is_what_is_said_and_no_more():
    this, dataset = only([judged(ACCEPTED)])
    claim = URIRef(f"urn:armstrace:claim:{CLAIM}")
    assertion, provenance = (dataset.graph(URIRef(f"{this}#{name}")) for name in ("assertion", "provenance"))
    assert {str(one) for one in assertion.subjects()} == {
        str(claim),
        *(f"{claim}#{name}-1" for name in ("supplier", "recipient", "item", "quantity", "when")),
    }
    assert not [one for one in assertion.predicates() if str(one).startswith(str(PROV))]
    assert (URIRef(f"{claim}#review"), PROV.used, claim) in provenance


@pytest.mark.parametrize(
    ("told", "cited", "created"),
    [
        (TOLD, CITED, "2031-02-05T08:00:00Z"),
        (replace(TOLD, review=ACCEPTED), CITED, "2031-03-01T09:30:00Z"),
        (replace(TOLD, review=CORRECTED), None, "2031-03-01T09:30:00Z"),
        (TOLD, None, "2031-02-04"),
        (replace(TOLD, published="2031-02"), None, "2031-02"),
        (replace(TOLD, published=None), None, None),
    ],
)
def test_it_is_as_old_as_what_it_rests_on(told, cited, created):
    one = record(told)
    this, dataset = only([replace(one, documents={cited.id: cited} if cited else {})])
    found = dataset.graph(URIRef(f"{this}#pubinfo")).value(this, DCTERMS.created)
    assert (str(found) if found is not None else None) == created


def test_no_licence_and_no_signature_are_made_up():
    _, dataset = only([record()])
    used = {str(one) for one in dataset.predicates()}
    assert not used & {str(DCTERMS.license), str(DCTERMS.rights), str(NPX.hasSignature)}


@settings(max_examples=8, deadline=None)
@given(registers(2))
def test_the_same_bytes_come_again(records):
    assert written("nanopub", records, about()) == written("nanopub", iter(records), about())
