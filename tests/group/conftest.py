"""The lexicon's names, for all tests of groups."""

from __future__ import annotations

import pytest

from armstrace.lexicon.match import Matcher
from armstrace.pipeline import Reader


@pytest.fixture(scope="session")
def names(reader: Reader) -> Matcher:
    """Return what the packaged lexicon knows of names."""
    return reader.lexicon.matcher
