"""Values as lines."""

from __future__ import annotations

import pytest

from armstrace.export.field_lines import field_lines

ROWS = [
    ({"status": "planned"}, ['status = "planned"']),
    ({"quantity": {"low": 40, "high": None}}, ['quantity = {"low": 40, "high": null}']),
    ({"via": ["a", "b"]}, ['via 1 = "a"', 'via 2 = "b"']),
    ({"likelihood": [55, 80]}, ["likelihood = [55, 80]"]),
    ({"outlet": None, "via": []}, []),
    ({"title": "Дроны"}, ['title = "Дроны"']),
    ({"title": "two  spaces in Дроны"}, ['title = "two  spaces in \\u0414\\u0440\\u043e\\u043d\\u044b"']),
    ({"title": "e\u0301"}, ['title = "e\\u0301"']),
    ({"title": "\u202e\ud800\x7f"}, ['title = "\\u202e\\ud800\\u007f"']),
]


@pytest.mark.parametrize(("row", "lines"), ROWS)
def test_lines(row, lines):
    assert [line.text for line in field_lines(row)] == lines
