"""The lexicon's names, for tests of claims."""

from __future__ import annotations

import pytest

from armstrace.lexicon.load import load_lexicon
from armstrace.lexicon.match import Matcher


@pytest.fixture(scope="session")
def names() -> Matcher:
    """Return what the packaged lexicon knows of names."""
    return load_lexicon().matcher
