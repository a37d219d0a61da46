"""``armstrace group`` as a user runs it."""

from __future__ import annotations

import json

from syndicated import BARGE, FERRY


def lay_out(folder):
    (folder / "parts").mkdir(parents=True)
    (folder / "documents").mkdir()
    rows = [("a", "Post", BARGE), ("b", "Courier", BARGE[:7]), ("c", "Post", FERRY)]
    for at, (name, outlet, lines) in enumerate(rows):
        row = {
            "id": name,
            "outlet": outlet,
            "published": f"2011-05-0{at + 1}",
            "credited": [],
            "text": "\n".join(lines),
        }
        (folder / "documents" / f"s-0.{at:06}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        (folder / "parts" / f"s-0.{at:06}.json").write_text("{}\n", encoding="utf-8")
    options = {"format": "jsonl", "keep_texts": True}
    (folder / "batch.json").write_text(json.dumps({"layout": 1, "options": options}), encoding="utf-8")
    (folder / "report.json").write_text("{}\n", encoding="utf-8")


def test_families_are_written_by_workers_and_not_made_twice(run, tmp_path):
    lay_out(tmp_path / "out")
    done = run("group", "out", "--workers", "2", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out == "3 documents: 2 of them in 1 families; 1 likely copies among 1 pairs compared\n"
    families = tmp_path / "out" / "groups" / "families.jsonl"
    assert [json.loads(line) for line in families.read_text(encoding="utf-8").splitlines()] == [
        {"document": "a", "family": "a", "role": "earliest"},
        {"document": "b", "family": "a", "role": "later"},
    ]
    was = families.stat().st_mtime_ns
    again = run("group", "out", "--workers", "1", cwd=tmp_path)
    assert (again.code, again.out) == (0, done.out)
    assert families.stat().st_mtime_ns == was


def test_what_is_no_batch_is_told(run, tmp_path):
    done = run("group", "nowhere", cwd=tmp_path)
    assert done.code == 3
    assert "nowhere: holds no batch.json; give the folder that `armstrace batch` wrote" in done.err
