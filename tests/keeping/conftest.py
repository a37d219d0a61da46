"""A store for each test, and what registers are made by."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from sqlite3 import Connection

import pytest
from sqlalchemy import event

from armstrace.grouping import load_stages
from armstrace.keeping.stages import Stages
from armstrace.pipeline import Reader
from armstrace.store.open import open_store
from armstrace.store.repository import Store


@pytest.fixture(scope="session")
def stages(reader: Reader) -> Stages:
    """Return what this version makes the register by."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)
        return load_stages()


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Return what makes empty stores: making the tables anew for each takes longer than the tests."""
    folder = tmp_path_factory.mktemp("kept")
    open_store(str(folder / "template.db"), {}).close()
    return partial(_make, folder, count())


def _make(folder: Path, numbers: Iterator[int]) -> Store:
    path = folder / f"{next(numbers)}.db"
    shutil.copy(folder / "template.db", path)
    store = open_store(str(path), {})
    event.listen(store.database.engine, "connect", _wait_for_no_disk)
    store.database.engine.dispose()  # what is connected already waits for the disk
    return store


def _wait_for_no_disk(connection: Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()  # no power fails here


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Iterator[Store]:
    """Return an empty store."""
    with new_store() as opened:
        yield opened
