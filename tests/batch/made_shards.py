"""Shards that tests make, and runs over them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import zstandard
from made_containers import page_record, warc
from pyarrow import parquet
from stand_in import light

from armstrace.batch.driving import prepare_run, run_shards
from armstrace.batch.engines import open_engine
from armstrace.batch.places import open_folder
from armstrace.batch.plan import Options
from armstrace.batch.shards import find_shards
from armstrace.batch.work import Job

VERSION = "0.1.0+abcdef0123"


def text_of(number):
    """Return the text of a made document: every third tells of a sale, the others hold no transfer."""
    told = "sold twelve boats" if number % 3 == 0 else "praised the irrelevant weather"
    return f"Ruritania {told} on day {number}, the harbour office said."


def rows_of(numbers, **more):
    return [
        {"id": f"r{n}", "outlet": "Harbour Post", "published": "2024-05-06", "text": text_of(n)} | more for n in numbers
    ]


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def columns(rows, **options):
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows), sink, **options)
    return sink.getvalue().to_pybytes()


def pages(numbers):
    made = [f"<html><body><article><p>{text_of(n)}</p></article></body></html>".encode() for n in numbers]
    return warc([page_record(n, page) for n, page in zip(numbers, made, strict=True)])


def write_archive(folder):
    """Write 100 documents into a shard of every kind."""
    files = {
        "a.jsonl": lines(rows_of(range(30))),
        "b/b.jsonl.gz": gzip.compress(lines(rows_of(range(30, 50))), mtime=0),
        "b/c.jsonl.zst": zstandard.compress(lines(rows_of(range(50, 60)))),
        "d.parquet": columns(rows_of(range(60, 85)), row_group_size=7),
        "e.warc.gz": pages(range(85, 100)),
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def run(archive, out, *, workers=0, engine="local", load=light, tell=None, **options):  # noqa: PLR0913
    """Read an archive; 0 workers: in this process."""
    job = Job(str(out), Options(**{"part_size": 4} | options), load)
    shards = find_shards([str(archive)])
    folder = open_folder(job.out)
    with folder.held():
        finished = prepare_run(folder, job, VERSION, shards)
        with open_engine(engine, workers) as opened:
            return run_shards(job, shards, finished, opened, tell or (lambda _: None))


def contents(out):
    """Return all bytes that must be the same in every run, by name."""
    files = [file for file in Path(out).rglob("*") if file.is_file()]
    assert not [file for file in files if file.name.endswith(".unfinished")]
    return {
        file.relative_to(out).as_posix(): file.read_bytes() for file in files if file.name not in {"run.log", ".lock"}
    }


def rows_in(out, kind):
    """Return the rows of all parts of a kind, in order."""
    return [
        json.loads(line)
        for file in sorted(Path(out, kind).glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
