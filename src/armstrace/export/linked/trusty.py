"""Trusty URIs of RDF graphs, module RA: a name that holds the hash of what it names.

After the specification, version 1 (Kuhn, 23 February 2015): the code within every IRI is replaced by a blank; the
statements are sorted by graph, subject, predicate and object, IRIs before literals; each is written on four lines, a
literal as ``^datatype text`` with backslash and line feed escaped; the code is "RA" and the SHA-256 hash in Base64 for
URLs. No statement here has a language tag or an unnamed node, which need more.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

HOLE: Final = " "  # where the code is to stand in an IRI

# The IRI of a graph, then a triple.
Quad = tuple[str, str, str, bool, str, str]


def artifact_code(quads: Sequence[Quad]) -> str:
    """Return the code of statements that are sorted, each once; ``HOLE`` stands where the code is to."""
    digest = hashlib.sha256("".join(map(_normal, quads)).encode()).digest()
    return f"RA{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def _normal(quad: Quad) -> str:
    graph, subject, predicate, literal, text, datatype = quad
    if not literal:
        return f"{graph}\n{subject}\n{predicate}\n{text}\n"
    if "\\" in text or "\n" in text:
        text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{graph}\n{subject}\n{predicate}\n^{datatype} {text}\n"
