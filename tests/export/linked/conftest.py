"""Literals are compared as they were written: rdflib would otherwise write ``Z`` as ``+00:00``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib


@pytest.fixture(autouse=True, scope="module")
def literals_as_written() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        yield
