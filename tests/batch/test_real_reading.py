"""The reader itself, on one machine and on a cluster: everywhere the same bytes, and those of ``armstrace read``."""

from __future__ import annotations

import io
import json

import pytest
from made_shards import contents, lines, rows_in, run
from pyarrow import parquet

from armstrace.batch.parquet_output import read_claims
from armstrace.batch.reading import built_in
from armstrace.document import Capture
from armstrace.export.jsonl import claim_to_dict
from armstrace.ingest.json_lines import unpack_json_lines
from armstrace.ingest.raw import Container
from armstrace.pipeline import make_document, read_report

TOLD = (
    "France sold {n} tanks to Chad, the French defence ministry said on Monday.",
    "Spain delivered {n} patrol boats to Senegal in May 2021, a Spanish official said.",
    "Officials in Nairobi denied on Friday that Kenya had bought {n} drones from Turkey.",
    "The harvest was {n} per cent larger than in the year before, farmers said.",
    "Le ministre a annoncé mardi que la livraison de {n} navires aurait lieu avant la fin de l'année, selon lui.",
)
ROWS = [{"id": f"r{n}", "outlet": "Harbour Post", "text": TOLD[n % len(TOLD)].format(n=n + 2)} for n in range(20)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "a.jsonl").write_bytes(lines(ROWS[:12]))
    (folder / "b.jsonl").write_bytes(lines(ROWS[12:]))
    return folder


@pytest.fixture(scope="module")
def one(archive, tmp_path_factory):
    out = tmp_path_factory.mktemp("one")
    run(archive, out, workers=1, load=built_in, part_size=3)
    return out


@pytest.mark.parametrize(("engine", "workers"), [("local", 2), ("local", 7), ("dask", 2)])
def test_the_bytes_are_the_same(archive, one, tmp_path, engine, workers):
    run(archive, tmp_path / "out", engine=engine, workers=workers, load=built_in, part_size=3)
    assert contents(tmp_path / "out") == contents(one)


def test_the_claims_are_those_of_read_but_for_the_name_of_the_document(one, reader):
    report = json.loads((one / "report.json").read_text("utf-8"))
    assert (report["read"], report["not_english"], report["passed_over"]) == (12, 0, 8)  # harvests, and what is French
    documents = {row["id"]: row["name"] for row in rows_in(one, "documents")}
    found = [
        claim_to_dict(claim) | {"claim": ""}
        for raw in unpack_json_lines(Container("a", io.BytesIO(lines(ROWS)), Capture("a")))
        if "ministre" not in raw.text
        for claim in read_report(reader, make_document(raw)).claims
    ]
    assert len(found) >= 12
    got = [claim | {"document": documents[claim["document"]], "claim": ""} for claim in rows_in(one, "claims")]
    assert sorted(got, key=str) == sorted(found, key=str)


def test_parquet_holds_the_same_claims_and_documents(archive, one, tmp_path):
    run(archive, tmp_path / "out", load=built_in, part_size=3, form="parquet")
    claims = []
    for file in sorted((tmp_path / "out" / "claims").iterdir()):
        with file.open("rb") as stream:
            claims += read_claims(stream)
    assert claims == rows_in(one, "claims")
    documents = [
        row
        for file in sorted((tmp_path / "out" / "documents").iterdir())
        for row in parquet.read_table(file).to_pylist()
    ]
    assert documents == rows_in(one, "documents")
