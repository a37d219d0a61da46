"""Articles as rows of a table."""

from __future__ import annotations

import pytest
from made_containers import container, fuzzed

from armstrace.errors import InputError
from armstrace.ingest.csv_rows import is_article_table, unpack_csv
from armstrace.ingest.raw import Piece

TABLES = [
    ("commas", b'id,date,text\n7,2022-09-06,"Guns, sold."\n'),
    ("semicolons", b"id;date;text\n7;2022-09-06;Guns, sold.\n"),
    ("tabs", b"id\tdate\tbody\r\n7\t2022-09-06\tGuns, sold.\r\n"),
    ("bars and a mark", b"\xef\xbb\xbfid|date|Full Text\n7|2022-09-06|Guns, sold.\n"),
]
NO_TABLES = [b"", b"id,date\n1,2\n", b"text\nGuns.\n", b"The text, he said, is long.\n", b"\x00\xff" * 50]
UNREAD = [
    ("no text", b"7,2022,", "row 1: holds no text"),
    ("too many cells", b"7,2022,Guns,sold", "row 1: has 4 cells under 3 columns"),
    (
        "a quotation mark left open",
        b'7,2022,"' + (b"x" * 4095 + b"\n") * (4 << 10),
        "row 1: is no row of a table (it is longer than 16 MiB",
    ),
    ("a long line", b"7,2022," + b"x" * (17 << 20), "row 1: is no row of a table (a line is longer than 16 MiB)"),
]


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in TABLES])
def test_a_table_is_read_by_the_names_of_its_columns(data):
    assert is_article_table(data)
    (found,) = unpack_csv(container(data))
    assert (found.id, found.text, found.metadata.published, found.format) == ("7", "Guns, sold.", "2022-09-06", "csv")
    assert found.places[0].part.startswith("row 1, column ")
    assert found.evidence == data.splitlines()[1]


@pytest.mark.parametrize("data", NO_TABLES)
def test_what_is_no_table_of_articles_is_refused(data):
    assert not is_article_table(data)
    with pytest.raises(InputError, match=r"^box\.bin: names no column text"):
        list(unpack_csv(container(data)))


@pytest.mark.parametrize(("row", "told"), [pytest.param(*row[1:], id=row[0]) for row in UNREAD])
def test_a_row_that_cannot_be_read_costs_itself(row, told):
    found = list(unpack_csv(container(b"id,date,text\n" + row + b"\n8,2022,Tanks.")))
    assert f"{found[0].where}: {found[0].reason}".startswith(f"box.bin, {told}")
    assert found[-1].text.strip().endswith("Tanks.") or "left open" in told or "16 MiB" in told


def test_a_cell_may_hold_lines_and_html_and_more_than_the_library_expects():
    long = "Guns. " * 40_000
    first, second, third = unpack_csv(container(f'title,text\nA,"One.\nTwo."\nB,<p>Guns.</p>\nC,{long}\n'.encode()))
    assert (first.text, first.evidence) == ("One.\nTwo.", b'A,"One.\nTwo."')
    assert isinstance(second, Piece)
    assert third.text == long


def test_broken_files_cost_no_more_than_themselves():
    assert fuzzed(unpack_csv, b'id,date,text\n7,2022-09-06,"Guns, ""sold""."\n8,,Tanks\n') > 20
