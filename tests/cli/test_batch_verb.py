"""``armstrace batch`` as a user runs it: killed, broken off, and run again."""

from __future__ import annotations

import json
import signal
import time

import pytest
from running import run_process, start

SALE = "France sold {n} tanks to Chad, the French defence ministry said on Monday."
FRUIT = "The harvest was {n} per cent larger than in the year before, farmers said."
ROWS = [{"id": f"r{n}", "text": (FRUIT if n % 4 else SALE).format(n=n + 2)} for n in range(400)]


def contents(out):
    files = [file for file in out.rglob("*") if file.is_file() and file.name not in {"run.log", ".lock"}]
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with two shards, and the output of a run that nobody broke off."""
    here = tmp_path_factory.mktemp("batch")
    (here / "in").mkdir()
    for number in range(2):
        rows = ROWS[number::2]
        (here / "in" / f"{number}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run_process("batch", "in", "whole", "--part-size", 10, cwd=here)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("2 of 2 shards finished: 400 documents, ")
    return here


def wait_for_parts(out, count, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if len(list(out.glob("parts/*.json"))) >= count:
            return
        time.sleep(0.01)
    raise TimeoutError(out)


def test_a_run_that_is_killed_and_broken_off_ends_with_the_same_bytes(made, tmp_path):
    out = tmp_path / "out"
    command = ("batch", made / "in", out, "--part-size", 10, "--workers", 2)
    with start(*command, cwd=tmp_path) as killed:
        wait_for_parts(out, 3)
        killed.kill()
    with start(*command, cwd=tmp_path) as stopped:
        wait_for_parts(out, 12)
        stopped.send_signal(signal.SIGINT)
        _, told = stopped.communicate(timeout=30)
    assert stopped.returncode == 130
    assert told.decode().startswith("armstrace: broken off; finished parts are kept in ")
    assert told.count(b"\n") == 1
    assert not (out / "report.json").exists()
    done = run_process(*command, "--log-format", "json", cwd=tmp_path)
    assert done.code == 0
    parts = [row["part"] for row in done.logged if row["event"] == "part_read"]
    assert 0 < len(parts) <= 28
    assert contents(out) == contents(made / "whole")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["in"], 2, "Missing argument"),
        (["in", "out", "--workers", "0"], 2, "0 is not in the range"),
        (["in", "out", "--scheduler", "tcp://x:1"], 2, "--scheduler is for --engine dask"),
        (["nowhere", "out"], 3, "nowhere: no such file or folder"),
        (["in/*.parquet", "out"], 3, "in/*.parquet: no file matches; check the pattern"),
        (["-", "out"], 2, "a batch reads files, not standard input"),
        (["in", "whole"], 2, "with other options (part_size was 10, and is 2000 now); give a new folder"),
        (["in/0.jsonl", "other/0.jsonl", "out"], 2, "both go by the name 0.jsonl here; give the folder above both"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(made, run, arguments, code, told):
    (made / "other").mkdir(exist_ok=True)
    (made / "other" / "0.jsonl").write_text("{}\n", encoding="utf-8")
    ran = run("batch", *arguments, cwd=made)
    assert ran.code == code
    assert told in ran.err


def test_failures_are_counted_and_their_place_is_told(made, run):
    (made / "bad").mkdir()
    (made / "bad" / "x.jsonl").write_text('nonsense\n{"text": "x"}\n', encoding="utf-8")
    (made / "bad" / "empty.jsonl").write_bytes(b"")
    ran = run("batch", "bad", "bad-out", "--workers", 1, cwd=made)
    assert (ran.code, ran.err) == (3, "")
    first, second = ran.out.splitlines()
    assert first.startswith("2 of 2 shards finished: 1 documents, ")
    assert first.endswith(" 1 passed over as holding no transfer, 0 read, 0 claims; 1 could not be read")
    assert second == "why they could not be read is told in bad-out/failures/"
    (failure,) = [
        json.loads(line)
        for file in (made / "bad-out" / "failures").iterdir()
        for line in file.read_text("utf-8").splitlines()
    ]
    assert failure["where"] == "x.jsonl, line 1"


def test_help_is_quick_and_says_what_to_do(run, tmp_path):
    ran = run("batch", "--help", cwd=tmp_path)
    assert ran.code == 0
    for words in ("IN... OUT", "Parquet", "s3://bucket/folder", "broken off", "Exit codes", "Examples"):
        assert words in ran.out
