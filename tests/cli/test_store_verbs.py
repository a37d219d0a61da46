"""``verify``, and stores that cannot be used."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from running import SOLD

from armstrace.store.open import open_store
from rights import plain_user


def test_verify_tells_what_was_lost_or_changed(here, run):
    run("add", "reports", "--no-read", cwd=here)
    assert run("verify", cwd=here).out == "checked 1 of database, 2 of document, 2 of evidence: all as it was kept\n"
    first, second = sorted((here / "armstrace.db.evidence").glob("*/*.zst"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-20])
    done = run("verify", cwd=here)
    assert done.code == 6
    assert done.out.splitlines()[-1].endswith("2 lost or changed")
    assert f"missing: {first.relative_to(here)}: is not there; put back a copy of the file, or add the" in done.out
    assert f"cut short: {second.relative_to(here)}: is cut short" in done.out
    repaired = run("add", "reports", "--no-read", cwd=here)
    assert repaired.code == 0
    assert run("verify", cwd=here).code == 0


def test_verify_cleans_up_what_an_interrupted_run_left(here, run):
    run("add", "reports", "--no-read", cwd=here)
    left = here / "armstrace.db.evidence" / "ab" / f"{'ab' * 32}.zst"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"left over")
    done = run("verify", cwd=here)
    assert done.code == 0
    assert "left over: " in done.out
    assert run("verify", "--clean", cwd=here).code == 0
    assert not left.exists()


def newer(path):
    with open_store(str(path), {}) as store:
        table = store.database.engine.url.database
    connection = sqlite3.connect(table)
    connection.execute("UPDATE armstrace_version SET version_num = '9999'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("verb", [("add", "reports"), ("search", "x"), ("show", "x"), ("update",), ("verify",)])
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b"a text, not a database" * 50), "is no database of armstrace; give another"),
        (lambda path: path.mkdir(), "is a folder; give a file"),
        (newer, "newer"),
    ],
    ids=["no database", "a folder", "of a newer version"],
)
def test_a_database_that_cannot_be_used_is_exit_code_6_with_a_remedy(here, verb, make, says, run):
    make(here / "a.db")
    done = run(*verb, "--database", "a.db", cwd=here)
    assert (done.code, done.out) == (6, "")
    assert done.err.startswith("armstrace: a.db: ")
    assert says in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("verb", [("search", "x"), ("show", "x"), ("update",), ("verify",)])
def test_what_only_looks_makes_no_database(tmp_path, verb, run):
    done = run(*verb, cwd=tmp_path)
    assert (done.code, done.out) == (6, "")
    assert done.err == "armstrace: armstrace.db: there is no such database; add documents first, or give another path\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_told(run):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_text(SOLD, encoding="utf-8")
        folder.chmod(0o555)
        with plain_user():
            done = run("add", "a.txt", "--no-read", cwd=folder)
        os.chdir("/")
    assert (done.code, done.out) == (6, "")
    assert "armstrace.db: cannot be opened; check that it is a file in a folder that exists and can be" in done.err


def test_a_database_that_cannot_be_written_to_is_told(here, run):
    run("add", "reports", "--no-read", cwd=here)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(here, folder, dirs_exist_ok=True)
        folder.chmod(0o555)
        (folder / "new.txt").write_text(SOLD * 2, encoding="utf-8")
        with plain_user():
            done = run("add", "new.txt", "--no-read", cwd=folder)
        os.chdir("/")
    assert (done.code, done.out) == (6, "")
    assert "armstrace.db: cannot be written to; allow writing to the file and its folder, or give another" in done.err
