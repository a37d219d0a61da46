"""The words of linked data: which vocabularies, and what kind of value each property has.

Node objects are JSON-LD with the keys of ``CONTEXT``; ``triples`` reads the same context, so that both ways of writing
say the same. Sources: PROV-O (W3C Recommendation 30 April 2013), Web Annotation Vocabulary (23 February 2017), DCMI
Metadata Terms, Nanopublication Guidelines. docs/armstrace-terms.ttl defines the words that are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

PREFIXES: Final[Mapping[str, str]] = {
    "at": "urn:armstrace:terms#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# What the fields of a claim and of a transfer are called; docs/linked-data.md tells where each stands.
FIELDS: Final = (
    "at:supplier",
    "at:recipient",
    "at:maker",
    "at:item",
    "at:quantity",
    "at:sum",
    "at:via",
    "at:when",
)
_THINGS: Final = (  # their values are other nodes
    *FIELDS,
    "at:account",
    "at:attributionWords",
    "at:backing",
    "at:beside",
    "at:claim",
    "at:conflict",
    "at:denial",
    "at:denies",
    "at:finding",
    "at:isAbout",
    "at:leftOut",
    "at:mode",
    "at:modeAlternative",
    "at:origin",
    "at:range",
    "at:refersTo",
    "at:status",
    "at:statusAlternative",
    "at:word",
    "np:hasAssertion",
    "np:hasProvenance",
    "np:hasPublicationInfo",
    "npx:hasNanopubType",
    "npx:introduces",
    "oa:hasSelector",
    "oa:hasSource",
    "prov:hadMember",
    "prov:hadPrimarySource",
    "prov:used",
    "prov:wasAssociatedWith",
    "prov:wasAttributedTo",
    "prov:wasDerivedFrom",
    "prov:wasGeneratedBy",
    "prov:wasInvalidatedBy",
    "prov:wasQuotedFrom",
    "prov:wasRevisionOf",
)
_TYPED: Final[Mapping[str, str]] = {
    "at:amount": "xsd:decimal",
    "at:best": "xsd:decimal",
    "at:counts": "xsd:boolean",
    "at:credibility": "xsd:integer",
    "at:documents": "xsd:integer",
    "at:high": "xsd:decimal",
    "at:independent": "xsd:boolean",
    "at:independentOrigins": "xsd:integer",
    "at:likelihoodHigh": "xsd:integer",
    "at:likelihoodLow": "xsd:integer",
    "at:low": "xsd:decimal",
    "at:named": "xsd:boolean",
    "at:originsNotShown": "xsd:integer",
    "at:position": "xsd:integer",
    "at:rank": "xsd:integer",
    "at:takesBack": "xsd:boolean",
    "at:texts": "xsd:integer",
    "at:unknown": "xsd:boolean",
    "at:upTo": "xsd:integer",
    "oa:end": "xsd:nonNegativeInteger",
    "oa:start": "xsd:nonNegativeInteger",
}
CONTEXT: Final[Mapping[str, Any]] = {
    "@version": 1.1,
    **PREFIXES,
    **{name: {"@type": "@id"} for name in _THINGS},
    **{name: {"@type": kind} for name, kind in _TYPED.items()},
}
REFERS: Final = frozenset(_THINGS)
DATATYPES: Final[Mapping[str, str]] = _TYPED

Node = dict[str, Any]


def expand(name: str) -> str:
    """Return the IRI of a name such as ``prov:Entity``."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest
