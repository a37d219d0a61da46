"""Answers kept in a folder: found again whole or not at all."""

from __future__ import annotations

import json
import os

import pytest

from armstrace.errors import SettingsError
from armstrace.llm.cache import open_cache
from armstrace.llm.reply import Reply, Tokens

KEY = "ab" * 32
REPLY = Reply('{"claims": []} “\ud800', cut=False, tokens=Tokens(10, 2))


def test_an_answer_is_found_again_and_costs_nothing_then(tmp_path):
    cache = open_cache(tmp_path / "new" / "folder")
    assert cache.find(KEY) is None
    cache.keep(KEY, "m", REPLY)
    assert cache.find(KEY) == Reply(REPLY.content, cut=False, tokens=None)
    (file,) = (tmp_path / "new" / "folder").iterdir()
    assert file.name == f"{KEY}.json"
    assert json.loads(file.read_text())["tokens"] == {"prompt": 10, "completion": 2}


def test_a_later_answer_takes_the_place_of_an_earlier_one(tmp_path):
    cache = open_cache(tmp_path)
    cache.keep(KEY, "m", REPLY)
    cache.keep(KEY, "m", REPLY._replace(content="later"))
    assert cache.find(KEY).content == "later"


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b'{"format": 1, "content": "cut',
        b"[]",
        b'{"format": 1}',
        b'{"format": 1, "content": 7}',
        b"\xff\xfe",
        b"[" * 99_999,
    ],
)
def test_a_damaged_file_is_as_good_as_none(tmp_path, damaged):
    (tmp_path / f"{KEY}.json").write_bytes(damaged)
    assert open_cache(tmp_path).find(KEY) is None


def test_an_answer_of_another_format_is_not_read(tmp_path):
    cache = open_cache(tmp_path)
    cache.keep(KEY, "m", REPLY)
    file = tmp_path / f"{KEY}.json"
    file.write_text(file.read_text().replace('"format": 1', '"format": 2'))
    assert cache.find(KEY) is None


def test_a_folder_that_cannot_be_used_is_told_before_anything_is_paid(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsError, match=r"--llm-cache .*: cannot be used"):
        open_cache(tmp_path / "file")


def test_a_failed_write_leaves_no_part(tmp_path, monkeypatch):
    cache = open_cache(tmp_path)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="No space"):
        cache.keep(KEY, "m", REPLY)
    assert list(tmp_path.iterdir()) == []
