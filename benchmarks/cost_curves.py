"""How time, memory and disk grow with the number of documents: 1,000, 10,000, 100,000, 1,000,000.

    python benchmarks/cost_curves.py [--most 10000] [--least 1000] [--add 20] [--pages 20] [--folder FOLDER]

Documents are made by rule (``benchmarks/desk_store.py``: one in four tells two claims, one in twenty begins a deal, so
that transfers and their claims grow with the documents). Each step has a new store and a process of its own; grouping
another one (``benchmarks/grouping.py``). "add" writes documents with their claims, a thousand in one transaction;
"register" compares, groups, merges and checks all of them anew; "one more" is the mean over ``--add`` documents that
come one by one. Queries and pages are asked of ``armstrace serve`` by one user, the mean of ``--pages``. Seconds are
the processor's; the making of the documents is not in them.

"exponent" is the slope of a line through the logarithms, by least squares over all steps: 1 where the cost grows with
the number of documents, 0 where it does not grow. Behind the table the curve: a bar for what one document, or one
question, costs at each step, the longest for the most. How long the next step would take at least is told at the end.
Leave the program's files alone meanwhile: a desk of another version makes the register anew, within the pages' time.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Final

import grouping
from armstrace.grouping import load_stages
from armstrace.keeping.stages import Stages
from armstrace.keeping.update import update_register
from armstrace.registering import count_transfers
from armstrace.store.open import open_store
from armstrace.store.repository import Store
from desk_load import play_alone, serving
from desk_pages import kinds_of, know
from desk_store import World, batches, make_document, make_world, write
from measured import Column, Report, parser_of, peak_mebibytes, processor_seconds, reporting, run_again

TIMES: Final = 10  # from step to step
BAR: Final = 40  # characters
PAGES: Final = (
    "search, a rare name",
    "search, a common word",
    "search, word and party",
    "register, whole",
    "transfer",
    "document with claims",
)
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: its name with its unit, how it is written, and whether it is of all documents together."""

    name: str
    form: str = ",.1f"
    of_all: bool = False


MEASURES: Final = (
    Measure("transfers", ",.0f", of_all=True),
    Measure("add, s", of_all=True),
    Measure("add, MiB of memory", ",.0f"),
    Measure("store, bytes a document", ",.0f"),
    Measure("register anew, s", of_all=True),
    Measure("register anew, MiB of memory", ",.0f"),
    Measure("register, one more, ms"),
    Measure("with register, bytes a document", ",.0f"),
    Measure("grouping, s", of_all=True),
    Measure("grouping, MiB of memory", ",.0f"),
    Measure("grouping, one more, ms"),
    *(Measure(f"{page}, ms") for page in PAGES),
    Measure("desk, MiB of memory", ",.0f"),
    Measure("whole step, s of the clock", ",.0f", of_all=True),
)


def measure_store(size: int, folder: Path, more: int, pages: int) -> Figures:
    """Return what a store of so many documents takes, made in a folder."""
    stages, world, address = load_stages(), make_world(size), str(folder / "a.db")
    found: Figures = {}
    with open_store(address, {"ARMSTRACE_EVIDENCE": str(folder / "evidence")}) as store:
        found["add, s"] = sum(processor_seconds(lambda made=made: write(store, made)) for made in batches(world))  # type: ignore[misc]
        found["add, MiB of memory"] = peak_mebibytes()
    found["store, bytes a document"] = bytes_in(folder) / size
    with open_store(address, {"ARMSTRACE_EVIDENCE": str(folder / "evidence")}) as store:
        found["register anew, s"] = processor_seconds(lambda: update_register(store, stages))
        found["register anew, MiB of memory"] = peak_mebibytes()
        found["register, one more, ms"] = 1000 * fmean(_each_more(store, stages, world, more))
        kinds = [kind for kind in kinds_of(know(store)) if kind.name in PAGES]
        found["transfers"] = count_transfers(store)
    found["with register, bytes a document"] = bytes_in(folder) / (size + more)
    with serving(address, folder / "evidence", 1) as desk:
        for name, alone in play_alone(desk, kinds, pages).items():
            found[f"{name}, ms"] = alone.processor
        found["desk, MiB of memory"] = desk.mebibytes()[1]
    return found


def _each_more(store: Store, stages: Stages, world: World, more: int) -> Iterator[float]:
    """Yield what working in one more document takes, for so many that come one by one."""
    for number in range(world.size, world.size + more):
        write(store, [make_document(world, number)])
        yield processor_seconds(lambda: update_register(store, stages))


def bytes_in(folder: Path) -> int:
    """Return the size of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measure_grouping(size: int, more: int) -> Figures:
    """Return what grouping so many documents takes."""
    found = grouping.measure(size, more)
    return {
        "grouping, s": found.seconds,
        "grouping, MiB of memory": found.mebibytes,
        "grouping, one more, ms": 1000 * found.added,
    }


def exponent_of(sizes: Sequence[int], values: Sequence[float]) -> float | None:
    """Return the slope of the line through the logarithms; None of one step, or of a figure that is 0."""
    if len(sizes) < 2 or min(values) <= 0:  # noqa: PLR2004 - a line needs two points
        return None
    across, up = [log(size) for size in sizes], [log(value) for value in values]
    middle, height = fmean(across), fmean(up)
    slope = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
    return slope / sum((x - middle) ** 2 for x in across)


def curve_of(measure: Measure, sizes: Sequence[int], values: Sequence[float]) -> Iterator[str]:
    """Yield the lines of a curve: what one document costs by step, or one question."""
    costs = [value / size if measure.of_all else value for size, value in zip(sizes, values, strict=True)]
    most = max(costs) or 1.0
    yield f"{measure.name}{', a document' if measure.of_all else ''}"
    for size, cost in zip(sizes, costs, strict=True):
        yield f"{size:>11,} {'#' * round(BAR * cost / most):{BAR}} {cost:.3g}"


def tell(report: Report, sizes: Sequence[int], steps: Sequence[Figures]) -> None:
    """Tell figures by step, how they grow, and the curve."""
    columns = [Column(f"{size:,}") for size in sizes]
    table = report.table(
        "Cost by number of documents",
        Column("what"),
        *columns,
        Column("exponent", ".2f"),
        Column("last step, times", ".1f"),
    )
    for measure in MEASURES:
        values = [step[measure.name] for step in steps]
        last = values[-1] / values[-2] if len(values) > 1 and values[-2] else None
        written = [format(value, measure.form) for value in values]
        table.add(measure.name, *written, exponent_of(sizes, values), last)
    lines = [line for m in MEASURES for line in curve_of(m, sizes, [step[m.name] for step in steps])]
    report.note("\n".join(["```", *lines, "```"]))
    whole = [step[MEASURES[-1].name] for step in steps]
    growth = max(float(TIMES), whole[-1] / whole[-2] if len(whole) > 1 else 0.0)  # of short steps most is starting
    report.note(f"A step of {sizes[-1] * TIMES:,} documents would take {growth * whole[-1] / 3600:.1f} hours or more.")


def step_of(size: int, options: argparse.Namespace) -> Figures:
    """Return the figures of one step, whose parts run in processes of their own."""
    begun, more = time.perf_counter(), ["--add", str(options.add), "--pages", str(options.pages)]
    with TemporaryDirectory(prefix="armstrace-curve-", dir=options.folder) as folder:
        of_store = run_again(__file__, "--part", "store", "--most", str(size), "--folder", folder, *more)
    of_grouping = run_again(__file__, "--part", "grouping", "--most", str(size), *more)
    return {**of_store, **of_grouping, MEASURES[-1].name: time.perf_counter() - begun}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the curve."""
    ask = parser_of(__doc__)
    ask.add_argument("--most", type=int, default=10_000, help="documents of the last step")
    ask.add_argument("--least", type=int, default=1000, help="documents of the first step")
    ask.add_argument("--add", type=int, default=20, help="documents that come one by one at the end")
    ask.add_argument("--pages", type=int, default=20, help="how often each kind of page is asked for")
    ask.add_argument("--folder", type=Path, help="where stores are made for a time; else where the system likes")
    ask.add_argument("--part", choices=["store", "grouping"], help=argparse.SUPPRESS)
    options = ask.parse_args(arguments)
    parts: dict[str, Callable[[], Figures]] = {
        "store": lambda: measure_store(options.most, options.folder, options.add, options.pages),
        "grouping": lambda: measure_grouping(options.most, options.add),
    }
    if options.part:
        print(json.dumps(parts[options.part]()))
        return 0
    with reporting("cost curves", options) as report:
        sizes, steps = list[int](), list[Figures]()
        size = options.least
        while size <= options.most:
            steps.append(step_of(size, options))
            sizes.append(size)
            report.progress(f"{size:,} documents: {steps[-1][MEASURES[-1].name]:.0f} s")
            size *= TIMES
        tell(report, sizes, steps)
    return 0


if __name__ == "__main__":
    sys.exit(main())
