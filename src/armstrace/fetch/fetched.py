"""What a fetch gives back, what bounds it, and how it fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from armstrace import __version__
from armstrace.errors import InputError

MEBIBYTE = 1 << 20
PRODUCT = "armstrace"
_SHOWN = 200  # characters of a foreign address or header in a message


class Again(StrEnum):
    """When it makes sense to ask again for what failed: in a moment, in some hours, or never."""

    SOON = "soon"
    LATER = "later"
    NEVER = "never"


class FetchError(InputError):
    """An address cannot be fetched; costs that address only.

    ``status`` is that of the answer where there was one; ``wait`` the seconds that the server asks to wait.
    """

    def __init__(
        self, message: str, *, again: Again = Again.NEVER, status: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(message)
        self.again = again
        self.status = status
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: all attempts, redirects and waits together stay within ``seconds``.

    ``stall`` is how long a server may stay silent, and how long one connection may take to come about; ``size``
    bounds the bytes that come over the line and those that they inflate to; ``longest_wait`` is the ``Retry-After``
    that is waited for.
    """

    seconds: float = 90
    stall: float = 20
    size: int = 64 * MEBIBYTE
    redirects: int = 10
    attempts: int = 3
    longest_wait: float = 30


def agent_name(*, respects_robots: bool = True) -> str:
    """Return the ``User-Agent`` that armstrace goes by; it claims to respect robots.txt only where it does."""
    return f"{PRODUCT}/{__version__} (+research{'; respects robots.txt' if respects_robots else ''})"


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What the caller may choose; ``allow_private`` opens this machine and the local network to fetches."""

    limits: Limits = field(default_factory=Limits)
    user_agent: str = field(default_factory=agent_name)
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address from the last time: with it, an unchanged page is not sent again."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a fetch. ``body`` is inflated; it is empty where ``status`` is 304 (not changed).

    ``address`` is the one asked for, ``final_address`` the one that answered, ``redirects`` those passed on the
    way, the first included; ``headers`` are as sent, names in lower case; ``moment`` is ISO, UTC.
    """

    address: str
    final_address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    moment: str
    redirects: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first value of a header, named in lower case."""
        return first_header(self.headers, name)

    @property
    def unchanged(self) -> bool:
        """Tell whether the server says that nothing changed since it was last asked."""
        return self.status == 304  # noqa: PLR2004 - the status says it

    @property
    def known(self) -> Known:
        """Return what to show the server next time."""
        return Known(self.header("etag"), self.header("last-modified"))


def first_header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """Return the first value of a header, named in lower case; None where it was not sent."""
    return next((value for key, value in headers if key == name), None)


def shown(text: str) -> str:
    """Return foreign text fit for a message: printable ASCII, cut where it is long."""
    plain = text.encode("ascii", "backslashreplace").decode("ascii")
    safe = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in plain)
    return safe if len(safe) <= _SHOWN else f"{safe[:_SHOWN]}..."
