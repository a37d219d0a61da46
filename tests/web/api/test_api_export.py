"""Exports by the API: what is asked for and no more, as a file with a safe name; what is wrong is told as a problem."""

from __future__ import annotations

import csv
import io
import json
import threading
import time

import pytest

from armstrace.exporting import Choice
from armstrace.web.api.shapes.exports import Formats
from armstrace.web.exports import ALL_FORMATS, find_format
from armstrace.web.sent_exports import Wish, file_stem, piecewise

NAMES = [form.name for form in ALL_FORMATS]
FREELY = [form.name for form in ALL_FORMATS if not form.must]


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def lines(answer):
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_formats_are_listed(client):
    told = Formats.model_validate_json(client.get("/api/v1/export").text)
    assert [one.format for one in told.formats] == NAMES


@pytest.mark.parametrize("name", FREELY)
def test_every_format_is_sent_as_a_file(client, name):
    answer = client.get(f"/api/v1/export/{name}?party=MG")
    assert answer.status_code == 200, answer.text
    form = find_format(name)
    assert answer.headers["content-type"] == form.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="armstrace-register{form.suffix}"'
    assert answer.headers["etag"]
    assert answer.content == client.get(f"/api/v1/export/{name}?party=MG").content
    again = client.get(f"/api/v1/export/{name}?party=MG", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


ASKED = [
    ("", 8),
    ("party=SS", 3),
    ("status=delivered", None),
    ("after=2018-08", 2),
    ("as_of=2018-03-31", 2),
    ("as_of=2018-03-31&item=rockets", 1),
    ("released=true", 0),
    ("rejected=true", 8),
]


@pytest.mark.parametrize(("query", "count"), ASKED)
def test_only_what_is_asked_for_is_exported(client, query, count):
    found = [row["transfer"] for row in table(client.get(f"/api/v1/export/csv?{query}"))]
    if "released" not in query:
        listed = [row["transfer"] for row in client.get(f"/api/v1/transfers?{query}").json()["items"]]
        assert found == listed
    assert count is None or len(found) == count


def test_one_transfer_by_the_id_of_a_claim(client):
    line = max(client.get("/api/v1/transfers").json()["items"], key=lambda one: len(one["claims"]))
    answer = client.get(f"/api/v1/export/jsonl?transfer={line['claims'][-1][:8]}")
    assert [one["transfer"] for one in lines(answer)] == [line["transfer"]]
    assert answer.headers["content-disposition"] == f'attachment; filename="armstrace-{line["transfer"]}.jsonl"'
    then = lines(client.get(f"/api/v1/export/jsonl?transfer={line['transfer']}&as_of=2018-12-31"))
    assert len(then) == 1


def test_one_table_and_all(client):
    claims = client.get("/api/v1/export/csv?set=table=claims")
    assert claims.headers["content-disposition"] == 'attachment; filename="armstrace-register-claims.csv"'
    assert {row["transfer"] for row in table(claims)} == {
        row["transfer"] for row in table(client.get("/api/v1/export/csv"))
    }
    every = client.get("/api/v1/export/csv?set=table=all")
    assert every.headers["content-type"] == "application/zip"
    assert every.content.startswith(b"PK")


def test_sentences_can_be_left_out(client):
    assert any(row["evidence"] for row in table(client.get("/api/v1/export/csv?set=table=claims")))
    assert not any(row["evidence"] for row in table(client.get("/api/v1/export/csv?set=table=claims&quotes=false")))


WRONG = [
    ("/api/v1/export/docx", 404, "docx: no format of this name; there are jsonl, csv"),
    ("/api/v1/export/un-register?set=country=BR", 400, "un-register is of one State and year"),
    ("/api/v1/export/bundle?quotes=false", 400, "bundle"),
    ("/api/v1/export/csv?transfer=0000000000000000", 404, "no transfer or claim of this id"),
    ("/api/v1/export/csv?set=table=weapons", 400, "table=weapons: no table of this name"),
    ("/api/v1/export/csv?set=sheet=1", 400, "sheet=1: csv can be asked for table=..."),
    ("/api/v1/export/xlsx?set=table=all", 400, "xlsx can be asked for nothing"),
    ("/api/v1/export/csv?partie=MG", 400, "there is no parameter 'partie' here"),
    ("/api/v1/export/csv?as_of=2018-13", 422, "as_of"),
]


@pytest.mark.parametrize(("address", "status", "words"), WRONG)
def test_what_is_wrong_is_told(client, address, status, words):
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_a_transfer_that_was_not_known_then_is_told(client):
    line = client.get("/api/v1/transfers").json()["items"][0]["transfer"]
    answer = client.get(f"/api/v1/export/csv?transfer={line}&as_of=1990")
    assert answer.status_code == 404
    assert "1990" in answer.json()["detail"]


def test_who_reviewed_is_told_to_nobody(own):
    claim = own.get("/api/v1/claims?limit=1").json()["items"][0]["claim"]
    said = {"claim": claim, "verdict": "accept", "latest": None, "why": "the minister's own words"}
    own.post("/api/v1/judgements", json=said).raise_for_status()
    for name in FREELY:
        answer = own.get(f"/api/v1/export/{name}")
        assert b"minister's own words" not in answer.content, name
    found = table(own.get("/api/v1/export/csv?set=table=reviews&released=true"))
    assert [(row["claim"], row["who"], row["why"]) for row in found] == [(claim, "a reviewer", "")]


@pytest.mark.parametrize(
    ("transfer", "options", "as_of", "stem"),
    [
        (None, {}, None, "armstrace-register"),
        ("ab12", {}, "2018-03", "armstrace-ab12-2018-03"),
        (None, {"table": '../../x"\r\n'}, None, "armstrace-register-x"),
        (None, {"table": "таблица"}, None, "armstrace-register"),
    ],
)
def test_the_name_of_a_file_is_safe(transfer, options, as_of, stem):
    assert file_stem(Wish(find_format("csv"), Choice(transfer=transfer, as_of=as_of), {}, options)) == stem


def test_pieces_come_in_order_and_whole():
    done = threading.Event()
    parts = [bytes([number % 256]) * 5000 for number in range(300)]
    got = b"".join(piecewise(lambda out: [out.write(part) for part in parts] and None, done.set))
    assert got == b"".join(parts)
    assert done.wait(5)


def test_what_goes_wrong_while_it_is_written_is_raised_where_it_is_taken():
    def write(out):
        out.write(b"x" * 200_000)
        raise ValueError("no more")

    pieces = piecewise(write, lambda: None)
    assert next(pieces)
    with pytest.raises(ValueError, match="no more"):
        list(pieces)


def test_writing_ends_when_nobody_takes_it():
    done, wrote = threading.Event(), []

    def write(out):
        for number in range(10_000):
            out.write(b"x" * 70_000)
            wrote.append(number)

    pieces = piecewise(write, done.set)
    next(pieces)
    time.sleep(0.2)
    assert len(wrote) < 20, "it must wait for whoever takes the pieces"
    pieces.close()
    assert done.wait(5)
    assert len(wrote) < 30
