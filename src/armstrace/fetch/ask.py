"""Asking a service that the person who runs this named: one request, one answer, both small, and no way elsewhere.

Such a service may stand on this machine or the local network, for its address was given on purpose; the metadata
services of clouds stay closed. What is sent and answered is secret, so all but this machine is asked by https.
"""

from __future__ import annotations

from typing import Final

from armstrace.fetch.address import Address, parse_address
from armstrace.fetch.exchange import Answer, Deadline, Headers, Line, exchange, exchange_form
from armstrace.fetch.fetched import MEBIBYTE, Again, FetchError, Limits, agent_name
from armstrace.fetch.guard import check_address
from armstrace.fetch.network import Network

ASK_LIMITS: Final = Limits(seconds=10, stall=5, size=MEBIBYTE)
_REDIRECTS: Final = range(300, 400)


def read_service_address(text: str) -> Address:
    """Return the address of a service: https, or http on this machine.

    Raises:
        FetchError: it is no such address.
    """
    address = parse_address(text)
    if address.scheme == "https" or is_this_machine(address):
        return address
    raise FetchError(f"{address}: secrets would go there that anybody on the way can read; give an https address")


def is_this_machine(address: Address) -> bool:
    """Tell whether an address is of this machine by its spelling alone."""
    literal = address.literal
    return literal.is_loopback if literal else address.host == "localhost"


def ask(
    address: str, network: Network, form: bytes | None = None, headers: Headers = (), limits: Limits = ASK_LIMITS
) -> Answer:
    """Return what a service answers to a GET, or to the POST of a form.

    It is asked once; no redirect is followed, no cookie kept, no proxy used. The body of a GET is there only where the
    status is 200 or 203.

    Raises:
        FetchError: there is no answer, it is too large or too slow, or it leads elsewhere.
    """
    place = read_service_address(address)
    ips = check_address(place, network.resolve, allow_private=True)
    line = Line(place, Deadline(network.clock, limits.seconds), limits.stall)
    sent = (
        ("User-Agent", agent_name()),
        ("Accept", "application/json"),
        ("Connection", "close"),
        *((("Content-Type", "application/x-www-form-urlencoded"),) if form is not None else ()),
        *headers,
    )
    try:
        line.open(ips, network)
        if form is None:
            answer = exchange(line, place, sent, limits.size)
        else:
            answer = exchange_form(line, place, sent, form, limits.size)
    finally:
        line.close()
    if answer.status in _REDIRECTS:
        reason = f"leads elsewhere ({answer.status}), which is not followed; give that address itself"
        raise FetchError(f"{place}: {reason}", again=Again.LATER, status=answer.status)
    return answer
