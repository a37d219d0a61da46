"""The reader, loaded once for all tests (a second and some 100 MB each time otherwise), and the program with it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from running import Ran

from armstrace.cli import main
from armstrace.pipeline import Reader, load_reader

# Whoever checks everything wants to know at once that something fails; to find the least example can take minutes.
settings.register_profile("check", phases=(Phase.explicit, Phase.reuse, Phase.generate))
if os.environ.get("ARMSTRACE_TESTS_NEED"):
    settings.load_profile("check")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return the packaged model and lexicon."""
    return load_reader()


@pytest.fixture
def run(capsys, monkeypatch, reader) -> Callable[..., Ran]:
    """Return what runs a verb in a folder to its end, in this process; ``running`` has it as one of its own."""
    for module in ("read", "reading"):
        monkeypatch.setattr(import_module(f"armstrace.cli.{module}"), "load_reader", lambda: reader)
    for name in [n for n in os.environ if n.startswith("ARMSTRACE_") or n.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)

    def run_here(*arguments: object, cwd: Path) -> Ran:
        monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Ran(int(ended.value.code or 0), told.out, told.err)

    return run_here


@pytest.fixture(autouse=True)
def _logging_as_before():
    """Let a log that a run begins in this process end with the test."""
    root, ours = logging.getLogger(), logging.getLogger("armstrace")
    handlers, levels = root.handlers[:], (root.level, ours.level)
    hooks = sys.excepthook, threading.excepthook
    yield
    root.handlers[:] = handlers
    for logger, level in zip((root, ours), levels, strict=True):
        logger.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
