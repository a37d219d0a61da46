"""Bytes to characters: whatever a server, a page or nobody says of them."""

import codecs

import pytest

from armstrace.ingest.html_encoding import decode_page

SAYS = "Poland’s ministry paid €40 million for Gepard guns, café talk aside."
RUSSIAN = "Министерство сообщило, что сорок гаубиц отправлены в бригаду на севере страны. " * 12
META = '<meta charset="{}">'

ROWS = {
    "UTF-8": (SAYS.encode(), None, SAYS),
    "UTF-8 with its mark": (codecs.BOM_UTF8 + SAYS.encode(), None, SAYS),
    "UTF-16 with its mark": (codecs.BOM_UTF16_LE + SAYS.encode("utf-16-le"), None, SAYS),
    "the mark counts before the server's word": (codecs.BOM_UTF16_BE + SAYS.encode("utf-16-be"), "utf-8", SAYS),
    "UTF-32 with its mark": (codecs.BOM_UTF32_LE + SAYS.encode("utf-32-le"), None, SAYS),
    "UTF-16 without a mark": (("<html><p>" + SAYS).encode("utf-16-le"), None, "<html><p>" + SAYS),
    "UTF-16 the other way round": (("<html><p>" + SAYS).encode("utf-16-be"), "utf-8", "<html><p>" + SAYS),
    "UTF-8 that the server calls Latin-1": (SAYS.encode(), "iso-8859-1", SAYS),
    "UTF-8 that the page calls Windows-1251": ((META.format("windows-1251") + SAYS).encode(), None, None),
    "Windows-1252 of nobody's word": (SAYS.encode("cp1252"), None, SAYS),
    "Windows-1252 called Latin-1": (SAYS.encode("cp1252"), "ISO-8859-1", SAYS),
    "Windows-1252 called UTF-8": (("<p>" + SAYS).encode("cp1252"), "utf-8", "<p>" + SAYS),
    "Windows-1251 by the server's word": (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN),
    "Windows-1251 by the page's word": ((META.format("windows-1251") + RUSSIAN).encode("cp1251"), None, None),
    "Windows-1251 of nobody's word": (RUSSIAN.encode("cp1251"), None, RUSSIAN),
    "KOI8-R by the XML declaration": (
        ('<?xml version="1.0" encoding="koi8-r"?>' + RUSSIAN).encode("koi8-r"),
        None,
        None,
    ),
    "Japanese in Shift JIS": (("日本の防衛省は" * 9).encode("cp932"), "shift_jis", "日本の防衛省は" * 9),
    "Japanese in seven bits": ("防衛省".encode("iso2022_jp"), "iso-2022-jp", "防衛省"),
    "Chinese, GB 18030 called GB2312": ("朱镕基 said".encode("gb18030"), "gb2312", "朱镕基 said"),
    "a label that is none": (SAYS.encode(), "none\x00such", SAYS),
    "a label of Python's that is no encoding": (SAYS.encode("cp1252"), "zip", SAYS),
    "UTF-7, in which markup hides": (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-"),
    "nothing": (b"", None, ""),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_page_is_decoded(row):
    data, hint, expected = ROWS[row]
    text = decode_page(data, hint)
    if expected is None:
        assert "\ufffd" not in text
        assert (SAYS if SAYS.encode() in data else RUSSIAN) in text
    else:
        assert text == expected


def test_two_encodings_in_one_page_lose_neither():
    data = ("<p>" + SAYS * 20).encode() + "<p>A pasted “quote” from an old system’s file</p>".encode("cp1252")
    text = decode_page(data, "utf-8")
    assert text.count(SAYS) == 20
    assert "A pasted “quote” from an old system’s file" in text


def test_a_damaged_page_keeps_the_rest():
    data = ("朱镕基说" * 200).encode("gb18030") + b"\xff" + b"<p>end"
    text = decode_page(data, "gbk")
    assert text.startswith("朱镕基说" * 200)
    assert text.endswith("<p>end")
    assert "\ufffd" in text


@pytest.mark.parametrize("byte", range(0x80, 0x100))
def test_no_byte_gives_half_a_character(byte):
    text = decode_page(b"<p>\xc3\xa9\xc3\xa9\xc3\xa9 " + bytes([byte]) + b" end</p>")
    text.encode("utf-8")  # lone surrogates would not encode
    assert text.startswith("<p>ééé ")
