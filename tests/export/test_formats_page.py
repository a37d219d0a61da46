"""docs/formats.md and docs/tables.md are as the data and the definitions say; every format there is has a column."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from armstrace.web.exports import ALL_FORMATS

SCRIPT = Path(__file__).parents[2] / "docs" / "make_formats.py"


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("make_formats", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_as_they_are_made(made, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["make_formats.py", "--check"])
    assert made.main() == 0, capsys.readouterr().err


def test_every_format_is_told_of(made):
    named = [name for names in made.load_fields()["groups"].values() for name in names]
    assert {form.name for form in ALL_FORMATS} <= set(named)
    for form in ALL_FORMATS:
        told = made.load_format(form.name)
        assert told["where"], f"docs/formats/{form.name}.yml tells where the fields go"


def test_a_field_that_there_is_none_of_is_told(made, monkeypatch, tmp_path):
    (tmp_path / "fields.yml").write_text("fields: {line: id}\n")
    (tmp_path / "x.yml").write_text("where: {lyne: id}\n")
    monkeypatch.setattr(made, "DATA", tmp_path)
    with pytest.raises(ValueError, match=r"x\.yml: no field lyne"):
        made.load_format("x")
