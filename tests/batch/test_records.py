from __future__ import annotations

import datetime as dt
import gzip
import json

import pyarrow as pa
import pytest
import zstandard
from made_shards import columns, contents, lines, pages, rows_in, rows_of, run
from pyarrow import parquet

ROWS = rows_of(range(9))
GOOD = lines(ROWS)
PACKED = gzip.compress(lines(rows_of(range(4000))), mtime=0)
FROZEN = zstandard.compress(lines(rows_of(range(4000))))
OWN = b'{"claim": "c", "document": "d", "attribution": [], "evidence": {}}\n'
HOSTILE = {
    "id": "../../x",
    "title": "<script>\x1b[31m\u202e",
    "url": "javascript:alert(1)",
    "outlet": "../out",
    "text": "\x00 Boats were sold.",
}


@pytest.mark.parametrize(
    ("name", "data", "records", "failures"),
    [
        ("empty.jsonl", b"", 0, []),
        ("empty.jsonl.gz", gzip.compress(b"", mtime=0), 0, []),
        ("empty.parquet", columns(ROWS)[:0], 0, []),
        ("blank.jsonl", b"\n \n", 0, []),
        ("good.jsonl", GOOD, 9, []),
        ("marked.jsonl", b"\xef\xbb\xbf" + GOOD, 9, []),
        ("nolineend.jsonl", GOOD.rstrip(), 9, []),
        ("latin.jsonl", '{"text": "Le bateau français fut sold"}\n'.encode("cp1252"), 1, []),
        ("broken.jsonl", GOOD + b'{"text": "cut\n[1]\nnonsense\n' + GOOD, 21, ["line 10", "line 11", "line 12"]),
        ("first.jsonl", b"nonsense\n" + GOOD, 10, ["line 1: is no JSON"]),
        ("notext.jsonl", b'{"id": 1, "title": "x"}\n', 1, ["holds no text"]),
        ("long.jsonl", b'{"text": "' + b"x" * 17_000_000 + b'"}\n' + GOOD, 10, ["line 1: is longer than 16 MiB"]),
        ("tenmegabytes.jsonl", b'{"text": "' + b"word " * 2_000_000 + b'"}\n' + GOOD, 10, ["is longer than 1,000,000"]),
        ("claims.jsonl", OWN, 1, ["line 1: holds claims that armstrace wrote"]),
        ("array.json", json.dumps(ROWS).encode(), 1, ["is one JSON array"]),
        ("wide.jsonl", GOOD.decode().encode("utf-16"), 1, ["UTF-16; save it as UTF-8"]),
        ("page.html", b"<html><body>x</body></html>", 1, ["no shard but a file of its own (html)"]),
        ("photo.png", b"\x89PNG\r\n\x1a\n123", 1, ["is a picture"]),
        ("cut.jsonl.gz", PACKED[: len(PACKED) // 2], None, ["is no JSON", "is gzip cut short"]),
        ("cut.jsonl.zst", FROZEN[: len(FROZEN) // 2], None, ["is no JSON", "is Zstandard cut short"]),
        ("damaged.jsonl.zst", FROZEN[:30] + b"\0\0\0" + FROZEN[33:], None, ["damaged Zstandard"]),
        ("bomb.jsonl.gz", gzip.compress(b'{"text": "' + b"x" * (30 << 20), mtime=0), None, ["to more than 200 times"]),
        ("cut.parquet", columns(ROWS)[:-9], 1, ["is no whole Parquet file"]),
        ("columns.parquet", columns([{"id": 1, "headline": "x", "words": "y"}]), 1, ["are id, headline, words"]),
        ("cut.warc.gz", pages(range(9))[:-40], None, ["is cut short: 131 of 186 bytes"]),
        ("none.warc", b"WARC/1.0\r\n\r\n", 1, ["states no length"]),
    ],
)  # fmt: skip
def test_what_is_broken_costs_itself_and_is_told(tmp_path, name, data, records, failures):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    (tmp_path / "in" / "other.jsonl").write_bytes(GOOD)
    ended = run(tmp_path / "in", tmp_path / "out", part_size=1000)
    report = next(one for one in shard_reports(tmp_path) if one["shard"] == name)
    told = [row["reason"] for row in rows_in(tmp_path / "out", "failures")]
    assert len(told) == len(failures)
    assert all(words in reason for words, reason in zip(failures, told, strict=True)), told
    assert all(name in reason for reason in told)
    assert records is None or report["records"] == records
    assert report["failed"] == len(failures)
    assert ended.unfinished == {}
    assert ended.counts["read"] >= 3  # of the other shard


def shard_reports(tmp_path):
    return [json.loads(file.read_text("utf-8")) for file in (tmp_path / "out" / "shards").iterdir()]


@pytest.mark.parametrize("make", [lines, columns])
def test_hostile_names_stay_in_their_columns(tmp_path, make):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x\n\x1b[2J;rm -rf.data").write_bytes(make([HOSTILE]))
    run(tmp_path / "in", tmp_path / "out")
    assert sorted(tmp_path.iterdir()) == [tmp_path / "in", tmp_path / "out"]
    assert all(
        name.replace("/", "").replace("-", "").replace("_", "").replace(".", "").isalnum()
        for name in contents(tmp_path / "out")
    )
    (row,) = rows_in(tmp_path / "out", "documents")
    assert (row["name"], row["url"], row["title"], row["outlet"]) == ("../../x", None, "<script>[31m", "../out")
    assert "\x1b" not in (tmp_path / "out" / "documents").iterdir().__next__().read_text("utf-8")


def test_columns_that_are_no_text_are_read_as_what_they_mean(tmp_path):
    moment = dt.datetime(2024, 5, 6, 7, 8, tzinfo=dt.UTC)
    wrong = pa.array([b"Boats were sold at \xff\xfe noon"], pa.binary())
    table = pa.table({"id": [7], "published": [moment], "body": wrong.view(pa.string()), "noise": [[1, 2]]})
    (tmp_path / "in").mkdir()
    parquet.write_table(table, tmp_path / "in" / "x.parquet")
    run(tmp_path / "in", tmp_path / "out", keep_texts=True)
    (row,) = rows_in(tmp_path / "out", "documents")
    assert (row["name"], row["published"], row["claims"]) == ("7", "2024-05-06", 1)
    assert row["text"] == "Boats were sold at \ufffd\ufffd noon"


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("Boats were sold.", {"read": 1, "claims": 1, "relevant": 1, "documents": 1}),
        ("Boats were seen.", {"read": 1, "relevant": 1, "documents": 1}),
        ("an irrelevant thing", {"passed_over": 1, "documents": 1}),
        ("un discours en français", {"not_english": 1, "relevant": 1, "documents": 1}),
        ("unreadable", {"failed": 1, "relevant": 1, "documents": 1}),
        ("faulty", {"failed": 1}),
        ("torn page", {"failed": 1}),
    ],
)
def test_what_becomes_of_a_text_is_counted(tmp_path, words, counts):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.jsonl").write_bytes(lines([{"text": words}]))
    ended = run(tmp_path / "in", tmp_path / "out")
    assert {name: count for name, count in ended.counts.items() if count} == {"records": 1, **counts}


def test_without_the_gate_everything_is_read_and_equal_bytes_once_a_part(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.jsonl").write_bytes(lines([{"text": "an irrelevant thing"}] * 6))
    ended = run(tmp_path / "in", tmp_path / "out", gate=False)
    assert (ended.counts["read"], ended.counts["duplicates"]) == (2, 4)
    assert len({row["id"] for row in rows_in(tmp_path / "out", "documents")}) == 1
