"""Fetching one address: checked before each connection, bounded in all it may cost, tried again where that may help."""

from __future__ import annotations

from armstrace.errors import InputError
from armstrace.fetch.address import Address, Permit, follow, parse_address
from armstrace.fetch.exchange import Answer, Deadline, Headers, Line, exchange
from armstrace.fetch.fetched import Again, Fetched, FetchError, FetchOptions, Known, first_header
from armstrace.fetch.guard import check_address
from armstrace.fetch.inflate import ACCEPTED, inflate
from armstrace.fetch.network import Network
from armstrace.fetch.waits import FIRST_WAIT, backoff, retry_after

_OK = frozenset({200, 203})
_UNCHANGED = 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SERVER_ERROR = 500
# What may be otherwise in a moment, and what in some hours; any other answer stands.
_SOON = frozenset({408, 425, 429, 502, 503, 504})
_LATER = frozenset({401, 403, 406})  # what sites that defend themselves against crowds answer
_REASONS = {
    401: "asks for a password",
    402: "asks for payment",
    403: "refuses to show it",
    404: "knows no such page",
    410: "says that the page is gone for good",
    429: "says that it was asked too often",
    451: "may not show it for legal reasons",
}


def fetch(
    address: str,
    known: Known | None = None,
    options: FetchOptions | None = None,
    network: Network | None = None,
    permit: Permit | None = None,
) -> Fetched:
    """Return what an address answers: the page, or status 304 and no body where it did not change since ``known``.

    Silence, broken connections, rate limits and overload are tried again within the limits; a ``Retry-After`` is
    waited for where it is short enough. No cookies are kept; no proxy is used. ``permit`` is asked before each
    request, redirects included.

    Raises:
        FetchError: there is no page to be had; the text says why, ``again`` when asking again makes sense.
    """
    options = options or FetchOptions()
    fetcher = _Fetcher(known or Known(), options, network or Network(), permit)
    return fetcher.fetch(parse_address(address))


class _Fetcher:
    """One fetch with all its attempts."""

    def __init__(self, known: Known, options: FetchOptions, network: Network, permit: Permit | None) -> None:
        self._limits = options.limits
        self._options = options
        self._network = network
        self._permit = permit
        self._headers = _request_headers(known, options.user_agent)
        self._conditional = known != Known()
        self._deadline = Deadline(network.clock, options.limits.seconds)

    def fetch(self, start: Address) -> Fetched:
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._follow(start)
            except FetchError as error:
                wait = self._wait(error, attempt)
                if wait is None:
                    raise _told(error, attempt) from error
                if self._network.sleep(wait):
                    raise

    def _wait(self, error: FetchError, attempt: int) -> float | None:
        """Return the seconds until the next attempt; None where there is to be none."""
        wait = backoff(attempt, FIRST_WAIT, self._limits.longest_wait) if error.wait is None else error.wait
        fits = wait <= self._limits.longest_wait and self._deadline.allows(wait)
        return wait if error.again is Again.SOON and attempt < self._limits.attempts and fits else None

    def _follow(self, start: Address) -> Fetched:
        """Return the answer at the end of the redirects."""
        passed: list[Address] = []
        address = start
        while True:
            try:
                answer = self._ask(address)
            except FetchError as error:
                if passed:
                    raise _reworded(error, f"{start}: leads on, and there: {error}") from error
                raise
            if answer.status not in _REDIRECTS:
                return self._fetched(start, address, passed, answer)
            passed.append(address)
            address = _next(passed, answer, self._limits.redirects)

    def _ask(self, address: Address) -> Answer:
        ips = check_address(address, self._network.resolve, allow_private=self._options.allow_private)
        if self._permit is not None:
            with self._deadline.halted():
                self._permit(address)
        line = Line(address, self._deadline, self._limits.stall)
        try:
            line.open(ips, self._network)
            return exchange(line, address, self._headers, self._limits.size)
        finally:
            line.close()

    def _fetched(self, start: Address, address: Address, passed: list[Address], answer: Answer) -> Fetched:
        if answer.status not in _OK and not (answer.status == _UNCHANGED and self._conditional):
            raise self._failed(address, answer)
        coding = first_header(answer.headers, "content-encoding") or ""
        try:
            body = inflate(answer.body, coding, self._limits.size)
        except InputError as error:
            raise FetchError(f"{address}: {error}") from error
        moment = self._network.now().isoformat(timespec="seconds")
        redirects = tuple(str(one) for one in passed)
        return Fetched(str(start), str(address), answer.status, answer.headers, body, moment, redirects)

    def _failed(self, address: Address, answer: Answer) -> FetchError:
        status = answer.status
        wait = retry_after(first_header(answer.headers, "retry-after"), self._network.now())
        again = Again.SOON if status in _SOON else Again.NEVER
        if again is Again.NEVER and (status in _LATER or status >= _SERVER_ERROR):
            again = Again.LATER
        reason = _REASONS.get(status, "is in trouble" if status >= _SERVER_ERROR else "does not give the page")
        later = f"; asks to wait {wait:,.0f} seconds" if wait else ""
        return FetchError(f"{address}: the server {reason} ({status}){later}", again=again, status=status, wait=wait)


def _request_headers(known: Known, user_agent: str) -> Headers:
    given = (
        ("User-Agent", user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Encoding", ACCEPTED),
        ("If-None-Match", known.etag),
        ("If-Modified-Since", known.last_modified),
        ("Connection", "close"),
    )
    return tuple((name, value) for name, value in given if value)


def _next(passed: list[Address], answer: Answer, most: int) -> Address:
    """Return where a redirect leads.

    Raises:
        FetchError: nowhere, in a circle, too far, or out of an encrypted connection.
    """
    here = passed[-1]
    location = first_header(answer.headers, "location")
    if not location:
        raise FetchError(f"{here}: sends elsewhere ({answer.status}) without saying where")
    if len(passed) > most:
        raise FetchError(f"{passed[0]}: leads through more than {most} redirects; broken off at {here}")
    try:
        there = follow(here, location.encode("latin-1").decode("utf-8", "replace"))
    except FetchError as error:
        raise FetchError(f"{here}: sends to an address that is not followed: {error}") from error
    if there in passed:
        raise FetchError(f"{passed[0]}: leads in a circle, back to {there}; the site may want cookies")
    if here.scheme == "https" and there.scheme == "http":
        raise FetchError(
            f"{here}: sends from an encrypted connection to an open one, {there}; not followed, as anybody on the way "
            "could change the page. If you mean it, give that address itself"
        )
    return there


def _told(error: FetchError, attempts: int) -> FetchError:
    if attempts == 1:
        return error
    return _reworded(error, f"{error}; gave up after {attempts} attempts")


def _reworded(error: FetchError, text: str) -> FetchError:
    return type(error)(text, again=error.again, status=error.status, wait=error.wait)
