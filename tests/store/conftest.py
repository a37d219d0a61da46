"""Each test of the store runs on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import psycopg
import pytest
from cut_wire import Wire
from postgres_server import PASSWORD, Cluster, Server, clustered, database_name, find_programs, running

from armstrace.store.open import open_store
from armstrace.store.repository import Store
from armstrace.store.schema import METADATA, REVISION, VERSION_TABLE
from armstrace.store.search_index import CLAIM_WORDS, DOCUMENT_WORDS

_NEEDED = "ARMSTRACE_TESTS_NEED"  # "postgres": its absence is a failure, for whoever checks everything


@pytest.fixture(scope="session")
def programs() -> Path:
    """Return the folder of PostgreSQL's programs."""
    found = find_programs()
    if found is None:
        message = "no PostgreSQL server is installed (Debian: apt install postgresql-15)"
        if "postgres" in os.environ.get(_NEEDED, "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def server(programs: Path) -> Iterator[Server]:
    """Return a PostgreSQL server that runs while the tests do."""
    with running(programs) as server:
        yield server


@pytest.fixture(scope="session")
def cluster(programs: Path) -> Iterator[Cluster]:
    """Return a server that may be stopped and started; whoever stops it starts it."""
    with clustered(programs) as cluster:
        yield cluster


class Databases:
    """Makes databases of either kind. Those with the tables of an empty store are made once: files are copied, and
    PostgreSQL ones, which take long to make, are emptied by who gives them back.
    """

    def __init__(self, folder: Path, request: pytest.FixtureRequest) -> None:
        self._folder = folder
        self._request = request  # the server is started only for who asks for it
        self._numbers = count()
        self._template: str | None = None
        self._given_back: list[str] = []

    def empty(self, kind: str, options: str = "") -> str:
        name = f"test_{next(self._numbers)}"
        if kind == "sqlite":
            return str(self._folder / f"{name}.db")
        with self._server.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} {options}")
        return self._server.address(name)

    def of_empty_store(self, kind: str) -> str:
        if kind == "sqlite":
            self._template = self._template or self._with_tables(kind)
            return shutil.copy(self._template, self.empty(kind))
        return self._given_back.pop() if self._given_back else self._with_tables(kind)

    def give_back(self, address: str) -> None:
        """Take back what ``of_empty_store`` gave, in whatever state."""
        if Path(address).is_file():
            return
        name = database_name(address)
        try:
            with self._server.connect(name) as connection:
                (version,) = connection.execute(f"SELECT max(version_num) FROM {VERSION_TABLE}").fetchone()  # noqa: S608
                connection.execute("SET session_replication_role = replica")  # else judgements would not go
                tables = (METADATA.tables.keys() - {"store_facts"}) | {DOCUMENT_WORDS, CLAIM_WORDS}
                connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
        except psycopg.errors.UndefinedTable:
            version = None
        if version == REVISION:
            self._given_back.append(address)
        else:
            with self._server.connect() as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _with_tables(self, kind: str) -> str:
        address = self.empty(kind)
        open_store(address, {"ARMSTRACE_EVIDENCE": str(self._folder / "none")}).close()
        return address

    @property
    def _server(self) -> Server:
        return self._request.getfixturevalue("server")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Databases:
    """Return what makes databases."""
    return Databases(tmp_path_factory.mktemp("databases"), request)


@pytest.fixture(scope="session")
def new_database(databases: Databases) -> Callable[..., str]:
    """Return what makes empty PostgreSQL databases."""
    return partial(databases.empty, "postgresql")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return each kind of database in turn."""
    return str(request.param)


@pytest.fixture
def fresh_address(databases: Databases, kind: str) -> str:
    """Return the address of a database without any table."""
    return databases.empty(kind)


@pytest.fixture
def address(databases: Databases, kind: str) -> Iterator[str]:
    """Return the address of the database of ``store``."""
    given = databases.of_empty_store(kind)
    yield given
    databases.give_back(given)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which evidence is kept beside the test's files."""
    return {"ARMSTRACE_EVIDENCE": str(tmp_path / "evidence")}


@pytest.fixture
def store(address: str, environment: dict[str, str]) -> Iterator[Store]:
    """Return an empty store on each kind of database."""
    with open_store(address, environment) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_store(databases: Databases, kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store for all tests of a module that only read."""
    environment = {"ARMSTRACE_EVIDENCE": str(tmp_path_factory.mktemp("shared") / "evidence")}
    with open_store(databases.of_empty_store(kind), environment) as opened:
        yield opened


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    """Return a wire to the server."""
    given = Wire(server.port)
    yield given
    given.close()


@pytest.fixture
def wired(wire: Wire, new_database: Callable[..., str], environment: dict[str, str]) -> Iterator[Store]:
    """Return a store behind a wire that can be cut."""
    name = database_name(new_database())
    with open_store(f"postgresql://postgres:{PASSWORD}@127.0.0.1:{wire.port}/{name}", environment) as store:
        yield store


@pytest.fixture
def stopped_at_will(cluster: Cluster, environment: dict[str, str]) -> Iterator[Store]:
    """Return an empty store on the server that may be stopped."""
    with cluster.server.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS desk WITH (FORCE)")
        connection.execute("CREATE DATABASE desk")
    with open_store(cluster.server.address("desk"), environment) as store:
        yield store
