"""Sending to one address: checked as those that are fetched are, bounded likewise; nothing of the answer is read."""

from __future__ import annotations

from typing import Final

from armstrace.fetch.address import Address, parse_address
from armstrace.fetch.exchange import Answer, Deadline, Headers, Line, exchange_post
from armstrace.fetch.fetched import Again, FetchError, Limits, agent_name, first_header
from armstrace.fetch.guard import check_address
from armstrace.fetch.network import Network
from armstrace.fetch.waits import retry_after

POST_LIMITS: Final = Limits(seconds=30, stall=15)
_TAKEN: Final = range(200, 300)
_REDIRECTS: Final = range(300, 400)
_GONE: Final = 410


def read_post_address(text: str, *, allow_private: bool = False) -> Address:
    """Return an address that may be sent to, as far as its spelling tells: https, or http where that is allowed.

    Raises:
        FetchError: it is no such address.
    """
    address = parse_address(text)
    if address.scheme != "https" and not allow_private:
        raise FetchError(f"{address}: what is watched must not be open to everybody on the way; give an https address")
    return address


def post(
    address: str, body: bytes, headers: Headers, network: Network | None = None, *, allow_private: bool = False
) -> int:
    """Send JSON to an address and return the status of the answer, one of 200 to 299.

    It is sent once; no redirect is followed, no cookie is kept, no proxy used.

    Raises:
        FetchError: it was not taken; the text says why, ``again`` when to send again, ``wait`` what was asked for.
    """
    place, network = read_post_address(address, allow_private=allow_private), network or Network()
    ips = check_address(place, network.resolve, allow_private=allow_private)
    line = Line(place, Deadline(network.clock, POST_LIMITS.seconds), POST_LIMITS.stall)
    sent = (
        ("User-Agent", agent_name()),
        ("Content-Type", "application/json"),
        ("Accept", "*/*"),
        ("Connection", "close"),
        *headers,
    )
    try:
        line.open(ips, network)
        answer = exchange_post(line, place, sent, body)
    finally:
        line.close()
    if answer.status not in _TAKEN:
        raise _refused(place, answer, network)
    return answer.status


def _refused(address: Address, answer: Answer, network: Network) -> FetchError:
    status = answer.status
    if status in _REDIRECTS:
        reason = f"leads elsewhere ({status}), which is not followed; give that address itself"
        return FetchError(f"{address}: {reason}", again=Again.LATER, status=status)
    if status == _GONE:
        return FetchError(f"{address}: says that nobody takes anything there any more ({status})", status=status)
    wait = retry_after(first_header(answer.headers, "retry-after"), network.now())
    return FetchError(f"{address}: the server does not take it ({status})", again=Again.LATER, status=status, wait=wait)
