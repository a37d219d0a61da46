"""Texts from files, folders and standard input."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.errors import InputError
from armstrace.ingest.files import decode, find_sources, read_demo, read_stdin

DECODED = [
    ("UTF-8", "Größe – “x”".encode(), "Größe – “x”"),
    ("UTF-8 with a byte order mark", "\ufeffGuns".encode(), "Guns"),
    ("UTF-16 with a byte order mark", "Guns – é".encode("utf-16"), "Guns – é"),
    ("UTF-16, big end first", b"\xfe\xff" + "Guns".encode("utf-16-be"), "Guns"),
    ("Windows-1252", "Größe – “x”".encode("cp1252"), "Größe – “x”"),
    ("what Windows-1252 lacks", b"na\xefve \x81", "naïve \x81"),
    ("line ends stay", b"a\r\nb\rc\n", "a\r\nb\rc\n"),
    ("a stray control character", b"guns and tanks " * 20 + b"\x0c\x1a", "guns and tanks " * 20 + "\x0c\x1a"),
]

REFUSED = [
    ("nothing", b"", "is empty"),
    ("white space", b" \r\n\t ", "is empty"),
    ("a mark and white space", "\ufeff \u00a0\n".encode(), "is empty"),
    ("PDF", b"%PDF-1.7\nplain so far", "is a PDF file"),
    ("Office", b"PK\x03\x04word/document.xml", "is a ZIP or Office file"),
    ("RTF", rb"{\rtf1 guns}", "is an RTF file"),
    ("HTML", b"\n <!DOCTYPE html><p>guns", "is a web page"),
    ("HTML without a type", b"<HTML><p>guns", "is a web page"),
    ("a NUL", b"guns\x00guns", "looks like a binary file"),
    ("many control characters", bytes(range(1, 32)) * 10, "looks like a binary file"),
    ("broken UTF-16", b"\xff\xfeabc", "looks like a binary file"),
    ("a program", b"\x7fELF\x02\x01\x01\x00\x00", "looks like a binary file"),
]


@pytest.mark.parametrize(("data", "text"), [pytest.param(*row[1:], id=row[0]) for row in DECODED])
def test_bytes_are_read_as_text(data, text):
    assert decode(data, "x.txt") == text


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_what_is_no_text_is_refused_by_name(data, reason):
    with pytest.raises(InputError, match=f"^x.txt: {reason}"):
        decode(data, "x.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data, "x")
    except InputError:
        return
    assert text.strip()


def test_a_folder_gives_its_texts_sorted_and_named_by_their_place(tmp_path):
    for name in ("b.txt", "a.txt", "deep/a.txt", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Guns.", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    found = find_sources(str(tmp_path))
    assert [s.id for s in found] == ["a", "b", "deep/a"]
    assert [s.read().id for s in found] == ["a", "b", "deep/a"]
    assert [s.id for s in find_sources(str(tmp_path / "notes.md"))] == ["notes"]


@pytest.mark.parametrize(("name", "reason"), [("none.txt", "no such file or folder"), (".", "holds no .txt file")])
def test_what_is_not_there_is_told(tmp_path, name, reason):
    with pytest.raises(InputError, match=reason):
        find_sources(str(tmp_path / name))


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    source = find_sources(str(_written(tmp_path / "a.txt")))[0]
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match=r"a\.txt: cannot be read"):
        source.read()


def test_standard_input_is_a_document(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Größe".encode())))
    assert [s.id for s in find_sources("-")] == ["stdin"]
    raw = read_stdin()
    assert (raw.id, raw.text) == ("stdin", "Größe")


def test_the_demo_knows_who_published_it_and_when():
    demo = read_demo()
    assert (demo.metadata.outlet, demo.metadata.published) == ("Gulf & Sahel Wire", "2025-03-11")
    assert demo.metadata.title in demo.text


def _written(path):
    path.write_text("Guns.", encoding="utf-8")
    return path
