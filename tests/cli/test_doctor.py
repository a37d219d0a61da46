"""``doctor`` on sound and on damaged installations and stores: what it finds, what it advises, what it leaves alone."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from story_store import STORY, make_store

from armstrace.examining import program
from armstrace.examining.looks import State
from armstrace.examining.program import look_at_program
from armstrace.examining.stored import look_at_store

NOW = datetime(2031, 6, 20, tzinfo=UTC)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def of_an_older_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE armstrace_version SET version_num = '0001'")
        connection.commit()


def no_database(file: Path) -> None:
    file.write_text("a letter, not a database", encoding="utf-8")


def with_evidence_of_another(file: Path) -> None:
    mark = Path(f"{file}.evidence") / "armstrace-store-id"
    mark.parent.mkdir(exist_ok=True)
    mark.write_text("another store", encoding="ascii")


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def of_a_newer_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE armstrace_version SET version_num = '9999'")
        connection.commit()


def added_in_the_future(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE documents SET added_at = '2031-06-21T00:00:00Z'")
        connection.commit()


def with_a_long_log(file: Path) -> None:
    with Path(f"{file}-wal").open("ab") as log:
        log.truncate(300 << 20)  # no room is taken by it


def gone(file: Path) -> None:
    file.unlink()


# What somebody did to a store -> what is looked at, how it is, words of what was found, words of what to do.
DAMAGES = [
    (cut_short, "database", State.BROKEN, "is damaged", "put back a copy"),
    (of_another_program, "database", State.BROKEN, "tables of another program (recipes)", "a database of its own"),
    (of_an_older_version, "database", State.DOUBTFUL, "of version 0001", "brings it to this version"),
    (no_database, "database", State.BROKEN, "is no database of armstrace", ""),
    (with_evidence_of_another, "evidence", State.BROKEN, "another", ""),
    (of_a_newer_version, "database", State.BROKEN, "made by a newer armstrace", "update with"),
    (added_in_the_future, "entries", State.DOUBTFUL, "a document was added at 2031-06-21", "set the clock"),
    (with_a_long_log, "log", State.DOUBTFUL, "315 MB of changes wait", "end what reads"),
    (emptied, "database", State.BROKEN, "is empty", "put back a copy"),
    (gone, "database", State.BROKEN, "is not there, though", "put the file back"),
]


@pytest.mark.parametrize("row", DAMAGES, ids=lambda row: row[0].__name__)
def test_a_damaged_store(tmp_path, database, row):
    damage, what, state, found, remedy = row
    file = copied(database, tmp_path)
    damage(file)
    before = file.read_bytes() if file.exists() else None
    (look,) = (one for one in look_at_store(str(file), {}, NOW) if one.what == what)
    assert look.state is state, look
    assert found in look.found
    assert remedy in look.remedy
    assert (file.read_bytes() if file.exists() else None) == before, "it was changed by being looked at"


def copied(database: str, folder: Path) -> Path:
    with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(folder / "x.db")) as new:
        old.backup(new)
    shutil.copytree(f"{database}.evidence", folder / "x.db.evidence")
    return folder / "x.db"


def test_what_waits_and_what_is_missing(database):
    told = {look.what: look for look in look_at_store(database, {}, NOW)}
    assert (told["reading"].state, told["reading"].remedy) == (State.DOUBTFUL, "armstrace update")
    assert told["lists"].found == "no sanctions list is loaded"
    assert told["holds"].state is State.FINE


def test_a_sound_installation_and_its_exit_code(run, tmp_path):
    done = run("doctor", "--database", "none.db", "--format", "jsonl", cwd=tmp_path)
    assert done.code == 0, done.out
    states = {row["what"]: row["state"] for row in done.rows}
    assert {states[one] for one in ("packages", "reader", "law", "clock")} == {"fine"}
    assert not (tmp_path / "none.db").exists()


def test_what_is_broken_is_an_exit_code(run, tmp_path):
    (tmp_path / "x.db").write_text("a letter", encoding="utf-8")
    done = run("doctor", "--database", "x.db", cwd=tmp_path)
    assert done.code == 4
    assert "!! database" in done.out
    assert "1 broken" in done.out


def test_a_clock_of_long_ago_and_a_law_that_answers_otherwise(monkeypatch):
    monkeypatch.setattr(program, "_MEASURE", "UN-XX")
    told = {look.what: look for look in look_at_program(datetime(2007, 1, 1, tzinfo=UTC))}
    assert told["clock"].state is State.DOUBTFUL
    assert told["law"].state is State.BROKEN
    assert "pip install" in told["law"].remedy


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    return make_store(tmp_path_factory.mktemp("doctor") / "story.db", STORY)
