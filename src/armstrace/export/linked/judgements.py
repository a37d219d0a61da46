"""What became of a claim: what people judged and corrected, and what its outlet took back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from armstrace.export.linked.claims import claim_iri, claim_node
from armstrace.export.linked.documents import document_iri
from armstrace.export.linked.terms import by_content, date_value, filled, moment_value, scalar
from armstrace.export.linked.vocabulary import Node
from armstrace.export.shareable import A_REVIEWER
from armstrace.model import Claim
from armstrace.register.types import Revision
from armstrace.told import Correction, Later, LaterKind, Review, ReviewState, Told

AS_READ: Final = "/as-read"


def told_nodes(told: Told) -> list[Node]:
    """Return a claim as it stands now, how it was read if a person corrected it, and the judgement."""
    iri = claim_iri(told.claim.id)
    node = claim_node(told.claim, iri)
    if told.review is None:
        return [node]
    if told.review.original is None:
        return [_judged(node, told.review), _judgement(told.review, iri, iri)]
    return [*_corrected(told.review, told.review.original, node)]


def _judged(node: Node, review: Review) -> Node:
    if review.state is not ReviewState.REJECTED:
        return node
    return node | {
        "prov:wasInvalidatedBy": f"{node['@id']}#review",
        "prov:invalidatedAtTime": moment_value(review.at),
    }


def _corrected(review: Review, original: Claim, node: Node) -> Iterable[Node]:
    """Yield the claim as corrected, which revises what was read, with each correction beside the last judgement."""
    iri = node["@id"]
    made = [_correction(one, iri) for one in review.corrections]
    yield _judged(node, review) | {
        "prov:wasRevisionOf": iri + AS_READ,
        "prov:wasGeneratedBy": [one["@id"] for one in made] or f"{iri}#review",
    }
    yield claim_node(original, iri + AS_READ)
    yield from made
    yield _judgement(review, iri, iri + AS_READ)


def _judgement(review: Review, iri: str, judged: str) -> Node:
    told = filled(state=str(review.state), reason=review.why, changedField=review.changed)
    return _deed(review, f"{iri}#review", "at:Review", judged) | told


def _correction(one: Correction, iri: str) -> Node:
    told = filled(field=one.field, reason=one.why)
    return _deed(one, f"{iri}#correction-{one.field}", "at:Correction", iri + AS_READ) | told


def _deed(one: Review | Correction, iri: str, kind: str, used: str) -> Node:
    return {
        "@id": iri,
        "@type": ["prov:Activity", kind],
        "prov:used": used,
        "prov:wasAssociatedWith": _person(one.who, iri),
        "prov:endedAtTime": moment_value(one.at),
    }


def _person(who: str, deed: str) -> Node:
    """Return who judged; whoever is not named has no IRI in common with another deed, so that none can be joined."""
    iri = f"{deed}-by" if who == A_REVIEWER else by_content("person", who)
    return {"@id": iri, "@type": ["prov:Agent", "prov:Person"], "rdfs:label": scalar(who)}


def revision_nodes(revisions: Iterable[Revision]) -> list[Node]:
    """Return what later documents did to claims; a claim that is taken back is invalidated by it."""
    nodes: list[Node] = []
    numbers: Counter[str] = Counter()
    for one in revisions:
        iri = claim_iri(one.claim)
        numbers[iri] += 1
        act = f"{iri}#revision-{numbers[iri]}"
        nodes.append(
            {
                "@id": act,
                "@type": ["prov:Activity", "at:Revision"],
                "prov:used": {"@id": document_iri(one.document), "@type": ["prov:Entity", "at:Document"]},
                **filled(
                    revisionKind=one.kind, since=date_value(one.since), reason=one.rule, correction=one.correction
                ),
                **filled(takesBack=one.takes_back),
                "at:claim": iri,
            }
        )
        if one.takes_back:
            nodes.append({"@id": iri, "prov:wasInvalidatedBy": act})
    return nodes


def later_nodes(told: Told) -> list[Node]:
    """Return the documents that came after the one of a claim: those that revise it, and notices about it."""
    first = document_iri(told.claim.document)
    return [_later(one, first) for one in told.later if one.document != told.claim.document]


def _later(one: Later, first: str) -> Node:
    bears: dict[str, Any] = {"at:noticeKind": str(one.kind), "at:isAbout": first}
    if one.kind is LaterKind.VERSION:
        bears = {"prov:wasRevisionOf": first}
    return {"@id": document_iri(one.document), "@type": ["prov:Entity", "at:Document"], **bears}
