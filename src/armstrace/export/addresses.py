"""Addresses that documents name: text to whoever reads, a link only where a browser goes to a web page by it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from armstrace.export.plain import plain

_SCHEMES: Final = frozenset({"http", "https"})
_BROKEN: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_HOST: Final = re.compile(r"[a-z0-9._~!$&'()*+,;=%-]+")
_SIGNS: Final = "!#$%&'()*+,/:;=?@~-._"  # of RFC 3986, but for the brackets, which only a host may hold


def href_of(address: str | None) -> str | None:
    """Return an address as a link may bear it; None for what is no plain http(s) address with a host."""
    if not address or not address.isprintable() or plain(address) != address or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if parts.scheme.lower() in _SCHEMES and host and " " not in address else None


def address_iri(address: str) -> str | None:
    """Return a web address as data may bear it, in ASCII, percent-encoded; None for what ``href_of`` gives nothing for.

    Nothing in it ends an IRI of Turtle, a field of BibTeX or a string of JSON.
    """
    known = href_of(address)
    whole = quote(_BROKEN.sub("%25", known), safe=_SIGNS) if known else ""
    host = urlsplit(whole).hostname
    return whole if host and _HOST.fullmatch(host) and whole.count("#") <= 1 else None
