"""The tree of sources of a transfer: origin -> who passed it on -> outlet -> document -> claim, with counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from armstrace.model import Source, SourceKind
from armstrace.register.fields import plain_name
from armstrace.register.types import Origin
from armstrace.told import Told


class Place(NamedTuple):
    """What a node stands for: ``kind`` is origin, source, outlet, document or claim; ``key`` tells equal ones."""

    kind: str
    key: str
    label: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree: what it is, the claims below it, in how many documents and texts, and why it is one."""

    place: Place
    claims: tuple[str, ...]
    documents: int
    families: int
    rules: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()


def source_tree(claims: Sequence[Told], origins: Iterable[Origin]) -> tuple[Node, ...]:
    """Return one branch an origin, for claims in order of report; the branch that most documents hang on first.

    Below an origin stand the sources of each chain from the farthest to the nearest, then outlet, document, claim.
    """
    branches = []
    for origin in origins:
        ids = frozenset(origin.claims)
        own = [told for told in claims if told.claim.id in ids]
        if own:
            place = Place("origin", origin.key, origin.name)
            children = _grow([(told, _path(told, origin)) for told in own], 0)
            branches.append(_node(place, own, children, origin.rules))
    return tuple(sorted(branches, key=lambda node: (-node.documents, -len(node.claims), node.place.key)))


def _path(told: Told, origin: Origin) -> tuple[Place, ...]:
    """Return the nodes from an origin to a claim."""
    chain = [
        source for source in reversed(told.claim.attribution) if plain_name(source.name) != plain_name(origin.name)
    ]
    outlet = told.outlet or "outlet unknown"
    if chain and plain_name(chain[-1].name) == plain_name(told.outlet):
        chain = chain[:-1]  # the outlet itself, which stands as such
    document = told.claim.document
    return (
        *(_passing(source) for source in chain),
        Place(
            "outlet", plain_name(told.outlet), outlet, Source(outlet, SourceKind.OUTLET, None, named=bool(told.outlet))
        ),
        Place("document", document, told.title or document),
        Place("claim", told.claim.id, told.claim.evidence.text),
    )


def _passing(source: Source) -> Place:
    """Return the node of a source; an outlet that is cited is the outlet itself."""
    if source.kind is SourceKind.OUTLET:
        return Place("outlet", plain_name(source.name), source.name, source)
    return Place("source", f"{source.kind}:{plain_name(source.name)}", source.name, source)


def _grow(paths: Sequence[tuple[Told, tuple[Place, ...]]], depth: int) -> tuple[Node, ...]:
    groups: dict[tuple[str, str], list[tuple[Told, tuple[Place, ...]]]] = {}
    for told, path in paths:
        if depth < len(path):
            groups.setdefault(path[depth][:2], []).append((told, path))
    return tuple(
        _node(entries[0][1][depth], [told for told, _ in entries], _grow(entries, depth + 1))
        for entries in groups.values()
    )


def _node(place: Place, claims: Sequence[Told], children: tuple[Node, ...], rules: tuple[str, ...] = ()) -> Node:
    ids = tuple(told.claim.id for told in claims)
    documents = len({told.claim.document for told in claims})
    return Node(place, ids, documents, len({told.family for told in claims}), rules, children)
