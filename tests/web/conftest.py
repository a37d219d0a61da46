"""The demo's store, made once, and the desk over it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from desk_server import asking, make_desk, serving

from armstrace.cli.demo import fill_store
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader
from armstrace.store.open import open_store
from armstrace.store.repository import Store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory) -> Iterator[Store]:
    """Return the store that ``armstrace demo`` makes."""
    path = tmp_path_factory.mktemp("desk") / "demo.db"
    with open_store(str(path), {}) as store:
        with reporting(json_log=False) as reporter:
            fill_store(store, KeptReader(store, reporter))
        yield store


@pytest.fixture(scope="session")
def desk_address(demo_store) -> Iterator[str]:
    """Return where a desk over the demo's store is served."""
    with serving(make_desk(demo_store)) as address:
        yield address


@pytest.fixture
def client(desk_address) -> Iterator[httpx2.Client]:
    """Return a client of that desk."""
    with asking(desk_address) as client:
        yield client
