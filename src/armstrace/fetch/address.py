"""Addresses of the web, taken apart once: what is checked is what is connected to.

The parser is stricter than a browser: what two programs could read in two ways is refused, not interpreted.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import idna

from armstrace.fetch.fetched import FetchError, shown

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
_MOST_CHARACTERS = 8_000  # servers refuse longer request lines
_MOST_HOST = 253  # characters of a name in the DNS
_HIGHEST_PORT = 65_535
_BLANKS = " \t\r\n\f"  # dropped around an address

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<slashes>/*)(?P<authority>[^/?#]*)(?P<rest>[^#]*)")
_PORT = re.compile(r"(?P<host>.*?)(?::(?P<port>[^:\]]*))?")
_DIGITS = re.compile(r"[0-9]{1,5}")
_QUAD = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# The underscore is in no host name by the rules, but in many real ones.
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_KEPT = "!$%&'()*+,/:;=?@[]~"  # characters of a path or query that are sent as they stand


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address in one spelling: host in lower case and ASCII, no user, no fragment, path encoded."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def literal(self) -> IP | None:
        """Return the IP address that the host is, None where it is a name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """Return the host, in brackets where they are needed, and the port unless the scheme implies it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """Return scheme and authority: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.site + self.target


def parse_address(text: str) -> Address:
    """Return an address taken apart; white space around it is dropped, and so is the fragment.

    Raises:
        FetchError: it is no plain http(s) address, or spelt so that two programs may read it differently.
    """
    text = text.strip(_BLANKS)
    if len(text) > _MOST_CHARACTERS:
        raise _refused(text, f"is longer than {_MOST_CHARACTERS:,} characters")
    match = _ADDRESS.match(text)
    if match is None or match["scheme"].lower() not in PORTS:
        raise _refused(text, "is no http or https address; give one in full, as in https://outlet.example/page")
    if match["slashes"] != "//" or not match["authority"]:
        raise _refused(text, "names no host; write it as https://host/path")
    scheme = match["scheme"].lower()
    host, port = _host_and_port(text, match["authority"])
    return Address(scheme, host, PORTS[scheme] if port is None else port, _target(text, match["rest"]))


def follow(base: Address, location: str) -> Address:
    """Return the address that a ``Location`` leads to from another address.

    Raises:
        FetchError: it leads to what is no plain http(s) address.
    """
    location = location.strip(_BLANKS)
    # A backslash is a slash to browsers and a character to libraries: told apart before anything is joined.
    if "\\" in location.partition("?")[0] or _CONTROL.search(location):
        raise _refused(location, "holds a backslash or control character; nobody can tell where it leads")
    try:
        return parse_address(urljoin(str(base), location))
    except ValueError as error:
        raise _refused(location, "is no address") from error


def _host_and_port(text: str, authority: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise _refused(text, "carries a user name or password; armstrace sends none, so leave out all before the @")
    if "\\" in authority or "%" in authority or _UNSEEN.search(authority):
        raise _refused(text, "has a host with a backslash, a percent sign, a blank or an unseen character in it")
    match = _PORT.fullmatch(authority)
    if match is None:
        raise _refused(text, "has a host that cannot be read")
    host, port = match["host"], match["port"]
    return _host(text, host), _port(text, port) if port else None


def _port(text: str, port: str) -> int:
    if not (_DIGITS.fullmatch(port) and 0 < int(port) <= _HIGHEST_PORT):
        raise _refused(text, f"has no port between 1 and {_HIGHEST_PORT}")
    return int(port)


def _host(text: str, host: str) -> str:
    if host.startswith("["):
        return _ipv6(text, host)
    name = _ascii(text, host).lower().removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(text, name)
    if len(name) > _MOST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(text, "has no valid host name")
    return name


def _ascii(text: str, host: str) -> str:
    """Return a host name in the spelling of the DNS; look-alike digits and full stops become plain ones here."""
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise _refused(text, "has no valid host name") from error


def _ipv4(text: str, name: str) -> str:
    try:
        if _QUAD.fullmatch(name):
            return str(ipaddress.IPv4Address(name))
    except ValueError:
        pass
    raise _refused(text, "has a number for a host; write an IP address as four decimal numbers, 1.2.3.4")


def _ipv6(text: str, host: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host[1:-1] if host.endswith("]") else ""))
    except ValueError as error:
        raise _refused(text, "has no valid IPv6 address in its brackets") from error


def _target(text: str, rest: str) -> str:
    """Return path and query as they are sent; blanks and other scripts are encoded, nothing is decoded."""
    if _CONTROL.search(rest):
        raise _refused(text, "has a line break or other control character in it")
    path, mark, query = rest.partition("?")
    return (_encoded(_without_dots(path)) or "/") + mark + _encoded(query)


def _encoded(part: str) -> str:
    return quote(part, safe=_KEPT, errors="replace")


def _without_dots(path: str) -> str:
    """Return a path without ``.`` and ``..`` steps."""
    if "/." not in path:
        return path
    kept: list[str] = []
    steps = path.split("/")[1:]
    for step in steps:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    if steps[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _refused(text: str, reason: str) -> FetchError:
    return FetchError(f"{shown(text)}: {reason}")


Permit = Callable[[Address], None]
"""Asked before each request, redirects included; raises FetchError where it must not be made."""
