"""The documents that a batch left, in both of its formats; and folders that hold none."""

from __future__ import annotations

import json
import re

import pytest
from syndicated import BARGE, FERRY

from armstrace.batch.joins.kept import parts_of_run
from armstrace.batch.joins.work_folder import Folder
from armstrace.errors import InputError, SettingsError
from armstrace.group.circumstances import agencies_of

ROWS = [
    {
        "id": "a",
        "outlet": "Post",
        "published": "2011-05-03",
        "title": "T",
        "credited": ["NX"],
        "text": "\n".join(BARGE),
    },
    {"id": "b", "outlet": None, "published": None, "title": None, "credited": [], "text": "\n".join(FERRY)},
]


def lay_out(folder, form="jsonl", *, keep_texts=True, is_finished=True, parts=1):
    """Write what ``armstrace batch`` leaves, as docs/batch.md has it."""
    for below in ("parts", "documents"):
        (folder / below).mkdir()
    for at in range(parts):
        name = f"march.jsonl-0a1b2c3d.{at:06}"
        rows = [{**row, "id": f"{row['id']}{at}", "name": "n", "record": at} for row in ROWS]
        if form == "parquet":
            pa = pytest.importorskip("pyarrow")
            parquet = pytest.importorskip("pyarrow.parquet")
            parquet.write_table(pa.Table.from_pylist(rows), folder / "documents" / f"{name}.parquet")
        else:
            text = "".join(json.dumps(row) + "\n" for row in rows)
            (folder / "documents" / f"{name}.jsonl").write_text(text, encoding="utf-8")
        (folder / "parts" / f"{name}.json").write_text("{}\n", encoding="utf-8")
    run = {"layout": 1, "options": {"format": form, "keep_texts": keep_texts}, "shards": {}}
    (folder / "batch.json").write_text(json.dumps(run), encoding="utf-8")
    if is_finished:
        (folder / "report.json").write_text("{}\n", encoding="utf-8")
    return Folder(str(folder))


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_documents_come_back_with_all_that_copies_are_found_by(form, tmp_path):
    (part,) = parts_of_run(lay_out(tmp_path, form))
    found = list(part.read())
    assert [(one.id, one.text) for one in found] == [("a0", ROWS[0]["text"]), ("b0", ROWS[1]["text"])]
    assert [(one.metadata.outlet, one.metadata.published) for one in found] == [("Post", "2011-05-03"), (None, None)]
    assert [agencies_of(one) for one in found] == [{"nx"}, set()]
    assert [one.id for one in part.read()] == ["a0", "b0"]


def test_many_parts_are_taken_together_in_order(tmp_path):
    parts = parts_of_run(lay_out(tmp_path, parts=300))
    assert len(parts) == 150
    assert len({part.mark for part in parts}) == 150
    assert [one.id for one in parts[149].read()] == ["a298", "b298", "a299", "b299"]


UNFIT = [
    ({"keep_texts": False}, SettingsError, "the texts are not there, and copies are found by them"),
    ({"is_finished": False}, InputError, "the run is not finished; run the same `armstrace batch` again"),
]


@pytest.mark.parametrize(("how", "error", "message"), UNFIT)
def test_runs_that_cannot_be_grouped(how, error, message, tmp_path):
    with pytest.raises(error, match=re.escape(message)):
        parts_of_run(lay_out(tmp_path, **how))


def test_a_folder_without_a_run(tmp_path):
    with pytest.raises(
        InputError, match=re.escape("holds no batch.json; give the folder that `armstrace batch` wrote")
    ):
        parts_of_run(Folder(str(tmp_path)))
