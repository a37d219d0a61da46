"""The outside that fetching needs, as one value that tests can replace: names, sockets, clocks, sleep, trust."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import httpx2

from armstrace.fetch.fetched import Again, FetchError
from armstrace.fetch.guard import Resolver

Connector = Callable[[str, int, float], socket.socket]
"""Opens a connection to an IP address and port within some seconds; raises OSError."""

_MOST_SECONDS = 15  # for a name; the system's own resolver may take minutes


def resolve_name(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of a name, as the system gives and sorts them.

    Raises:
        FetchError: the name is not known, or the name server does not answer.
    """
    found: queue.SimpleQueue[tuple[str, ...] | OSError] = queue.SimpleQueue()
    # The system's call cannot be broken off, so it is left behind where it takes too long.
    threading.Thread(target=_look_up, args=(host, port, found), daemon=True).start()
    try:
        answer = found.get(timeout=_MOST_SECONDS)
    except queue.Empty:
        raise FetchError(f"{host}: the name server gives no answer", again=Again.SOON) from None
    if isinstance(answer, OSError):
        passing = answer.errno == socket.EAI_AGAIN
        reason = "the name server gives no answer" if passing else "no such host; check the spelling"
        raise FetchError(f"{host}: {reason}", again=Again.SOON if passing else Again.LATER) from answer
    return answer


def _look_up(host: str, port: int, found: queue.SimpleQueue[tuple[str, ...] | OSError]) -> None:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found.put(tuple(dict.fromkeys(str(row[4][0]) for row in rows)))
    except OSError as error:
        found.put(error)
    except UnicodeError as error:
        found.put(OSError(str(error)))


def connect(ip: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an IP address.

    Raises:
        OSError: nobody answers there, or not in time.
    """
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect((ip, port))
    except BaseException:
        line.close()
        raise
    return line


@cache
def system_trust() -> ssl.SSLContext:
    """Return the rules for TLS: certificates that this system trusts, names checked."""
    context = httpx2.create_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def utc_now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Network:
    """Ways to the outside. ``clock`` counts seconds and never goes back; ``now`` is the calendar's moment, UTC.

    ``sleep`` returns true where it was cut short because the run is to stop; nothing is asked for then.
    """

    resolve: Resolver = resolve_name
    connect: Connector = connect
    trust: Callable[[], ssl.SSLContext] = system_trust
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = utc_now
    sleep: Callable[[float], object] = time.sleep
