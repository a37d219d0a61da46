"""Which store is opened, and what is said where it cannot be."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from postgres_server import PASSWORD, database_name
from sqlalchemy import text
from store_samples import NOW, TEXT, add, make_document

from armstrace.document import Capture
from armstrace.errors import MissingPartError, StoreError
from armstrace.store import database
from armstrace.store import open as opening
from armstrace.store.open import open_store


@contextmanager
def plain_user():
    """Act as a user whom rights bind, for they do not bind root."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.fixture
def shared_folder():
    """Return a folder that another user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.parametrize(
    ("given", "variable", "file"),
    [
        ("b.db", None, "b.db"),
        ("./b.db", "c.db", "b.db"),
        (None, "c.db", "c.db"),
        (None, None, "armstrace.db"),
        (None, "", "armstrace.db"),
        ("sqlite:///b.db", None, "b.db"),
        ("odd name 100%.db", None, "odd name 100%.db"),
        ("file:x?mode=memory", None, "file:x?mode=memory"),
        (":memory:x", None, ":memory:x"),
    ],
)
def test_the_address_goes_before_the_environment_before_the_default(tmp_path, monkeypatch, given, variable, file):
    monkeypatch.chdir(tmp_path)
    environment = {} if variable is None else {"ARMSTRACE_DATABASE": variable}
    with open_store(given, environment) as store:
        add(store, make_document())
        assert store.database.place.name == file
    assert (tmp_path / file).is_file()
    assert (tmp_path / f"{file}.evidence" / "armstrace-store-id").is_file()


def test_an_absolute_sqlite_address_and_a_folder_for_evidence(tmp_path):
    with open_store(f"sqlite:////{tmp_path}/a.db", {"ARMSTRACE_EVIDENCE": str(tmp_path / "e")}) as store:
        add(store, make_document())
    assert (tmp_path / "a.db").is_file()
    assert not (tmp_path / "a.db.evidence").exists()
    assert (tmp_path / "e").is_dir()


def test_evidence_of_postgresql_is_beside_where_it_runs(new_database, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_store(None, {"ARMSTRACE_DATABASE": new_database()}) as store:
        add(store, make_document())
    assert (tmp_path / "armstrace.evidence").is_dir()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://u:secret@h/x", "mysql: is no database that armstrace knows"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///a.db?mode=ro", "names no file"),
        ("sqlite://host/a.db", "names no file"),
        ("postgresql://u:secret@h:port/x", "cannot be read"),
        ("a\0b", "names no file"),
        (":memory:", "names no file"),
    ],
)
def test_an_address_that_cannot_be_meant_is_told(address, said):
    with pytest.raises(StoreError, match=said) as caught:
        open_store(address, {})
    assert "secret" not in str(caught.value)
    assert "postgresql://user@host/name" in str(caught.value)


def damaged_files(folder):
    """Yield a file that is no database, and why."""
    with open_store(str(folder / "a.db"), {}) as store:
        for n in range(30):
            add(store, make_document(f"{TEXT} {n}"), b"same")
    whole = (folder / "a.db").read_bytes()
    yield "text.db", b"Forty drones were shipped.\n" * 100, "is no database of armstrace"
    yield "cut.db", whole[: len(whole) // 2], "is damaged"
    yield "head.db", whole[:100], "is damaged|is no database"
    yield "holes.db", whole[:4096] + bytes(len(whole) - 4096), "is damaged"


def read_everything(path):
    with open_store(str(path), {}) as store:
        list(store.verify())
        list(store.documents())


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path):
    for name, data, said in damaged_files(tmp_path):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(StoreError, match=said) as caught:
            read_everything(path)
        assert str(caught.value).startswith(str(path))
        assert path.read_bytes() == data


def test_a_database_of_another_program_is_left_alone(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE bookmarks (a)")
    before = (tmp_path / "other.db").read_bytes()
    with pytest.raises(StoreError, match=r"holds tables of another program \(bookmarks\)"):
        open_store(str(tmp_path / "other.db"), {})
    assert (tmp_path / "other.db").read_bytes()[100:] == before[100:]


def test_a_database_cut_to_nothing_is_not_taken_for_a_new_one(tmp_path):
    path = tmp_path / "a.db"
    with open_store(str(path), {}) as store:
        add(store, make_document())
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="is empty, though there is evidence"):
        open_store(str(path), {})
    empty = tmp_path / "b.db"
    empty.touch()
    open_store(str(empty), {}).close()


def test_a_missing_database_is_made_only_where_that_is_meant(tmp_path):
    with pytest.raises(StoreError, match="there is no such database; add documents first"):
        open_store(str(tmp_path / "a.db"), {}, create=False)
    assert list(tmp_path.iterdir()) == []
    open_store(str(tmp_path / "a.db"), {}).close()
    open_store(str(tmp_path / "a.db"), {}, create=False).close()


def test_folders_that_are_none_or_are_not_there(tmp_path):
    with pytest.raises(StoreError, match="is a folder"):
        open_store(str(tmp_path), {})
    with pytest.raises(StoreError, match="its folder does not exist"):
        open_store(str(tmp_path / "no" / "a.db"), {})
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="its folder does not exist"):
        open_store(str(tmp_path / "file" / "a.db"), {})


def test_a_folder_that_cannot_be_written_to_is_told(shared_folder):
    open_store(str(shared_folder / "a.db"), {}).close()
    with plain_user(), pytest.raises(StoreError, match=r"cannot be (opened|written to)"):
        open_store(str(shared_folder / "new.db"), {})
    with plain_user(), pytest.raises(StoreError, match=r"cannot be (opened|written to)"):
        open_store(str(shared_folder / "a.db"), {})


def test_evidence_that_cannot_be_written_is_told_and_leaves_no_row(shared_folder):
    (shared_folder / "db").mkdir()
    (shared_folder / "db").chmod(0o777)
    (shared_folder / "e").mkdir()
    environment = {"ARMSTRACE_EVIDENCE": str(shared_folder / "e")}
    with plain_user(), open_store(str(shared_folder / "db" / "a.db"), environment) as store:
        with pytest.raises(StoreError, match=r"evidence cannot be .* \(Permission denied\)"):
            add(store, make_document())
        assert store.counts()["documents"] == 0


def test_a_full_disk_is_told_and_what_was_acknowledged_is_kept(tmp_path):
    with open_store(str(tmp_path / "a.db"), {}) as store:
        first = add(store, make_document())
        store.close()
        with store.database.read() as connection:
            pages = connection.scalar(text("PRAGMA page_count"))
            connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(StoreError, match="the disk is full; make room"):
            add(store, make_document("\n".join(f"{TEXT} {n}" for n in range(5_000))))
        assert [d.id for d in store.documents()] == [first]
        assert [c for c in store.verify() if c.is_loss] == []


def test_a_database_in_use_for_too_long_is_told(tmp_path, monkeypatch):
    pragmas = [p.replace("60000", "50") for p in database._PRAGMAS]  # noqa: SLF001  else the test takes a minute
    monkeypatch.setattr(database, "_PRAGMAS", pragmas)
    with open_store(str(tmp_path / "a.db"), {}) as store, closing(sqlite3.connect(tmp_path / "a.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is in use by another process"):
            add(store, make_document())
        assert store.counts()["documents"] == 0
        other.rollback()
        add(store, make_document())


def test_acknowledged_means_on_the_disk(tmp_path):
    with open_store(str(tmp_path / "a.db"), {}) as store, store.database.write() as connection:
        settings = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_folder_of_another_database_is_not_written_into(tmp_path):
    environment = {"ARMSTRACE_EVIDENCE": str(tmp_path / "e")}
    with open_store(str(tmp_path / "a.db"), environment) as store:
        add(store, make_document())
    with pytest.raises(StoreError, match="holds the evidence of another database"):
        open_store(str(tmp_path / "b.db"), environment)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "wr:ong/p@ss"}, "refuses the user or the password"),
        ({"username": "stranger"}, "refuses the user or the password|knows no such user"),
        ({"database": "nowhere"}, "does not exist; make it with 'createdb"),
        ({"port": 1}, "cannot be reached; check host, port"),
        ({"host": "no.such.host.invalid"}, "cannot be reached"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_without_its_password(server, new_database, change, said):
    from sqlalchemy.engine import make_url  # noqa: PLC0415

    name = database_name(new_database())
    url = make_url(server.port_address(name)).set(**change)
    with pytest.raises(StoreError, match=said) as caught:
        open_store(url.render_as_string(hide_password=False), {})
    assert url.password not in str(caught.value)
    assert "***" not in str(caught.value)
    assert str(caught.value).startswith("postgresql://")


def test_a_server_is_used_over_its_port_and_names_no_password(server, new_database, environment):
    name = database_name(new_database())
    with open_store(server.port_address(name).replace("postgresql:", "postgres:"), environment) as store:
        add(store, make_document())
        assert "hush" not in store.database.place.name
        assert "hush" not in repr(store.database.engine)


def test_a_database_that_is_not_in_utf_8_is_told(new_database, environment):
    address = new_database("ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
    with pytest.raises(StoreError, match=r"is in LATIN1, not UTF8; make one with 'createdb"):
        open_store(address, environment)


def test_rights_that_lack_are_told(server, new_database, environment):
    address = new_database()
    name = database_name(address)
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
    with pytest.raises(StoreError, match="does not allow this to its user"):
        open_store(address.replace("postgres@", f"{name}@"), environment)


def test_a_server_that_goes_away_is_told_and_found_again(server, new_database, environment):
    with open_store(new_database(), environment) as store:
        with store.database.read() as connection:
            name = connection.scalar(text("SELECT current_database()"))
            with server.connect() as other:
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            with pytest.raises(StoreError, match="broke off what was under way"), store.database.told():
                connection.execute(text("SELECT 1"))
        add(store, make_document())


def test_what_speaks_to_postgresql_may_be_missing(monkeypatch):
    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    with pytest.raises(MissingPartError, match=r"pip install 'armstrace\[postgres\]'"):
        open_store("postgresql://u@h/x", {})


def test_a_row_the_database_refuses_is_told_without_its_values(store):
    row = {"s": "a secret source"}
    with pytest.raises(StoreError, match="codec") as caught, store.database.write() as connection:
        connection.execute(text("INSERT INTO evidence VALUES (:s, 1, 1, NULL)"), row)
    assert "a secret source" not in str(caught.value)
    assert store.add_document(make_document(), b"x", Capture("a"), NOW).is_new


def test_a_password_is_read_from_a_file(server, new_database, environment, tmp_path):
    secret, name = tmp_path / "secret", database_name(new_database())
    address = f"postgresql://postgres@127.0.0.1:{server.port}/{name}"
    told = environment | {"ARMSTRACE_DATABASE_PASSWORD_FILE": str(secret)}
    for write, match in (
        (lambda: None, "it cannot be read; allow reading it"),
        (secret.touch, "it is empty; write the password into it"),
        (lambda: secret.write_text("wrong"), "refuses the user or the password"),
    ):
        write()
        with pytest.raises(StoreError, match=match):
            open_store(address, told)
    secret.write_text(f"{PASSWORD}\n")
    with open_store(address, told) as store:
        assert store.counts()["documents"] == 0
        assert PASSWORD not in store.database.place.name
