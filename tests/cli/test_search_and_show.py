"""``search`` and ``show``: what was added is found, shown and given back, and nothing of it acts on a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import SENT, SOLD, run_process

from armstrace.store.open import open_store


def id_of(folder, name):
    with open_store(str(folder / "armstrace.db"), {}) as store:
        return next(document.id for document in store.documents() if document.name == name)


def test_search_finds_documents_and_claims(filled, run):
    done = run("search", "tanks", cwd=filled)
    assert done.code == 0
    assert "France → Chad: tanks" in done.out
    assert done.out.splitlines()[-1].endswith("no more")
    rows = run("search", "--party", "SN", "--format", "jsonl", cwd=filled).rows
    assert [row["kind"] for row in rows] == ["claim", "document"]
    assert rows[0]["body"]["recipient"]["country"] == "SN"
    (boats,) = run("search", "boats", "--only", "claim", "--format", "jsonl", cwd=filled).rows
    assert [boats["snippet"]["text"][start:end] for start, end in boats["snippet"]["marks"]] == ["boats"]
    assert run("search", "zeppelin", cwd=filled).out == "nothing found\n"


def test_search_goes_on_from_page_to_page(filled, run):
    seen, cursor = [], []
    for _ in range(5):
        done = run("search", "--limit", "2", *cursor, cwd=filled)
        lines = done.out.splitlines()
        seen += [line.split()[0] for line in lines if line and not line.startswith(" ")][:-1]
        if lines[-1].endswith("no more"):
            break
        cursor = ["--cursor", lines[-1].rpartition("--cursor ")[2]]
    assert len(seen) == 5  # three documents, two claims


def test_show_tells_all_of_a_document(filled, run):
    done = run("show", id_of(filled, "page"), cwd=filled)
    assert done.code == 0
    assert "  title: Boats & guns" in done.out
    assert "came from reports/page.html" in done.out
    assert "1 claims" in done.out
    assert f"  words: {SENT.strip()}" in done.out
    assert "in the original: the file, characters " in done.out
    french = run("show", id_of(filled, "livraison"), cwd=filled).out
    assert "language: fr" in french
    assert "does not look like English" in french


@pytest.mark.parametrize("name", ["sold.txt", "livraison.txt", "page.html"])
def test_show_gives_the_very_bytes_back(filled, tmp_path, name, run):
    identity = id_of(filled, Path(name).stem)
    done = run("show", identity, "--original", tmp_path / "original", cwd=filled)
    assert done.code == 0
    assert (tmp_path / "original").read_bytes() == (filled / "reports" / name).read_bytes()


def test_show_gives_the_bytes_to_a_pipe_and_nothing_else(filled):
    done = run_process("show", id_of(filled, "page"), "--original", "-", cwd=filled)
    assert done.err == ""
    assert done.out.encode() == (filled / "reports" / "page.html").read_bytes()


def test_show_of_what_is_not_there_says_where_ids_are(filled, run):
    done = run("show", "0123456789abcdef", cwd=filled)
    assert done.code == 6
    assert done.err == (
        "armstrace: 0123456789abcdef: no document of this id is in the store; `armstrace search` lists ids\n"
    )


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\u2066\u200b\x00\r\nTanks"


def test_no_escape_of_a_document_reaches_a_terminal(here, run):
    row = {"id": HOSTILE, "title": HOSTILE, "publisher": HOSTILE, "author": HOSTILE, "text": SOLD + HOSTILE}
    (here / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (here / "page.html").write_text(
        f"<html><head><title>{HOSTILE}</title><meta name=author content='{HOSTILE}'></head><body><p>{SENT}{HOSTILE}</p>"
        "</body></html>",
        encoding="utf-8",
    )
    (here / "evil\x1b[31m\u202e.txt").write_text(SENT + SENT, encoding="utf-8")
    (here / "bad\x1b[31m.txt").write_bytes(b"")
    told = [run("add", ".", "--database", "../a.db", cwd=here)]
    with open_store(str(here.parent / "a.db"), {}) as store:
        identities = [document.id for document in store.documents()]
    assert len(identities) == 5
    told += [run("show", identity, "--database", "../a.db", cwd=here) for identity in identities[:3]]
    told += [run(*args, "--database", "../a.db", cwd=here) for args in (("search", "tanks"), ("search",), ("verify",))]
    told += [run("read", ".", cwd=here)]
    for done in told:
        assert done.code in {0, 3}
        shown = done.out + done.err
        assert not [c for c in shown if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0)]
        assert not {"\u202e", "\u2066", "\u200b"} & set(shown)
    (here.parent / "a.db").unlink()
