"""Cells that a spreadsheet must take for words or numbers, never for a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.export.spreadsheet import csv_line

CELLS = [
    ("tanks", "tanks"),
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-2", "'-2"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("＝1+1", "'＝1+1"),
    ("\t=1+1", "\\t=1+1"),
    ("\r=1+1", "\\r=1+1"),
    ("\n=1+1", "\\n=1+1"),
    ("  =cmd|'/c calc'!A0", "'  =cmd|'/c calc'!A0"),
    ("\u200b=1+1", "'\u200b=1+1"),
    ("\ufeff@A1", "\\ufeff@A1"),
    ('=HYPERLINK("http://x.example","go")', '\'=HYPERLINK("http://x.example","go")'),
    ("40-60 pieces", "40-60 pieces"),
    ("one\ntwo", "one\\ntwo"),
    ("'quoted' tanks", "''quoted' tanks"),
    ("C:\\new", "C:\\\\new"),
    ("\u202egnp.exe", "\\u202egnp.exe"),
    ("half \ud800", "half \\ud800"),
    ('say "yes", he said', 'say "yes", he said'),
    ("", "\\e"),
    (None, ""),
    (-3, "-3"),
    (12, "12"),
    (0.5, "0.5"),
]


@pytest.mark.parametrize(("cell", "read"), CELLS)
def test_a_cell_is_words_or_a_number(cell, read):
    assert next(csv.reader(io.StringIO(csv_line([cell, "next"]), newline=""))) == [read, "next"]


@given(st.lists(st.text(), min_size=2, max_size=5))
def test_no_words_begin_a_formula_and_none_ends_the_line(cells):
    line = csv_line(cells)
    rows = list(csv.reader(io.StringIO(line, newline="")))
    assert len(rows) == 1
    assert len(rows[0]) == len(cells)
    assert not any(cell[:1] in set("=+-@\t\r\n＝＋－＠") for cell in rows[0] if cell)
