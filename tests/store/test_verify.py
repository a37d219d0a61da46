"""Whatever happens to what is kept is found, named, and told from what a broken-off run left over."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tracemalloc
from contextlib import closing

import pytest
from sqlalchemy import text
from store_samples import FULL, NOW, add, full_claim, make_document, read

from armstrace.document import Capture
from armstrace.store.open import open_store

OTHER = "0a" * 32


def troubles(store, **options):
    return [(c.about, c.state, c.is_loss) for c in store.verify(**options) if c.state != "intact"]


@pytest.fixture
def filled(store):
    for document in (FULL, make_document()):
        add(store, document)
        read(store, document, full_claim(document))
    return store


def path_of(store):
    return store.evidence.path(next(iter(sorted(p.stem for p in store.evidence.folder.rglob("*.zst")))))


def test_all_is_looked_at_and_intact(filled):
    checks = list(filled.verify())
    assert [(c.about, c.state, c.trouble) for c in checks] == [
        ("database", "intact", ""),
        *[("evidence", "intact", "")] * 2,
        *[("document", "intact", "")] * 2,
    ]
    assert {c.name for c in checks if c.about == "document"} == {d.id for d in filled.documents()}


def test_an_empty_store_is_intact(store):
    assert [(c.about, c.state) for c in store.verify()] == [("database", "intact")]


FILES = {
    "removed": (lambda p: p.unlink(), "missing", "is not there"),
    "a folder in its place": (lambda p: (p.unlink(), p.mkdir()), "unreadable", "Is a directory"),
    "cut short": (lambda p: os.truncate(p, p.stat().st_size // 3), "cut short", "is cut short: 0 of"),
    "emptied": (lambda p: p.write_bytes(b""), "cut short", "is cut short: 0 of"),
    "overwritten": (lambda p: p.write_bytes(b"forty drones were shipped"), "changed", "is damaged"),
    "exchanged": (lambda p: shutil.copy(other_of(p), p), "changed", "its hash differs"),
}


def other_of(path):
    return next(p for p in path.parent.parent.rglob("*.zst") if p != path)


@pytest.mark.parametrize("name", FILES)
def test_evidence_that_is_not_what_was_kept_is_found(filled, name):
    change, state, said = FILES[name]
    path = path_of(filled)
    change(path)
    (check,) = [c for c in filled.verify() if c.state != "intact"]
    assert (check.about, check.name, check.state) == ("evidence", str(path), state)
    assert check.is_loss
    assert said in check.trouble
    assert check.trouble.endswith("put back a copy of the file, or add the original again")


def test_what_is_no_evidence_is_named_and_left_alone(filled):
    folder = filled.evidence.folder
    for place in ("notes.txt", "zz/notes.txt", f"0a/{OTHER}.zst.bak", f"0b/{OTHER}.zst", "0c/sub/x"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text("mine")
    assert troubles(filled, clean=True) == [("evidence", "foreign", False)] * 5
    assert (folder / "0c/sub/x").read_text() == "mine"


def test_what_a_broken_off_run_left_is_harmless_and_removed_when_asked(filled):
    folder = filled.evidence.folder
    kept = filled.evidence.put(b"written, but never entered")
    left = [filled.evidence.path(kept.sha256), folder / "0a" / f".{OTHER}.zst.{'1b' * 8}.part"]
    left[1].parent.mkdir(exist_ok=True)
    left[1].write_bytes(b"half")
    assert troubles(filled) == [("evidence", "left over", False)] * 2
    assert all(p.exists() for p in left)
    assert troubles(filled, clean=True) == [("evidence", "removed", False)] * 2
    assert not any(p.exists() for p in left)
    assert troubles(filled) == []


def test_cleaning_takes_nothing_away_from_who_adds_meanwhile(filled):
    """A file is written before its row: here it is removed in between, and put back before the row is there."""
    data = b"in flight"
    kept = filled.evidence.put(data)
    assert troubles(filled, clean=True) == [("evidence", "removed", False)]
    filled.add_document(make_document("In flight."), data, Capture("x"), NOW)
    assert filled.evidence.read(kept.sha256) == data
    assert troubles(filled) == []


ROWS = {
    "its title": ("UPDATE documents SET title = 'other'", "document", "changed", "its hash differs"),
    "its text": ("UPDATE documents SET text = 'other', text_exact = NULL", "document", "changed", "its hash differs"),
    "its facts": ("UPDATE documents SET facts = '[]' WHERE name LIKE 'folder%'", "document", "changed", "its hash"),
    "its raw text": (
        "UPDATE documents SET raw = text_exact WHERE text_exact IS NOT NULL",
        "document",
        "changed",
        "hash",
    ),
    "the length of its evidence": ("UPDATE evidence SET size = size + 1", "evidence", "changed", "its hash differs"),
    "what a claim says": (
        "UPDATE claims SET body = replace(body, ':', ': ')",
        "document",
        "changed",
        "its claims are not what was read: their hash differs; put back a copy of the database",
    ),
    "a capture gone": ("DELETE FROM captures", "database", "dangling", "no note of how it came here"),
    "search gone": ("DELETE FROM search_parts", "database", "dangling", "is not in the search index"),
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_that_were_changed_are_found(filled, name):
    change, about, state, said = ROWS[name]
    with filled.database.write() as connection:
        connection.execute(text(change))
    found = [c for c in filled.verify() if c.state != "intact"]
    assert found
    assert {(c.about, c.state, c.is_loss) for c in found} == {(about, state, True)}
    assert all(said in c.trouble for c in found)


def test_claims_that_are_gone_are_found(filled):
    with filled.database.write() as connection:
        connection.execute(text("DELETE FROM claims"))
    assert troubles(filled) == [("database", "dangling", True), *[("document", "changed", True)] * 2]


def test_claims_that_were_read_before_their_hash_was_kept_pass(filled):
    with filled.database.write() as connection:
        connection.execute(text("UPDATE readings SET digest = NULL"))
    assert troubles(filled) == []


def test_rows_that_speak_of_nothing_are_found(tmp_path):
    """PostgreSQL never lets it come so far; a file of SQLite may have been changed with its checks off."""
    with open_store(str(tmp_path / "a.db"), {}) as store:
        add(store, make_document())
        read(store, make_document(), full_claim(make_document()))
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.executescript("DELETE FROM documents; DELETE FROM evidence;")
    with open_store(str(tmp_path / "a.db"), {}) as store:
        found = {c.trouble.partition(" speaks of ")[0] for c in store.verify() if c.state == "dangling"}
    assert found == {"captures", "search_parts", "readings", "claims", "changes"}


def test_damaged_pages_of_the_database_are_found(tmp_path):
    path = tmp_path / "a.db"
    with open_store(str(path), {}) as store:
        for n in range(40):
            add(store, make_document(f"Drone number {n} was shipped."))
        with store.database.read() as connection:
            page = connection.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_documents_sha256'"))
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 3)
        file.write(b"\0\1")
    with open_store(str(path), {}) as store:
        found = [c for c in store.verify() if c.about == "database"]
    assert found
    assert all(c.is_loss and "put back a copy" in c.trouble for c in found)


def test_large_evidence_is_verified_in_little_memory(store):
    add(store, make_document(), b"forty drones " * 3_000_000)
    tracemalloc.start()
    assert troubles(store) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
