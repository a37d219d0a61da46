"""A desk opened by plain values, so that each process that serves it can open it for itself."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from fastapi import FastAPI

from armstrace.grouping import load_stages
from armstrace.observing.logs import Logs, start_logs
from armstrace.register.reliability import Row
from armstrace.store.open import open_store
from armstrace.store.repository import Store
from armstrace.web.app import create_app
from armstrace.web.desk import Desk, Settings, alone
from armstrace.web.loaded_ahead import load_ahead
from armstrace.web.oidc.opening import open_sign_on
from armstrace.web.oidc.settings import OidcSettings
from armstrace.web.people.accounts import Accounts

PATIENCE: Final = 5.0  # seconds that an answer waits for a server that is away; whoever asks is told when to ask again


@dataclass(frozen=True, slots=True)
class Opening:
    """What a desk is opened by.

    Attributes:
        database: the address of its store, as ``open_store`` takes it.
        hosts: names under which it may be asked.
        now: a clock, ISO in UTC, to the second; a function of a module, by which other processes find it.
        with_accounts: whether it is for who has an account.
        private_hooks: whether alerts may be sent to this machine and the local network.
        reliability: rows of the user's own table of sources.
        oidc: the provider at which people log in; None for none.
        logs: how each process logs.
        metrics_token: that whoever reads metrics shows; "" for none.
        drain: seconds for which it still answers once it is told to end.
    """

    database: str | None
    hosts: tuple[str, ...]
    now: Callable[[], str]
    with_accounts: bool = False
    private_hooks: bool = False
    reliability: tuple[Row, ...] = ()
    oidc: OidcSettings | None = None
    logs: Logs = field(default_factory=Logs)
    metrics_token: str = field(default="", repr=False)
    drain: float = 1.0


def open_desk(store: Store, opening: Opening) -> Desk:
    """Return the desk over a store.

    Raises:
        MissingPartError: logging in elsewhere needs a part that is not installed.
    """
    store.database.patience = PATIENCE
    now = opening.now
    accounts = Accounts(store.people, now) if opening.with_accounts else None
    identify = accounts.identify if accounts else alone(getpass.getuser())
    settings = Settings(
        hosts=opening.hosts,
        private_hooks=opening.private_hooks,
        reliability=opening.reliability,
        drain=opening.drain,
        metrics_token=opening.metrics_token,
    )
    sign_on = open_sign_on(store, opening.oidc, now) if opening.oidc else None
    return Desk(store, load_stages(), now, identify, accounts, settings, sign_on=sign_on)


def make_app(opening: Opening) -> FastAPI:
    """Return the application of one of several processes; its store is closed when the process ends.

    Raises:
        StoreError: the store cannot be used.
    """
    start_logs(opening.logs)
    desk = open_desk(open_store(opening.database, os.environ), opening)
    desk.health.loading = load_ahead()
    return create_app(desk)
