"""Nodes as triples, as any JSON-LD processor would read them with the context of the vocabulary."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from armstrace.export.linked.vocabulary import DATATYPES, PREFIXES, REFERS, Node, expand

TYPE: Final = f"{PREFIXES['rdf']}type"
STRING: Final = f"{PREFIXES['xsd']}string"

# Subject, predicate, whether the object is a literal, its IRI or text, the IRI of its datatype ("" for an IRI). In the
# order in which trusty URIs sort them; bare tuples, as an export makes ten million.
Triple = tuple[str, str, bool, str, str]


def triples(node: Node) -> list[Triple]:
    """Return what a node and those within it say; twice what they say twice."""
    found: list[Triple] = []
    _add(node, found)
    return found


def _add(node: Node, found: list[Triple]) -> None:
    subject = node["@id"]
    for key, value in node.items():
        if key != "@id":
            predicate, datatype = _property(key)
            for one in value if isinstance(value, list) else (value,):
                if isinstance(one, dict):
                    found.append(_nested(subject, predicate, one, found))
                elif datatype:
                    found.append((subject, predicate, True, one if isinstance(one, str) else _lexical(one), datatype))
                else:
                    found.append((subject, predicate, False, _expanded(one) if key == "@type" else one, ""))


def _nested(subject: str, predicate: str, value: Node, found: list[Triple]) -> Triple:
    if "@id" not in value:
        return subject, predicate, True, value["@value"], _expanded(value["@type"])
    _add(value, found)
    return subject, predicate, False, value["@id"], ""


def _lexical(value: Any) -> str:  # noqa: ANN401 - a number or a truth value
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _property(key: str) -> tuple[str, str]:
    """Return the IRI of a property and of the datatype of its values, "" where they are IRIs."""
    if key == "@type":
        return TYPE, ""
    return expand(key), "" if key in REFERS else expand(DATATYPES.get(key, "xsd:string"))


_expanded = cache(expand)
