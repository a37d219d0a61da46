"""What every page and route of the desk works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from armstrace.keeping.stages import Stages
from armstrace.lexicon.load import load_country_labels
from armstrace.observing.metrics import Metrics
from armstrace.register.reliability import Row, load_reliability
from armstrace.store.repository import Store
from armstrace.web.current import Current
from armstrace.web.observing.health import Health
from armstrace.web.oidc.sign_on import SignOn
from armstrace.web.people.accounts import Accounts
from armstrace.web.people.person import Person, Role

MAX_DOCUMENT = 1 << 25  # of a document that is sent
MAX_BODY = 1 << 20  # bytes of a request's body: a form with the longest reason is far below it
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """How one desk is run.

    Attributes:
        title: of the pages.
        hosts: names under which it may be asked, without ports; a page elsewhere can make a browser ask by another.
        max_body: bytes of a request's body.
        max_document: bytes of a body that brings a document.
        private_hooks: whether alerts may be sent to this machine and the local network.
        reliability: rows of the user's own table of how reliable sources are, which count before all others.
        drain: seconds for which it still answers once it is told to end, and says that it is not ready.
        metrics_token: that whoever reads metrics shows; "" for who works at this machine.
    """

    title: str = "armstrace"
    hosts: tuple[str, ...] = LOCAL_HOSTS
    max_body: int = MAX_BODY
    max_document: int = MAX_DOCUMENT
    private_hooks: bool = False
    reliability: tuple[Row, ...] = ()
    drain: float = 1.0
    metrics_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """What one desk works with.

    Attributes:
        store: documents, claims, judgements and the register.
        stages: how claims are grouped.
        now: a clock, ISO in UTC, to the second.
        identify: tells who asks.
        accounts: of those who may use it; None where it is for one person.
        settings: how it is run.
        names: of countries, by code.
        sign_on: logging in at a provider; None where people have passwords only.
        metrics: what is counted.
        health: what becomes of its parts.
        current: keeps the register up to date, for all who ask.
    """

    store: Store
    stages: Stages
    now: Callable[[], str]
    identify: Callable[[Request], Person]
    accounts: Accounts | None = None
    settings: Settings = field(default_factory=Settings)
    names: Mapping[str, str] = field(default_factory=load_country_labels)
    sign_on: SignOn | None = None
    metrics: Metrics = field(default_factory=Metrics, repr=False)
    health: Health = field(default_factory=Health, repr=False)
    current: Current = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "current", Current(self.store, self.stages, metrics=self.metrics))

    @property
    def takes_passwords(self) -> bool:
        """Tell whether people may log in by a password."""
        return self.sign_on is None or self.sign_on.settings.passwords

    def reliability(self) -> tuple[Row, ...]:
        """Return how reliable sources are: by the user's own table, then by grades that people gave, then as packaged.

        Raises:
            StoreError: the database cannot be used.
        """
        return (*self.settings.reliability, *load_reliability(stored=self.store.grades.rows()))


def alone(name: str) -> Callable[[Request], Person]:
    """Return what takes everybody who reaches a desk without accounts for one person, who may everything."""
    person = Person(name, Role.ADMIN)
    return lambda _: person
