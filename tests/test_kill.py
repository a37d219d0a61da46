"""``add`` is killed at any moment: nothing that it acknowledged is lost or doubled, and the next run goes on."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from made_containers import page_record, warc, zipped
from running import run_process, start

from armstrace.store.open import open_store

COUNT = 2000
KILLS = 20
AT_THE_START = 3  # of the kills: while the program loads and makes the database
FEW = 40  # documents that are also read
_COUNTRIES = "Chad Togo Kenya Ghana Niger Mali Benin Egypt Libya Sudan Gabon Angola Zambia Malawi Rwanda Uganda".split()


def sentence(number):
    country = _COUNTRIES[number % len(_COUNTRIES)]
    return f"France sold {number + 2} tanks to {country}, the defence ministry said on day {number}.\n"


def page(number):
    return f"<html><body><article><p>{sentence(number)}</p></article></body></html>".encode()


def write_documents(folder):
    """Write 2,000 documents into files and containers of every kind."""
    numbers = iter(range(COUNT))

    def take(count):
        return [next(numbers) for _ in range(count)]

    folder.mkdir()
    for n in take(280):
        (folder / f"t{n}.txt").write_text(sentence(n), encoding="utf-8")
    for n in take(10):
        (folder / f"h{n}.html").write_bytes(page(n))
    rows = [json.dumps({"id": f"r{n}", "text": sentence(n)}) for n in take(900)]
    (folder / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "box.zip").write_bytes(zipped([(f"z{n}.txt", sentence(n).encode()) for n in take(500)]))
    (folder / "crawl.warc.gz").write_bytes(warc([page_record(n, page(n)) for n in take(200)]))
    entries = "".join(f"<item><guid>f{n}</guid><description>{sentence(n)}</description></item>" for n in take(100))
    (folder / "feed.xml").write_text(f"<rss version='2.0'><channel>{entries}</channel></rss>", encoding="utf-8")
    letters = [
        f"From desk@example.org Tue Sep  6 08:00:00 2022\nFrom: desk@example.org\nMessage-ID: <{n}@example.org>\n"
        f"Subject: Day {n}\n\n{sentence(n)}\n"
        for n in take(10)
    ]
    (folder / "letters.mbox").write_text("".join(letters), encoding="utf-8")
    assert next(numbers, None) is None


def acknowledged(process, lines, seconds):
    """Kill a run some time after it wrote so many lines; return the ids of all whole lines."""
    with process:
        said = [process.stdout.readline() for _ in range(lines)]
        time.sleep(seconds)
        process.kill()
        rest, errors = process.communicate()
    assert errors == b""
    told = (b"".join(said) + rest).decode()
    whole = told[: told.rfind("\n") + 1].splitlines()
    return {line.split()[0] for line in whole if line.split()[1] in {"new", "known"}}


def check_store(path, receipts):
    """Make sure that a store is sound and holds what receipts were given for; return the ids of its documents."""
    with open_store(str(path), {}) as store:
        assert [(check.state, check.trouble) for check in store.verify() if check.is_loss] == []
        there = [document.id for document in store.documents()]
        assert len(there) == len(set(there))
        assert receipts <= set(there)
        assert all(store.captures(identity) for identity in there[:: len(there) // 50 or 1])
    return set(there)


def contents(path):
    """Return every document of a store with its bytes, how it came here, and its claims."""
    with open_store(str(path), {}) as store:
        return {
            document.id: (
                document,
                store.evidence_of(document.id),
                [one.capture for one in store.captures(document.id)],
                [claim.body for claim in store.claims(document.id)],
            )
            for document in store.documents()
        }


@pytest.fixture
def whole(tmp_path):
    """Return the documents, and the store of a run that nobody killed."""
    write_documents(tmp_path / "documents")
    done = run_process("add", "documents", "--no-read", "--database", "whole.db", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].startswith(f"{COUNT} added (0 as new versions), 0 known already")
    return tmp_path


def test_a_run_that_is_killed_twenty_times_loses_nothing(whole):
    chance = random.Random(4)  # noqa: S311 - the same moments each time
    receipts: set[str] = set()
    there: set[str] = set()
    for kill in range(KILLS):
        process = start("add", "documents", "--no-read", "--database", "killed.db", cwd=whole)
        early = kill < AT_THE_START
        lines = 0 if early else chance.randint(1, min(len(there) + COUNT // KILLS * 2, COUNT - 1))
        receipts |= acknowledged(process, lines, chance.random() * (1.5 if early else 0.02))
        if Path(whole / "killed.db").exists():
            there = check_store(whole / "killed.db", receipts)
    assert COUNT // 4 < len(there) < COUNT  # so that the kills hit all kinds of moments
    done = run_process("add", "documents", "--no-read", "--database", "killed.db", cwd=whole)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].startswith(
        f"{COUNT - len(there)} added (0 as new versions), {len(there)} known already"
    )
    assert contents(whole / "killed.db") == contents(whole / "whole.db")
    with open_store(str(whole / "killed.db"), {}) as store:
        list(store.verify(clean=True))
        assert {check.state for check in store.verify()} == {"intact"}


def test_a_reading_that_is_killed_goes_on_where_it_was(tmp_path):
    (tmp_path / "documents").mkdir()
    for n in range(FEW):
        (tmp_path / "documents" / f"t{n}.txt").write_text(sentence(n), encoding="utf-8")
    whole = run_process("add", "documents", "--database", "whole.db", cwd=tmp_path)
    assert whole.out.splitlines()[-1].endswith(f"{FEW} claims read")
    read: set[str] = set()
    for most in (3, 20):
        reads = most
        with start("add", "documents", "--log-format", "json", "--database", "killed.db", cwd=tmp_path) as process:
            while reads and (line := process.stderr.readline()):
                row = json.loads(line)
                if row["event"] == "document_read":
                    read.add(row["id"])
                    reads -= 1
            process.kill()
        check_store(tmp_path / "killed.db", read)
        with open_store(str(tmp_path / "killed.db"), {}) as store:
            assert all(len(store.claims(identity)) == 1 for identity in read)
    assert len(read) == 23
    done = run_process("add", "documents", "--database", "killed.db", cwd=tmp_path)
    assert done.code == 0
    assert f"{FEW} known already" in done.out.splitlines()[-1]
    assert contents(tmp_path / "killed.db") == contents(tmp_path / "whole.db")
