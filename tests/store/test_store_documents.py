"""Documents come back as they went in, once, and a changed page is another version."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from store_samples import DOCUMENTS, FULL, HOSTILE, LATER, NOW, TEXT, add, capture, make_document

from armstrace.document import Capture, Metadata
from armstrace.store import documents
from armstrace.store.documents import Added, StoredCapture
from armstrace.store.failures import Failure


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_field_comes_back_exactly(store, name):
    document = DOCUMENTS[name]
    evidence = b"<p>\x00\xff" + name.encode()
    added = store.add_document(document, evidence, capture(HOSTILE, HOSTILE), NOW)
    assert added == Added(document.id, is_new=True, version=1)
    assert store.document(document.id) == document
    assert store.evidence_of(document.id) == evidence
    assert store.captures(document.id) == (StoredCapture(capture(HOSTILE, HOSTILE), NOW),)
    assert list(store.documents()) == [document]
    assert store.known_evidence(hashlib.sha256(evidence).hexdigest()) == (document.id,)


def test_what_is_not_there_is_none(store):
    assert store.document("nowhere") is None
    assert store.evidence_of("nowhere") is None
    assert store.captures("nowhere") == ()
    assert store.known_evidence("0" * 64) == ()


def test_the_same_bytes_twice_are_one_document(store):
    for source, moment, noted_at in (("a", None, NOW), ("a", None, LATER), ("b", None, NOW), ("a", "2020", LATER)):
        added = store.add_document(FULL, b"same", Capture(source, moment), noted_at)
        assert added == Added(FULL.id, is_new=(source, moment, noted_at) == ("a", None, NOW), version=1)
    found = [(c.capture.source, c.capture.moment, c.noted_at) for c in store.captures(FULL.id)]
    assert sorted(found, key=str) == [("a", "2020", LATER), ("a", None, NOW), ("b", None, NOW)]
    assert store.counts()["documents"] == store.counts()["evidence"] == 1


def test_several_documents_of_the_same_bytes_stay_apart(store):
    entries = [make_document(f"Entry {n} of one feed.", id=f"entry{n}") for n in range(3)]
    for entry in entries:
        add(store, entry, b"<feed>", "feed.xml")
    assert store.known_evidence(hashlib.sha256(b"<feed>").hexdigest()) == ("entry0", "entry1", "entry2")
    assert store.counts()["evidence"] == 1


@pytest.mark.parametrize(
    ("urls", "sources", "versions"),
    [
        (["https://a.example/x", "https://a.example/x"], ["1", "2"], [1, 2]),
        (["https://a.example/x", "http://www.A.example/x/?utm_source=mail#top"], ["1", "2"], [1, 2]),
        (["https://a.example/x", "https://a.example/y"], ["1", "2"], [1, 1]),
        ([None, None], ["https://a.example/x", "https://a.example/x"], [1, 2]),
        (["https://a.example/x", None], ["mirror", "https://a.example/x"], [1, 2]),
        ([None, None], ["a.html", "a.html"], [1, 1]),
        (["https://a.example/", "https://a.example"], ["1.html", "2.html"], [1, 1]),
    ],
)
def test_a_changed_page_is_the_next_version_of_its_address(store, urls, sources, versions):
    pages = [make_document(f"{TEXT} {n}", url=url) for n, url in enumerate(urls)]
    found = [
        store.add_document(d, d.raw.encode(), Capture(s), NOW).version for d, s in zip(pages, sources, strict=True)
    ]
    assert found == versions
    assert {d.id for d in store.documents()} == {d.id for d in pages}


def test_versions_are_listed_the_oldest_first(store):
    ids = [add(store, make_document(f"{TEXT} {n}", url="https://a.example/x")) for n in range(3)]
    assert store.versions("https://A.example/x?utm_campaign=x") == tuple(ids)
    assert store.versions("https://a.example/other") == ()


@pytest.mark.parametrize("source", ["reports/a.html", "standard input", "https://a.example/", "ftp://a.example/x", ""])
def test_what_names_no_page_has_no_versions(store, source):
    add(store, make_document("One report of no address."))
    add(store, make_document("Another report of no address."))
    assert store.versions(source) == ()


def test_a_document_that_comes_in_other_bytes_stays_as_it_is(store):
    add(store, make_document(id="same"), b"one")
    assert not store.add_document(make_document(id="same"), b"two", Capture("elsewhere"), LATER).is_new
    assert store.counts()["documents"] == 1
    assert store.evidence_of("same") == b"one"
    assert [one.capture.source for one in store.captures("same")][-1] == "elsewhere"
    assert not [check for check in store.verify() if check.is_loss]


def test_all_are_walked_though_others_write_meanwhile(store, monkeypatch):
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 10)
    for n in range(25):
        add(store, make_document(f"{TEXT} {n}", id=f"{n:04}"), b"of all")
    seen = []
    for document in store.documents():
        if not seen:
            add(store, make_document(f"{TEXT} late", id="zzzz"), b"of all")
        seen.append(document.id)
    assert seen == [f"{n:04}" for n in range(25)] + ["zzzz"]


def test_failures_are_kept_until_the_source_is_read(store):
    first = Failure(f"a.pdf {HOSTILE}", None, f"encrypted {HOSTILE}", NOW)
    store.save_failure(first, b"%PDF")
    store.save_failure(Failure("gone.html", None, "no such file", NOW))
    store.save_failure(first._replace(at=LATER), b"%PDF")
    kept = first._replace(sha256=hashlib.sha256(b"%PDF").hexdigest(), at=LATER, tries=2)
    assert store.failures() == [Failure("gone.html", None, "no such file", NOW), kept]
    assert store.evidence.read(kept.sha256) == b"%PDF"
    add(store, make_document(), b"%PDF", "elsewhere.pdf")
    add(store, make_document("Another."), b"page", "gone.html")
    assert store.failures() == []
    assert [f.resolved_at for f in store.failures(resolved_too=True)] == [NOW, NOW]
    assert store.counts()["failures"] == 0


def test_metadata_has_a_column_for_each_field():
    from armstrace.store.schema import DOCUMENTS as TABLE  # noqa: PLC0415

    assert set(Metadata.__dataclass_fields__) <= set(TABLE.columns.keys())


def test_a_document_that_cannot_be_kept_leaves_nothing(store):
    odd = replace(make_document(), facts=(object(),))
    with pytest.raises(AttributeError):
        add(store, odd)
    assert store.counts() | {"bytes": 0, "stored_bytes": 0} == dict.fromkeys(store.counts(), 0)
