"""What a store keeps on the way to an earlier version and back, what stops that way, and several who go it at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest
from judged import add_judgement
from sqlalchemy import func, select, text
from store_samples import FULL, NOW, add, full_claim, make_document, read
from test_migrations import OPEN

from armstrace.errors import StoreError
from armstrace.store.alerts import WatchRow
from armstrace.store.identities import Identity
from armstrace.store.judgements import Judgement
from armstrace.store.migrate import change_revision, downgrade, find_revision
from armstrace.store.open import open_store
from armstrace.store.people import Account, Deed
from armstrace.store.repository import Store
from armstrace.store.schema import METADATA, REVISION, VERSION_TABLE

DEED = Deed(NOW, "ann", "test")
FIRST = "0001"


def judge(store):
    add_judgement(store, Judgement(FULL.id, None, "accept", "a reader", NOW))


def certify(store):
    store.screening.keep_certificate({"certificate": "abcd0123abcd0123", "searched_at": NOW, "searched": []})


def bind(store):
    store.people.add(Account("mara", "reader", None, made_at=NOW))
    store.identities.bind(Identity("https://login.example.org", "s-1", "mara", "Mara", NOW), DEED)


def watch(store):
    store.alerts.add(WatchRow("w", "ann", "w", "{}", "[]", "", NOW), DEED)


class Kept(NamedTuple):
    """What nothing brings back: its name, its table, the first version that keeps it, the last that does not."""

    what: str
    table: str
    first: str
    before: str
    fill: Callable[[Store], None]


IRREPLACEABLE = [
    Kept("judgements", "judgements", "0002", "0001", judge),
    Kept("certificates", "screenings", "0006", "0005", certify),
    Kept("recorded deeds", "audit", "0007", "0006", lambda store: store.people.note(DEED)),
    Kept("watches", "watches", "0008", "0007", watch),
    Kept("identities bound to accounts", "identities", "0009", "0008", bind),
]


@pytest.fixture
def filled(store):
    for document in (FULL, make_document(title="Kestrel drones")):
        add(store, document)
        read(store, document, full_claim(document))
    return store


def rows(store, *tables):
    with store.database.read() as connection:
        return {name: connection.execute(select(METADATA.tables[name])).all() for name in tables}


def version(store):
    with store.database.read() as connection:
        return find_revision(connection)


@pytest.mark.parametrize("row", IRREPLACEABLE, ids=[row.what for row in IRREPLACEABLE])
def test_what_nothing_brings_back_stops_the_way_unless_told(filled, row):
    what, table, first, before, fill = row
    fill(filled)
    kept = rows(filled, table, "documents", "evidence", "captures")
    assert kept[table]
    assert change_revision(filled.database, first) == REVISION
    with pytest.raises(StoreError, match=rf"holds \d+ {what}, which its earlier version cannot keep.*--lose"):
        change_revision(filled.database, before)
    assert version(filled) == first
    assert change_revision(filled.database, REVISION) == first
    assert rows(filled, *kept) == kept
    change_revision(filled.database, before, lose=True)
    change_revision(filled.database, REVISION)
    assert rows(filled, *kept) == {**kept, table: []}


def test_documents_stop_the_way_to_nothing(filled):
    with pytest.raises(StoreError, match="holds 2 documents"), filled.database.change_tables() as connection:
        downgrade(connection, "base")
    assert filled.counts()["documents"] == 2
    assert [check for check in filled.verify() if check.is_loss] == []


def test_a_version_that_does_not_exist_is_refused(filled):
    with pytest.raises(StoreError, match=f"there is no version 0000 of the tables; give one of 0001 to {REVISION}"):
        change_revision(filled.database, "0000")
    assert version(filled) == REVISION


def test_several_processes_bring_an_old_database_up_to_date_at_once(new_database, environment):
    address = new_database()
    with open_store(address, environment) as store:
        add(store, FULL)
        change_revision(store.database, FIRST)
    command = [sys.executable, "-W", "error", "-c", OPEN, address, environment["ARMSTRACE_EVIDENCE"]]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(3)]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * 3
    ended = [process.communicate() for process in running]
    assert [(process.returncode, *told) for process, told in zip(running, ended, strict=True)] == [(0, "1\n", "")] * 3
    with open_store(address, environment) as store:
        assert version(store) == REVISION
        assert store.document(FULL.id) == FULL
        with store.database.read() as connection:
            count = select(func.count()).select_from(text(VERSION_TABLE))
            assert connection.scalar(count) == 1


def test_an_older_program_says_how_it_can_stay(filled, address, environment):
    with filled.database.write() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    filled.close()
    with pytest.raises(StoreError, match=f"let the newer one run 'armstrace migrate --to {REVISION}' first"):
        open_store(address, environment)


def test_the_verb_goes_back_and_any_other_comes_up_again(run, tmp_path):
    database = ("--database", "a.db")
    (tmp_path / "a.txt").write_text("France sold six tanks to Chad, the defence ministry said.\n", encoding="utf-8")
    assert run("migrate", *database, cwd=tmp_path).code == 6
    assert not (tmp_path / "a.db").exists()
    assert run("add", "a.txt", "--no-read", *database, cwd=tmp_path).code == 0
    assert run("migrate", *database, cwd=tmp_path).out == f"a.db: its tables are of version {REVISION} already\n"
    assert run("migrate", "--to", "0003", *database, cwd=tmp_path).out == (
        f"a.db: its tables are of version 0003 now, {REVISION} before\n"
    )
    assert "1 known already" in run("add", "a.txt", "--no-read", *database, cwd=tmp_path).out
    assert run("migrate", "--to", "9999", *database, cwd=tmp_path).code == 6
