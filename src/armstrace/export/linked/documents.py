"""The documents that claims were read from: their text, the bytes behind it, who published it, and its reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from armstrace.export.addresses import address_iri
from armstrace.export.linked.sources import speaker
from armstrace.export.linked.terms import bytes_iri, date_value, filled, moment_value, named, scalar
from armstrace.export.linked.vocabulary import Node
from armstrace.export.record import Cited
from armstrace.model import SourceKind


def document_iri(identity: str) -> str:
    """Return the IRI of the text of a document."""
    return named("document", identity)


def reading_iri(document: str) -> str:
    """Return the IRI of the reading of a document, by its own."""
    return f"{document}#reading"


def document_node(cited: Cited) -> Node:
    """Return the text of a document, with its outlet and the bytes that it was taken from."""
    told = {"dc:title": cited.title, "dc:creator": cited.byline, "dc:language": cited.language}
    node: Node = {
        "@id": document_iri(cited.id),
        "@type": ["prov:Entity", "at:Document"],
        "dct:identifier": scalar(cited.id),
        **{name: scalar(value) for name, value in told.items() if value},
        "prov:wasDerivedFrom": _capture(cited),
    }
    if cited.published:
        node["dct:issued"] = date_value(cited.published)
    if cited.outlet:
        node["prov:wasAttributedTo"] = speaker(cited.outlet, SourceKind.OUTLET)
    return node


def unknown_document(identity: str) -> Node:
    """Return a document of which nothing goes along but its id."""
    return {
        "@id": document_iri(identity),
        "@type": ["prov:Entity", "at:Document"],
        "dct:identifier": scalar(identity),
    }


def reading(document: str, readers: Sequence[str]) -> Node:
    """Return the reading of a document, by the programs (IRIs) that may have read it."""
    return {
        "@id": reading_iri(document),
        "@type": ["prov:Activity", "at:Reading"],
        "prov:used": document,
        "prov:wasAssociatedWith": list(readers),
    }


def software(versions: Mapping[str, Any]) -> tuple[Node, tuple[Node, ...]]:
    """Return the program, and by their versions what it read the documents with: the program itself if none is told."""
    program = _program("armstrace", str(versions.get("program") or "unknown"))
    readers = tuple(_program("reader", str(one)) for one in versions.get("readers") or ())
    return program, readers or (program,)


def _program(name: str, version: str) -> Node:
    return {
        "@id": named("software", name, version),
        "@type": ["prov:Agent", "prov:SoftwareAgent"],
        "rdfs:label": scalar(f"{name} {version}"),
        **filled(version=version),
    }


def _capture(cited: Cited) -> Node:
    node: Node = {
        "@id": bytes_iri(cited.sha256),
        "@type": ["prov:Entity", "at:Capture"],
        "dc:format": scalar(cited.format),
        **filled(sha256=cited.sha256),
    }
    if cited.captured:
        node["prov:generatedAtTime"] = moment_value(cited.captured)
    if cited.url and (address := address_iri(cited.url)):
        node["prov:wasDerivedFrom"] = {"@id": address, "@type": "prov:Entity"}
    return node
