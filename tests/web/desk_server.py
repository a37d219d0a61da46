"""A desk as users have it: a real server on loopback over a real store."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import httpx2
import uvicorn

from armstrace.grouping import load_stages
from armstrace.store.repository import Store
from armstrace.web.app import create_app
from armstrace.web.desk import Desk, Settings, alone
from armstrace.web.people.accounts import Accounts

NOW = "2031-05-01T12:00:00Z"
stages = cache(load_stages)  # the lexicon takes some seconds


def make_desk(store: Store, settings: Settings | None = None, accounts: Accounts | None = None) -> Desk:
    """Return a desk for one person whose clock stands still, or for those who have accounts."""
    identify = accounts.identify if accounts else alone("ann")
    return Desk(store, stages(), lambda: NOW, identify, accounts, settings or Settings())


@contextmanager
def serving(desk: Desk) -> Iterator[str]:
    """Serve a desk on a free port; yield its address, without a slash at the end."""
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(desk), host="127.0.0.1", port=0, log_config=None, log_level="warning", access_log=False
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the desk did not start")
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def asking(address: str) -> Iterator[httpx2.Client]:
    """Yield a client of a desk that follows no redirect."""
    with httpx2.Client(base_url=address, timeout=30) as client:
        yield client
