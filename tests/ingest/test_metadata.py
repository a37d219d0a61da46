"""What the caller knows of a document."""

from __future__ import annotations

import pytest

from armstrace.document import Metadata
from armstrace.errors import MetadataError
from armstrace.ingest.metadata import joined_metadata, known_metadata, read_metadata

DATES = [
    ("2022-09-06", "2022-09-06"),
    ("2022-09", "2022-09"),
    ("2022", "2022"),
    ("2024-02-29", "2024-02-29"),
    ("2022-09-06T23:59:00Z", "2022-09-06"),
    ("2022-09-06 08:00", "2022-09-06"),
]
NO_DATES = [
    "2022-13",
    "2023-02-29",
    "0000",
    "22",
    "yesterday",
    "6 Sep 2022",
    "2022-9-6",
    "2022-09-06x",
    "20220-01",
    "²⁰²²",
]

BROKEN = [
    ("no JSON", "{", "line 1: no JSON"),
    ("a list", "[1]", "line 1: an object with 'id'"),
    ("no id", '{"outlet": "x"}', "line 1: an object with 'id'"),
    ("an id that is no name", '{"id": null}', "line 1: an object with 'id'"),
    ("the second line", '{"id": "a"}\n{"id": "b", "published": "soon"}', "line 2: published 'soon'"),
    ("an outlet that is no text", '{"id": "a", "outlet": ["x"]}', "line 1: outlet must be text"),
    ("nested without end", "[" * 100_000, "line 1: no JSON"),
]


@pytest.mark.parametrize(("given", "kept"), DATES)
def test_a_date_is_a_day_a_month_or_a_year(given, kept):
    assert known_metadata(None, given).published == kept


@pytest.mark.parametrize("given", NO_DATES)
def test_what_is_no_date_is_refused_with_a_remedy(given):
    with pytest.raises(MetadataError, match=r"--published .*: give a day, month or year such as"):
        known_metadata(None, given)


def test_rows_are_found_by_their_id(tmp_path):
    file = tmp_path / "index.jsonl"
    rows = [
        '\ufeff{"id": "a", "outlet": "The Paper", "published": 1986, "title": "A\u2028B", "url": "x.example", "z": 1}',
        "",
        '{"id": 7, "outlet": null, "published": null, "title": ""}',
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    assert read_metadata(file) == {
        "a": Metadata("The Paper", "1986", "A\u2028B", "x.example"),
        "7": Metadata(),
    }


@pytest.mark.parametrize(("text", "reason"), [pytest.param(*row[1:], id=row[0]) for row in BROKEN])
def test_a_broken_row_is_told_by_its_line(tmp_path, text, reason):
    file = tmp_path / "index.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MetadataError, match=reason):
        read_metadata(file)


@pytest.mark.parametrize(("data", "reason"), [(None, "cannot be read"), (b"\xff\xfe\x00", "is no UTF-8 text")])
def test_a_file_that_cannot_be_read_is_told(tmp_path, data, reason):
    file = tmp_path / "index.jsonl"
    if data:
        file.write_bytes(data)
    with pytest.raises(MetadataError, match=reason):
        read_metadata(file)


def test_each_field_comes_from_the_first_that_knows_it():
    near = Metadata(outlet="near", title="")
    far = Metadata(outlet="far", published="2022", title="far")
    assert joined_metadata(None, near, far) == Metadata("near", "2022", "far", None)
    assert joined_metadata() == Metadata()
