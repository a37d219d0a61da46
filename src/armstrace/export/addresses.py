"""Addresses that documents name: text to whoever reads, a link only where a browser goes to a web page by it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from armstrace.export.plain import plain

_SCHEMES: Final = frozenset({"http", "https"})


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
