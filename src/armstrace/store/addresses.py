"""When two web addresses are those of one page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from armstrace.ids import content_id

# Parts of a query that say where a reader came from, not what the page is.
_TRACKING = re.compile(
    r"utm_\w+|at_\w+|pk_\w+|mtm_\w+|mc_[ce]id|gclid|fbclid|dclid|msclkid|yclid|igshid|twclid|ref|ref_src|ref_url|cmpid"
    r"|ito|ocid|smid|smtyp|spm|_ga|_gl|guccounter|guce_\w+",
    re.IGNORECASE,
)
_DEFAULT_PORTS = frozenset({None, 80, 443})
_UNTOUCHED = ":@!$&'()*+,;=~"
_ANY_BYTES = "surrogateescape"
_LONGEST = 500  # characters; PostgreSQL has an index for no more than some 2,700 bytes


def url_key(*addresses: str | None) -> str | None:
    """Return the key of the first http(s) address that names a page, None where there is none.

    Scheme, "www.", default port, fragment, tracking parts, case of the host and a slash at the end do not count. The
    front page of a site is no page of its own: many sites name it as the canonical address of everything.
    """
    return next((key for address in addresses if address and (key := _key(address))), None)


def _key(address: str) -> str | None:
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
        path = "/".join(_spelt(part) for part in parts.path.split("/")).rstrip("/")
        query = _told(parts.query)
    except ValueError:  # a port that is no number, a host that is none, bytes that are no text
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "!/" in address:
        return None  # "!/" leads into a container
    if not path and not query:
        return None
    key = f"{host}{'' if port in _DEFAULT_PORTS else f':{port}'}{path}{query}"
    return key if len(key) <= _LONGEST else f"{key[:_LONGEST]}#{content_id(key)}"


def _spelt(part: str) -> str:
    """Return a part of a path with each character escaped in one way."""
    return quote(unquote(part, errors=_ANY_BYTES), safe=_UNTOUCHED, errors=_ANY_BYTES)


def _told(query: str) -> str:
    """Return a query without what is there for tracking."""
    fields = parse_qsl(query, keep_blank_values=True, errors=_ANY_BYTES)
    told = [(name, value) for name, value in fields if not _TRACKING.fullmatch(name)]
    return f"?{urlencode(told, errors=_ANY_BYTES)}" if told else ""
