"""The demo shows a newcomer the whole way."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run_process

SAID = [
    ("the register as known on a day", "The register as known on 2018-03-31"),
    ("a transfer with a conflict of numbers", "conflict: quantity"),
    ("a denial beside it", "denial"),
    ("the tree of sources", "Who says so"),
    ("the words at a leaf", "multiple rocket launchers to Madagascar"),
    ("a history", "By the date of the status"),
    ("the honesty line", "What sources say, not what is so."),
]


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    ran = run_process("demo", "--keep", "demo.db", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return ran.out, folder


@pytest.mark.parametrize(("what", "words"), SAID, ids=[row[0] for row in SAID])
def test_the_demo_shows(shown, what, words):
    assert words in " ".join(shown[0].split()), what


def test_other_verbs_work_on_what_is_kept(shown):
    ran = run_process("register", "--database", "demo.db", "--party", "SS", cwd=shown[1])
    assert ran.code == 0
    assert "South Sudan" in ran.out
