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
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import trafilatura

from armstrace.document import Capture
from armstrace.ingest.raw import Container, Piece
from armstrace.ingest.warc import unpack_warc
from measured import MIB, Column, Report, parser_of, peak_mebibytes, reporting, run_again, run_apart

BOUND = 1 << 30  # bytes of memory
_ADDED: Final = re.compile(r"^(\d+) added ", re.MULTILINE)
_WORDS = (
    "the ministry said on Monday that shells rockets drones were sold to its ally by sea under an old contract".split()
)
_GENERATED = 200  # pages; enough that no packer sees one twice in its window


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the archive, read it in a process of its own, and tell what that took; return 1 above the bound."""
    ask = parser_of(__doc__)
    ask.add_argument("--size-gib", type=float, default=2, help="size of the archive, packed")
    ask.add_argument("--pages", type=Path, help="folder of .html and .html.gz files; generated ones without it")
    ask.add_argument("--add", action="store_true", help="add it to a store, and extract it by trafilatura alone")
    ask.add_argument("--part", choices=["read", "extract"], help=argparse.SUPPRESS)
    ask.add_argument("--archive", type=Path, help=argparse.SUPPRESS)
    options = ask.parse_args(arguments)
    if options.part:
        parts = {"read": read_archive, "extract": extract_archive}
        print(json.dumps(parts[options.part](options.archive)))
        return 0
    with reporting("web archive", options, "fastwarc") as report:
        wrong = list(measure(report, options))
        for one in wrong:
            report.note(one)
    return int(bool(wrong))


def measure(report: Report, options: argparse.Namespace) -> Iterator[str]:
    """Write the archive and have it read, or added and extracted; yield what is wrong."""
    columns = (Column("pages", ","), Column("pages/s", ",.0f"), Column("CPU s", ".1f"), Column("MiB at most", ".0f"))
    rates = (Column("MB/s packed", ",.0f"), Column("MB/s inflated", ",.0f"))
    with tempfile.NamedTemporaryFile(suffix=".warc.gz", dir=Path.cwd()) as file:
        written = write_archive(file, list(load_pages(options.pages)), int(options.size_gib * (1 << 30)))
        file.flush()
        size = Path(file.name).stat().st_size / 1e6
        table = report.table(f"{written:,} records, {size:,.0f} MB packed", Column("way"), *columns, *rates)
        took: dict[str, Any]
        for name in ("armstrace add", "trafilatura.extract") if options.add else ("read",):
            if name == "armstrace add":
                took = add_archive(Path(file.name))
            else:
                part = "extract" if options.add else "read"
                took = run_again(__file__, "--part", part, "--archive", file.name)
            rate, inflated = took["pages"] / took["s"], took["bytes"] / took["s"] / 1e6 if took["bytes"] else None
            table.add(name, took["pages"], rate, took["s"], took["MiB"], size / took["s"], inflated)
            if took["MiB"] > BOUND / MIB and name != "trafilatura.extract":
                yield f"{name}: above the bound of {BOUND // MIB} MiB"
            if took["pages"] != written and name != "trafilatura.extract":
                yield f"{name}: {written - took['pages']} of {written} pages were lost"


def add_archive(path: Path) -> dict[str, float]:
    """Add an archive to a new store in a process of its own; return what that took."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        command = [sys.executable, "-m", "armstrace", "add", str(path), "--no-read", "--database", f"{folder}/a.db"]
        ran = run_apart(command)
    told = _ADDED.search(ran.output)
    if ran.code or not told:
        raise RuntimeError(f"armstrace add ended with {ran.code}: {ran.output[-200:]}")
    return {"pages": int(told[1]), "bytes": 0, "s": ran.processor, "MiB": ran.mebibytes}


def extract_archive(path: Path) -> dict[str, float]:
    """Extract every page of an archive by trafilatura; return how many, and the seconds of extraction alone."""
    took, pages, size = 0.0, 0, 0
    with path.open("rb") as stream:
        for found in unpack_warc(Container(path.stem, stream, Capture(path.name))):
            if isinstance(found, Piece):
                begun = time.process_time()
                pages += trafilatura.extract(found.data, with_metadata=True) is not None
                took += time.process_time() - begun
                size += len(found.data)
    return {"pages": pages, "bytes": size, "s": took, "MiB": peak_mebibytes()}


def read_archive(path: Path) -> dict[str, float]:
    """Read an archive; return how many records, their bytes, seconds and the peak of this process's memory."""
    begun, pages, size = time.process_time(), 0, 0
    with path.open("rb") as stream:
        for found in unpack_warc(Container(path.stem, stream, Capture(path.name))):
            if isinstance(found, Piece):
                pages += 1
                size += len(found.data)
    return {"pages": pages, "bytes": size, "s": time.process_time() - begun, "MiB": peak_mebibytes()}


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
    sys.exit(main())
