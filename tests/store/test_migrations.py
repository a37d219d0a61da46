"""Tables grow with armstrace and keep what they hold; who made them is known before anything is touched."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from judged import add_judgement
from postgres_server import database_name
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError
from store_samples import FULL, NOW, add, full_claim, make_document, read

from armstrace.errors import StoreError
from armstrace.store.filters import Query
from armstrace.store.judgements import Judgement
from armstrace.store.migrate import FOLDER, downgrade, find_revision, upgrade
from armstrace.store.open import open_store
from armstrace.store.register_schema import REGISTER_TABLES
from armstrace.store.schema import METADATA, REVISION, VERSION_TABLE
from armstrace.store.search_index import CLAIM_WORDS, DOCUMENT_WORDS
from armstrace.watched import LinkState

# Says that it is ready, and opens the store whose address and evidence it is given once its standard input ends.
OPEN = """
import sys
import alembic.command
from armstrace.store.open import open_store
print("ready", flush=True)
sys.stdin.read()
store = open_store(sys.argv[1], {"ARMSTRACE_EVIDENCE": sys.argv[2]})
print(store.counts()["documents"])
store.close()
"""


def test_the_newest_version_is_named():
    scripts = ScriptDirectory(str(FOLDER))
    assert scripts.get_current_head() == REVISION
    assert [s.revision for s in scripts.walk_revisions()] == [
        "0013",
        "0012",
        "0011",
        "0010",
        "0009",
        "0008",
        "0007",
        "0006",
        "0005",
        "0004",
        "0003",
        "0002",
        "0001",
    ]


def test_migrations_make_the_tables_of_the_schema(fresh_address, environment):
    with open_store(fresh_address, environment) as store, store.database.write() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table" or not name.startswith((DOCUMENT_WORDS, CLAIM_WORDS))
                ),
            },
        )
        assert compare_metadata(context, METADATA) == []
        assert find_revision(connection) == REVISION
        names = {c["name"] for t in METADATA.tables for c in inspect(connection).get_foreign_keys(t)}
        assert names == {c.name for t in METADATA.tables.values() for c in t.foreign_key_constraints}


def everything(store):
    """Return all rows of all tables, and what a search finds."""
    with store.database.read() as connection:
        rows = {
            name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key))]
            for name, t in METADATA.tables.items()
            if t not in REGISTER_TABLES and name != "writers"  # which are made anew
        }
    return rows, store.search(Query("kestrel -helicopters")).hits, store.search(Query("northern", party="NO")).hits


def fill(store):
    for document in (FULL, make_document(title="Kestrel drones")):
        add(store, document)
        read(store, document, full_claim(document))


def test_down_and_up_again_keeps_every_row_and_finds_the_same(store):
    fill(store)
    claim = store.claims(FULL.id)[0]
    add_judgement(store, Judgement(FULL.id, claim.id, "reject", "a reader", NOW, value={"a": [1]}))
    before = everything(store)
    assert len(before[1]) == 4
    assert len(before[2]) == 2
    with store.database.change_tables() as connection:
        downgrade(connection, "0002")
        assert not {"search_parts", "watched_links", DOCUMENT_WORDS} & set(inspect(connection).get_table_names())
    with store.database.change_tables() as connection:
        upgrade(connection, REVISION)
    assert everything(store) == before


@pytest.mark.parametrize(
    "revision", ["0013", "0012", "0011", "0010", "0009", "0008", "0007", "0006", "0005", "0004", "0003", "0002", "0001"]
)
def test_an_older_database_is_brought_up_to_date_when_it_is_opened(store, address, environment, revision):
    fill(store)
    store.watched.put_links([LinkState("https://a.example/1", "https://a.example/feed", "1")])
    with store.database.change_tables() as connection:
        downgrade(connection, revision)
    store.close()
    with open_store(address, environment) as again:
        assert again.document(FULL.id) == FULL
        assert again.counts()["claims"] == (0 if revision == "0001" else 2)
        assert again.watched.counts() == ({"pending": 1} if revision >= "0004" else {})
        assert len(again.search(Query("kestrel", kind="document")).hits) == 2
        assert [c for c in again.verify() if c.is_loss] == []


def test_down_to_nothing_leaves_nothing(store):
    fill(store)
    with store.database.change_tables() as connection:
        downgrade(connection, "base", lose=True)
        left = {n for n in inspect(connection).get_table_names() if not n.startswith("sqlite_")}
    assert left == {VERSION_TABLE}


def test_judgements_are_not_lost_to_an_older_version(store):
    fill(store)
    add_judgement(store, Judgement(FULL.id, None, "accept", "a reader", NOW))
    with pytest.raises(StoreError, match="holds 1 judgements"), store.database.change_tables() as connection:
        downgrade(connection, "0001")
    assert len(store.judgements()) == 1
    assert store.search(Query("kestrel")).hits


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE judgements SET verdict = 'accept'",
        "UPDATE judgements SET why = NULL WHERE id = 1",
        "DELETE FROM judgements",
        "DELETE FROM judgements WHERE id = 1",
    ],
)
def test_the_database_itself_keeps_judgements(store, change):
    check_judgements_are_kept(store, change)


def test_sqlite_keeps_judgements_from_being_replaced(tmp_path):
    with open_store(str(tmp_path / "a.db"), {}) as store:
        check_judgements_are_kept(store, "REPLACE INTO judgements SELECT * FROM judgements")


def test_postgresql_keeps_judgements_from_being_truncated(new_database, environment):
    with open_store(new_database(), environment) as store:
        check_judgements_are_kept(store, "TRUNCATE judgements CASCADE")


def check_judgements_are_kept(store, change):
    fill(store)
    add_judgement(store, Judgement(FULL.id, None, "reject", "a reader", NOW))
    before = store.judgements()
    with pytest.raises(DBAPIError, match="judgements are never changed"), store.database.engine.begin() as connection:
        connection.execute(text(change))
    assert store.judgements() == before


def test_another_program_cannot_replace_judgements_in_the_file(tmp_path):
    with open_store(str(tmp_path / "a.db"), {}) as store:
        fill(store)
        add_judgement(store, Judgement(FULL.id, None, "reject", "a reader", NOW))
    connection = sqlite3.connect(tmp_path / "a.db")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        connection.execute("REPLACE INTO judgements SELECT * FROM judgements")
    connection.close()


def test_a_database_of_a_newer_armstrace_is_left_alone(store, address, environment):
    with store.database.write() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    store.close()
    with pytest.raises(StoreError, match=r"made by a newer armstrace .*version 9999.*pip install --upgrade armstrace"):
        open_store(address, environment)


def test_tables_of_another_program_are_left_alone(store, address, environment):
    with store.database.change_tables() as connection:
        downgrade(connection, "base")
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
        connection.execute(text("CREATE TABLE documents (a integer)"))
    store.close()
    with pytest.raises(StoreError, match=r"holds tables of another program \(documents\)"):
        open_store(address, environment)


def test_other_tables_in_a_postgresql_database_are_no_matter(server, new_database, environment):
    address = new_database()
    with server.connect(database_name(address)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num text)")
    with open_store(address, environment) as store:
        assert store.counts()["documents"] == 0


def test_several_processes_may_open_a_fresh_database_at_once(fresh_address, environment):
    command = [sys.executable, "-W", "error", "-c", OPEN, fresh_address, environment["ARMSTRACE_EVIDENCE"]]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(4)]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * 4
    for process in running:
        process.stdin.close()
    ended = [(process.wait(), process.stdout.read(), process.stderr.read()) for process in running]
    for process in running:
        process.stdout.close()
        process.stderr.close()
    assert ended == [(0, "0\n", "")] * 4
    with open_store(fresh_address, environment) as store:
        assert store.counts()["documents"] == 0


@pytest.mark.parametrize("turn", range(5))
def test_threads_may_open_fresh_databases_at_once(tmp_path, turn):  # noqa: ARG001  luck decides who is first
    barrier, counts = threading.Barrier(4), []

    def work(name):
        barrier.wait()
        with open_store(str(tmp_path / name), {}) as store:
            counts.append(store.counts()["documents"])

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a.db", "b.db", "a.db", "b.db")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [0] * 4
