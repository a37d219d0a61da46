"""What the tests of faults start from: one loaded process that commands are forked from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from runs import Nursery
from runs import nursery as started
from shim import compiled


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Return what runs commands under faults."""
    folder = tmp_path_factory.mktemp("faults")
    with started(compiled(str(folder)), folder / "told") as running:
        yield running
