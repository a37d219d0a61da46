"""The register as W3C PROV in JSON-LD: what each line, claim and value was derived from, by whom, by which program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from armstrace.export.linked.documents import document_iri, document_node, reading, software, unknown_document
from armstrace.export.linked.judgements import later_nodes, revision_nodes, told_nodes
from armstrace.export.linked.sources import speaker
from armstrace.export.linked.streams import write_graph
from armstrace.export.linked.terms import by_content, filled
from armstrace.export.linked.transfers import transfer_node
from armstrace.export.linked.vocabulary import CONTEXT, Node
from armstrace.export.record import About, Out, Record
from armstrace.export.versions import versions_words
from armstrace.export.wording import HONESTY
from armstrace.model import SourceKind
from armstrace.register.reliability import grade_source
from armstrace.told import Told


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write one JSON-LD document, its context within it: no reader has to fetch one."""
    write_graph(CONTEXT, _nodes(records, about), out)


def _nodes(records: Iterable[Record], about: About) -> Iterator[Node]:
    program, readers = software(about.versions)
    known: set[str] = set()
    yield _export(about, program["@id"])
    yield from _once(known, [program, *readers])
    for record in records:
        told = (*record.transfer.claims, *record.transfer.context)
        yield transfer_node(record, program["@id"])
        for one in told:
            yield from told_nodes(one)
            yield from later_nodes(one)
        yield from revision_nodes(record.transfer.revisions)
        yield from _once(known, _documents(record, told, [one["@id"] for one in readers]))
        yield from _once(known, _grades(told, about))


def _export(about: About, program: str) -> Node:
    """Return what the document itself is: by what it was asked for, and by which versions it was made."""
    asked = [f"{name}: {value}" for name, value in about.asked.items()]
    versions = [f"{what}: {which}" for what, which in versions_words(about.versions)]
    return {
        "@id": by_content("export", *asked, about.as_of, *versions),
        "@type": ["prov:Entity", "at:Export"],
        "prov:wasAttributedTo": program,
        **filled(asked=asked, asOf=about.as_of, version=versions, notice=HONESTY),
    }


def _once(known: set[str], nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes that did not go out yet: many lines share a document or a source."""
    for node in nodes:
        if node["@id"] not in known:
            known.add(node["@id"])
            yield node


def _documents(record: Record, told: Sequence[Told], readers: Sequence[str]) -> Iterator[Node]:
    for identity in dict.fromkeys(one.claim.document for one in told):
        cited = record.documents.get(identity)
        yield document_node(cited) if cited else unknown_document(identity)
        yield reading(document_iri(identity), readers)


def _grades(told: Sequence[Told], about: About) -> Iterator[Node]:
    """Yield each source and outlet with its place in the table of reliability, which says nothing of a claim."""
    keys = {(s.name, s.kind, s.country): None for one in told for s in one.claim.attribution}
    keys |= {(one.outlet, SourceKind.OUTLET, None): None for one in told if one.outlet}
    for name, kind, country in keys:
        grade = grade_source(about.reliability, name, kind, country)
        yield speaker(name, kind, country) | filled(reliability=grade.grade, reliabilityReason=grade.sentence)
