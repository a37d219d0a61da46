"""Tables: every value comes back from them, nothing in them is a formula, the same register gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace
from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pyarrow.parquet as arrow
import pytest
from generated_records import HOSTILE, about, registers
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from armstrace.errors import InputError, MetadataError
from armstrace.export.formats import FORMATS, writer_of
from armstrace.export.record_lines import record_to_dict
from armstrace.export.spreadsheet import cell_list, cell_words, json_cell, list_cell, words_cell
from armstrace.export.tables import csv_files, parquet, xlsx
from armstrace.export.tables.cells import FORMS
from armstrace.export.tables.columns import Kind
from armstrace.export.tables.definition import BY_NAME, TABLES
from armstrace.export.tables.parquet_schema import EXACT, SCHEMA
from armstrace.export.tables.read import read_tables, records_of
from armstrace.export.tables.sheets import LONG_TEXTS, MOST_LETTERS, Limits

FORMULA_MARKS = set("=+-@\t\r\n＝＋－＠")
# What fails is shown as it is found: a record is large, and to make it small takes minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SOME = settings(max_examples=25, deadline=None, phases=PHASES)
FEW = settings(max_examples=8, deadline=None, phases=PHASES)  # a workbook takes a while
ONCE = settings(max_examples=2, deadline=None, phases=PHASES)


def written(write, records, **options):
    out = io.BytesIO()
    write(iter(records), about(**options), out)
    return out.getvalue()


def shapes(records):
    """Return records in the public shape as they are after JSON."""
    return [json.loads(json.dumps(record_to_dict(record))) for record in records]


def sheet_values(table, cells):
    """Return a row of a sheet as plain values."""
    return tuple(_value(column, cell) for column, cell in zip(table.every, cells, strict=True))


def _value(column, cell):
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, str):
        return FORMS[column.kind].read(cell)
    return [] if cell is None and column.kind is Kind.LIST else cell


def book_tables(data):
    """Return the rows of all tables of a workbook; long texts whole, further sheets behind the first."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    whole = {}
    if LONG_TEXTS in book:
        for name, row, column, _, text in list(book[LONG_TEXTS].iter_rows(values_only=True))[1:]:
            whole[name, row, column] = whole.get((name, row, column), "") + text
    found = {}
    for table in TABLES:
        sheets = [name for name in book.sheetnames if name == table.name or name.startswith(f"{table.name}_")]
        found[table.name] = [
            sheet_values(table, [whole.get((name, row[0].row, cell.column), cell.value) for cell in row])
            for name in sheets
            for row in book[name].iter_rows(min_row=2)
        ]
    return found


@SOME
@given(registers())
def test_every_value_comes_back_from_csv(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("csv") / "all.zip"
    path.write_bytes(written(csv_files.write, records, table="all"))
    assert list(read_tables(path)) == shapes(records)


@FEW
@given(registers(2))
def test_every_value_comes_back_from_a_workbook(records):
    assert list(records_of(book_tables(written(xlsx.write, records)))) == shapes(records)


@SOME
@given(registers())
def test_every_value_comes_back_from_parquet(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("parquet") / "all.parquet"
    path.write_bytes(written(parquet.write, records))
    assert list(parquet.read_parquet(path)) == shapes(records)
    assert arrow.read_schema(path).equals(SCHEMA.with_metadata({}), check_metadata=False)
    said = json.loads(arrow.read_schema(path).metadata[parquet.ABOUT])
    assert said["asked"] == {"party": "KP"}


@SOME
@given(registers())
def test_every_value_comes_back_from_json_lines(records):
    lines = written(writer_of(FORMATS[0]), records).decode().splitlines()
    assert [json.loads(line) for line in lines] == shapes(records)


@SOME
@given(registers())
def test_no_cell_of_text_is_a_formula_or_ends_its_line(records):
    with ZipFile(io.BytesIO(written(csv_files.write, records, table="all"))) as file:
        for table in TABLES:
            text = file.read(f"{table.name}.csv").decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline="")))
            assert text.count("\n") == len(rows)
            words = [
                cell
                for row in rows[1:]
                for column, cell in zip(table.every, row, strict=True)
                if column.kind not in {Kind.WHOLE, Kind.NUMBER}
            ]
            assert not [cell for cell in words if cell[:1] in FORMULA_MARKS and cell]


@FEW
@given(registers(1))
def test_no_cell_of_a_workbook_is_a_formula(records):
    book = openpyxl.load_workbook(io.BytesIO(written(xlsx.write, records)))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not isinstance(cell.value, str) or cell.value[:1] not in FORMULA_MARKS


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_back_from_a_cell(words):
    assert cell_words(words_cell(words)) == words
    assert cell_list(list_cell([words, "", words])) == [words, "", words]
    assert json.loads(json_cell({"words": words})) == {"words": words}
    for cell in (words_cell(words), list_cell([words]), json_cell(words)):
        assert cell[:1] not in FORMULA_MARKS
        assert "\n" not in cell
        cell.encode("utf-8")


@given(st.text(st.characters()), st.lists(st.text(st.characters())))
def test_any_words_come_back_from_a_cell(words, several):
    assert cell_words(words_cell(words)) == words
    assert cell_list(list_cell(several)) == several
    assert json.loads(json_cell(several)) == several


@pytest.mark.parametrize("options", [{"table": "all"}, {"table": "claims"}, {}])
@FEW
@given(registers(2))
def test_csv_is_the_same_again(options, records):
    assert written(csv_files.write, records, **options) == written(csv_files.write, records, **options)


@ONCE
@given(registers(2))
def test_workbook_and_parquet_are_the_same_again_later(records):
    first = [written(module.write, records) for module in (xlsx, parquet)]
    time.sleep(2.1)  # ZIP tells times to two seconds
    assert [written(module.write, records) for module in (xlsx, parquet)] == first


@ONCE
@given(registers(2).filter(len))
def test_a_single_table_is_that_of_the_zip(records):
    with ZipFile(io.BytesIO(written(csv_files.write, records, table="all"))) as file:
        for table in TABLES:
            assert written(csv_files.write, records, table=table.name) == file.read(f"{table.name}.csv")
        assert written(csv_files.write, records) == file.read("transfers.csv")


def test_a_table_that_is_not_there_is_told():
    with pytest.raises(MetadataError, match="table=weapons: no table of this name; there are transfers, values"):
        written(csv_files.write, (), table="weapons")


def test_what_is_no_zip_of_tables_is_told(tmp_path):
    (tmp_path / "notes.zip").write_bytes(b"notes")
    with pytest.raises(InputError, match=r"notes\.zip: no ZIP of all tables"):
        next(read_tables(tmp_path / "notes.zip"))


def test_every_column_is_named_once_and_explained():
    for table in TABLES:
        names = [column.name for column in table.every]
        assert len(set(names)) == len(names), table.name
        assert all(column.meaning for column in table.every)
        assert table.every[0].name == "transfer"
    assert len(BY_NAME) == len(TABLES)


def test_csv_on_the_web_describes_every_column_of_every_file():
    with ZipFile(io.BytesIO(written(csv_files.write, (), table="all"))) as file:
        told = json.loads(file.read("csv-metadata.json"))
        assert told["@context"][0] == "http://www.w3.org/ns/csvw"
        assert {one["url"] for one in told["tables"]} == set(file.namelist()) - {"csv-metadata.json"}
        for one in told["tables"]:
            head = next(csv.reader(io.StringIO(file.read(one["url"]).decode("utf-8-sig"), newline="")))
            columns = one["tableSchema"]["columns"]
            assert [column["titles"] for column in columns] == head
            assert set(one["tableSchema"]["primaryKey"]) <= set(head)
            assert all(column["dc:description"] and column["datatype"] for column in columns)
    assert told["dc:provenance"]["asked"] == {"party": "KP"}


def with_words(records, words):
    """Return records whose documents all bear a title and an address."""
    return [
        replace(
            one,
            documents={
                key: replace(cited, title=words, url="https://news.example/a") for key, cited in one.documents.items()
            },
        )
        for one in records
    ]


@ONCE
@given(registers(2).filter(len))
def test_what_is_too_long_for_a_cell_stands_whole_on_a_sheet_of_its_own(records):
    long = with_words(records, "=🚀" * MOST_LETTERS)
    data = written(xlsx.write, long)
    book = openpyxl.load_workbook(io.BytesIO(data))
    title = [column.name for column in BY_NAME["documents"].every].index("title")
    shown = [row[title] for row in list(book["documents"].iter_rows(values_only=True))[1:]]
    assert shown
    assert all(
        cell.endswith(f"[the whole of {2 * MOST_LETTERS + 1:,} characters: sheet {LONG_TEXTS}]") for cell in shown
    )
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            assert all(len(str(cell).encode("utf-16-le")) // 2 <= MOST_LETTERS for cell in row)
    assert list(records_of(book_tables(data))) == shapes(long)


@ONCE
@given(registers(3).filter(lambda records: len(records) > 1))
def test_a_sheet_that_is_full_goes_on_in_another(records):
    records = with_words(records, "title")
    out = io.BytesIO()
    xlsx.write_book(records, about(), out, Limits(rows=3, links=1))
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert "values_2" in book.sheetnames
    assert all(sheet.max_row <= 3 for sheet in book if sheet.title not in {"About", "columns", LONG_TEXTS})
    links = sum(cell.hyperlink is not None for row in book["documents"].iter_rows() for cell in row)
    assert links == 1
    said = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert "addresses are words, no links" in said["Addresses"]
    assert list(records_of(book_tables(out.getvalue()))) == shapes(records)


@ONCE
@given(registers(2).filter(len))
def test_a_workbook_has_types_a_frozen_head_a_filter_and_links(records):
    book = openpyxl.load_workbook(io.BytesIO(written(xlsx.write, with_words(records, "title"))))
    assert book.sheetnames[:3] == ["About", "columns", "transfers"]
    for table in TABLES:
        sheet = book[table.name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
    names = [column.name for column in BY_NAME["transfers"].every]
    first = dict(zip(names, next(book["transfers"].iter_rows(min_row=2)), strict=True))
    assert first["credibility"].data_type == "n"
    days = first["first_report"]
    assert days.value is None or days.is_date
    addresses = [cell for row in book["documents"].iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert {cell.hyperlink.target for cell in addresses} == {"https://news.example/a"}


def test_a_row_that_parquet_can_hold_is_not_said_twice(tmp_path):
    path = tmp_path / "none.parquet"
    path.write_bytes(written(parquet.write, ()))
    assert arrow.read_table(path).num_rows == 0
    assert SCHEMA.names[-1] == EXACT
    assert all(field.metadata[b"meaning"] for field in SCHEMA)
