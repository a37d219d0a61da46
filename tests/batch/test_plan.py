from __future__ import annotations

import pytest

from armstrace.batch.bisect import find_deadly
from armstrace.batch.plan import (
    Options,
    Shard,
    describe_run,
    lanes_for,
    parse_part,
    part_name,
    plan_tasks,
    why_not_resumed,
)


def shard(key="a.jsonl", content="x", size=3):
    return Shard(key, f"/in/{key}", size, content)


@pytest.mark.parametrize(
    ("key", "begins"),
    [
        ("news-2024.jsonl.gz", "news-2024.jsonl.gz-"),
        ("deep/er/news.parquet", "news.parquet-"),
        ("../../etc/passwd", "passwd-"),
        ("..", "shard-"),
        (".hidden", "hidden-"),
        ("x/", "shard-"),
        ("nouvelles du soir é\n\x1b[31m.jsonl", "nouvelles_du_soir_31m.jsonl-"),
        ("CON:|<>*?", "CON_-"),
        ("n" * 300, "n" * 60 + "-"),
    ],
)
def test_names_of_parts_are_harmless(key, begins):
    name = part_name(shard(key), 7)
    assert name.startswith(begins)
    assert name.endswith(".000007")
    assert parse_part(name) == (shard(key).name, 7)


def test_shards_of_one_name_in_two_folders_have_parts_of_two_names():
    assert shard("a/x.jsonl").name != shard("b/x.jsonl").name


@pytest.mark.parametrize(
    ("shards", "workers", "lanes"),
    [(1, 1, 1), (1, 2, 2), (1, 16, 16), (3, 2, 2), (4, 2, 2), (8, 2, 1), (1000, 2, 1), (60, 16, 2), (0, 4, 4)],
)
def test_a_shard_is_divided_only_where_workers_would_be_idle(shards, workers, lanes):
    assert lanes_for(shards, workers) == lanes


def test_finished_shards_are_no_tasks():
    tasks = plan_tasks([shard("a"), shard("b")], 1, {shard("a").name})
    assert [(task.shard.key, task.lane, task.lanes) for task in tasks] == [("b", 0, 1)]


KEPT = describe_run(Options(), "1+a", [shard()])


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (describe_run(Options(), "1+a", [shard()]), None),
        (describe_run(Options(), "1+a", [shard(), shard("later.jsonl")]), None),
        (describe_run(Options(), "1+b", [shard()]), "another version (extractor 1+a; this one is 1+b)"),
        (describe_run(Options(form="parquet"), "1+a", [shard()]), "format was jsonl, and is parquet now"),
        (describe_run(Options(part_size=5), "1+a", [shard()]), "part_size was 2000, and is 5 now"),
        (describe_run(Options(keep_texts=True), "1+a", [shard()]), "keep_texts was False"),
        (describe_run(Options(gate=False), "1+a", [shard()]), "gate was True"),
        (describe_run(Options(), "1+a", [shard(content="y")]), "a.jsonl has changed since"),
        (describe_run(Options(), "1+a", [shard(size=4)]), "a.jsonl has changed since"),
        (describe_run(Options(), "1+a", [shard("b.jsonl")]), "a.jsonl was among it, and is not now"),
        ({**KEPT, "layout": 2}, "layout 1; this one is 2"),
    ],
)
def test_a_folder_goes_on_with_what_it_was_made_with(now, reason):
    found = why_not_resumed(KEPT, now)
    assert found is None if reason is None else reason in found


@pytest.mark.parametrize("deadly", [(), (0,), (9,), (3, 4), (0, 5, 9)])
def test_deadly_records_are_found(deadly):
    asked = []

    def dies(span):
        asked.append(span)
        return any(span[0] <= number < span[1] for number in deadly)

    found = find_deadly(dies, (0, 10))
    assert found == deadly
    assert len(asked) <= 2 + 8 * max(len(deadly), 1)
