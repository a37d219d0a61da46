"""Documents by the API: kept and read, known again, refused."""

import io
import zipfile

import pytest
from desk_server import asking, make_desk, serving

from armstrace.web.api.shapes.documents import Receipts
from armstrace.web.desk import Settings

ADDRESS = "/api/v1/documents"
TEXT = (
    "LIMA, June 3 (Andes Courier) - Poland has delivered 14 howitzers to Peru, "
    "the Peruvian defence ministry said on Tuesday.\n"
)
ABOUT = {"outlet": "Andes Courier", "published": "2019-06-04"}


def test_a_text_is_kept_and_read_and_known_the_second_time(own):
    answer = own.post(ADDRESS, json={"text": TEXT, "title": "Howitzers for Peru", **ABOUT})
    assert answer.status_code == 201, answer.text
    receipt = Receipts.model_validate_json(answer.text).documents[0]
    assert (receipt.outcome, receipt.claims) == ("new", 1)
    assert answer.headers["location"] == f"{ADDRESS}/{receipt.document}"
    whole = own.get(answer.headers["location"]).json()
    assert (whole["outlet"], whole["published"]) == ("Andes Courier", "2019-06-04")
    assert TEXT.endswith(whole["text"].strip() + "\n")
    assert [one["reason"] for one in whole["removed"]] == ["dateline"]
    assert [one["source"] for one in whole["captures"]] == ["sent by ann"]
    claim = own.get(f"{answer.headers['location']}/claims").json()["items"][0]
    assert (claim["supplier"]["country"], claim["recipient"]["country"]) == ("PL", "PE")
    assert own.get(f"/api/v1/transfers/{claim['claim']}").json()["claims"] == [claim["claim"]]
    again = own.post(ADDRESS, json={"text": TEXT, **ABOUT}).json()["documents"]
    assert [(one["outcome"], one["document"], one["claims"]) for one in again] == [("known", receipt.document, 1)]


def test_a_file_is_taken_with_what_is_said_of_it_and_read_later(own):
    page = "<html><title>Rifles</title><body><article><p>Chile ordered 300 rifles from Portugal.</p></article></body>"
    answer = own.post(ADDRESS, files={"file": ("../../etc/rifles.html", page)}, data={**ABOUT, "read": "false"})
    assert answer.status_code == 201, answer.text
    receipt = answer.json()["documents"][0]
    assert (receipt["outcome"], receipt["claims"]) == ("new", None)
    whole = own.get(f"{ADDRESS}/{receipt['document']}").json()
    assert (whole["format"], whole["outlet"], whole["reading"]) == ("html", "Andes Courier", None)
    assert own.get(f"{ADDRESS}/{receipt['document']}/original").text == page


def test_an_archive_holds_several_and_what_cannot_be_read_is_told(own):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", "Norway offered 20 radars to Ghana, officials said.")
        archive.writestr("two.txt", "Ghana refused the radars, its army said.")
    several = own.post(ADDRESS, files={"file": ("two.zip", packed.getvalue())}, data={"read": "false"}).json()
    assert [one["outcome"] for one in several["documents"]] == ["new", "new"]
    picture = b"\x89PNG\r\n\x1a\n" + bytes(64)
    unread = own.post(ADDRESS, files={"file": ("a.png", picture)}).json()["documents"]
    assert [(one["outcome"], one["document"]) for one in unread] == [("unread", None)]
    assert "armstrace does not read" in unread[0]["detail"]


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"json": {"text": ""}}, 422, "body.text"),
        ({"json": {"outlet": "x"}}, 422, "body.text"),
        ({"json": {"text": "x", "published": "2019-13-01"}}, 422, "body.published"),
        ({"json": {"text": "x", "who": "x"}}, 422, "body.who"),
        ({"json": [1]}, 422, "body"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400, "no JSON"),
        ({"content": b"[" * 200_000, "headers": {"content-type": "application/json"}}, 400, "no JSON"),
        ({"content": b"x", "headers": {"content-type": "text/plain"}}, 415, "multipart/form-data"),
        ({"content": b"x"}, 415, "multipart/form-data"),
        ({"data": {"text": "x"}}, 415, "multipart/form-data"),
        ({"files": {"other": ("a.txt", "x")}}, 422, "body.file"),
        ({"files": {"file": ("a.txt", "")}}, 422, "body.file"),
        ({"files": [("file", ("a.txt", "x")), ("more", ("b.txt", "y"))]}, 400, "files"),
        ({"content": b"--", "headers": {"content-type": "multipart/form-data"}}, 400, "boundary"),
    ],
)
def test_what_is_no_document_is_refused(own, sent, status, words):
    before = own.get("/api/v1/status").json()["counts"]["documents"]
    answer = own.post(ADDRESS, **sent)
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert own.get("/api/v1/status").json()["counts"]["documents"] == before


def test_a_document_may_be_longer_than_anything_else_and_not_without_end(own_store):
    with (
        serving(make_desk(own_store, Settings(max_body=1000, max_document=3000))) as address,
        asking(address) as client,
    ):
        long = {"text": "x" * 2000, "read": False}
        assert client.post(ADDRESS, json=long).status_code == 201
        assert client.post("/api/v1/check", json={"item": "x" * 2000}).status_code == 413
        assert client.post(f"{ADDRESS}/x", json=long).status_code == 413
        assert client.post(ADDRESS, json={"text": "x" * 4000}).status_code == 413
