"""``armstrace`` in this process, with the reader that all tests share; ``running`` has it as a process of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from running import FRENCH, SENT, SOLD, Ran
from story_store import STORY, make_store

from armstrace.cli import main


@pytest.fixture
def run(capsys, monkeypatch, reader) -> Callable[..., Ran]:
    """Return what runs a verb in a folder to its end."""
    for module in ("read", "reading"):
        monkeypatch.setattr(f"armstrace.cli.{module}.load_reader", lambda: reader)
    for name in [n for n in os.environ if n.startswith("ARMSTRACE_") or n.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)

    def run_here(*arguments: object, cwd: Path) -> Ran:
        monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Ran(int(ended.value.code or 0), told.out, told.err)

    return run_here


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
