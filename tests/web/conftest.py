"""The demo's store, made once, and the desk over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from browser import DESKTOP, Trap, keep_picture, running_browser
from desk_server import asking, make_desk, serving, stages
from hostile_documents import fill
from oidc_desk import Elsewhere, elsewhere, make_people
from playwright.sync_api import Browser, Page

from armstrace.cli.demo import fill_store
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader
from armstrace.keeping.update import update_register
from armstrace.pipeline import Reader
from armstrace.store.open import open_store
from armstrace.store.repository import Store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory) -> Iterator[Store]:
    """Return the store that ``armstrace demo`` makes."""
    path = tmp_path_factory.mktemp("desk") / "demo.db"
    with open_store(str(path), {}) as store:
        with reporting() as reporter:
            fill_store(store, KeptReader(store, reporter))
        update_register(store, stages())
        yield store


@pytest.fixture(scope="module")
def own_store(tmp_path_factory) -> Iterator[Store]:
    """Return a store with the demo for the tests of one module, which may change it."""
    with open_store(str(tmp_path_factory.mktemp("own") / "own.db"), {}) as store:
        with reporting() as reporter:
            fill_store(store, KeptReader(store, reporter))
        update_register(store, stages())
        yield store


@pytest.fixture(scope="session")
def desk_address(demo_store) -> Iterator[str]:
    """Return where a desk over the demo's store is served."""
    with serving(make_desk(demo_store)) as address:
        yield address


@pytest.fixture
def demo_copy(demo_store, tmp_path) -> Iterator[tuple[httpx2.Client, Store]]:
    """Return a client of a desk over a copy of the demo's store, and the copy, which may be changed."""
    source = Path(demo_store.database.place.name)
    with demo_store.database.write() as connection:  # nobody writes while it is copied
        connection.exec_driver_sql("SELECT 1")
        shutil.copy(source, tmp_path / "demo.db")
        for log in source.parent.glob(f"{source.name}-*"):
            shutil.copy(log, tmp_path / log.name)
    shutil.copytree(f"{source}.evidence", tmp_path / "demo.db.evidence")
    with (
        open_store(str(tmp_path / "demo.db"), {}) as store,
        serving(make_desk(store)) as address,
        asking(address) as client,
    ):
        yield client, store


@pytest.fixture
def client(desk_address) -> Iterator[httpx2.Client]:
    """Return a client of that desk."""
    with asking(desk_address) as client:
        yield client


@pytest.fixture(scope="session")
def people_folder(tmp_path_factory) -> Path:
    """Return the folder of a store with accounts and nothing else."""
    folder = tmp_path_factory.mktemp("people")
    make_people(folder)
    return folder


@pytest.fixture
def oidc(people_folder, tmp_path) -> Iterator[Elsewhere]:
    """Return a provider of logins, and desks at which people log in by it."""
    shutil.copytree(people_folder, tmp_path, dirs_exist_ok=True)
    with elsewhere(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests; each takes a page of its own."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page of a browser that remembers nothing; a picture is kept of how it looked at the end."""
    with browser.new_context(viewport=DESKTOP) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        yield page
        if not page.is_closed():
            keep_picture(page, request.node.name)


@pytest.fixture(scope="session")
def open_trap() -> Iterator[Trap]:
    """Return a server that nobody may reach."""
    trap = Trap()
    yield trap
    trap.close()


@pytest.fixture
def trap(open_trap: Trap) -> Trap:
    """Return that server, with nobody caught yet."""
    open_trap.caught.clear()
    return open_trap


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, reader: Reader, open_trap: Trap) -> Iterator[tuple[Store, dict[str, str]]]:
    """Return a store of documents that attack their reader, and their ids by name."""
    with open_store(str(tmp_path_factory.mktemp("hostile") / "hostile.db"), {}) as store:
        yield store, fill(store, reader, open_trap.address)


@pytest.fixture(scope="session")
def hostile_address(hostile) -> Iterator[str]:
    """Return where a desk over that store is served."""
    with serving(make_desk(hostile[0])) as address:
        yield address
