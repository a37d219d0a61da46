"""A desk at which people log in by a provider on loopback, and browsers that do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx2
from desk_server import asking, make_desk, serving
from oidc_provider import CLIENT, SECRET, Provider, providing

from armstrace.fetch.network import Network
from armstrace.store.identities import Identity
from armstrace.store.open import open_store
from armstrace.store.people import Account, Deed
from armstrace.store.repository import Store
from armstrace.web.desk import Desk
from armstrace.web.oidc import provider as spoken
from armstrace.web.oidc.settings import OidcSettings
from armstrace.web.oidc.sign_on import SignOn, epoch
from armstrace.web.people.accounts import COOKIE, Accounts, hash_password
from armstrace.web.people.person import Role
from armstrace.web.people.secrets import form_token

NOW = "2031-05-01T12:00:00Z"
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody


class Clock:
    """The desk's clock, and the one that counts seconds; both stand until they are set."""

    def __init__(self) -> None:
        self.passed = 0

    def now(self) -> str:
        minutes, seconds = divmod(self.passed, 60)
        return f"2031-05-01T12:{minutes:02d}:{seconds:02d}Z"

    def __call__(self) -> float:
        return float(self.passed)


@dataclass
class Elsewhere:
    """A store with an admin ada and a reviewer mara, a provider that knows mara as s-1, and desks over both."""

    store: Store
    provider: Provider
    clock: Clock
    opened: ExitStack

    def desk(self, **more: object) -> Desk:
        settings = OidcSettings(self.provider.address, CLIENT, SECRET, "Example Institute", **more)
        client = spoken.Provider(settings, lambda: epoch(self.clock.now()), Network(clock=self.clock))
        accounts = Accounts(self.store.people, self.clock.now)
        sign_on = SignOn(self.store, settings, client, self.clock.now, "the key of this test")
        return replace(make_desk(self.store, accounts=accounts), now=self.clock.now, sign_on=sign_on)

    def serve(self, **more: object) -> httpx2.Client:
        """Return a client of a desk with such settings."""
        return self.opened.enter_context(asking(self.opened.enter_context(serving(self.desk(**more)))))

    def bind(self, subject: str = "s-1", name: str = "mara", issuer: str = "") -> None:
        """Let an account be somebody's whom a provider knows."""
        identity = Identity(issuer or self.provider.address, subject, name, name, NOW)
        self.store.identities.bind(identity, Deed(NOW, "ada", "account bound", name))

    def deeds(self) -> list[tuple[str, str, str | None]]:
        return [(deed.who, deed.did, deed.about) for _, deed in self.store.people.deeds()]

    def last(self) -> Deed:
        return next(self.store.people.deeds())[1]


def make_people(folder: Path) -> None:
    """Make the store that each test gets a copy of."""
    with open_store(str(folder / "people.db"), {}) as store:
        for name, role in (("ada", Role.ADMIN), ("mara", Role.REVIEWER)):
            store.people.add(Account(name, role.word, hash_password(PASSWORD), made_at=NOW))


@contextmanager
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    """Give all that a test of logging in needs, over a copy of that store."""
    with open_store(str(folder / "people.db"), {}) as store, providing() as provider, ExitStack() as opened:
        yield Elsewhere(store, provider, Clock(), opened)


def begin(client: httpx2.Client, next_page: str = "/") -> str:
    """Press the button; return where it leads."""
    answer = client.get("/login/oidc", params={"next_page": next_page})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def asked_of(location: str) -> dict[str, str]:
    """Return what an address asks for."""
    return dict(parse_qsl(urlsplit(location).query))


def approve(location: str) -> str:
    """Approve at the provider; return where it sends the browser back to."""
    page = httpx2.get(f"{location}&approve=yes")
    assert page.status_code == 302
    return page.headers["location"]


def log_in(client: httpx2.Client, next_page: str = "/") -> httpx2.Response:
    """Log in at the provider and come back."""
    return client.get(approve(begin(client, next_page)))


def by_password(client: httpx2.Client, name: str = "mara", **more: str) -> httpx2.Response:
    return client.post("/login", data={"name": name, "password": PASSWORD, **more})


def send(client: httpx2.Client, path: str, **form: str) -> httpx2.Response:
    """Send a form of the client's session."""
    return client.post(path, data={"form_token": form_token(client.cookies[COOKIE]), **form})


def is_inside(client: httpx2.Client) -> bool:
    return client.get("/account").status_code == 200
