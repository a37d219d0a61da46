"""``add`` and ``update``: receipts, what fails, and what a run tells beside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from made_containers import zipped
from running import COMMAND, SENT, SOLD, environment, run_process

from armstrace.store.open import open_store


def test_every_verb_has_a_page_of_help(tmp_path, run):
    for verb in ("add", "search", "show", "watch", "update", "verify"):
        done = run(verb, "--help", cwd=tmp_path)
        assert done.code == 0
        assert done.out.startswith(f"Usage: armstrace {verb}")
        assert done.err == ""
    assert list(tmp_path.iterdir()) == []


def test_help_loads_nothing_heavy(tmp_path):
    program = (
        "import sys; from armstrace.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'trafilatura', 'sqlalchemy', 'onnxruntime', 'lxml', 'numpy', 'rich', 'httpx2', 'tokenizers'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), cwd=tmp_path, capture_output=True, check=False
    )
    assert done.stderr == b""
    assert b"watch" in done.stdout


def test_add_prints_a_receipt_a_document_and_is_quiet_beside(here, run):
    done = run("add", "reports", "--no-read", cwd=here)
    assert (done.code, done.err) == (0, "")
    first, second, closing = done.out.splitlines()
    assert [line.split()[1:] for line in (first, second)] == [["new", "sent"], ["new", "sold"]]
    assert closing == "2 added (0 as new versions), 0 known already; 0 claims read"
    again = run("add", "reports", "--no-read", cwd=here)
    assert [line.split() for line in again.out.splitlines()[:2]] == [
        [first.split()[0], "known", "sent"],
        [second.split()[0], "known", "sold"],
    ]
    assert again.out.splitlines()[-1] == "0 added (0 as new versions), 2 known already; 0 claims read"


def test_receipts_as_json_lines(here, run):
    done = run("add", "reports", "--format", "jsonl", cwd=here)
    assert (done.code, done.err) == (0, "")
    assert [(row["outcome"], row["name"], row["source"], row["detail"]) for row in done.rows] == [
        ("new", "sent", "reports/sent.txt", "version 1"),
        ("new", "sold", "reports/sold.txt", "version 1"),
    ]
    assert all(set(row) == {"outcome", "id", "name", "source", "detail"} for row in done.rows)


def test_what_was_kept_only_is_read_by_update_once(here, run):
    run("add", "reports", "--no-read", cwd=here)
    done = "documents compared 2, claims told anew 2, transfers merged 2"
    assert run("update", cwd=here).out == f"2 claims read; register: made anew, {done}\n"
    assert run("update", cwd=here).out == "0 claims read; register: nothing to do\n"
    assert run("update", "--rebuild", cwd=here).out == f"0 claims read; register: made anew, {done}\n"


def test_add_takes_what_a_pipe_brings(here):
    archive = zipped([("a.txt", SOLD.encode()), ("b.txt", SENT.encode())])
    done = run_process("add", "-", "--no-read", "--format", "jsonl", cwd=here, stdin=archive)
    assert done.code == 0
    assert [row["source"] for row in done.rows] == ["standard input!/a.txt", "standard input!/b.txt"]


def test_what_cannot_be_read_costs_itself_and_exit_code_3(here, run):
    (here / "reports" / "scan.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (here / "reports" / "void.txt").write_bytes(b"")
    done = run("add", "reports", "nothing.txt", "--no-read", cwd=here)
    assert done.code == 3
    assert done.err.splitlines() == [
        "armstrace: nothing.txt: no such file or folder; check the path, or give '-' to read standard input",
        "armstrace: reports/scan.txt: is a picture, which armstrace does not read; run text recognition (OCR) on it"
        " first",
        "armstrace: reports/void.txt: is empty; there is nothing to read",
    ]
    assert done.out.splitlines()[-1] == (
        "2 added (0 as new versions), 0 known already, 3 could not be read; 0 claims read"
    )
    listed = run("verify", cwd=here)
    assert listed.code == 0
    assert listed.out.count("could not be read: ") == 3
    assert "reports/scan.txt: is a picture" in listed.out


def test_metadata_goes_with_the_documents(here, run):
    (here / "known.jsonl").write_text('{"id": "sold", "outlet": "The Desk", "published": "2022-09-06"}\n', "utf-8")
    run("add", "reports", "--metadata", "known.jsonl", "--outlet", "Agency", "--no-read", cwd=here)
    with open_store(str(here / "armstrace.db"), {}) as store:
        known = {d.name: d.metadata for d in store.documents()}
    assert (known["sold"].outlet, known["sold"].published) == ("The Desk", "2022-09-06")
    assert known["sent"].outlet == "Agency"


def test_what_a_person_says_may_hold_what_no_encoding_has(here, run):
    (here / "known.jsonl").write_text('{"id": "sold", "outlet": "D\\ud800", "title": "\\ud800France sold"}', "utf-8")
    assert run("add", "reports", "--metadata", "known.jsonl", cwd=here).out.splitlines()[-1].endswith("2 claims read")
    assert run("read", "reports", "--metadata", "known.jsonl", "--format", "jsonl", cwd=here).code == 0


def test_output_that_finds_no_room_says_so(here):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "add", "reports", "--no-read"], cwd=here, env=environment(), stdout=full, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "armstrace: the output cannot be written (No space left on device); make room, or send it elsewhere\n"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add",), "nothing to read: give a PATH"),
        (("add", "a", "--published", "tomorrow"), "tomorrow"),
        (("add", "a", "--metadata", "none.jsonl"), "none.jsonl"),
        (("add", "a", "--format", "xml"), "'xml' is not one of"),
        (("search", "--limit", "0"), "0 is not in the range"),
        (("watch", "none.yml"), "none.yml"),
        (("show",), "Missing argument 'DOCUMENT'"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_makes_no_database(tmp_path, arguments, says, run):
    done = run(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert list(tmp_path.iterdir()) == []
