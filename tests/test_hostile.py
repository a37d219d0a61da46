"""What is broken, lies or means harm, through ``add``: a clear message, an exit code, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import tempfile
import time
import zlib
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from loopback_site import Reply, html, raw, redirect, serving
from made_containers import bomb_entry, overlapping_zip, page_record, patched, warc, zipped
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from running import run_measured, start

from armstrace.cli import inputs
from armstrace.fetch.fetched import FetchOptions, Limits
from armstrace.store.open import open_store
from rights import plain_user

MIB = 1 << 20
MOST_MEMORY = 1024 * MIB
MOST_SECONDS = 60
SOLD = "France sold six tanks to Chad, the French defence ministry said on Monday."
GOOD = {
    "good-1.txt": SOLD.encode(),
    "good-2.html": f"<html><body><article><p>{SOLD} Two more were lent.</p></article></body></html>".encode(),
    "good-3.jsonl": json.dumps({"id": "good-3", "text": f"{SOLD} Nobody paid."}).encode(),
}


class Sparse(NamedTuple):
    """A line of 200 megabytes by its two ends; there is no more of it on the disk."""

    start: str
    end: str


def pdf(**options):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True, **options)
    for number in range(3):
        canvas.drawString(72, 700, f"{SOLD} Page {number}.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def bomb(size):
    """Return a ZIP of one entry that inflates to ``size`` zeros."""
    packed, checksum = bomb_entry(size), 0
    for _ in range(size // MIB):
        checksum = zlib.crc32(bytes(MIB), checksum)
    sizes = struct.pack("<3L2H", checksum, len(packed), size, 8, 0)
    local = struct.pack("<4s5H", b"PK\x03\x04", 20, 0, 8, 0, 33) + sizes + b"bomb.txt"
    entry = struct.pack("<4s6H", b"PK\x01\x02", 20, 20, 0, 8, 0, 33) + sizes + bytes(14) + b"bomb.txt"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local) + len(packed), 0)
    return local + packed + entry + end


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom" * 10}">' for n in range(10))
XML_BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE rss [{ENTITIES}]><rss version="2.0"><channel><item><title>&e9;</title>'
    f"<description>&e9;</description></item></channel></rss>"
).encode()
SPY = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    b"<guid>1</guid><title>t</title><description>&x;</description></item></channel></rss>"
)


def entry_of(body):
    return (
        b"<rss version='2.0'><channel><item><guid>1</guid><description>"
        + body
        + b"</description></item></channel></rss>"
    )


PAPER = "https://paper.example"
WARC = warc([page_record(n, f"<p>{SOLD} Lot {n}.</p>".encode()) for n in (1, 2)], gzip=False)
OWNED = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\u2066"

# name of the file -> its bytes, words of the message ("" where nothing is amiss), names of the documents kept of it
ROWS = {
    "truncated.pdf": (pdf()[:700], "truncated.pdf: is cut off: its end is missing; get it again, whole", []),
    "encrypted.pdf": (
        pdf(encrypt=StandardEncryption("secret", canPrint=0)),
        "encrypted.pdf: is encrypted and needs a password; save it without one and read that", [],
    ),
    "bomb.zip": (lambda: bomb(600 * MIB), "bomb.zip!/bomb.txt: is larger than 64 MiB, the most that is read of", []),
    "overlapping.zip": (overlapping_zip(50), "overlapping.zip!/a.txt: overlaps the next entry, as in a bomb", []),
    "climbing.zip": (
        zipped([(f"{way}climbed.txt", f"{SOLD} {way}".encode()) for way in ("../", "../../", "/", "C:\\")]), "", None,
    ),
    "deep.html": (b"<html><body>" + b"<div>" * 200_000 + SOLD.encode(), "", ["deep"]),
    "deep-tables.html": (b"<table><tr><td>" * 30_000 + SOLD.encode(), "", ["deep-tables"]),
    "nulls.txt": (SOLD.encode() + bytes(4) + b"\n" + SOLD.encode() * 20, "", ["nulls"]),
    "all-nulls.txt": (bytes(5000), "all-nulls.txt: looks like a binary file; give a text, a web page, a PDF", []),
    "nulls.html": (f"<html><body><p>{SOLD}\x00\x00</p></body></html>".encode(), "", ["nulls"]),
    "utf-16.txt": (SOLD.encode("utf-16"), "", ["utf-16"]),
    "latin.txt": (f"{SOLD} It cost \u00a35m \u2013 or more.".encode("cp1252"), "", ["latin"]),
    "mixed.txt": (f"{SOLD} \u20ac5m\u2014".encode() + "caf\u00e9 \u2013".encode("cp1252"), "", ["mixed"]),
    "false-charset.html": (f'<meta charset="utf-16"><p>{SOLD} caf\u00e9</p>'.encode(), "", ["false-charset"]),
    "surrogates.jsonl": (
        b'{"id": "\\ud800x", "title": "\\udfff\\ud800", "text": "' + SOLD.encode() + b' \\ud83d"}', "", ["x"],
    ),
    "surrogates.txt": (SOLD.encode() + "\ud800".encode("utf-8", "surrogatepass"), "", ["surrogates"]),
    "titles.jsonl": (json.dumps({"id": OWNED, "title": OWNED, "text": SOLD + OWNED}).encode(), "", None),
    "titles.html": (f"<title>{OWNED}</title><p>{SOLD}</p>".encode(), "", ["titles"]),
    "entities.xml": (XML_BOMB, "entities.xml: declares entities that stand for other entities, files or long", []),
    "spy.xml": (SPY, "spy.xml: declares entities that stand for other entities, files or long texts", []),
    "long.warc": (
        patched(WARC, b"Content-Length: 1", b"Content-Length: 91", 1),
        "long.warc!/https://paper.example/1 (byte 0): states a wrong length: within its 9",
        [f"{PAPER}/1", f"{PAPER}/2"],
    ),
    "short.warc": (
        patched(WARC, b"Content-Length: 1", b"Content-Length: ", 1), "short.warc, from byte 0: no whole record can be",
        [f"{PAPER}/2"],
    ),
    "cut.warc": (WARC[:-200], "cut.warc!/https://paper.example/2 (byte ", [f"{PAPER}/1"]),
    "comments.html": (b"<!-- a -->" * 6000 + f"<p>{SOLD}</p>".encode(), "", ["comments"]),
    "comments.xml": (entry_of(b"<![CDATA[<p>" + b"<!-- " * 200_000 + b"]]>"), "comments.xml, entry 1: holds", []),
    "scripts.xml": (entry_of(b"<![CDATA[<p>" + b"<script >" * 90_000 + b"]]>"), "scripts.xml, entry 1: holds", []),
    "tag.xml": (
        b"<rss version='2.0'><channel><item><guid>1</guid><" + b"a" * 1_000_000, "tag.xml, entry 1: breaks off",
        [],
    ),
    "empty.txt": (b"", "empty.txt: is empty; there is nothing to read", []),
    "blank.txt": (b" \n\t\n", "blank.txt: is empty; there is nothing to read", []),
    "brackets.json": (b"[" * 300_000, "", ["brackets"]),
    "deep.jsonl": (
        b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "deep.jsonl, line 1: is no JSON (nested too deep", [],
    ),
    "letters.eml": (
        b"".join(
            b"From: a@example.org\nMessage-ID: <%d@b>\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" % n
            for n in range(3000)
        ),
        "letters.eml!/part 1!/part 1!/part 1!/part 1!/part 1: lies in more than 4 containers; unpack them first", [],
    ),
    "long-line.txt": (Sparse(SOLD, ""), "long-line.txt: is larger than 64 MiB, the most that one document", []),
    "long-line.html": (Sparse(f"<p>{SOLD}", "</p>"), "long-line.html: is larger than 64 MiB, the most that one", []),
    "long-line.jsonl": (
        Sparse('{"text": "', f'"}}\n{{"id": "after", "text": "{SOLD}"}}\n'),
        "long-line.jsonl, line 1: is longer than 16 MiB; split it", ["after"],
    ),
}  # fmt: skip


def put(folder, files):
    for name, data in files.items():
        made = data() if callable(data) else data
        with (folder / name).open("wb") as file:
            if isinstance(made, Sparse):
                file.write(made.start.encode())
                file.seek(200_000_000)
                file.write(made.end.encode())
                file.truncate(max(file.tell(), 200_000_000))
            else:
                file.write(made)
    return folder


def kept(folder, name="armstrace.db"):
    """Return the names of the documents that are in the store, which must be sound."""
    with open_store(str(folder / name), {}) as store:
        assert [check.trouble for check in store.verify() if check.is_loss] == []
        return sorted(document.name for document in store.documents())


def check_told(done):
    """Make sure that what is told is fit for a terminal, and that nothing broke down."""
    assert all(line.startswith("armstrace: ") for line in done.err.splitlines())
    shown = done.out + done.err
    assert not [c for c in shown if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0)]
    assert not {"\u202e", "\u2066"} & set(shown)


@pytest.mark.parametrize("name", ROWS)
def test_it_costs_itself(run, tmp_path, name):
    data, says, names = ROWS[name]
    put(tmp_path, {name: data})
    begun = time.process_time()
    done = run("add", name, "--no-read", cwd=tmp_path)
    assert time.process_time() - begun < MOST_SECONDS
    check_told(done)
    assert done.code == (3 if says else 0)
    assert done.err.startswith(f"armstrace: {name}") if says else done.err == ""
    assert says in done.err
    there = kept(tmp_path)
    assert names is None or there == names
    assert there or says
    assert {path.name for path in tmp_path.iterdir()} <= {name, "armstrace.db", "armstrace.db.evidence"}


def test_nothing_of_an_archive_is_written_where_its_names_lead(run, tmp_path):
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    put(inside, {"climbing.zip": ROWS["climbing.zip"][0]})
    assert run("add", "climbing.zip", "--no-read", cwd=inside).code == 0
    assert len(kept(inside)) == 4
    assert list(tmp_path.rglob("*climbed*")) == []
    assert not Path("/climbed.txt").exists()


def test_all_of_it_in_one_folder_costs_itself_and_the_good_is_read(tmp_path):
    folder = tmp_path / "all"
    folder.mkdir()
    put(folder, GOOD | {name: row[0] for name, row in ROWS.items()})
    done = run_measured("add", "all", cwd=tmp_path)
    check_told(done)
    assert done.code == 3
    assert all(row[1] in done.err for row in ROWS.values())
    assert {"good-1", "good-2", "good-3"} < set(kept(tmp_path))
    with open_store(str(tmp_path / "armstrace.db"), {}) as store:
        for document in store.documents():
            claims = store.claims(document.id)
            assert claims or not document.name.startswith("good")
            for claim in claims:
                start, end = claim.body["evidence"]["span"]
                assert document.text[start:end] == claim.body["evidence"]["text"]
    assert done.peak < MOST_MEMORY


# what the file system does


def test_a_folder_without_permission_costs_itself(run, tmp_path):
    put(tmp_path, GOOD)
    assert run("add", ".", "--no-read", cwd=tmp_path).code == 0
    assert len(kept(tmp_path)) == len(GOOD)  # and all is loaded that a plain user may not load
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "closed").mkdir()
        put(folder, GOOD)
        put(folder / "closed", GOOD)
        (folder / "closed").chmod(0)
        (folder / "good-2.html").chmod(0)
        with plain_user():
            done = run("add", ".", "--no-read", cwd=folder)
            there = kept(folder)
        os.chdir("/")
    assert done.code == 3
    assert done.err.splitlines() == [
        "armstrace: closed: cannot be read (Permission denied); allow it to your user, or give another path",
        "armstrace: good-2.html: cannot be read (Permission denied); allow it to your user, or give another path",
    ]
    assert there == ["good-1", "good-3"]


def test_a_file_that_vanishes_costs_itself(tmp_path):
    put(tmp_path, GOOD)
    os.mkfifo(tmp_path / "a-pipe")
    process = start("add", "a-pipe", "good-1.txt", "good-2.html", "good-3.jsonl", "--no-read", cwd=tmp_path)
    with (tmp_path / "a-pipe").open("wb") as pipe:  # opens once the run reads it, when its list of files is made
        (tmp_path / "good-2.html").unlink()
        pipe.write(f"{SOLD} By pipe.".encode())
    out, err = process.communicate()
    assert err.decode() == "armstrace: good-2.html: cannot be read (No such file or directory); check the path\n"
    assert process.returncode == 3
    assert out.decode().splitlines()[-1].startswith("3 added")
    assert kept(tmp_path) == ["a-pipe", "good-1", "good-3"]


# what servers do


BRIEF = Limits(seconds=3, stall=1, attempts=1)
PAGE = f"<html><body><p>{SOLD}</p></body></html>".encode()
SERVERS = {
    "a redirect to the metadata of a cloud machine": (
        redirect("http://169.254.169.254/latest/meta-data/"),
        "169.254.169.254 is the metadata service of a cloud machine; not connected",
    ),
    "a redirect to another protocol": (redirect("file:///etc/passwd"), "file"),
    "a redirect to itself": (redirect("/page"), "leads in a circle, back to http"),
    "a byte now and then": (Reply(PAGE, drip=0.2), "3 seconds"),
    "a server that says nothing": (Reply(PAGE, stall=30), "1 second"),
    "a length that is too long": (raw("HTTP/1.1 200 OK", "Content-Length: 5000", body=PAGE), "5000"),
    "a length that is too short": (
        raw("HTTP/1.1 200 OK", "Content-Length: 40", body=PAGE), "says that it sends 40 bytes and sends more; not",
    ),
    "a length that is far too long": (
        raw("HTTP/1.1 200 OK", "Content-Length: 99999999999", body=PAGE), "is 99,999,999,999 bytes long, more than",
    ),
    "two lengths": (raw("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 5000", body=PAGE), "Content-Length"),
    "a bomb": (
        Reply(gzip.compress(bytes(200 * MIB), 9), headers={"Content-Encoding": "gzip", "Content-Type": "text/html"}),
        "it inflates to more than 67,108,864 bytes; broken off",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SERVERS)
def test_a_server_that_means_harm_costs_its_address(run, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(inputs, "FetchOptions", partial(FetchOptions, BRIEF))
    reply, says = SERVERS[kind]
    put(tmp_path, GOOD)
    with serving({"/page": reply, "/good": html(f"{SOLD} On the web.")}) as site:
        host = f"http://127.0.0.1:{site.port}"
        begun = time.monotonic()
        done = run("add", f"{host}/page", f"{host}/good", "good-1.txt", "--allow-private", "--no-read", cwd=tmp_path)
        assert time.monotonic() - begun < 10
    check_told(done)
    assert done.code == 3
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(f"armstrace: {host}/page: ")
    assert says in done.err
    assert kept(tmp_path) == ["good", "good-1"]
