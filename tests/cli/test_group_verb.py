"""``armstrace group`` as a user runs it, over what ``armstrace batch`` left."""

from __future__ import annotations

import json

import pytest
from running import SENT, SOLD
from syndicated import BARGE, FERRY

from armstrace.batch.joins.kept import parts_of_run, told_of_run
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.clusters import group_claims
from armstrace.group.copies import find_copies
from armstrace.lexicon.load import load_lexicon

# Outlet, day and text of reports: the second repeats most of the first, the third tells of the same sale afresh.
REPORTS = (
    ("Post", "2011-05-03", (SOLD, *BARGE)),
    ("Courier", "2011-05-04", (SOLD, *BARGE[:7])),
    ("Ledger", "2011-05-05", (SOLD, *FERRY)),
    ("Ledger", "2021-06-01", (SENT,)),
)


@pytest.fixture(params=["jsonl", "parquet"])
def left(request, run, tmp_path):
    """Return a folder with what a batch of the reports left, in parts of two."""
    here = tmp_path
    rows = [
        {"id": str(at), "outlet": outlet, "published": day, "title": "News", "text": "\n".join(lines)}
        for at, (outlet, day, lines) in enumerate(REPORTS)
    ]
    (here / "march.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    options = ["--keep-texts", "--part-size", "2", "--workers", "1", "--format", request.param]
    assert run("batch", "march.jsonl", "out", *options, cwd=here).code == 0
    return here


def rows_of(folder, name):
    return [json.loads(line) for line in (folder / "out" / "groups" / name).read_text(encoding="utf-8").splitlines()]


def test_families_and_transfers_are_those_of_one_memory_and_not_made_twice(left, run):
    done = run("group", "out", "--workers", "2", cwd=left)
    assert (done.code, done.err) == (0, "")
    told = "4 documents: 2 of them in 1 families; 1 likely copies among 3 pairs compared; 2 transfers\n"
    assert done.out == told
    out = Folder(str(left / "out"))
    documents = [one for part in parts_of_run(out) for one in part.read()]
    families = {one: family[0] for family in find_copies(documents).families if len(family) > 1 for one in family}
    assert {row["document"]: row["family"] for row in rows_of(left, "families.jsonl")} == families
    claims = [one for part in told_of_run(out, out.sub("groups"), "") for one in part.read()]
    assert {
        one.claim.document: one.family for one in claims if one.family != one.claim.document
    }.items() <= families.items()
    groups = {
        group.id: [one.claim.id for one in group.claims] for group in group_claims(claims, load_lexicon().matcher)
    }
    assert {row["transfer"]: row["claims"] for row in rows_of(left, "transfers.jsonl")} == groups
    assert sorted(map(len, groups.values())) == [1, 3]
    was = {path: path.stat().st_mtime_ns for path in (left / "out" / "groups").iterdir()}
    assert len(was) == 5
    again = run("group", "out", "--workers", "1", cwd=left)
    assert (again.code, again.out) == (0, told)
    assert {path: path.stat().st_mtime_ns for path in (left / "out" / "groups").iterdir()} == was


def test_what_is_no_batch_is_told(run, tmp_path):
    done = run("group", "nowhere", cwd=tmp_path)
    assert done.code == 3
    assert "nowhere: holds no batch.json; give the folder that `armstrace batch` wrote" in done.err


def test_a_scheduler_without_a_cluster_is_refused(run, tmp_path):
    assert run("group", "nowhere", "--scheduler", "tcp://head:8786", cwd=tmp_path).code == 2
