"""Rows of CSV and the places of their cells."""

import pytest

from armstrace.text.csv_records import Broken, Record, read_records

ROWS = [
    # why, text, cells
    ("plain", "a,b,c\n", ["a", "b", "c"]),
    ("no line end", "a,b", ["a", "b"]),
    ("carriage return", "a,b\r\n", ["a", "b"]),
    ("empty cells", ",,\n", ["", "", ""]),
    ("comma in a cell", '"a,b",c\n', ["a,b", "c"]),
    ("line break in a cell", '"a\nb",c\n', ["a\nb", "c"]),
    ("doubled marks", '"a ""b"" c",d\n', ['a "b" c', "d"]),
    ("only doubled marks", '"""",d\n', ['"', "d"]),
    ("empty in marks", '"",d\n', ["", "d"]),
    ("a mark inside is a mark", 'a "b" c,d\n', ['a "b" c', "d"]),
]


@pytest.mark.parametrize(("text", "cells"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_cells_stand_where_they_are_said_to(text, cells):
    (record,) = read_records(text, ",")
    assert isinstance(record, Record)
    assert [cell.text for cell in record.cells] == cells
    for cell in record.cells:
        assert cell.span.of(text).replace('""', '"') == cell.text
    assert record.span.of(text) == text.rstrip("\r\n")


def test_a_broken_line_costs_itself_and_lines_are_counted():
    text = 'a,b\n\n"c\nd",e\n"open,f\ng,h\n"i"j,k\nl,m\n'
    found = [(type(one), one.line) for one in read_records(text, ",")]
    assert found == [(Record, 1), (Record, 3), (Broken, 5), (Record, 6), (Broken, 7), (Record, 8)]


def test_reading_begins_anywhere():
    text = "words above\na;b\nc;d\n"
    (first, second) = read_records(text, ";", text.index("a;b"))
    assert (first.line, second.line, second.cells[1].span.of(text)) == (2, 3, "d")
