"""A team at one server: adding, watching, judging, reading at once, over a crash of it, ends as one after another."""

from __future__ import annotations

import http.client
import json
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from kept_stories import kept_rows, register_lines, update
from loopback_site import Reply, html, serving
from running import start

from armstrace.grouping import load_stages
from armstrace.store.open import open_store

COUNTRIES = "Chad Togo Kenya Ghana Niger Mali Benin Egypt Libya Sudan Gabon Angola".split()
SEEDED, ADDED, SHARED, PAGES = 4, 18, 6, 3
REVIEWERS = 3
NAME = "team"
SECONDS = 120  # for anything to come about on a slow machine
AT_WORK = "SELECT application_name FROM pg_stat_activity"
TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


def sentence(number):
    country = COUNTRIES[number % len(COUNTRIES)]
    return f"France sold {number + 2} tanks to {country}, the defence ministry said on day {number}.\n"


def write_documents(folder):
    """Write what is there before, and what two people add of whom each has some that the other has too."""
    parts = {
        "seed": range(SEEDED),
        "left": range(SEEDED, SEEDED + ADDED - SHARED),
        "right": range(SEEDED + SHARED, SEEDED + ADDED),
    }
    for name, numbers in parts.items():
        (folder / name).mkdir()
        for n in numbers:
            (folder / name / f"t{n}.txt").write_text(sentence(n), encoding="utf-8")


@contextmanager
def watched_site(folder) -> Iterator[None]:
    routes = {f"/{n}.html": html(sentence(100 + n)) for n in range(PAGES)}
    with serving(routes) as site:
        at = f"http://127.0.0.1:{site.port}"
        items = "".join(f"<item><guid>p{n}</guid><link>{at}/{n}.html</link></item>" for n in range(PAGES))
        site.routes["/feed"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        (folder / "feeds.yml").write_text(f"sources:\n  - url: {at}/feed\n    outlet: The Desk\n", encoding="utf-8")
        yield site


def contents(store):
    """Return every document with its bytes and its claims, by the names of files and the order of pages."""
    found = {}
    for document in store.documents():
        claims = [(claim.id, claim.body) for claim in store.claims(document.id)]
        found[document.id] = (document.text, store.evidence_of(document.id), claims)
    return found


class Desk(NamedTuple):
    """A desk that is served, and how it is asked."""

    process: object
    port: int

    def ask(self, method, path, body=None):
        """Return the status and body of an answer; None where the desk gave none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            sent = json.dumps(body) if body is not None else None
            connection.request(method, path, sent, {"content-type": "application/json"} if sent else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("retry-after")
        finally:
            connection.close()

    def rows(self, path):
        """Return what a listing of the API holds; asked again as the desk says where it cannot answer now."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            status, body, wait = self.ask("GET", path)
            if status == 200:
                return json.loads(body)["items"]
            assert (status, wait) == (503, "10"), body
            time.sleep(0.1)
        raise AssertionError(path)


@contextmanager
def served(address, folder) -> Iterator[Desk]:
    process = start("serve", "--port", "0", "--database", address, cwd=folder)
    told = []
    try:
        while not (found := re.search(rb"http://127\.0\.0\.1:(\d+)/", told[-1] if told else b"")):
            told.append(process.stderr.readline())
            assert told[-1], told
        drained = threading.Thread(target=process.stderr.read, daemon=True)
        drained.start()
        yield Desk(process, int(found[1]))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)
        drained.join(SECONDS)
        process.stdout.close()
        process.stderr.close()


def judge_all(desk, name, claims, kept):
    """Accept claims, each as often as somebody else is faster; note what was acknowledged."""
    for claim in claims:
        why, path = f"{name} looked at it", f"/api/v1/judgements?claim={claim}"
        while True:
            before = desk.rows(path)
            if any(one["why"] == why for one in before):  # an answer that was lost
                break
            body = {"claim": claim, "verdict": "accept", "why": why}
            latest = max((one["judgement"] for one in before), default=None)
            status, said, _ = desk.ask("POST", "/api/v1/judgements", {**body, "latest": latest})
            assert status in {201, 409, 503}, said
            if status == 201:
                break
        kept.append((claim, why))


def read_pages(desk, end, troubles):
    while not end.is_set():
        for path in ("/", "/search?words=tanks", "/api/v1/transfers"):
            status, body, _ = desk.ask("GET", path)
            if status not in {200, 503}:
                troubles.append((path, status, body[:500]))
        end.wait(3)


def disturb(cluster, runs):
    """End all sessions once everybody is at work, then the server as a crash does; it is back after a moment."""
    with cluster.server.connect() as connection:
        waits, until = dict(runs), time.monotonic() + SECONDS
        while waits and time.monotonic() < until:
            there = {name for (name,) in connection.execute(AT_WORK)}
            waits = {name: one for name, one in waits.items() if name not in there and one.poll() is None}
        assert not waits
        connection.execute(TERMINATE, [NAME])
    for _ in range(3):
        next(iter(runs.values())).stdout.readline()
    cluster.stop("immediate")
    time.sleep(1)  # away for a while, not only for a blink
    cluster.start()


@pytest.fixture(scope="module")
def stages():
    return load_stages()


def test_all_at_once_over_a_crash_ends_as_one_after_another(cluster, tmp_path, run, stages):
    with cluster.server.connect() as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
    address = cluster.server.address(NAME)
    write_documents(tmp_path)
    with watched_site(tmp_path):
        alone = ("--database", "alone.db")
        for part in ("seed", "left", "right"):
            assert run("add", part, *alone, cwd=tmp_path).code == 0
        assert run("watch", "feeds.yml", "--once", "--allow-private", *alone, cwd=tmp_path).code == 0
        assert run("add", "seed", "--database", address, cwd=tmp_path).code == 0
        kept = work_together(cluster, address, tmp_path)
    assert run("update", "--database", address, cwd=tmp_path).code == 0  # reads what the watchers kept
    environment = {"ARMSTRACE_EVIDENCE": str(tmp_path / "armstrace.evidence")}
    with open_store(address, environment) as store, open_store(str(tmp_path / "alone.db"), {}) as other:
        assert contents(store) == contents(other)
        assert len(contents(store)) == SEEDED + ADDED + PAGES
        judged = Counter((row.judgement.claim, row.judgement.why) for row in store.judgements())
        assert judged == dict.fromkeys(kept, 1)
        assert len(kept) == REVIEWERS * SEEDED
        list(store.verify(clean=True))
        assert {check.state for check in store.verify()} == {"intact"}
        update(store, stages)
        lines, rows = register_lines(store), kept_rows(store)
        update(store, stages, anew=True)
        assert (register_lines(store), kept_rows(store)) == (lines, rows)


def work_together(cluster, address, folder):
    """Let everybody work at once while the server crashes; return the judgements that were acknowledged."""
    kept, troubles, end = [], [], threading.Event()
    with served(address, folder) as first, served(address, folder) as second:
        claims = [claim["claim"] for claim in first.rows("/api/v1/claims")]
        people = [
            threading.Thread(target=judge_all, args=((first, second)[n % 2], f"reviewer {n}", claims, kept))
            for n in range(REVIEWERS)
        ]
        readers = [threading.Thread(target=read_pages, args=(desk, end, troubles)) for desk in (first, second)]
        watch = ("watch", "feeds.yml", "--once", "--no-read", "--allow-private")
        verbs = {"adds left": ("add", "left"), "adds right": ("add", "right"), "watches": watch, "stands by": watch}
        runs = {
            name: start(*verb, "--database", f"{address}&application_name={name}", cwd=folder)
            for name, verb in verbs.items()
        }
        for thread in (*people, *readers):
            thread.start()
        disturb(cluster, runs)
        ended = {name: process.communicate(timeout=SECONDS) for name, process in runs.items()}
        assert {name: process.returncode for name, process in runs.items()} == dict.fromkeys(runs, 0), ended
        assert not any(b"Traceback" in errors for _, errors in ended.values())
        for thread in people:
            thread.join(SECONDS)
        end.set()
        for thread in readers:
            thread.join(SECONDS)
        assert troubles == []
        seen = [desk.rows("/api/v1/judgements?limit=100") for desk in (first, second)]
        assert seen[0] == seen[1]
    return kept
