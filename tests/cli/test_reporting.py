"""What long runs tell of themselves: a bar, JSON lines, or nothing."""

from __future__ import annotations

import pytest
from running import FRENCH, run_at_terminal


def test_a_json_log_is_all_that_stands_on_standard_error(here, run):
    (here / "reports" / "void.txt").write_bytes(b"")
    (here / "reports" / "livraison.txt").write_text(FRENCH, encoding="utf-8")
    done = run("add", "reports", "nothing.txt", "--log-format", "json", "--format", "jsonl", cwd=here)
    assert done.code == 3
    assert len(done.rows) == 3
    assert all({"event", "level", "timestamp"} <= row.keys() for row in done.logged)
    events = [row["event"] for row in done.logged]
    assert (events.count("document_added"), events.count("input_unread"), events.count("document_read")) == (3, 2, 3)
    assert [row["task"] for row in done.logged if row["event"] == "task_begun"] == ["keeping", "reading"]
    complaints = [row["message"] for row in done.logged if row["level"] == "warning"]
    assert len(complaints) == 3
    assert complaints[1] == "reports/void.txt: is empty; there is nothing to read"
    assert complaints[2].startswith("2 claims read; 1 kept but not read")


@pytest.mark.parametrize("verb", ["add", "update", "verify", "watch"])
def test_an_error_that_ends_the_run_is_in_the_json_log_too(here, verb, run):
    (here / "no.db").write_bytes(b"no database, but long enough to be taken for one" * 20)
    (here / "feeds.yml").write_text("sources:\n  - url: http://127.0.0.1:1/feed\n", encoding="utf-8")
    given = {"add": ["reports"], "watch": ["feeds.yml"]}.get(verb, [])
    done = run(verb, *given, "--database", "no.db", "--log-format", "json", cwd=here)
    assert done.code == 6
    assert "is no database of armstrace" in done.logged[-1]["message"]


@pytest.mark.parametrize("arguments", [("update",), ("verify",)])
def test_other_verbs_log_so_too(filled, arguments, run):
    done = run(*arguments, "--log-format", "json", cwd=filled)
    assert done.code == 0
    assert {row["event"] for row in done.logged} <= {
        "task_begun",
        "evidence_verified",
        "document_read",
        "register_step",
    }


def test_a_bar_is_shown_at_a_terminal_and_kept_out_of_the_output(here):
    (here / "reports" / "void.txt").write_bytes(b"")
    done = run_at_terminal("add", "reports", "--format", "jsonl", cwd=here)
    assert done.code == 3
    assert len(done.rows) == 2
    assert "keeping" in done.err
    assert "reading" in done.err
    assert "2/2" in done.err
    assert "\narmstrace: reports/void.txt: is empty; there is nothing to read" in done.err.replace("\r\x1b[2K", "\n")


def test_at_a_terminal_receipts_stand_on_lines_of_their_own(here):
    done = run_at_terminal("add", "reports", "--no-read", cwd=here, pipe_output=False)
    lines = done.err.replace("\r\x1b[2K", "\n").replace("\r\n", "\n").splitlines()
    assert [line.split()[1:] for line in lines if "new  " in line] == [["new", "sent"], ["new", "sold"]]
    assert lines[-1].endswith("2 added (0 as new versions), 0 known already; 0 claims read")
