"""One claim, one nanopublication in TriG, named by the hash of its content.

The assertion is what a document is read to say, never that it is so. The provenance tells the words, the chain of
sources, the reading and the judgement. It bears no signature, which would need a key of the user's, and no licence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from armstrace.export.linked.claims import claim_iri
from armstrace.export.linked.documents import document_iri, document_node, reading, software, unknown_document
from armstrace.export.linked.judgements import revision_nodes, told_nodes
from armstrace.export.linked.terms import URN, date_value, moment_value, scalar
from armstrace.export.linked.trig import graphs_text, prefixes_text
from armstrace.export.linked.triples import TYPE, triples
from armstrace.export.linked.trusty import HOLE, Quad, artifact_code
from armstrace.export.linked.vocabulary import FIELDS, PREFIXES, Node, expand
from armstrace.export.record import About, Cited, Out, Record
from armstrace.export.wording import HONESTY, CountryNames, claim_words
from armstrace.register.types import Revision
from armstrace.told import Told

_THIS: Final = f"{URN}np:{HOLE}"
_ASSERTION: Final = f"{_THIS}#assertion"
_PROVENANCE: Final = f"{_THIS}#provenance"
_PUBINFO: Final = f"{_THIS}#pubinfo"
_LINKS: Final = {"np:hasAssertion": _ASSERTION, "np:hasProvenance": _PROVENANCE, "np:hasPublicationInfo": _PUBINFO}
_HEAD: Final[Sequence[Quad]] = (
    (f"{_THIS}#Head", _THIS, TYPE, False, expand("np:Nanopublication"), ""),
    *((f"{_THIS}#Head", _THIS, expand(name), False, graph, "") for name, graph in _LINKS.items()),
)
# Of a claim and its values, what tells of the reading and not of what the document says.
_OF_THE_READING: Final = frozenset(map(expand, ("at:inferred", "at:rule", "at:refersTo")))


class _Subject(NamedTuple):
    """What one nanopublication is about."""

    told: Told
    cited: Cited | None
    revisions: Sequence[Revision]


class _Makers(NamedTuple):
    """By what all nanopublications of an export are made: IRIs of programs, and what is said of these."""

    names: CountryNames
    program: str
    readers: Sequence[str]
    quads: Sequence[Quad]


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a nanopublication a claim, but for claims that people rejected: of these there is nothing to cite."""
    out.write(f"{prefixes_text()}\n".encode())
    makers = _makers(about)
    known: set[str] = set()
    for record in records:
        for one in _subjects(record):
            if one.told.claim.id not in known:
                known.add(one.told.claim.id)
                out.write(_nanopublication(one, makers).encode())


def _subjects(record: Record) -> Iterator[_Subject]:
    transfer = record.transfer
    for told in (*transfer.claims, *transfer.context):
        if not told.is_rejected:
            revisions = [one for one in transfer.revisions if one.claim == told.claim.id]
            yield _Subject(told, record.documents.get(told.claim.document), revisions)


def _makers(about: About) -> _Makers:
    program, readers = software(about.versions)
    return _Makers(
        about.names,
        program["@id"],
        [one["@id"] for one in readers],
        [
            *((_PUBINFO, *one) for one in triples(program)),
            *((_PROVENANCE, *one) for node in readers for one in triples(node)),
        ],
    )


def _nanopublication(subject: _Subject, makers: _Makers) -> str:
    claim, *judged = told_nodes(subject.told)
    beside = [*judged, *revision_nodes(subject.revisions), *_document(subject, makers.readers)]
    quads = [
        *_HEAD,
        *makers.quads,
        *_of_claim(claim),
        *((_PROVENANCE, *one) for node in beside for one in triples(node)),
        *((_PUBINFO, *one) for one in triples(_published(subject, makers))),
    ]
    whole = list(dict.fromkeys(sorted(quads)))
    code = artifact_code(whole)
    return f"# {URN}np:{code}\n{graphs_text(whole, code)}\n"


def _of_claim(claim: Node) -> Iterator[Quad]:
    """Yield what the document is read to say as the assertion, and where and how as its provenance."""
    said = {claim["@id"], *(value["@id"] for field in FIELDS for value in claim.get(field, ()))}
    for one in triples(claim):
        yield (_ASSERTION if one[0] in said and _is_said(one[1], one[3]) else _PROVENANCE, *one)
    for name in ("prov:wasDerivedFrom", "prov:wasGeneratedBy"):  # the graph itself comes from all that its claim does
        found = claim[name]
        for origin in found if isinstance(found, list) else [found]:
            iri = origin["@id"] if isinstance(origin, dict) else origin
            yield _PROVENANCE, _ASSERTION, expand(name), False, iri, ""


def _is_said(predicate: str, object_: str) -> bool:
    return object_.startswith(PREFIXES["at"]) if predicate == TYPE else _tells_what_is_said(predicate)


@cache
def _tells_what_is_said(predicate: str) -> bool:
    return not predicate.startswith((PREFIXES["prov"], PREFIXES["oa"])) and predicate not in _OF_THE_READING


def _document(subject: _Subject, readers: Sequence[str]) -> Iterator[Node]:
    identity = subject.told.claim.document
    yield document_node(subject.cited) if subject.cited else unknown_document(identity)
    yield reading(document_iri(identity), readers)


def _published(subject: _Subject, makers: _Makers) -> Node:
    created = _created(subject)
    return {
        "@id": _THIS,
        "npx:introduces": claim_iri(subject.told.claim.id),
        "npx:hasNanopubType": f"{PREFIXES['at']}Claim",
        "rdfs:label": scalar(f"Reported: {claim_words(subject.told.claim, makers.names)}"),
        "rdfs:comment": HONESTY,
        "prov:wasAttributedTo": makers.program,
        **({"dct:created": created} if created else {}),
    }


def _created(subject: _Subject) -> Any:  # noqa: ANN401 - a value of JSON-LD
    """Return the last moment that the content rests on, of capture or judgement; else the day of the document."""
    review, cited = subject.told.review, subject.cited
    told = [cited.captured if cited else None]
    if review:
        told += [review.at, *(one.at for one in review.corrections)]
    moments = [one for one in map(moment_value, told) if isinstance(one, dict)]
    if moments:
        return max(moments, key=lambda one: _instant(one["@value"]))
    return date_value(subject.told.published)


def _instant(moment: str) -> datetime:
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
