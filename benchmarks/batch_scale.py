"""How fast ``armstrace batch`` is with one worker and with two, how much memory it takes, and whether it resumes.

    python benchmarks/batch_scale.py [--documents 20000] [--workers 1 2] [--form parquet] [--shards 16] [--kill 2]

Writes shards of generated news (``news_shards.py``) into a folder and reads them by ``armstrace batch`` in processes of
its own, once for each number of workers. Told are documents a second, seconds of the clock and of the processor, the
peak of the memory of all processes together (pages that they share counted once), how many times as fast as the first
run, and a checksum of the output, which must be the same each time. With ``--kill N`` a further run is killed so many
times, the last time by Ctrl-C, the others by SIGKILL, and must end with that checksum. Exit code 1 where outputs differ
or the memory passes 4 GiB. Speed is worth something on a quiet machine only.
"""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import armstrace
from measured import MIB, Column, Report, parser_of, reporting
from news_shards import Archive, write_shards

BOUND = 4 << 30  # bytes of memory in all


@dataclass(frozen=True)
class Measured:
    """What one run took: seconds, of the processor too, and bytes of memory."""

    workers: int
    seconds: float
    processor: float
    peak: int
    checksum: str


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


def run_and_kill(report: Report, folder: Path, workers: int, kills: int, more: list[str]) -> str:
    """Run, be killed so many times, run to the end; return the checksum."""
    table = report.table("A further run", Column("killed by"), Column("parts"), Column("of", "d"), Column("exit code"))
    whole = len(list((folder / f"out{workers}" / "parts").iterdir()))
    for kill in range(1, kills + 1):
        with start(folder, "killed", workers, more) as process:
            wanted = whole * kill // (kills + 1)
            while process.poll() is None and count_parts(folder / "killed") < wanted:
                time.sleep(0.05)
            sent = signal.SIGINT if kill == kills else signal.SIGKILL
            process.send_signal(sent)
        table.add(sent.name, count_parts(folder / "killed"), whole, process.returncode)
    with start(folder, "killed", workers, more) as process:
        process.wait()
    table.add("", count_parts(folder / "killed"), whole, process.returncode)
    return checksum(folder / "killed")


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


def show(report: Report, runs: Sequence[Measured], documents: int) -> None:
    """Tell what each run took."""
    figures = (
        Column("documents/s", ".1f"),
        Column("clock s", ".1f"),
        Column("CPU s", ".1f"),
        Column("MiB at most", ".0f"),
    )
    table = report.table("Runs", Column("workers"), *figures, Column("times the first", ".2f"), Column("checksum"))
    for one in runs:
        speeds = documents / one.seconds, one.seconds, one.processor, one.peak / MIB
        table.add(str(one.workers), *speeds, runs[0].seconds / one.seconds, one.checksum[:16])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the shards, run, tell; return 1 where outputs differ or memory passes its bound."""
    ask = parser_of(__doc__)
    ask.add_argument("--documents", type=int, default=20_000)
    ask.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    ask.add_argument("--form", choices=["parquet", "jsonl"], default="parquet", help="of the shards")
    ask.add_argument("--shards", type=int, default=16)
    ask.add_argument("--kill", type=int, default=0, help="times that a further run is killed")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--all", action="store_true", help="without the relevance gate")
    options = ask.parse_args(arguments)
    more = ["--all"] if options.all else []
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name, reporting("batch", options, "pyarrow") as report:
        folder = Path(name)
        size = write_shards(folder / "in", Archive(options.documents, options.shards, options.form, options.seed))
        report.note(f"{options.documents:,} documents in {options.shards} {options.form} shards, {size / 1e6:.1f} MB")
        runs = [measure(folder, workers, more) for workers in options.workers]
        show(report, runs, options.documents)
        checksums = {one.checksum for one in runs}
        if options.kill:
            checksums.add(run_and_kill(report, folder, options.workers[-1], options.kill, more))
        peak = max(one.peak for one in runs)
        wrong = ["outputs differ"] if len(checksums) > 1 else []
        wrong += [f"{peak >> 20} MiB is above the bound"] if peak > BOUND else []
        for one in wrong:
            report.note(one)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
