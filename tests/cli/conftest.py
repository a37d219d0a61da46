"""What the tests of the command line start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import FRENCH, SENT, SOLD
from story_store import STORY, make_store


@pytest.fixture
def here(tmp_path) -> Path:
    """Return a folder with two reports, where runs have their database."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "sold.txt").write_text(SOLD, encoding="utf-8")
    (tmp_path / "reports" / "sent.txt").write_text(SENT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def filled(here, run) -> Path:
    """Return a folder with a database of three documents that were read: a report, a French one and a page."""
    (here / "reports" / "sent.txt").unlink()
    (here / "reports" / "livraison.txt").write_text(FRENCH, encoding="utf-8")
    (here / "reports" / "page.html").write_text(
        f"<html><head><title>Boats &amp; guns</title></head><body><p>{SENT}</p></body></html>", encoding="utf-8"
    )
    assert run("add", "reports", cwd=here).code == 0
    return here


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a store that tells the story, for all tests: they only read."""
    return make_store(tmp_path_factory.mktemp("story") / "story.db", STORY)
