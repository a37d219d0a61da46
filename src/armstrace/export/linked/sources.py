"""Who said it: speakers, and the chain of what each said, from the nearest to the farthest.

What one source says is derived from what the next one says, and each is attributed to its own speaker. Nobody acts on
behalf of anybody: to relay is no delegation. A source that is a document is no agent but what was drawn on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from armstrace.export.linked.terms import by_content, filled, scalar
from armstrace.export.linked.vocabulary import Node
from armstrace.export.linked.words import region
from armstrace.model import Claim, Source, SourceKind

_CLASSES: Final[Mapping[SourceKind, list[str]]] = {
    SourceKind.OUTLET: ["prov:Agent", "prov:Organization"],
    SourceKind.GOVERNMENT: ["prov:Agent", "prov:Organization"],
    SourceKind.INTELLIGENCE: ["prov:Agent", "prov:Organization"],
    SourceKind.COMPANY: ["prov:Agent", "prov:Organization"],
    SourceKind.NGO: ["prov:Agent", "prov:Organization"],
    SourceKind.STATE_MEDIA: ["prov:Agent", "prov:Organization"],
    SourceKind.DOCUMENT: ["prov:Entity"],
}
_ANYBODY: Final = ["prov:Agent"]  # an official, an expert: one person or several, the text does not always tell


def speaker(name: str, kind: SourceKind, country: str | None = None) -> Node:
    """Return a source; it has one IRI wherever it is named alike."""
    return {
        "@id": by_content("source", name, kind, country or ""),
        "@type": [*_CLASSES.get(kind, _ANYBODY), "at:Source"],
        **({"rdfs:label": scalar(name)} if name else {}),
        **filled(sourceKind=str(kind), country=country),
    }


def statements(claim: Claim, iri: str, document: str) -> Node | None:
    """Return what the nearest source says, and within it what the next one says, and so on; None without a chain."""
    said: Node | None = None
    for position in range(len(claim.attribution), 0, -1):
        link = f"{iri}#statement-{position}"
        said = _statement(claim.attribution[position - 1], link, said) | {"at:position": position}
        span = claim.attribution[position - 1].span
        if span is not None:
            said["at:attributionWords"] = region(f"{link}-words", document, span, claim.evidence)
    return said


def _statement(source: Source, iri: str, beyond: Node | None) -> Node:
    who = speaker(source.name, source.kind, source.country)
    node: Node = {
        "@id": iri,
        "@type": ["prov:Entity", "at:Statement"],
        **filled(cue=source.cue, channel=source.channel, named=source.named),
    }
    derived = [beyond] if beyond else []
    if source.kind is not SourceKind.DOCUMENT:
        node["prov:wasAttributedTo"] = who
    elif beyond:
        derived.append(who)
    else:
        node["prov:hadPrimarySource"] = who
    if derived:
        node["prov:wasDerivedFrom"] = derived
    return node
