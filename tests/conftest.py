"""The reader, loaded once for all tests: a second and some 100 MB each time otherwise."""

from __future__ import annotations

import pytest

from armstrace.pipeline import Reader, load_reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return the packaged model and lexicon."""
    return load_reader()
