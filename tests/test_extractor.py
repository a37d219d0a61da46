"""The version of the reader."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from armstrace import extractor

CHANGES = [
    ("a rule", "extract/status.py", True),
    ("a word", "lexicon/data/hedges.yml", True),
    ("the model", "language/packaged/roles.npy", True),
    ("how it is printed", "export/person.py", False),
    ("how files are read", "ingest/text.py", False),
]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a copy of the package whose files may be changed."""
    copy = tmp_path / "armstrace"
    shutil.copytree(Path(str(files("armstrace"))), copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(extractor, "files", lambda _: copy)
    extractor.extractor_version.cache_clear()
    yield copy
    extractor.extractor_version.cache_clear()


def _version():
    extractor.extractor_version.cache_clear()
    return extractor.extractor_version()


@pytest.mark.parametrize(("name", "changes"), [pytest.param(*row[1:], id=row[0]) for row in CHANGES])
def test_the_version_changes_with_what_decides_on_a_claim(package, name, changes):
    before = _version()
    with (package / name).open("ab") as file:
        file.write(b"\n")
    assert (_version() != before) is changes


def test_it_names_the_release_and_does_not_depend_on_the_place(package):
    version = _version()
    assert re.fullmatch(r"[0-9.]+\+[0-9a-f]{10}", version)
    shutil.copytree(package / "text", package / "text" / "__pycache__")
    assert _version() == version
