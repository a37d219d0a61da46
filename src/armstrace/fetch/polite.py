"""Fetching as a guest: robots.txt is asked, one request at a time, with a pause between two to the same host."""

from __future__ import annotations

from dataclasses import dataclass, replace

from armstrace.fetch.address import Address
from armstrace.fetch.client import fetch
from armstrace.fetch.fetched import PRODUCT, Again, Fetched, FetchError, FetchOptions, Known, agent_name
from armstrace.fetch.memory import MemoryState
from armstrace.fetch.network import Network
from armstrace.fetch.robots import Robots, RobotsError
from armstrace.watched import RobotsMemory


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two requests to one host: at least, and at most whatever its robots.txt asks for."""

    least: float = 1.0
    most: float = 30.0


class PoliteFetcher:
    """Fetches one address after the other, never two at a time, and remembers when each host was last asked."""

    def __init__(
        self,
        memory: RobotsMemory,
        options: FetchOptions | None = None,
        network: Network | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._options = options or FetchOptions()
        self._network = network or Network()
        self._pace = pace or Pace()
        self._last: dict[str, float] = {}  # when each host was done with, by the clock
        product = self._options.user_agent.partition("/")[0].strip() or PRODUCT
        self._robots = Robots(self._fetch_robots, memory, self._network.now, product)

    def fetch(self, address: str, known: Known | None = None) -> Fetched:
        """Return what an address answers, as ``client.fetch`` does, where its site allows it.

        Raises:
            FetchError: there is no page to be had, robots.txt does not allow it, or the run is being stopped.
        """
        asked: set[str] = set()
        try:
            return fetch(address, known, self._options, self._network, lambda there: self._permit(there, asked))
        finally:
            self._last.update(dict.fromkeys(asked, self._network.clock()))

    def _fetch_robots(self, address: str) -> Fetched:
        return fetch(address, None, self._options, self._network)  # once a day: it waits for no turn and takes none

    def _permit(self, address: Address, asked: set[str]) -> None:
        """Ask robots.txt of every address, and wait for the turn of a host that is new in this fetch."""
        delay = self._robots.check(address)
        if address.host not in asked:
            self._wait_for_turn(address, delay)
            asked.add(address.host)

    def _wait_for_turn(self, address: Address, delay: float | None) -> None:
        seconds = min(max(delay or 0, self._pace.least), self._pace.most)
        last = self._last.get(address.host)
        wait = 0 if last is None else last + seconds - self._network.clock()
        if wait > 0 and self._network.sleep(wait):
            raise FetchError(f"{address}: not fetched, the run is being stopped", again=Again.SOON)


def fetch_page(
    address: str,
    options: FetchOptions | None = None,
    network: Network | None = None,
    *,
    ignore_robots: bool = False,
) -> Fetched:
    """Return one page that a person asked for by its address.

    robots.txt holds for it too, as for all that armstrace fetches. A person may overrule it for a page that he or she
    would otherwise open in a browser; the ``User-Agent`` then does not claim to respect it. Watching has no such way.

    Raises:
        FetchError: there is no page to be had; the text says why, and how to overrule robots.txt.
    """
    options = options or FetchOptions()
    if ignore_robots:
        if options.user_agent == agent_name():
            options = replace(options, user_agent=agent_name(respects_robots=False))
        return fetch(address, None, options, network)
    try:
        return PoliteFetcher(MemoryState(), options, network).fetch(address)
    except RobotsError as error:
        raise RobotsError(f"{error}. If you mean this one page: --ignore-robots", again=error.again) from error
