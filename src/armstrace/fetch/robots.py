"""What a site's robots.txt allows, as RFC 9309 has it: one a site, asked for once a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from protego import Protego

from armstrace.fetch.address import Address
from armstrace.fetch.fetched import PRODUCT, Again, Fetched, FetchError
from armstrace.fetch.waits import has_come
from armstrace.watched import RobotsMemory, RobotsState

_LASTS = timedelta(days=1)
_ASKED_AGAIN = timedelta(minutes=15)  # where it could not be read
_MOST_BYTES = 512 * 1024  # what must be read of it at least; rules beyond are nobody's
_TOO_OFTEN = 429
_CLIENT_ERRORS = range(400, 500)
_VERSION = re.compile(r"^([ \t]*user-?agent[ \t]*:[ \t]*[^\s/#]+)/[^\s#]*", re.IGNORECASE | re.MULTILINE)


class RobotsError(FetchError):
    """A site's robots.txt does not allow an address, or not for now."""


class Robots:
    """Tells what may be fetched; reads each site's robots.txt when its first page is asked for."""

    def __init__(
        self, fetch: Callable[[str], Fetched], memory: RobotsMemory, now: Callable[[], datetime], product: str = PRODUCT
    ) -> None:
        self._fetch = fetch
        self._memory = memory
        self._now = now
        self._product = product
        self._parsed: dict[str, tuple[RobotsState, Protego]] = {}

    def check(self, address: Address) -> float | None:
        """Return the seconds that the site wants between two requests, None where it does not say.

        No robots.txt (any 4xx) allows everything. One that cannot be read allows nothing for now.

        Raises:
            RobotsError: the address is not allowed, or not for now.
        """
        state = self._current(address.site)
        if not state.reachable:
            raise RobotsError(
                f"{address}: the robots.txt of {address.site} cannot be read now, so nothing is fetched from there "
                f"until it can; tried again from {state.expires:%Y-%m-%d %H:%M} UTC",
                again=Again.LATER,
            )
        rules = self._rules(address.site, state)
        if not rules.can_fetch(str(address), self._product):
            raise RobotsError(f"{address}: the robots.txt of {address.site} does not allow it")
        return rules.crawl_delay(self._product)

    def _current(self, site: str) -> RobotsState:
        known = self._memory.robots(site)
        if known is not None and not has_come(known.expires, self._now(), _LASTS):
            return known
        state = self._read(site)
        self._memory.put_robots(site, state)
        return state

    def _read(self, site: str) -> RobotsState:
        try:
            fetched = self._fetch(f"{site}/robots.txt")
        except FetchError as error:
            if error.status in _CLIENT_ERRORS and error.status != _TOO_OFTEN:
                return RobotsState("", reachable=True, expires=self._now() + _LASTS)
            return RobotsState("", reachable=False, expires=self._now() + _ASKED_AGAIN)
        text = fetched.body[:_MOST_BYTES].decode("utf-8-sig", "replace").replace("\0", "")
        return RobotsState(text, reachable=True, expires=self._now() + _LASTS)

    def _rules(self, site: str, state: RobotsState) -> Protego:
        known = self._parsed.get(site)
        if known is None or known[0] != state:
            known = self._parsed[site] = (state, Protego.parse(_VERSION.sub(r"\1", state.rules)))
        return known[1]
