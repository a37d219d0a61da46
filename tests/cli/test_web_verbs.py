"""``add``, ``read`` and ``watch`` against a real server on this machine."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import httpx2
import pytest
from loopback_site import Reply, html, serving
from running import SENT, SOLD, start

from armstrace.store.open import open_store

PAGE = f"<html><head><title>Boats</title></head><body><article><p>{SENT}</p></article></body></html>"


def test_pages_are_added_and_read_by_their_address(here, run):
    with serving({"/a.html": Reply(PAGE.encode(), headers={"Content-Type": "text/html"}), "/b": html(SOLD)}) as site:
        address = f"http://127.0.0.1:{site.port}/a.html"
        done = run("add", address, "--allow-private", "--format", "jsonl", cwd=here)
        read = run("read", address, "--allow-private", "--format", "jsonl", cwd=here)
        other = run("add", f"http://127.0.0.1:{site.port}/none", address, "--allow-private", cwd=here)
    assert (done.code, done.err) == (0, "")
    assert [(row["outcome"], row["name"], row["source"]) for row in done.rows] == [("new", "a", address)]
    assert [row["supplier"]["country"] for row in read.rows] == ["ES"]
    assert other.code == 3
    assert f"http://127.0.0.1:{site.port}/none: " in other.err
    assert "1 known already, 1 could not be read" in other.out
    with open_store(str(here / "armstrace.db"), {}) as store:
        (document,) = store.documents()
        capture = store.captures(document.id)[0].capture
        assert store.evidence_of(document.id) == PAGE.encode()
    assert document.metadata.url == address
    assert ("content-type", "text/html") in capture.headers
    assert capture.moment is not None


@pytest.mark.parametrize("verb", ["add", "read"])
def test_this_machine_is_not_asked_unless_it_is_meant(here, verb, run):
    with serving({"/a.html": html(SENT)}) as site:
        done = run(verb, f"http://127.0.0.1:{site.port}/a.html", cwd=here)
        assert site.asked == []
    assert done.code == 3
    assert "127.0.0.1 is this machine; not connected. If you mean it: --allow-private" in done.err


def feed(port):
    items = "".join(
        f"<item><guid>{n}</guid><title>Page {n}</title><link>http://127.0.0.1:{port}/{n}.html</link>"
        "<pubDate>Tue, 06 Sep 2022 08:00:00 GMT</pubDate></item>"
        for n in (1, 2)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>"


def test_watch_adds_what_is_new_once(here, run):
    routes = {"/1.html": html(SOLD), "/2.html": html(SENT)}
    with serving(routes) as site:
        site.routes["/feed"] = Reply(feed(site.port).encode(), headers={"Content-Type": "application/rss+xml"})
        (here / "feeds.yml").write_text(
            f"sources:\n  - url: http://127.0.0.1:{site.port}/feed\n    outlet: The Desk\n", encoding="utf-8"
        )
        first = run("watch", "feeds.yml", "--once", "--allow-private", cwd=here)
        second = run("watch", "feeds.yml", "--once", "--allow-private", "--log-format", "json", cwd=here)
        assert site.pages == [f"127.0.0.1:{site.port}/{name}" for name in ("feed", "1.html", "2.html")]
    assert (first.code, first.err) == (0, "")
    assert [line.split()[1:] for line in first.out.splitlines()] == [["new", "1"], ["new", "2"]]
    assert (second.code, second.out) == (0, "")
    assert [row["event"] for row in second.logged] == ["task_begun"]
    with open_store(str(here / "armstrace.db"), {}) as store:
        documents = list(store.documents())
        assert store.counts()["claims"] == 2
    assert {(d.metadata.outlet, d.metadata.published, d.metadata.title) for d in documents} == {
        ("The Desk", "2022-09-06", "Page 1"),
        ("The Desk", "2022-09-06", "Page 2"),
    }


def test_watch_tells_what_fails_and_goes_on(here, run):
    routes = {"/1.html": Reply(b"\x89PNG\r\n\x1a\n", headers={"Content-Type": "text/html"}), "/2.html": html(SENT)}
    with serving(routes) as site:
        site.routes["/feed"] = Reply(feed(site.port).encode())
        sources = (f"  - url: http://127.0.0.1:{site.port}/{name}\n" for name in ("gone", "feed"))
        (here / "feeds.yml").write_text(f"sources:\n{''.join(sources)}", encoding="utf-8")
        done = run("watch", "feeds.yml", "--once", "--no-read", "--allow-private", cwd=here)
    assert done.code == 0
    told = done.err.splitlines()
    assert len(told) == 2
    assert told[0].startswith(f"armstrace: http://127.0.0.1:{site.port}/gone: ")
    assert told[1] == (
        f"armstrace: http://127.0.0.1:{site.port}/1.html: is a picture, which armstrace does not read; "
        "run text recognition (OCR) on it first"
    )
    assert [line.split()[1:] for line in done.out.splitlines()] == [["new", "2"]]


TABLES = [
    ("", "none.yml: "),
    ("- {names: [The Desk], grade: Z, why: so}", "own.yml, row 1: 'grade' must be a letter from A to F"),
]


@pytest.mark.parametrize(("content", "told"), TABLES)
def test_a_table_of_sources_with_a_fault_is_told_before_anything_is_served(here, run, content, told):
    name = told[: told.index(".")] + ".yml"
    if content:
        (here / name).write_text(content, encoding="utf-8")
    done = run("serve", "--sources", name, "--port", "0", cwd=here)
    assert done.code == 2
    assert told in done.err


def test_several_processes_serve_one_store_and_one_that_dies_is_replaced(database, here):
    served = start("serve", "--database", database, "--port", "0", "--processes", "2", cwd=here)
    try:
        address = re.search(rb"http://\S+/", served.stderr.readline())[0].decode()
        with httpx2.Client(base_url=address, timeout=60) as client:
            assert client.get("/healthz").text == "ok\n"
            until(lambda: "Lima Ledger" in client.get("/sources").text)
        serving_it = workers_of(served.pid)
        assert len(serving_it) == 2
        os.kill(serving_it[0], signal.SIGKILL)
        until(lambda: len(workers_of(served.pid)) == 2 and serving_it[0] not in workers_of(served.pid))
        with httpx2.Client(base_url=address, timeout=60) as client:
            assert client.get("/healthz").text == "ok\n"
    finally:
        served.terminate()
        served.communicate(timeout=30)
    assert served.returncode == 0


def workers_of(process):
    """Return the processes that a process started and that serve, for one more keeps books for them all."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    command = {int(one): Path(f"/proc/{one}/cmdline").read_bytes() for one in children}
    return [one for one, told in command.items() if b"resource_tracker" not in told]


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
