"""Documents, claims and measures as external references: by address and SHA-256 where a document has an address."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from armstrace.export.plain import plain
from armstrace.export.record import Cited
from armstrace.export.stix.objects import words

_OWN: Final = "armstrace"
# STIX 2.1, 2.5: by these names a reference is to an id of CVE or CAPEC, and to nothing else.
_RESERVED: Final = frozenset({"cve", "capec"})
_IN_ADDRESSES: Final = ":/?#[]@!$&'()*+,;=%-._~"  # RFC 3986


def own_reference(kind: str, identity: str) -> dict[str, Any]:
    """Return a reference to a record of this program: ``transfer``, ``claim``."""
    return {"source_name": _OWN, "description": kind, "external_id": words(identity)}


def document_reference(cited: Cited | None, document: str) -> dict[str, Any]:
    """Return a reference to a document; the hash is of its bytes as they came here."""
    if cited is None:
        return own_reference("document", document)
    told = ", ".join(plain(part) for part in (cited.title, cited.byline, cited.published) if part and plain(part))
    return {
        "source_name": source_name(cited.outlet, "document"),
        **({"description": told} if told else {}),
        **({"url": quote(cited.url, safe=_IN_ADDRESSES)} if cited.url else {}),
        **({"hashes": {"SHA-256": cited.sha256}} if cited.url else {}),
        "external_id": words(document),
    }


def source_name(name: str | None, unknown: str) -> str:
    """Return a name that no reader takes for one with a meaning of its own."""
    shown = words(name, unknown)
    return f"{shown} (name of a source)" if shown in _RESERVED else shown
