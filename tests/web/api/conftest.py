"""A desk whose store tests may change: the demo's, copied."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from desk_server import asking, make_desk, serving

from armstrace.store.open import open_store
from armstrace.store.repository import Store


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory) -> Iterator[Store]:
    """Return a copy of the demo's store."""
    source = Path(demo_store.database.engine.url.database)
    target = tmp_path_factory.mktemp("own") / "copy"
    shutil.copytree(source.parent, target, ignore=shutil.ignore_patterns(f"{source.name}*-wal", f"{source.name}*-shm"))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target / source.name)) as new:
        old.backup(new)
    with open_store(str(target / source.name), {}) as store:
        yield store


@pytest.fixture(scope="module")
def own(own_store) -> Iterator[httpx2.Client]:
    """Return a client of a desk over that copy."""
    with serving(make_desk(own_store)) as address, asking(address) as client:
        client.timeout = 120
        yield client
