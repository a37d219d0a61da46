"""Documents into the store: kept with their bytes first, read after, and never twice."""

from __future__ import annotations

import hashlib
import json

import pytest
from judged import add_judgement
from made_containers import page_record, warc, zipped

from armstrace.document import Capture, Metadata
from armstrace.extractor import extractor_version
from armstrace.ingest.raw import PassedOver, Piece, Unread
from armstrace.ingest.walk import read_piece
from armstrace.intake import Receipt, keep_texts, read_kept
from armstrace.store.judgements import Judgement
from armstrace.store.open import open_store

NOW = "2026-03-02T08:00:00Z"
LATER = "2026-03-03T08:00:00Z"
GOOD = b"France sold six tanks to Chad, the French defence ministry said on Monday.\n"
OTHER = b"Spain delivered two patrol boats to Senegal in May 2021, a Spanish official said.\n"
FRENCH = (
    "Le ministre a annonc\u00e9 mardi que la livraison des v\u00e9hicules blind\u00e9s aurait lieu avant la fin de "
    "l'ann\u00e9e, selon les services du gouvernement. Les d\u00e9put\u00e9s ont demand\u00e9 des pr\u00e9cisions.\n"
).encode()


def page(words, url="https://paper.example/tanks"):
    return (
        f'<html lang="en"><head><title>Tanks</title><link rel="canonical" href="{url}"></head>'
        f"<body><article><p>{words}</p></article></body></html>"
    ).encode()


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "a.db"), {}) as opened:
        yield opened


def keep(store, data, name="a", *, say=lambda _: (), moment=NOW):
    """Return the receipts of bytes kept as ``add`` keeps them."""
    piece = Piece(name, data, Capture(f"{name}.bin"))
    found = read_piece(piece, lambda sha256: bool(store.known_evidence(sha256)))
    return list(keep_texts(store, found, say, lambda: moment))


def outcomes(receipts):
    return [receipt.outcome for receipt in receipts]


def ids(store):
    return sorted(document.id for document in store.documents())


def test_a_receipt_names_what_is_on_the_disk(store):
    (receipt,) = keep(store, GOOD, "tanks")
    assert receipt == Receipt("new", receipt.id, "tanks", "tanks.bin", "version 1")
    document = store.document(receipt.id)
    assert document.text == GOOD.decode()
    assert document.name == "tanks"
    assert store.evidence_of(receipt.id) == GOOD
    (capture,) = store.captures(receipt.id)
    assert (capture.capture.source, capture.noted_at) == ("tanks.bin", NOW)


def test_receipts_come_one_by_one_each_after_its_document_is_kept(store):
    data = b"\n".join(json.dumps({"text": text.decode()}).encode() for text in (GOOD, OTHER))
    receipts = keep_texts(store, read_piece(Piece("a", data, Capture("a"))), lambda _: (), lambda: NOW)
    first = next(receipts)
    assert ids(store) == [first.id]
    second = next(receipts)
    assert ids(store) == sorted([first.id, second.id])


SAME = {
    "the file again": lambda data: data,
    "in a ZIP": lambda data: zipped([("b.html", data)]),
    "in a ZIP in a ZIP": lambda data: zipped([("c.zip", zipped([("b.html", data)]))]),
    "in a web archive": lambda data: warc([page_record(1, data)]),
}


@pytest.mark.parametrize("way", SAME)
def test_the_same_bytes_are_one_document_whichever_way_they_come(store, way):
    data = page("France sold six tanks to Chad, the ministry said on Monday in the capital.")
    (first,) = keep(store, data)
    (second,) = keep(store, SAME[way](data), "other", moment=LATER)
    assert (second.outcome, second.id) == ("known", first.id)
    assert ids(store) == [first.id]
    sources = [one.capture.source for one in store.captures(first.id)]
    assert sources == ["a.bin", second.source]
    assert store.counts()["evidence"] == 1


def test_the_same_bytes_twice_in_one_archive_are_one_document(store):
    first, second = keep(store, zipped([("a.txt", GOOD), ("b/a.txt", GOOD)]))
    assert (first.outcome, second.outcome, second.id) == ("new", "known", first.id)


def test_a_changed_page_of_one_address_is_a_new_version_and_both_are_kept(store):
    before, after = page("France sold six tanks to Chad."), page("France sold nine tanks to Chad. Correction: nine.")
    (first,), (second,) = keep(store, before), keep(store, after)
    assert (second.outcome, second.detail) == ("version", "version 2")
    assert store.versions("https://paper.example/tanks") == (first.id, second.id)
    assert [store.evidence_of(one.id) for one in (first, second)] == [before, after]
    assert outcomes(keep(store, before)) == ["known"]  # going back is no third version
    assert len(ids(store)) == 2


def test_other_pages_are_no_versions(store):
    receipts = [*keep(store, page("France sold six tanks.")), *keep(store, page("More.", "https://paper.example/b"))]
    assert outcomes(receipts) == ["new", "new"]


def test_what_cannot_be_read_is_kept_with_its_reason_and_bytes(store):
    picture = b"\xff\xd8\xff\xe0" + bytes(100)
    good, bad = keep(store, zipped([("a.txt", GOOD), ("b.txt", picture)]))
    assert good.outcome == "new"
    assert (bad.outcome, bad.id, bad.source) == ("unread", None, "a.bin!/b.txt")
    (failure,) = store.failures()
    assert failure.source == "a.bin!/b.txt"
    assert failure.reason.startswith("a.bin!/b.txt: is a picture, which armstrace does not read; run text recognition")
    assert failure.sha256 == hashlib.sha256(picture).hexdigest()
    assert store.evidence.read(failure.sha256) == picture
    assert not [check for check in store.verify() if check.is_loss]


def test_what_cannot_be_read_twice_is_one_failure_and_none_once_it_can(store):
    for moment in (NOW, LATER):
        keep(store, b"", "late", moment=moment)
    (failure,) = store.failures()
    assert (failure.tries, failure.at) == (2, LATER)
    keep(store, GOOD, "late")
    assert store.failures() == []


def test_what_is_no_document_is_passed_over_without_a_word(store):
    found = [PassedOver("a.zip", "holds 3 pictures"), Unread("b.txt", "is empty")]
    assert outcomes(keep_texts(store, found, lambda _: (), lambda: NOW)) == ["unread"]
    assert [failure.source for failure in store.failures()] == ["b.txt"]


def many(count):
    rows = [{"id": f"r{n}", "text": f"France sold {n + 2} tanks to Chad on day {n}."} for n in range(count)]
    pages = [{"id": f"p{n}", "body": f"<p>Spain sold {n + 2} boats to Togo on day {n}.</p>"} for n in range(count)]
    feed = "".join(
        f"<item><guid>g{n}</guid><description>&lt;p&gt;Peru sold {n + 2} guns to Cuba.&lt;/p&gt;</description></item>"
        for n in range(count)
    )
    return zipped(
        [
            ("rows.jsonl", "\n".join(map(json.dumps, (*rows, *pages))).encode()),
            ("feed.xml", f"<rss version='2.0'><channel>{feed}</channel></rss>".encode()),
            ("letter.eml", letter()),
        ]
    )


def letter():
    """Return a letter that brings words of its own and two documents."""
    parts = [
        "Content-Type: text/plain\n\nChad bought six tanks from France, as the note attached says in full.\n",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=one.txt\n\n" + GOOD.decode(),
        "Content-Type: text/html\nContent-Disposition: attachment; filename=two.html\n\n" + page("Guns.").decode(),
    ]
    head = "From: desk@example.org\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n"
    body = "".join(f"--b\n{part}\n" for part in parts)
    return f'{head}Content-Type: multipart/mixed; boundary="b"\n\n{body}--b--\n'.encode()


@pytest.mark.parametrize("after", [0, 1, 4, 7, 8, 10, 12, 13, 14])
def test_a_run_that_is_broken_off_is_completed_by_the_next(store, tmp_path, after):
    data = many(4)
    with open_store(str(tmp_path / "whole.db"), {}) as whole:
        keep(whole, data)
        expected = ids(whole)
    receipts = keep_texts(store, read_piece(Piece("a", data, Capture("a.bin"))), lambda _: (), lambda: NOW)
    kept = [next(receipts).id for _ in range(after)]
    receipts.close()
    again = keep(store, data)
    assert [one.id for one in again if one.outcome == "known"] == kept
    assert ids(store) == expected
    assert len(expected) == 15
    assert outcomes(keep(store, data)) == ["known"] * 15


def test_what_the_caller_says_counts_before_what_the_document_says(store):
    said = (Metadata(outlet="The Desk"), Metadata(published="2022-09-06"))
    (receipt,) = keep(store, page("France sold six tanks to Chad."), say=lambda _: said)
    known = store.document(receipt.id).metadata
    assert (known.outlet, known.published, known.title) == ("The Desk", "2022-09-06", "Tanks")


# reading


def read(store, reader, extractor="one", moment=NOW):
    return list(read_kept(store, reader, extractor, lambda: moment))


def test_what_is_kept_is_read_once(store, reader):
    keep(store, zipped([("a.txt", GOOD), ("b.txt", OTHER)]))
    receipts = read(store, reader, extractor_version())
    assert [one.claims for one in receipts] == [1, 1]
    assert {one.name for one in receipts} == {"a/a", "a/b"}
    assert read(store, reader, extractor_version()) == []
    for identity in ids(store):
        document = store.document(identity)
        (claim,) = store.claims(identity)
        start, end = claim.body["evidence"]["span"]
        assert document.text[start:end] == claim.body["evidence"]["text"]
        assert claim.body["document"] == identity
        assert store.reading(identity).extractor == extractor_version()


def test_a_reading_that_is_broken_off_goes_on_where_it_was(store, reader):
    keep(store, zipped([("a.txt", GOOD), ("b.txt", OTHER)]))
    receipts = read_kept(store, reader, "one", lambda: NOW)
    first = next(receipts)
    receipts.close()
    (second,) = read(store, reader)
    assert sorted([first.id, second.id]) == ids(store)
    assert store.counts()["claims"] == 2


def test_another_extractor_replaces_claims_and_touches_no_judgement(store, reader):
    (receipt,) = keep(store, GOOD)
    read(store, reader)
    (claim,) = store.claims(receipt.id)
    add_judgement(store, Judgement(receipt.id, claim.id, "accept", "r.reviewer", NOW, why="said by name"))
    before = store.judgements()
    (again,) = read(store, reader, "two", LATER)
    assert again.claims == 1
    assert store.reading(receipt.id).extractor == "two"
    assert store.reading(receipt.id).read_at == LATER
    assert [one.id for one in store.claims(receipt.id)] == [claim.id]
    assert store.counts()["claims"] == 1
    assert store.judgements() == before
    assert len(before) == 1


def test_a_document_in_another_language_is_kept_with_its_language_and_the_reason(store, reader):
    (receipt,) = keep(store, FRENCH)
    assert store.document(receipt.id).metadata.language == "fr"
    (told,) = read(store, reader)
    assert told.claims == 0
    assert "does not look like English" in told.failure
    assert store.reading(receipt.id).failure == told.failure
    assert read(store, reader) == []  # not tried again by the same extractor
    assert [one.id for one in read(store, reader, "two")] == [receipt.id]


def test_everything_is_counted(store, reader):
    keep(store, zipped([("a.txt", GOOD), ("b.txt", OTHER), ("c.txt", b"\x89PNG\r\n"), ("d.txt", FRENCH)]))
    read(store, reader)
    counts = store.counts()
    assert {name: counts[name] for name in ("documents", "evidence", "readings", "claims", "failures")} == {
        "documents": 3,
        "evidence": 4,
        "readings": 3,
        "claims": 2,
        "failures": 1,
    }
