"""A small store for the tests of the command line."""

from __future__ import annotations

import pytest
from story_store import STORY, make_store


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a store that tells the story, for all tests: they only read."""
    return make_store(tmp_path_factory.mktemp("story") / "story.db", STORY)
