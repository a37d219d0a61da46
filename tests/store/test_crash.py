"""A run that is killed at any moment loses nothing that it acknowledged, and the next run completes it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from add_many import DOCUMENTS_A_FILE, add_number, numbered_document, numbered_evidence

from armstrace.store.open import open_store

COUNT = 300
KILLS = 6
SCRIPT = Path(__file__).with_name("add_many.py")


def run_and_kill(address, folder, chance):
    """Start a run, kill it some time after it acknowledged its first documents, and return what it acknowledged."""
    command = [sys.executable, str(SCRIPT), address, str(folder), str(COUNT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline() for _ in range(chance.randint(1, COUNT - 20))]
        time.sleep(chance.random() / 50)
        process.kill()
        rest, errors = process.communicate()
    assert errors == ""
    lines = "".join(said) + rest
    return lines[: lines.rfind("\n") + 1].split()  # the last line may have been cut


def test_what_was_acknowledged_is_there_once_after_every_kill(tmp_path):
    address, folder = str(tmp_path / "a.db"), tmp_path / "e"
    expected = {numbered_document(n).id: n for n in range(COUNT)}
    acknowledged: set[str] = set()
    for seed in range(KILLS):
        acknowledged |= set(run_and_kill(address, folder, random.Random(seed)))  # noqa: S311  the same moments each time
        with open_store(address, {"ARMSTRACE_EVIDENCE": str(folder)}) as store:
            assert [(c.state, c.trouble) for c in store.verify() if c.is_loss] == []
            there = [d.id for d in store.documents()]
            assert len(there) == len(set(there))
            assert acknowledged <= set(there) <= expected.keys()
            assert all(store.document(i) == numbered_document(expected[i]) for i in there)
            assert all(store.evidence_of(i) == numbered_evidence(expected[i]) for i in there)
    assert acknowledged
    with open_store(address, {"ARMSTRACE_EVIDENCE": str(folder)}) as store:
        added = [add_number(store, n) for n in range(COUNT)]
        assert [a.is_new for a in added] == [a.id not in there for a in added]
        assert {d.id for d in store.documents()} == expected.keys()
        assert store.counts()["evidence"] == COUNT // DOCUMENTS_A_FILE
        list(store.verify(clean=True))
        assert {c.state for c in store.verify()} == {"intact"}
