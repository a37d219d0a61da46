"""How fast ``armstrace batch`` is with one worker and with two, how much memory it takes, and whether it resumes.

    python benchmarks/batch_scale.py [--documents 20000] [--workers 1 2] [--form parquet] [--shards 16] [--kill 2]

Writes shards of generated documents (one in twenty tells of a transfer; the same for the same seed) into a folder and
reads them by ``armstrace batch`` in processes of its own, once for each number of workers. Printed: documents
a second, the peak of the memory of all processes together (proportional set size), processor seconds, the ratio to the
first run, and a checksum of the output, which must be the same each time. With ``--kill N`` a further run is killed so
many times, the last time by Ctrl-C, and must end with that checksum. Speed is worth something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

import armstrace

BOUND = 4 << 30  # bytes of memory in all
RELEVANT = 20  # every so many-th document tells of a transfer
_TOLD = (
    "{supplier} sold {number} {arms} to {recipient}, the {supplier} defence ministry said on {day}.",
    "{recipient} will receive {number} {arms} from {supplier} next year, two officials said on {day}.",
    "A spokesman in {recipient} denied on {day} that it had bought {number} {arms} from {supplier}.",
    "{supplier} has delivered {number} {arms} to {recipient}, a minister told reporters on {day}.",
)
_PLAIN = (
    "The council of {place} put off its vote on the new {thing} until {day}, after {number} hours of talks.",
    "Rain is expected in {place} on {day}, and the {thing} may be closed for {number} days.",
    "About {number} people came to see the {thing} in {place}, which opened its doors on {day}.",
    "A teacher from {place} spent {number} years on a book about the {thing}; it comes out on {day}.",
    "The price of the {thing} rose by {number} per cent in {place}, traders said on {day}.",
    "On {day} the museum of {place} showed its {thing} for the first time in {number} years.",
)
_COUNTRIES = "France Spain Kenya Chad Senegal Turkey Brazil India Egypt Poland Norway Jordan Morocco Ghana".split()
_ARMS = ("tanks", "patrol boats", "drones", "howitzers", "helicopters", "artillery shells", "radars")
_PLACES = "Alder Birchwell Corrant Dunmere Eskaville Farrow Glenholt Harwick Islay Jessop Kellan Lorne".split()
_THINGS = ("bridge", "library", "harbour market", "tram line", "swimming hall", "wheat harvest", "river path")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SENTENCES = (8, 30)  # of a document: a short notice to a full report


@dataclass(frozen=True)
class Measured:
    """What one run took."""

    workers: int
    seconds: float
    processor: float
    peak: int
    checksum: str


def main() -> None:
    """Write the shards, run, and print a table; fail where outputs differ or memory passes its bound."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--documents", type=int, default=20_000)
    ask.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    ask.add_argument("--form", choices=["parquet", "jsonl"], default="parquet", help="of the shards")
    ask.add_argument("--shards", type=int, default=16)
    ask.add_argument("--kill", type=int, default=0, help="times that a further run is killed")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--all", action="store_true", help="without the relevance gate")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        size = write_shards(folder / "in", options)
        print(f"{options.documents} documents in {options.shards} {options.form} shards, {size / 1e6:.0f} MB")
        more = ["--all"] if options.all else []
        runs = [measure(folder, workers, more) for workers in options.workers]
        show(runs, options.documents)
        checksums = {one.checksum for one in runs}
        if options.kill:
            checksums.add(run_and_kill(folder, options.workers[-1], options.kill, more))
    peak = max(one.peak for one in runs)
    if len(checksums) > 1 or peak > BOUND:
        sys.exit("outputs differ" if len(checksums) > 1 else f"{peak >> 20} MiB is above the bound")


def show(runs: list[Measured], documents: int) -> None:
    """Print a line a run."""
    first = runs[0]
    print("workers  documents/s  seconds  processor s  peak MiB  speed-up  checksum")
    for one in runs:
        print(
            f"{one.workers:7}  {documents / one.seconds:11.1f}  {one.seconds:7.1f}  {one.processor:11.1f}"
            f"  {one.peak >> 20:8}  {first.seconds / one.seconds:8.2f}  {one.checksum[:16]}"
        )


def write_shards(folder: Path, options: argparse.Namespace) -> int:
    """Write the documents; return how many bytes."""
    folder.mkdir()
    drawn = random.Random(options.seed)  # noqa: S311 (no secret)
    each = -(-options.documents // options.shards)
    for shard, first in enumerate(range(0, options.documents, each)):
        numbers = range(first, min(first + each, options.documents))
        write_shard(folder / f"news-{shard:04}", options.form, (make_document(n, drawn) for n in numbers))
    return sum(file.stat().st_size for file in folder.iterdir())


def write_shard(path: Path, form: str, rows: Iterator[dict[str, str]]) -> None:
    """Write one shard, a thousand documents at a time."""
    if form == "jsonl":
        with path.with_suffix(".jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
        return
    schema = pa.schema([(name, pa.string()) for name in ("id", "outlet", "published", "title", "text")])
    with parquet.ParquetWriter(path.with_suffix(".parquet"), schema, compression="zstd") as writer:
        some: list[dict[str, str]] = []
        for row in rows:
            some.append(row)
            if len(some) == 1000:  # noqa: PLR2004
                writer.write_table(pa.Table.from_pylist(some, schema))
                some = []
        writer.write_table(pa.Table.from_pylist(some, schema))


def make_document(number: int, drawn: random.Random) -> dict[str, str]:
    """Return one document, of which every twentieth tells of a transfer in one of its sentences."""
    sentences = [_sentence(_PLAIN, drawn) for _ in range(drawn.randint(*_SENTENCES))]
    if number % RELEVANT == 0:
        sentences.insert(drawn.randrange(3), _sentence(_TOLD, drawn))
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    return {
        "id": f"d{number:08}",
        "outlet": f"The {drawn.choice(_PLACES)} Courier",
        "published": f"2024-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}",
        "title": sentences[0].partition(",")[0],
        "text": "\n\n".join(paragraphs),
    }


def _sentence(forms: tuple[str, ...], drawn: random.Random) -> str:
    supplier, recipient = drawn.sample(_COUNTRIES, 2)
    return drawn.choice(forms).format(
        supplier=supplier,
        recipient=recipient,
        number=drawn.randint(2, 90),
        arms=drawn.choice(_ARMS),
        day=drawn.choice(_DAYS),
        place=drawn.choice(_PLACES),
        thing=drawn.choice(_THINGS),
    )


def start(folder: Path, out: str, workers: int, more: list[str]) -> subprocess.Popen[bytes]:
    """Start a run."""
    command = [sys.executable, "-m", "armstrace", "batch", "in", out, "--workers", str(workers), *more]
    return subprocess.Popen(command, cwd=folder, env=os.environ | package_path(), stdout=subprocess.DEVNULL)  # noqa: S603


def package_path() -> dict[str, str]:
    """Return where the package is, absolute: runs have a folder of their own."""
    return {"PYTHONPATH": str(Path(armstrace.__file__).parents[1])}


def measure(folder: Path, workers: int, more: list[str]) -> Measured:
    """Run once to the end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, peak = time.monotonic(), 0
    with start(folder, f"out{workers}", workers, more) as process:
        processor = 0.0
        while process.poll() is None:
            memory, took = family_use(process.pid)
            peak, processor = max(peak, memory), max(processor, took)
            time.sleep(0.5)
    if process.returncode:
        sys.exit(f"the run with {workers} workers ended with {process.returncode}")
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(workers, seconds, max(processor, own), peak, checksum(folder / f"out{workers}"))


def family_use(pid: int) -> tuple[int, float]:
    """Return the memory in bytes of a process and all below it, each shared page once, and their processor seconds."""
    tick = os.sysconf("SC_CLK_TCK")
    found: dict[int, tuple[int, float]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(place.parent.name)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / tick)
    family = {pid}
    while more := {child for child, (parent, _) in found.items() if parent in family} - family:
        family |= more
    return sum(map(_memory, family)), sum(found[one][1] for one in family if one in found)


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def run_and_kill(folder: Path, workers: int, kills: int, more: list[str]) -> str:
    """Run, be killed so many times, run to the end; return the checksum."""
    whole = len(list((folder / f"out{workers}" / "parts").iterdir()))
    for kill in range(1, kills + 1):
        with start(folder, "killed", workers, more) as process:
            wanted = whole * kill // (kills + 1)
            while process.poll() is None and count_parts(folder / "killed") < wanted:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT if kill == kills else signal.SIGKILL)
        print(f"killed at {count_parts(folder / 'killed')} of {whole} parts (code {process.returncode})")
    with start(folder, "killed", workers, more) as process:
        process.wait()
    found = checksum(folder / "killed")
    print(f"run to the end (code {process.returncode}), checksum {found[:16]}")
    return found


def count_parts(out: Path) -> int:
    """Return how many parts are finished."""
    return len([file for file in (out / "parts").glob("*.json") if not file.name.startswith(".")])


def checksum(out: Path) -> str:
    """Return the hash of all of an output that must be the same in every run."""
    digest = hashlib.sha256()
    for file in sorted(out.rglob("*")):
        if file.is_file() and file.name not in {"run.log", ".lock"}:
            data = file.read_bytes()
            digest.update(f"{file.relative_to(out)}:{len(data)}:".encode() + data)
    return digest.hexdigest()


if __name__ == "__main__":
    main()
