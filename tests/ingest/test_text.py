"""Bytes become text in any encoding, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.document import Capture
from armstrace.errors import InputError
from armstrace.ingest import text as module
from armstrace.ingest.raw import Piece
from armstrace.ingest.text import decode_text, read_plain_text, read_text_file

CHINESE = "中国向巴基斯坦出售导弹，官员说。"
RUSSIAN = "Москва поставила Алжиру танки и ракеты. Об этом сообщила газета, и посольство это подтвердило."
DECODED = [
    ("UTF-8", "Größe – “x”".encode(), None, "Größe – “x”", "UTF-8"),
    ("UTF-8 with a byte order mark", "\ufeffGuns".encode(), None, "Guns", "UTF-8"),
    ("UTF-16 with a byte order mark", "Guns – é".encode("utf-16"), None, "Guns – é", "UTF-16"),
    ("UTF-16, big end first", b"\xfe\xff" + "Guns".encode("utf-16-be"), None, "Guns", "UTF-16"),
    ("UTF-16 without a mark", "Guns for Chad – é".encode("utf-16-le"), None, "Guns for Chad – é", "UTF-16-LE"),
    ("the same, big end first", "Guns for Chad".encode("utf-16-be"), None, "Guns for Chad", "UTF-16-BE"),
    ("UTF-32 with a mark", "Guns – é".encode("utf-32"), None, "Guns – é", "UTF-32"),
    ("Windows-1252", "Größe – “x”".encode("cp1252"), None, "Größe – “x”", "Windows-1252"),
    ("what Windows-1252 lacks", b"na\xefve \x81", None, "naïve \x81", "Windows-1252"),
    (
        "UTF-8 with a pasted Windows quote",
        "“Größe” – “x” ".encode() + b"\x93y\x94",
        None,
        "“Größe” – “x” “y”",
        "UTF-8 with bytes of Windows-1252",
    ),
    ("Cyrillic, untold", RUSSIAN.encode("cp1251"), None, RUSSIAN, "CP1251"),
    ("Cyrillic, told", "танк".encode("koi8-r"), "koi8-r", "танк", "KOI8-R"),
    ("told falsely", "Größe".encode(), "iso-8859-1", "Größe", "UTF-8"),
    ("told in nonsense", "Größe".encode(), "x-klingon\x00", "Größe", "UTF-8"),
    ("told as no text at all", b"Guns", "base64", "Guns", "UTF-8"),
    (
        "Chinese, untold",
        "中国向巴基斯坦出售导弹，官员说。".encode("gb18030"),
        None,
        "中国向巴基斯坦出售导弹，官员说。",
        "GB18030",
    ),
    ("line ends stay", b"a\r\nb\rc\n", None, "a\r\nb\rc\n", "UTF-8"),
    (
        "a stray control character",
        b"guns to Chad " * 20 + b"\x0c\x1a",
        None,
        "guns to Chad " * 20 + "\x0c\x1a",
        "UTF-8",
    ),
    ("a stray NUL", b"guns and tanks " * 20 + b"\x00", None, "guns and tanks " * 20 + "\x00", "UTF-8"),
]
REFUSED = [
    ("nothing", b"", "is empty"),
    ("white space", b" \r\n\t ", "is empty"),
    ("a mark and white space", "\ufeff \u00a0\n".encode(), "is empty"),
    ("many NULs", b"guns\x00guns\x00\x00", "looks like a binary file"),
    ("many control characters", bytes(range(1, 32)) * 10, "looks like a binary file"),
]


@pytest.mark.parametrize(("data", "charset", "text", "encoding"), [pytest.param(*r[1:], id=r[0]) for r in DECODED])
def test_bytes_are_read_as_text(data, charset, text, encoding):
    assert decode_text(data, "x.txt", charset) == (text, encoding)


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_what_is_no_text_is_refused_by_name(data, reason):
    with pytest.raises(InputError, match=f"^x.txt: {reason}"):
        decode_text(data, "x.txt")


def test_a_text_longer_than_a_document_may_be_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_CHARACTERS", 10)
    with pytest.raises(InputError, match="has more than 10 characters, the most of one document; split it"):
        decode_text(b"guns and so on", "x.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, _ = decode_text(data, "x")
    except InputError:
        return
    assert text.strip()


def test_an_encoding_other_than_utf8_is_a_fact_and_the_bytes_are_the_evidence():
    raw = read_plain_text(Piece("x", "Größe".encode("cp1252"), Capture("x.txt")))
    assert [(fact.kind, fact.text, fact.span) for fact in raw.facts] == [("encoding", "Windows-1252", None)]
    assert (raw.text, raw.evidence, raw.capture.source) == ("Größe", b"Gr\xf6\xdfe", "x.txt")


def test_a_text_file_goes_by_its_stem(tmp_path):
    (tmp_path / "a.b.txt").write_text("Guns.", encoding="utf-8")
    assert read_text_file(tmp_path / "a.b.txt").id == "a.b"
    with pytest.raises(InputError, match=r"none\.txt: cannot be read"):
        read_text_file(tmp_path / "none.txt")
