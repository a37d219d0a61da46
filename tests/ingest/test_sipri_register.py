"""SIPRI's trade register at intake: told by its columns, one document, bad lines by themselves."""

import io

import pytest
from registers_made import make_file, make_row, many_rows

from armstrace.document import Capture
from armstrace.ingest.formats import Foreign, Format, tell_format
from armstrace.ingest.raw import Piece, RawText, Unread
from armstrace.ingest.walk import read_piece


def found_in(data):
    return list(read_piece(Piece("register", data, Capture("register.csv"))))


FORMATS = [
    ("as SIPRI makes it", make_file([make_row()]).encode(), Format.SIPRI),
    ("without the lines above", make_file([make_row()]).split("AM\n")[1].encode(), Format.SIPRI),
    ("with a byte order mark", b"\xef\xbb\xbf" + make_file([make_row()]).split("AM\n")[1].encode(), Format.SIPRI),
    ("with semicolons", make_file([make_row()], delimiter=";").encode(), Format.SIPRI),
    ("articles in a table", b"title,text\na,b\n", Format.CSV),
    ("words", b"Peru ordered aircraft. Recipient, supplier and year of order are told.\n", Format.TEXT),
]


@pytest.mark.parametrize(("data", "expected"), [row[1:] for row in FORMATS], ids=[row[0] for row in FORMATS])
def test_formats(data, expected):
    assert tell_format(data, io.BytesIO(data)) is expected


def test_sipris_other_table_is_told():
    data = b"A line above\nSIPRI AT Database ID,Supplier,Recipient,Designation\n1,Sweden,Peru,Gannet-2\n"
    found = tell_format(data, io.BytesIO(data))
    assert isinstance(found, Foreign)
    assert "trade register" in found.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_one_document_with_its_bytes(encoding):
    text = make_file([make_row(comments="Wärtsilä; Núñez")])
    (raw,) = found_in(text.encode(encoding))
    assert (raw.text, raw.format, raw.evidence) == (text, "sipri-csv", text.encode(encoding))
    assert (raw.metadata.outlet, raw.metadata.published) == ("SIPRI", "2030-03-11")


def test_bad_lines_are_told_by_number_and_the_rest_goes_in():
    rows = many_rows(5)
    rows[2][2] = "about 1990"
    raw, unread = found_in(make_file(rows).encode())
    assert isinstance(raw, RawText)
    assert isinstance(unread, Unread)
    assert unread.where == "register.csv, line 15"
    assert "'about 1990' in column 3, Year of order" in unread.told


NOTHING = [
    ("no rows", make_file([]), "no row of the trade register can be read"),
    ("only bad rows", make_file([make_row(years="soon")]), "line 13 'soon' in column 11"),
    (
        "armstrace's own",
        make_file([make_row()]).replace("Source: SIPRI", "Source: armstrace 0, not SIPRI"),
        "written by armstrace",
    ),
]


@pytest.mark.parametrize(("text", "reason"), [row[1:] for row in NOTHING], ids=[row[0] for row in NOTHING])
def test_what_gives_no_document_says_why(text, reason):
    (unread,) = found_in(text.encode())
    assert reason in unread.told


def series_of(text):
    return [fact.text for fact in found_in(text.encode())[0].facts if fact.kind == "series"]


def test_a_file_of_another_year_is_of_the_same_series_and_one_of_other_parties_is_not():
    old = make_file([make_row()])
    assert series_of(old) == series_of(old.replace("1950-2029", "1950-2030").replace("11 Mar 2030", "12 Mar 2031"))
    assert series_of(old) != series_of(old.replace("from All countries", "from Sweden"))
    assert series_of(old.split("AM\n")[1]) == []
