"""How long it takes to find the copies among more documents than one memory should hold, and how much memory.

    python benchmarks/grouping_at_scale.py [--sizes 10000 100000] [--workers 0] [--check 10000] [--folder DIR]

The documents are those of ``benchmarks/grouping.py``, laid out as ``armstrace batch --keep-texts`` leaves them, before
the clock runs. Each size is grouped in a process of its own; with workers the memory is that of the process with the
most. Up to ``--check`` documents the families and pairs are laid beside those that ``find_copies`` finds in one memory.
Exit code 1 where these differ, where copies are lost, or over 4 GiB a process. 1,000,000 documents take some 10 GiB of
disk.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from armstrace.batch.engines import LOCAL, open_engine, run_on
from armstrace.batch.joins.families import Grouping, group_documents
from armstrace.batch.joins.kept import parts_of_run
from armstrace.batch.joins.work_folder import Folder
from armstrace.group.copies import find_copies
from grouping import FOUND, make_document, source_of
from measured import Column, Table, parser_of, reporting, run_again

PART = 2_000  # documents
MOST_MEBIBYTES = 4096.0
_COLUMNS = (
    Column("clock s", ".1f"),
    Column("CPU s", ".1f"),
    Column("CPU ms each", ".3f"),
    Column("MiB a process", ".0f"),
    Column("candidates", ",d"),
    Column("compared", ",d"),
    Column("found", ".4f"),
    Column("joined wrongly", "d"),
)


def lay_out(folder: Path, size: int) -> None:
    """Write documents as ``armstrace batch`` leaves them."""
    for below in ("parts", "documents"):
        (folder / below).mkdir(parents=True)
    for at, first in enumerate(range(0, size, PART)):
        name = f"generated-00000000.{at:06}"
        with (folder / "documents" / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(first, min(size, first + PART)):
                made = make_document(number)
                row = {"id": made.id, "outlet": made.metadata.outlet, "published": made.metadata.published}
                file.write(json.dumps({**row, "title": None, "credited": [], "text": made.text}) + "\n")
        (folder / "parts" / f"{name}.json").write_text("{}\n", encoding="utf-8")
    run = {"layout": 1, "options": {"format": "jsonl", "keep_texts": True}, "shards": {}}
    (folder / "batch.json").write_text(json.dumps(run), encoding="utf-8")
    (folder / "report.json").write_text("{}\n", encoding="utf-8")


def group(folder: Path, workers: int) -> None:
    """Group the documents of a folder, and print what it took as JSON: this is the process that is measured."""
    steps: list[tuple[str, float]] = []

    def tell(step: str, pieces: int | None) -> None:
        if pieces is not None:
            steps.append((step, time.perf_counter()))

    begun = time.perf_counter()
    out = Folder(str(folder))
    with open_engine(LOCAL, workers) as engine:
        found = group_documents(Grouping(out.sub("groups"), run_on(engine), tell), parts_of_run(out))
    wall = time.perf_counter() - begun
    ends = [*(at for _, at in steps[1:]), begun + wall]
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    took = {
        "wall": wall,
        "processor": sum(one.ru_utime + one.ru_stime for one in used),
        "mebibytes": max(one.ru_maxrss for one in used) / (2**20 if sys.platform == "darwin" else 2**10),
        "steps": {step: round(end - at, 1) for (step, at), end in zip(steps, ends, strict=True)},
    }
    print(json.dumps({**found._asdict(), **took}))


def rows_of(file: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a file of JSON Lines."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def quality(folder: Path, size: int) -> tuple[float, int]:
    """Return the share of the copies that stand in the family of their source, and how many families join strangers."""
    families = {row["document"]: row["family"] for row in rows_of(folder / "groups" / "families.jsonl")}
    true = {f"{n:07}": f"{of:07}" for n in range(size) if (of := source_of(n)) is not None}
    found = sum(families.get(one, one) == families.get(of, of) for one, of in true.items())
    stories: dict[str, set[str]] = {}
    for one, family in families.items():
        stories.setdefault(family, set()).add(true.get(one, one))
    return found / len(true), sum(len(origins) > 1 for origins in stories.values())


def differences(folder: Path, size: int) -> Iterator[str]:
    """Yield what differs from what is found in one memory."""
    copies = find_copies(make_document(number) for number in range(size))
    families = [(one, family[0]) for family in copies.families if len(family) > 1 for one in family]
    if families != [(row["document"], row["family"]) for row in rows_of(folder / "groups" / "families.jsonl")]:
        yield f"{size:,} documents: the families are not those of one memory"
    pairs = [(one.left, one.right, one.likelihood, list(one.reasons)) for one in copies.pairs]
    told = [(r["left"], r["right"], r["likelihood"], r["why"]) for r in rows_of(folder / "groups" / "copies.jsonl")]
    if pairs != told:
        yield f"{size:,} documents: the likely copies are not those of one memory"


def measure(table: Table, folder: Path, size: int, options: argparse.Namespace) -> tuple[list[str], str]:
    """Add a row to the table; return what is wrong, and how long each step took."""
    lay_out(folder, size)
    took = run_again(__file__, "--group", str(folder), "--workers", str(options.workers))
    share, wrong = quality(folder, size)
    each = 1000 * took["processor"] / size
    counts = took["candidates"], took["compared"]
    table.add(f"{size:,}", took["wall"], took["processor"], each, took["mebibytes"], *counts, share, wrong)
    failures = [f"{size:,} documents: {share:.2%} of the copies were found, under {FOUND:.0%}"] if share < FOUND else []
    if took["mebibytes"] > MOST_MEBIBYTES:
        failures.append(f"{size:,} documents took {took['mebibytes']:.0f} MiB in one process")
    slowest = ", ".join(f"{step} {seconds:g}" for step, seconds in took["steps"].items())
    return [*failures, *(differences(folder, size) if size <= options.check else ())], slowest


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where something is wrong."""
    ask = parser_of(__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    ask.add_argument("--workers", type=int, default=0, help="processes; 0: this one alone")
    ask.add_argument("--check", type=int, default=10_000, help="up to so many documents compared with one memory")
    ask.add_argument("--folder", type=Path, help="where the files lie while it runs; else a temporary folder")
    ask.add_argument("--group", type=Path, help=argparse.SUPPRESS)
    options = ask.parse_args(arguments)
    if options.group:
        group(options.group, options.workers)
        return 0
    failures: list[str] = []
    with reporting("grouping at scale", options) as report:
        table = report.table(f"Copies over files, {options.workers or 'no'} workers", Column("documents"), *_COLUMNS)
        for size in options.sizes:
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                wrong, steps = measure(table, Path(folder) / "out", size, options)
            failures += wrong
            report.progress(f"{size:,}, seconds of the clock by step: {steps}")
        for one in failures:
            report.note(one)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
