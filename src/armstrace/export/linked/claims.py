"""A claim as linked data: its values, each with the words that it was read from, and the chain of who said it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from armstrace.document import Span
from armstrace.export.linked.documents import document_iri, reading_iri
from armstrace.export.linked.sources import statements
from armstrace.export.linked.terms import date_value, decimal, filled, named, scalar, whole
from armstrace.export.linked.vocabulary import PREFIXES, Node
from armstrace.export.linked.words import region
from armstrace.model import Claim, Item, Party, Quantity, Value, When


def claim_iri(identity: str) -> str:
    """Return the IRI of a claim."""
    return named("claim", identity)


def word_iri(word: str) -> str:
    """Return the IRI of a word of a closed list, a status or a mode."""
    return f"{PREFIXES['at']}{word}"


def claim_node(claim: Claim, iri: str) -> Node:
    """Return a claim under an IRI, as it was read from its document."""
    document = document_iri(claim.document)
    said = statements(claim, iri, document)
    quote = region(f"{iri}#quote", document, claim.evidence.span, claim.evidence)
    low, high = claim.likelihood or (None, None)
    return {
        "@id": iri,
        "@type": ["prov:Entity", "at:Claim"],
        "dct:identifier": scalar(claim.id),
        "at:status": word_iri(claim.status),
        "at:mode": word_iri(claim.mode),
        **filled(kind=str(claim.kind), polarity=str(claim.polarity), certainty=str(claim.certainty)),
        **filled(likelihoodLow=low, likelihoodHigh=high, inferred=claim.inferred, rule=claim.why),
        **({"at:refersTo": claim_iri(claim.refers_to)} if claim.refers_to else {}),
        **_values(claim, iri),
        "prov:wasDerivedFrom": [quote, said] if said else quote,
        "prov:wasGeneratedBy": reading_iri(document),
    }


def _values(claim: Claim, iri: str) -> dict[str, list[Node]]:
    values: dict[str, list[Node]] = {}
    for field, (place, text), told in _told(claim):
        found = values.setdefault(f"at:{field}", [])
        node = {"@id": f"{iri}#{field}-{len(found) + 1}", **told, **filled(words=text)}
        node["prov:wasDerivedFrom"] = _source(node["@id"], claim, place, text)
        found.append(node)
    return values


def _source(iri: str, claim: Claim, span: Span | None, text: str | None) -> Node | str:
    """Return the words of a value, or its document where no words of the text hold it."""
    document = document_iri(claim.document)
    return region(f"{iri}-words", document, span, claim.evidence, text) if span is not None else document


_Told = tuple[str, tuple[Span | None, str | None], dict[str, Any]]


def _told(claim: Claim) -> Iterator[_Told]:
    for field in ("supplier", "recipient", "maker"):
        party = getattr(claim, field)
        if party is not None:
            yield field, (party.span, party.text), _party(party)
    for party in claim.via:
        yield "via", (party.span, party.text), _party(party)
    for item in claim.items:
        yield "item", (item.span, None), _item(item)
    if claim.quantity is not None:
        yield "quantity", (claim.quantity.span, claim.quantity.text), _quantity(claim.quantity)
    if claim.value is not None:
        yield "sum", (claim.value.span, claim.value.text), _sum(claim.value)
    if claim.when is not None:
        yield "when", (claim.when.span, claim.when.text), _time(claim.when)


def _party(party: Party) -> Node:
    told = filled(country=party.country, organisation=party.organisation)
    return {"@type": ["prov:Entity", "at:Party"], **told}


def _item(item: Item) -> Node:
    codes = [f"{scheme}:{code}" for scheme, code in item.codes]
    told = filled(designation=item.designation, description=item.description, category=str(item.category), code=codes)
    return {"@type": ["prov:Entity", "at:Item"], **told}


def _quantity(quantity: Quantity) -> Node:
    bounds = filled(low=whole(quantity.low), best=whole(quantity.best), high=whole(quantity.high), unit=quantity.unit)
    return {"@type": ["prov:Entity", "at:Quantity"], **bounds}


def _sum(value: Value) -> Node:
    bounds = filled(amount=decimal(value.amount), low=decimal(value.low), high=decimal(value.high))
    return {"@type": ["prov:Entity", "at:Sum"], **bounds, **filled(currency=value.currency)}


def _time(when: When) -> Node:
    days = filled(start=date_value(when.start), end=date_value(when.end), precision=str(when.precision))
    return {"@type": ["prov:Entity", "at:Time"], **days}
