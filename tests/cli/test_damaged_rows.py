"""Rows that are no longer what was written: what a user is told, and what mends them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from running import environment

TOLD_ANEW = "make the register anew with `armstrace update --rebuild`"
DAMAGED = {  # what happened to the database: exit code of `export`, and what is told
    "a claim of the register lost a field": (
        "UPDATE told_claims SET body = replace(body, '\"supplier\"', '\"supplie2\"')", 6, TOLD_ANEW,
    ),
    "a claim of the register is no JSON": (
        "UPDATE told_claims SET body = substr(body, 2)", 6, "the database is damaged: a row is no JSON",
    ),
    "a transfer goes by another name": (
        "PRAGMA foreign_keys = OFF; UPDATE transfers SET id = 'x' || substr(id, 2)", 1, "this was not foreseen",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_row_is_told_with_what_to_do_and_the_register_is_made_anew(filled, run, name):
    change, code, told = DAMAGED[name]
    assert run("update", cwd=filled).code == 0
    export = ("export", "--format", "jsonl")
    before = run(*export, cwd=filled)
    assert before.rows
    with closing(sqlite3.connect(filled / "armstrace.db")) as connection:
        connection.executescript(change)

    done = run(*export, cwd=filled)

    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert "armstrace verify" in done.err or TOLD_ANEW in done.err
    assert ("in each_record" in done.err) == (code == 1)  # a traceback, for whoever mends the program
    assert run("update", "--rebuild", cwd=filled).code == 0
    assert run(*export, cwd=filled).out == before.out


BROKEN = """
from armstrace.cli import verify
from armstrace.cli.main import main
verify.open_named_store = lambda *_, **__: 1 / 0
main(["verify", "--log-format", "json"])
"""


def test_what_nobody_foresaw_is_one_line_of_a_log(tmp_path):
    command = [sys.executable, "-c", BROKEN]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)

    (told,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 1
    assert (told["event"], told["level"]) == ("crashed", "critical")
    assert "ZeroDivisionError" in told["traceback"]
    assert "run `armstrace verify`" in told["message"]
