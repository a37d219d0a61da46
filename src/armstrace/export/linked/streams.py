"""A JSON-LD document written as it comes: one graph, a node a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from armstrace.export.record import Out

_encode = json.JSONEncoder(ensure_ascii=False).encode
# So that no text can end the script of a page that the document is put into, or a line of it.
_ESCAPES: Final = (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def write_graph(context: Mapping[str, Any] | str, nodes: Iterable[Mapping[str, Any]], out: Out) -> None:
    """Write nodes as the graph of one document. Their text must hold no half characters."""
    out.write(f'{{"@context": {_line(context)},\n"@graph": ['.encode())
    before = "\n"
    for node in nodes:
        out.write(f"{before}{_line(node)}".encode())
        before = ",\n"
    out.write(b"\n]}\n")


def _line(value: Any) -> str:  # noqa: ANN401 - plain values
    line = _encode(value)
    for mark, escape in _ESCAPES:
        if mark in line:
            line = line.replace(mark, escape)
    return line
