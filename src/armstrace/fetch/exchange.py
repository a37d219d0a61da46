"""One request and its answer over one connection, bounded in time and bytes; HTTP/1.1 as h11 reads it."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import h11

from armstrace.fetch.address import Address
from armstrace.fetch.fetched import Again, FetchError, first_header, shown
from armstrace.fetch.network import Network

Headers = tuple[tuple[str, str], ...]

MOST_HEADER_BYTES = 64 * 1024
_READ = 64 * 1024
_HEADERS_TOO_LARGE = 431  # h11's sign for it
_AFTERTHOUGHT = 0.05  # seconds in which what a server sends beyond the length that it told is noticed
_MOST_TRIED = 3  # addresses of one name
_BROKEN = frozenset({errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE})


class Answer(NamedTuple):
    """What a server answered; ``body`` as it came over the line."""

    status: int
    headers: Headers
    body: bytes


class Deadline:
    """The time that one fetch may take, counted down by a clock."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._end = clock() + seconds

    def left(self, address: Address) -> float:
        """Return the seconds left, more than none.

        Raises:
            FetchError: the time is up.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise FetchError(f"{address}: not done within {self._seconds:g} seconds; broken off", again=Again.LATER)
        return left

    def allows(self, seconds: float) -> bool:
        """Tell whether there is time to wait so long, and some beyond."""
        return self._clock() + seconds < self._end

    @contextmanager
    def halted(self) -> Iterator[None]:
        """Take no time for what is done meanwhile: waiting for a host's turn is not the server's doing."""
        start = self._clock()
        yield
        self._end += self._clock() - start


class Line:
    """A connection to the one host of an address; each read and write waits no longer than it may."""

    def __init__(self, address: Address, deadline: Deadline, stall: float) -> None:
        self._address = address
        self._deadline = deadline
        self._stall = stall
        self._socket: socket.socket | None = None

    def open(self, ips: tuple[str, ...], network: Network) -> None:
        """Connect to the first of the checked IP addresses that answers, and to no other.

        Raises:
            FetchError: none answers, or its certificate does not hold.
        """
        trouble: OSError | None = None
        for ip in ips[:_MOST_TRIED]:
            try:
                self._socket = network.connect(ip, self._address.port, self._seconds())
                break
            except OSError as error:
                trouble = trouble or error
        if self._socket is None:
            raise self._no_connection(trouble)
        if self._address.scheme == "https":
            self._secure(network.trust())

    def send(self, data: bytes) -> None:
        """Send bytes; a server that hangs up may still have answered, so that is no error yet."""
        with self._failures("takes no request"):
            try:
                self._ready().sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                return

    def receive(self) -> bytes:
        """Return what came, nothing at the end."""
        with self._failures("sends nothing"):
            return self._ready().recv(_READ)

    def goes_on(self) -> bool:
        """Tell whether more comes although the answer is over; it was asked to hang up."""
        try:
            line = self._ready()
            line.settimeout(_AFTERTHOUGHT)
            return bool(line.recv(1))
        except OSError:
            return False

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()

    def _secure(self, context: ssl.SSLContext) -> None:
        # The certificate is that of the name asked for, whatever address it was found at.
        with self._failures("does not finish its TLS handshake"):
            self._socket = context.wrap_socket(self._ready(), server_hostname=self._address.host)

    def _seconds(self) -> float:
        return min(self._stall, self._deadline.left(self._address))

    def _ready(self) -> socket.socket:
        if self._socket is None:
            raise FetchError(f"{self._address}: not connected")
        self._socket.settimeout(self._seconds())
        return self._socket

    def _no_connection(self, trouble: OSError | None) -> FetchError:
        if isinstance(trouble, TimeoutError):
            self._deadline.left(self._address)
            return FetchError(f"{self._address}: cannot be reached, nobody answers", again=Again.SOON)
        reason = (trouble.strerror or str(trouble)) if trouble else "no address"
        return FetchError(f"{self._address}: cannot be reached ({reason})", again=Again.LATER)

    @contextmanager
    def _failures(self, silence: str) -> Iterator[None]:
        """Say of what breaks on the line what broke, and whether it may hold in a moment."""
        address = self._address
        try:
            yield
        except TimeoutError as error:
            self._deadline.left(address)  # the time of the whole fetch may be what ran out
            raise FetchError(f"{address}: {silence} for {self._stall:g} seconds", again=Again.SOON) from error
        except ssl.SSLCertVerificationError as error:
            reason = f"its certificate does not hold ({error.verify_message})"
            raise FetchError(f"{address}: {reason}; nothing was read", again=Again.LATER) from error
        except ssl.SSLError as error:
            dropped = isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError)
            reason = "broke off the connection" if dropped else f"speaks no TLS that holds ({shown(str(error.reason))})"
            raise FetchError(f"{address}: {reason}", again=Again.SOON if dropped else Again.LATER) from error
        except OSError as error:
            again = Again.SOON if error.errno in _BROKEN else Again.LATER
            raise FetchError(f"{address}: broke off the connection ({error.strerror})", again=again) from error


def exchange(line: Line, address: Address, headers: Headers, size: int) -> Answer:
    """Return the answer to one GET; its body is read only where it is the page itself (status 200 or 203).

    Raises:
        FetchError: the answer is no HTTP, breaks off, is larger than ``size`` or lies about its length.
    """
    with _told(address):
        protocol, head = _ask(line, address, "GET", headers)
        if head.status not in {200, 203}:
            return head
        _check_length(head, address, size)
        return head._replace(body=_body(line, protocol, address, size))


def exchange_post(line: Line, address: Address, headers: Headers, body: bytes) -> Answer:
    """Return the answer to one POST, whose body is not read.

    Raises:
        FetchError: the answer is no HTTP, or breaks off.
    """
    with _told(address):
        return _ask(line, address, "POST", (*headers, ("Content-Length", str(len(body)))), body)[1]


def exchange_form(line: Line, address: Address, headers: Headers, body: bytes, size: int) -> Answer:
    """Return the answer to one POST with its body, whatever its status.

    Raises:
        FetchError: the answer is no HTTP, breaks off, is larger than ``size`` or lies about its length.
    """
    with _told(address):
        protocol, head = _ask(line, address, "POST", (*headers, ("Content-Length", str(len(body)))), body)
        _check_length(head, address, size)
        return head._replace(body=_body(line, protocol, address, size))


def _ask(
    line: Line, address: Address, method: str, headers: Headers, body: bytes = b""
) -> tuple[h11.Connection, Answer]:
    protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEADER_BYTES)
    given = [
        (name.encode(), value.encode("latin-1", "replace")) for name, value in (("Host", address.authority), *headers)
    ]
    request = h11.Request(method=method, target=address.target, headers=given)
    line.send((protocol.send(request) or b"") + (protocol.send(h11.Data(data=body)) or b"" if body else b""))
    protocol.send(h11.EndOfMessage())
    return protocol, _head(line, protocol, address)


@contextmanager
def _told(address: Address) -> Iterator[None]:
    """Say of what is no HTTP which side it is of."""
    try:
        yield
    except h11.LocalProtocolError as error:
        raise FetchError(f"{address}: the request cannot be sent ({error}); check the user agent") from error
    except h11.RemoteProtocolError as error:
        raise _no_http(address, error) from error


def _head(line: Line, protocol: h11.Connection, address: Address) -> Answer:
    while True:
        event = _event(line, protocol)
        if isinstance(event, h11.Response):
            named = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers)
            return Answer(event.status_code, named, b"")
        if isinstance(event, h11.ConnectionClosed) or event is h11.PAUSED:
            raise FetchError(f"{address}: hung up without an answer", again=Again.SOON)


def _body(line: Line, protocol: h11.Connection, address: Address, size: int) -> bytes:
    body = bytearray()
    while not isinstance(event := _event(line, protocol), h11.EndOfMessage):
        if not isinstance(event, h11.Data):
            raise FetchError(f"{address}: hung up in the middle of its answer", again=Again.SOON)
        body += event.data
        if len(body) > size:
            raise FetchError(f"{address}: sends more than {size:,} bytes; broken off")
    if protocol.trailing_data[0] or line.goes_on():
        raise FetchError(
            f"{address}: says that it sends {len(body):,} bytes and sends more; not taken, as it would be cut short"
        )
    return bytes(body)


def _event(line: Line, protocol: h11.Connection) -> object:
    while (event := protocol.next_event()) is h11.NEED_DATA:
        data = line.receive()
        if not data and protocol.their_state is h11.SEND_RESPONSE:
            return h11.ConnectionClosed()
        protocol.receive_data(data)
    return event


def _check_length(head: Answer, address: Address, size: int) -> None:
    declared = first_header(head.headers, "content-length")
    if declared is not None and declared.isdigit() and int(declared) > size:
        raise FetchError(f"{address}: is {int(declared):,} bytes long, more than the {size:,} allowed; not read")


def _no_http(address: Address, error: h11.RemoteProtocolError) -> FetchError:
    words = str(error)
    if error.error_status_hint == _HEADERS_TOO_LARGE:
        return FetchError(f"{address}: sends more than {MOST_HEADER_BYTES:,} bytes of headers; broken off")
    if words.startswith("peer "):  # closed the connection: h11 knows no other sign of it
        return FetchError(f"{address}: broke off before the end of its answer ({shown(words)})", again=Again.SOON)
    return FetchError(f"{address}: answers in no valid HTTP ({shown(words)})", again=Again.LATER)
