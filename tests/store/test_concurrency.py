"""Several processes add the same documents at once: none fails, none is there twice, versions count on."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from add_many import DOCUMENTS_A_FILE, DOCUMENTS_AN_ADDRESS, numbered_document
from sqlalchemy import select
from store_samples import add, full_claim, make_document, read

from armstrace.store.filters import Query
from armstrace.store.open import open_store
from armstrace.store.schema import DOCUMENTS

COUNT = 60
SCRIPT = Path(__file__).with_name("add_many.py")


def test_four_processes_add_the_same_documents(fresh_address, environment):
    command = [sys.executable, "-W", "error", str(SCRIPT), fresh_address, environment["ARMSTRACE_EVIDENCE"], str(COUNT)]
    pipe = subprocess.PIPE
    running = [subprocess.Popen([*command, str(n)], stdout=pipe, stderr=pipe, text=True) for n in range(4)]
    ended = [process.communicate() for process in running]
    assert [(process.returncode, errors) for process, (_, errors) in zip(running, ended, strict=True)] == [(0, "")] * 4
    expected = {numbered_document(n).id for n in range(COUNT)}
    assert all(set(said.split()) == expected for said, _ in ended)
    with open_store(fresh_address, environment) as store:
        assert [d.id for d in store.documents()] == sorted(expected)
        assert store.counts()["evidence"] == COUNT // DOCUMENTS_A_FILE
        assert {c.state for c in store.verify()} == {"intact"}
        with store.database.read() as connection:
            rows = connection.execute(select(DOCUMENTS.c.url_key, DOCUMENTS.c.version)).all()
        assert {key for key, _ in rows} == {f"ledger.example/{n}" for n in range(COUNT // DOCUMENTS_AN_ADDRESS)}
        for wanted in {key for key, _ in rows}:
            versions = sorted(version for key, version in rows if key == wanted)
            assert versions == list(range(1, DOCUMENTS_AN_ADDRESS + 1))
        assert all(len(store.captures(identity)) == 1 for identity in expected)


def test_cleaning_up_meanwhile_takes_nothing_away(store):
    documents = [make_document(f"Report {n}: drones were seen.", id=f"r{n:02}") for n in range(40)]
    adding = threading.Thread(target=lambda: [add(store, document) for document in documents])
    adding.start()
    while adding.is_alive():
        assert [c for c in store.verify(clean=True) if c.is_loss] == []
    adding.join()
    assert [d.id for d in store.documents()] == [d.id for d in documents]
    assert {c.state for c in store.verify()} == {"intact"}


def test_threads_of_one_process_share_a_store(store):
    documents = [make_document(f"Report {n}: drones were seen.", id=f"r{n:02}") for n in range(20)]
    troubles = []

    def work(mine):
        try:
            for document in mine:
                add(store, document, b"of all")
                read(store, document, full_claim(document))
                assert store.document(document.id) == document
                assert store.search(Query("drones")).hits
        except Exception as error:  # noqa: BLE001  whatever it is, the test must see it
            troubles.append(error)

    threads = [threading.Thread(target=work, args=(documents[n % 2 :: 2] + documents,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert store.counts() | {"bytes": 0, "stored_bytes": 0} == {
        "documents": 20,
        "evidence": 1,
        "readings": 20,
        "claims": 20,
        "judgements": 0,
        "failures": 0,
        "bytes": 0,
        "stored_bytes": 0,
    }
    assert {c.state for c in store.verify()} == {"intact"}
