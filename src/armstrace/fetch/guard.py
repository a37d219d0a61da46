"""Which addresses may be connected to: decided on the resolved address, which is then the one connected to.

Python's ``is_global`` is not enough: it passes multicast, NAT64 and 6to4 around private addresses, and what it says
differs between versions. The tables follow the special-purpose registries of the IANA (RFC 6890).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import NamedTuple

from armstrace.fetch.address import IP, Address
from armstrace.fetch.fetched import Again, FetchError

Resolver = Callable[[str, int], tuple[str, ...]]
"""Gives the IP addresses of a name and port, in the order to try them; raises FetchError if there are none."""


class Closed(NamedTuple):
    """A network that is not connected to; ``local`` ones are opened by ``--allow-private``."""

    network: ipaddress.IPv4Network | ipaddress.IPv6Network
    what: str
    local: bool = False


def _closed(network: str, what: str, *, local: bool = False) -> Closed:
    return Closed(ipaddress.ip_network(network), what, local)


# Services that hand out the keys of a machine to whoever asks from it. They stay closed whatever is allowed.
METADATA = (
    _closed("169.254.169.254/32", "the metadata service of a cloud machine"),
    _closed("169.254.169.253/32", "the name server of a cloud machine"),
    _closed("169.254.170.2/32", "the metadata service of a container"),
    _closed("169.254.170.23/32", "the metadata service of a container"),
    _closed("169.254.0.23/32", "the metadata service of a cloud machine"),
    _closed("100.100.100.200/32", "the metadata service of a cloud machine"),
    _closed("192.0.0.192/32", "the metadata service of a cloud machine"),
    _closed("168.63.129.16/32", "the host agent of a cloud machine"),  # looks public
    _closed("fd00:ec2::254/128", "the metadata service of a cloud machine"),
    _closed("fd00:ec2::23/128", "the metadata service of a container"),
    _closed("fd20:ce::254/128", "the metadata service of a cloud machine"),
)

# The first that holds an address decides.
CLOSED = (
    *METADATA,
    _closed("0.0.0.0/8", "no address of a machine"),
    _closed("10.0.0.0/8", "a private address", local=True),
    _closed("100.64.0.0/10", "a provider's shared address", local=True),
    _closed("127.0.0.0/8", "this machine", local=True),
    _closed("169.254.0.0/16", "a link-local address", local=True),
    _closed("172.16.0.0/12", "a private address", local=True),
    _closed("192.0.0.0/24", "reserved for protocols"),
    _closed("192.0.2.0/24", "for documentation only"),
    _closed("192.31.196.0/24", "reserved for name servers"),
    _closed("192.52.193.0/24", "reserved for multicast"),
    _closed("192.88.99.0/24", "a 6to4 relay"),
    _closed("192.168.0.0/16", "a private address", local=True),
    _closed("192.175.48.0/24", "reserved for name servers"),
    _closed("198.18.0.0/15", "for benchmarks only"),
    _closed("198.51.100.0/24", "for documentation only"),
    _closed("203.0.113.0/24", "for documentation only"),
    _closed("224.0.0.0/4", "a multicast address"),
    _closed("240.0.0.0/4", "reserved"),
    _closed("::1/128", "this machine", local=True),
    _closed("fc00::/7", "a private address", local=True),
    _closed("fe80::/10", "a link-local address", local=True),
    _closed("2001::/23", "reserved for protocols"),  # Teredo, ORCHID, benchmarks
    _closed("2001:db8::/32", "for documentation only"),
    _closed("2002::/16", "an IPv4 address in 6to4"),
    _closed("2620:4f:8000::/48", "reserved for name servers"),
    _closed("3fff::/20", "for documentation only"),
)
# Of IPv6 only this is given out to the world: mapped, compatible, translated, multicast and all else lies outside.
_GLOBAL = ipaddress.ip_network("2000::/3")
# A network without IPv4 gives every site that has nothing else an address in here; it is judged by what it holds.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

# Names that lead to this machine or to its metadata, wherever they are said to lead.
_METADATA_NAMES = frozenset(
    {
        "metadata",
        "metadata.google.internal",
        "metadata.goog",
        "metadata.azure.internal",
        "metadata.azure.com",
        "metadata.tencentyun.com",
        "metadata.platformequinix.com",
        "instance-data",
        "instance-data.ec2.internal",
    }
)
_LOCAL_NAMES = ("localhost", "localdomain", "ip6-localhost", "ip6-loopback")


def closed_reason(ip: IP, *, allow_private: bool) -> str | None:
    """Return what an IP address is that must not be connected to; None where it may be."""
    if ip.version == 6 and ip in _NAT64:  # noqa: PLR2004 - IPv6
        inner = closed_reason(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF), allow_private=allow_private)
        return inner and f"{inner}, translated"
    for network, what, local in CLOSED:
        if ip.version == network.version and ip in network:
            return None if local and allow_private else what
    if ip.version == 6 and ip not in _GLOBAL:  # noqa: PLR2004 - IPv6
        return "no address of the public internet"
    return None


def check_address(address: Address, resolve: Resolver, *, allow_private: bool = False) -> tuple[str, ...]:
    """Return the IP addresses of a host, in the resolver's order: all of them may be connected to.

    One closed address among several closes the name: which of them answers is not ours to choose.

    Raises:
        FetchError: the host is closed, has a closed address, or is not known.
    """
    _check_name(address, allow_private=allow_private)
    literal = address.literal
    given = (str(literal),) if literal else resolve(address.host, address.port)
    if not given:
        raise FetchError(f"{address}: {address.host} has no address", again=Again.LATER)
    for text in given:
        reason = closed_reason(_ip(address, text), allow_private=allow_private)
        if reason is not None:
            leads = f"{text} is {reason}" if literal else f"{address.host} leads to {text}, {reason}"
            raise FetchError(f"{address}: {leads}; not connected{_remedy(text, allow_private=allow_private)}")
    return given


def _check_name(address: Address, *, allow_private: bool) -> None:
    if address.host in _METADATA_NAMES:
        raise FetchError(f"{address}: {address.host} is the metadata service of a cloud machine; not connected")
    if not allow_private and address.host.rpartition(".")[2] in _LOCAL_NAMES:
        raise FetchError(f"{address}: {address.host} is this machine; not connected. If you mean it: --allow-private")


def _ip(address: Address, text: str) -> IP:
    try:
        return ipaddress.ip_address(text)
    except ValueError as error:
        raise FetchError(f"{address}: {address.host} leads to {text!r}, which is no IP address") from error


def _remedy(text: str, *, allow_private: bool) -> str:
    opened = not allow_private and closed_reason(ipaddress.ip_address(text), allow_private=True) is None
    return ". If you mean it: --allow-private" if opened else ""
