from __future__ import annotations

import json
import resource

import pytest
from made_shards import contents, lines, rows_in, rows_of, run, write_archive

from armstrace.batch.places import open_folder
from armstrace.errors import SettingsError, StoreError


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "in").mkdir()
    return write_archive(tmp_path / "in")


@pytest.fixture
def whole(archive, tmp_path):
    run(archive, tmp_path / "whole")
    return contents(tmp_path / "whole")


def test_a_run_reads_every_kind_of_shard_and_leaves_what_the_docs_say(whole, tmp_path):
    report = json.loads(whole["report.json"])
    assert {name: report[name] for name in ("shards", "parts", "records", "documents", "passed_over", "read")} == {
        "shards": 5, "parts": 27, "records": 100, "documents": 100, "passed_over": 66, "read": 34,
    }  # fmt: skip
    names = {
        "a.jsonl": "r",
        "b/b.jsonl.gz": "r",
        "b/c.jsonl.zst": "r",
        "d.parquet": "r",
        "e.warc.gz": "https://paper.example/",
    }
    rows = rows_in(tmp_path / "whole", "documents")
    assert {(row["shard"], row["name"]) for row in rows} == {
        (shard, f"{names[shard]}{n}") for n in range(0, 100, 3) for shard in [shard_of(n)]
    }
    claims = {claim["document"] for claim in rows_in(tmp_path / "whole", "claims")}
    assert claims == {row["id"] for row in rows}
    assert {(row["outlet"], row["published"]) for row in rows if row["shard"] != "e.warc.gz"} == {
        ("Harbour Post", "2024-05-06")
    }


def shard_of(number):
    ends = {30: "a.jsonl", 50: "b/b.jsonl.gz", 60: "b/c.jsonl.zst", 85: "d.parquet", 100: "e.warc.gz"}
    return next(name for end, name in ends.items() if number < end)


@pytest.mark.parametrize("workers", [1, 2, 7])
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_any_number_of_workers_leaves_the_same_bytes(archive, tmp_path, workers, form):
    run(archive, tmp_path / "here", form=form, keep_texts=True)
    run(archive, tmp_path / "there", form=form, keep_texts=True, workers=workers)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_second_run_reads_nothing_and_changes_nothing(archive, whole, tmp_path):
    told = []
    ended = run(archive, tmp_path / "whole", tell=told.append)
    assert (told, contents(tmp_path / "whole")) == ([], whole)
    assert ended.counts["records"] == 100


def test_a_worker_that_is_killed_once_costs_nothing(archive, tmp_path):
    mark = tmp_path / "mark"
    (archive / "a.jsonl").write_bytes(
        lines([*rows_of(range(30)), {"text": f"Boats were sold. It dies once at {mark} now"}])
    )
    ended = run(archive, tmp_path / "killed", workers=2)
    assert mark.exists()
    assert ended.counts["failed"] == 0
    run(archive, tmp_path / "whole")
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


@pytest.mark.parametrize("workers", [1, 3])
def test_a_record_that_kills_each_time_is_told_and_costs_itself(archive, tmp_path, workers):
    rows = rows_of(range(30))
    rows[5]["text"] = rows[6]["text"] = rows[21]["text"] = "This is deadly"
    (archive / "a.jsonl").write_bytes(lines(rows))
    ended = run(archive, tmp_path / "out", workers=workers)
    assert (ended.unfinished, ended.counts["failed"], ended.counts["records"]) == ({}, 3, 100)
    told = [
        (row["record"], row["where"], "kills the process that reads it" in row["reason"])
        for row in rows_in(tmp_path / "out", "failures")
    ]
    assert told == [(n, f"a.jsonl, record {n}", True) for n in (5, 6, 21)]


def test_a_run_that_is_broken_off_goes_on_where_it_was(archive, whole, tmp_path):
    done = []
    for most in (3, 9):
        with pytest.raises(KeyboardInterrupt):
            run(archive, tmp_path / "out", workers=2, tell=breaks_after(most, done))
        assert not (tmp_path / "out" / "report.json").exists()
    run(archive, tmp_path / "out", workers=2, tell=lambda part: done.append(part.name))
    assert len(set(done)) == len(done)  # no part was read twice
    assert contents(tmp_path / "out") == whole


def breaks_after(most, done):
    parts = []

    def tell(part):
        done.append(part.name)
        parts.append(part)
        if len(parts) == most:
            raise KeyboardInterrupt

    return tell


def test_what_was_half_written_is_taken_away(archive, whole, tmp_path):
    out = tmp_path / "out"
    (out / "claims").mkdir(parents=True)
    (out / "claims" / ".a.jsonl-0.000000.jsonl.77.unfinished").write_text("half")
    run(archive, out)
    assert contents(out) == whole


def test_shards_that_came_since_are_read(archive, whole, tmp_path):
    later = (archive / "e.warc.gz").rename(tmp_path / "later")
    run(archive, tmp_path / "out")
    later.rename(archive / "e.warc.gz")
    run(archive, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


def test_other_options_and_a_changed_shard_are_refused_and_nothing_is_changed(archive, whole, tmp_path):
    with pytest.raises(SettingsError, match=r"part_size was 4, and is 5 now\); give a new folder"):
        run(archive, tmp_path / "whole", part_size=5)
    (archive / "a.jsonl").write_bytes((archive / "a.jsonl").read_bytes().replace(b"twelve", b"eleven"))
    with pytest.raises(SettingsError, match=r"a\.jsonl has changed since"):
        run(archive, tmp_path / "whole")
    assert contents(tmp_path / "whole") == whole


def test_parts_that_nobody_knows_of_are_refused(archive, whole, tmp_path):  # noqa: ARG001
    (tmp_path / "whole" / "batch.json").unlink()
    with pytest.raises(SettingsError, match=r"holds parts but no batch\.json"):
        run(archive, tmp_path / "whole")


def test_two_runs_do_not_write_into_one_folder(archive, tmp_path):
    with open_folder(str(tmp_path / "out")).held(), pytest.raises(StoreError, match="another run writes here"):
        run(archive, tmp_path / "out")


def test_a_disk_that_is_full_ends_the_run_and_more_room_lets_it_go_on(archive, whole, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, before[1]))
    try:
        with pytest.raises(
            StoreError, match=r"cannot be written \(File too large\); make room .* run the same command again"
        ):
            run(archive, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    run(archive, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


def test_a_folder_in_which_nothing_can_be_made_is_told(archive, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StoreError, match="out: cannot be written"):
        run(archive, tmp_path / "out")


def test_a_shard_that_goes_away_costs_itself_for_now(archive, whole, tmp_path):
    gone = archive / "b" / "b.jsonl.gz"
    data = gone.read_bytes()
    ended = run(
        archive,
        tmp_path / "out",
        tell=lambda part: gone.unlink(missing_ok=True) if part.name.startswith("a.") else None,
    )
    assert list(ended.unfinished) == ["b/b.jsonl.gz"]
    assert "is not there any more; put it back" in ended.unfinished["b/b.jsonl.gz"]
    gone.write_bytes(data)
    assert run(archive, tmp_path / "out").unfinished == {}
    assert contents(tmp_path / "out") == whole


@pytest.mark.parametrize("workers", [0, 2])
def test_a_shard_that_changes_while_it_is_read_is_told(archive, whole, tmp_path, workers):
    changed = archive / "a.jsonl"
    data = changed.read_bytes()
    grown = lambda part: changed.write_bytes(data + lines(rows_of([200]))) if part.name.startswith("a.") else None  # noqa: E731
    ended = run(archive, tmp_path / "out", workers=workers, tell=grown)
    assert ended.unfinished == {
        "a.jsonl": "a.jsonl: was changed while it was read; leave it alone, and read into a new folder"
    }
    with pytest.raises(SettingsError, match=r"a\.jsonl has changed since"):
        run(archive, tmp_path / "out")
    changed.write_bytes(data)
    assert run(archive, tmp_path / "new", workers=workers).unfinished == {}
    assert contents(tmp_path / "new") == whole


def test_a_system_that_fails_is_no_fault_of_the_document(archive, tmp_path):
    (archive / "a.jsonl").write_bytes(lines([{"text": "no handles"}]))
    ended = run(archive, tmp_path / "out")
    assert list(ended.unfinished) == ["a.jsonl"]
    assert "cannot be read now (Too many open files); run the same command again" in ended.unfinished["a.jsonl"]
    assert ended.counts["read"] == 24  # of the other shards
