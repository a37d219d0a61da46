"""Logging in at a provider, from the button to the account: what the pages of login call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from armstrace.errors import ArmstraceError, LoginRefusedError, ProviderError
from armstrace.store.people import Account, Deed
from armstrace.store.repository import Store
from armstrace.web.oidc.entering import BY, admit
from armstrace.web.oidc.settings import OidcSettings
from armstrace.web.oidc.under_way import AGAIN, SECONDS, Answered, UnderWay, begin, seal, unseal
from armstrace.web.people.secrets import kept
from armstrace.web.people.throttle import note_failure, seconds_left

if TYPE_CHECKING:
    from armstrace.web.oidc.provider import Provider  # it needs an extra that not everybody has

# Kinds of failures, each counted for itself. Only the last one makes whoever it happened to wait: any page elsewhere
# can have a browser bring a stray answer, and a provider in trouble is nobody's fault.
_STRAY: Final = "stray answer from"
_TROUBLE: Final = "provider in trouble, asked from"
_REFUSED: Final = "login elsewhere refused, from"


class Begun(NamedTuple):
    """Where a browser goes to log in, and the cookie that it keeps meanwhile."""

    address: str
    cookie: str


class Entered(NamedTuple):
    """Who came in, and the page that they asked for."""

    account: Account
    next_page: str


@dataclass(frozen=True, slots=True)
class SignOn:
    """Logging in at one provider; ``key`` signs what browsers keep of logins under way, ``now`` is the desk's clock."""

    store: Store
    settings: OidcSettings
    provider: Provider
    now: Callable[[], str]
    key: str = field(repr=False)

    def begin(self, next_page: str, back: str) -> Begun:
        """Return where to send a browser that is to come back to ``back``.

        Raises:
            ProviderError: the provider does not say where.
        """
        login = begin(next_page, epoch(self.now()))
        return Begun(self.provider.start_address(login, back), seal(login, self.key))

    def finish(self, cookie: str, answered: Answered, back: str, place: str) -> Entered:
        """Return who logged in, by what their browser kept and what it brought back; that works once.

        ``place`` is where they ask from; whoever fails there must wait, longer each time. What went wrong is recorded.

        Raises:
            LoginRefusedError: nobody did, or they may not come in.
            ProviderError: the provider cannot be asked.
        """
        at = self.now()
        try:
            login = self._check(cookie, answered, at)
        except LoginRefusedError as error:
            self._note(_STRAY, place, error, at)
            raise
        if wait := seconds_left(self.store.people, (f"{_REFUSED} {place}",), at):
            raise LoginRefusedError(f"logins failed here too often; wait {wait} seconds before the next try")
        try:
            account = admit(self.store, self.settings, self.provider.redeem(answered, login, back), at)
        except LoginRefusedError as error:
            self._note(_REFUSED, place, error, at)
            raise
        except ProviderError as error:
            self._note(_TROUBLE, place, error, at)
            raise
        self.store.people.forget_failures(kept(f"{_REFUSED} {place}"))
        return Entered(account, login.next_page)

    def _check(self, cookie: str, answered: Answered, at: str) -> UnderWay:
        login = unseal(cookie, answered.state, self.key, epoch(at))
        oldest = (datetime.fromisoformat(at) - timedelta(seconds=2 * SECONDS)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if not self.store.identities.spend(kept(login.state), at, oldest):
            raise LoginRefusedError(f"this login came back before; {AGAIN}")
        return login

    def _note(self, kind: str, place: str, error: ArmstraceError, at: str) -> None:
        """Record what went wrong, the more seldom the more often it does: anybody can have it go wrong."""
        people, names = self.store.people, (f"{kind} {place}",)
        if seconds_left(people, names, at):
            return
        note_failure(people, names, at)
        who = error.who if isinstance(error, LoginRefusedError) else ""
        people.note(
            Deed(at, who or BY, "login failed", None, {"from": place, "by": self.settings.issuer, "why": str(error)})
        )


def epoch(at: str) -> int:
    """Return a moment in seconds, as tokens count them."""
    return int(datetime.fromisoformat(at).timestamp())
