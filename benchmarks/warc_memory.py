"""How much memory a large web archive takes to read, and how fast it is read.

    python benchmarks/warc_memory.py [--size-gib 2] [--pages FOLDER] [--add]

Writes a WARC of the given size, packed record by record, from generated pages or from a folder of .html and .html.gz
files, and reads it in a process of its own, whose peak memory it prints. The bound is 1 GiB, whatever the size.
With ``--add`` the archive goes through ``armstrace add --no-read`` instead, into a new store, and then through
trafilatura alone, of which nothing but the extraction is timed: documents a second of one core, side by side.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import trafilatura

from armstrace.document import Capture
from armstrace.ingest.raw import Container, Piece
from armstrace.ingest.warc import unpack_warc

BOUND = 1 << 30  # bytes of memory
_WORDS = (
    "the ministry said on Monday that shells rockets drones were sold to its ally by sea under an old contract".split()
)
_GENERATED = 200  # pages; enough that no packer sees one twice in its window


def main() -> None:
    """Write the archive, read it in a process of its own, and print what that took; fail above the bound."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--size-gib", type=float, default=2, help="size of the archive, packed")
    ask.add_argument("--pages", type=Path, help="folder of .html and .html.gz files; generated ones without it")
    ask.add_argument("--add", action="store_true", help="add it to a store, and extract it by trafilatura alone")
    ask.add_argument("--read", type=Path, help="read this archive only, in this process")
    ask.add_argument("--extract", type=Path, help="extract this archive only by trafilatura, in this process")
    options = ask.parse_args()
    if options.read:
        read_archive(options.read)
    elif options.extract:
        extract_archive(options.extract)
    else:
        measure(options)


def measure(options: argparse.Namespace) -> None:
    """Write the archive and have it read, or added and extracted."""
    with tempfile.NamedTemporaryFile(suffix=".warc.gz", dir=Path.cwd()) as file:
        written = write_archive(file, list(load_pages(options.pages)), int(options.size_gib * (1 << 30)))
        file.flush()
        print(f"written: {written} records, {Path(file.name).stat().st_size / 1e6:.0f} MB packed")
        if options.add:
            add_archive(Path(file.name), written)
        verb = "--extract" if options.add else "--read"
        subprocess.run([sys.executable, __file__, verb, file.name], check=True)  # noqa: S603 (this very script)


def add_archive(path: Path, pages: int) -> None:
    """Add an archive to a new store in a process of its own; print documents a second and the peak of its memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        command = [sys.executable, "-m", "armstrace", "add", str(path), "--no-read", "--database", f"{folder}/a.db"]
        begun = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 (our own program)
            closing = deque(process.stdout or (), 1)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        elapsed, took, peak = time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10
    told = closing.pop().decode().strip() if closing else "nothing"
    print(f"armstrace add: {told}")
    print(f"  {pages / took:.0f} documents/s a core ({took:.1f} processor seconds, {elapsed:.1f} in all)")
    print(f"  peak memory: {peak / (1 << 20):.0f} MiB of {BOUND >> 20} MiB")
    if process.returncode or peak > BOUND or not told.startswith(f"{pages} added "):
        sys.exit("above the bound" if peak > BOUND else "something was lost")


def extract_archive(path: Path) -> None:
    """Extract every page of an archive by trafilatura, and print how many a second that are."""
    took, pages = 0.0, 0
    with path.open("rb") as stream:
        for found in unpack_warc(Container(path.stem, stream, Capture(path.name))):
            if isinstance(found, Piece):
                begun = time.process_time()
                pages += trafilatura.extract(found.data, with_metadata=True) is not None
                took += time.process_time() - begun
    print(f"trafilatura {trafilatura.__version__}: {pages} extracted")
    print(f"  {pages / took:.0f} documents/s a core ({took:.1f} processor seconds of extraction alone)")


def read_archive(path: Path) -> None:
    """Read an archive and print records, speed and the peak of this process's memory."""
    begun, pages, size, lost = time.process_time(), 0, 0, 0
    with path.open("rb") as stream:
        for found in unpack_warc(Container(path.stem, stream, Capture(path.name))):
            if isinstance(found, Piece):
                pages += 1
                size += len(found.data)
            else:
                lost += 1
    took = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    packed = path.stat().st_size
    print(f"read: {pages} pages, {lost} notes of loss, {size / 1e6:.0f} MB of pages in {took:.1f} processor seconds")
    megabytes = f"{packed / took / 1e6:.0f} MB/s packed, {size / took / 1e6:.0f} MB/s inflated"
    print(f"speed on one core: {pages / took:.0f} pages/s, {megabytes}")
    print(f"peak memory: {peak / (1 << 20):.0f} MiB of {BOUND >> 20} MiB")
    if peak > BOUND or lost:
        sys.exit("above the bound" if peak > BOUND else "something was lost")


def load_pages(folder: Path | None) -> Iterator[bytes]:
    """Yield the pages of a folder, or generated ones."""
    if folder:
        yield from (p.read_bytes() for p in sorted(folder.rglob("*.html")))
        yield from (gzip.decompress(p.read_bytes()) for p in sorted(folder.rglob("*.html.gz")))
        return
    drawn = random.Random(4)  # noqa: S311 (no secret)
    for number in range(_GENERATED):
        paragraphs = (" ".join(drawn.choices(_WORDS, k=80)) for _ in range(drawn.randint(20, 200)))
        body = "".join(f"<p>{p} {drawn.getrandbits(256):x}.</p>\n" for p in paragraphs)
        yield f"<!DOCTYPE html><html><head><title>Report {number}</title></head><body>{body}</body></html>".encode()


def write_archive(
    file: io.BufferedWriter | tempfile._TemporaryFileWrapper[bytes], pages: list[bytes], size: int
) -> int:
    """Write pages over and over, each a record packed for itself, up to a size; return how many.

    No two are the same bytes: each begins with its number in a comment.
    """
    bodies = [gzip.compress(page, 1, mtime=0) for page in pages]
    written = records = 0
    for number, body in enumerate(cycle(bodies)):
        comment = gzip.compress(f"<!-- {number} -->".encode(), 1, mtime=0)
        record = gzip.compress(_record(number, comment + body), 1, mtime=0)
        written += file.write(record)
        records += 1
        if written >= size:
            break
    return records


def _record(number: int, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/{number}\r\n"
        f"WARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


if __name__ == "__main__":
    main()
