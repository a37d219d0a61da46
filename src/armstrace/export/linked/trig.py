"""Statements as TriG (W3C Recommendation 25 February 2014), escaped so that no text ends before it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from armstrace.export.linked.triples import STRING, TYPE
from armstrace.export.linked.trusty import HOLE, Quad
from armstrace.export.linked.vocabulary import PREFIXES

# What ends a line, turns it round or cannot be seen: whoever looks at the file shall see it.
_SHOWN: Final = (*range(0x20), *range(0x7F, 0xA0), 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x2028, 0x202F))
_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in (*_SHOWN, *range(0x2060, 0x2070))},
    0x22: '\\"',
    0x5C: "\\\\",
    0x0A: "\\n",
    0x0D: "\\r",
    0x09: "\\t",
}
_ESCAPED: Final = re.compile(f"[{re.escape(''.join(map(chr, _ESCAPES)))}]")
_CLOSING: Final = " .\n}\n"
_LOCAL: Final = re.compile("[A-Za-z][A-Za-z0-9-]*")


def prefixes_text() -> str:
    """Return the lines that declare the prefixes."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def graphs_text(quads: Iterable[Quad], code: str) -> str:
    """Return sorted statements by graph and subject; ``code`` stands in every IRI where it has its hole."""
    return "".join(_parts(quads, code)) + _CLOSING


def _parts(quads: Iterable[Quad], code: str) -> Iterator[str]:
    graph, subject = "", ""
    for in_graph, of, predicate, literal, text, datatype in quads:
        if in_graph != graph:
            opening = f"<{in_graph.replace(HOLE, code)}> {{\n  <{of.replace(HOLE, code)}> "
            yield _CLOSING + opening if graph else opening
        elif of != subject:
            yield f" .\n  <{of.replace(HOLE, code)}> "
        else:
            yield " ;\n    "
        graph, subject = in_graph, of
        yield f"{_name(predicate)} {_literal(text, datatype) if literal else _object(text, predicate, code)}"


def _object(iri: str, predicate: str, code: str) -> str:
    return _name(iri) if predicate == TYPE else f"<{iri.replace(HOLE, code)}>"


def _literal(text: str, datatype: str) -> str:
    if _ESCAPED.search(text):
        text = text.translate(_ESCAPES)
    return f'"{text}"' if datatype == STRING else f'"{text}"^^{_name(datatype)}'


@cache
def _name(iri: str) -> str:
    """Return a word of a vocabulary by its prefix."""
    if iri == TYPE:
        return "a"
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"
