"""What every benchmark needs: the machine described, time and memory taken, ratios with their spread, tables told.

Time is the processor's unless a column says otherwise. Peers take turns piece by piece, and the order turns from piece
to piece, so that a busy machine slows all alike; ratios are taken round by round and told as median and spread.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple, TypeVar

T = TypeVar("T")
Value = str | int | float | None
MIB: Final = 1 << 20
_RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1 << 10  # bytes, of ru_maxrss
# Starts a command, waits for its end, and writes what it took to a pipe; its own memory is a few MiB.
_STARTER: Final = """
import os, sys, time
begun = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
took = time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status)
os.write(int(sys.argv[1]), " ".join(map(str, took)).encode())
"""
_VERSIONS: Final = ("armstrace", "numpy", "onnxruntime", "lxml", "trafilatura", "SQLAlchemy")


def parser_of(told: str | None) -> argparse.ArgumentParser:
    """Return a parser of arguments whose help is a benchmark's own docstring; it knows ``--json``."""
    ask = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--json", action="store_true", help="one JSON object instead of tables in Markdown")
    return ask


def describe_machine(*more: str) -> Mapping[str, Value]:
    """Return what figures depend on: processor, cores, memory, system, versions; no names and no paths.

    ``more`` are distributions whose versions matter beside the usual; those not installed are left out.
    """
    told: dict[str, Value] = {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory GiB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "load at the start": round(os.getloadavg()[0], 1),
    }
    for name in (*_VERSIONS, *more):
        try:
            told[name] = version(name)
        except PackageNotFoundError:
            continue
    return told


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def peak_mebibytes() -> float:
    """Return the most memory that this process has held, in MiB.

    Linux counts in ``ru_maxrss`` what the process was forked from; what it held itself stands in ``/proc``.
    """
    told = Path("/proc/self/status")
    lines = told.read_text().splitlines() if told.is_file() else []
    kibibytes = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
    return kibibytes / 1024 if kibibytes else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / MIB


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


class Ran(NamedTuple):
    """What a process of its own took: seconds of the clock and of the processor, MiB at most; its output and code."""

    whole: float
    processor: float
    mebibytes: float
    output: str
    code: int


def run_apart(command: Sequence[str], *, both: bool = False) -> Ran:
    """Run a command to its end, its output read (``both``: with that of errors).

    What its own children took is in its seconds, and in its peak where theirs is larger. A small process starts it, for
    a process that is forked from a large one counts as large.
    """
    read, write = os.pipe()
    starter = [sys.executable, "-I", "-S", "-c", _STARTER, str(write), *command]
    errors = subprocess.STDOUT if both else None
    try:
        ran = subprocess.run(  # noqa: S603 - commands of benchmarks
            starter, stdout=subprocess.PIPE, stderr=errors, text=True, check=True, pass_fds=[write]
        )
    finally:
        os.close(write)
        with os.fdopen(read, encoding="ascii") as told:
            figures = told.read().split()
    whole, processor, peak = map(float, figures[:3])
    return Ran(whole, processor, peak * _RSS_UNIT / MIB, ran.stdout, int(figures[3]))


def run_again(script: str, *arguments: str) -> Any:  # noqa: ANN401 - whatever the script prints as JSON
    """Return what a benchmark prints as JSON that is run in a process of its own, for its memory.

    Raises:
        RuntimeError: it ended with an error.
    """
    ran = run_apart([sys.executable, script, *arguments])
    if ran.code:
        raise RuntimeError(f"{Path(script).name} {' '.join(arguments)}: ended with {ran.code}")
    return json.loads(ran.output)


def take_turns(
    ways: Mapping[str, Callable[[T], object]],
    pieces: Sequence[T],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, list[float]]:
    """Return for each way the seconds of each round over all pieces, the ways taking turns piece by piece."""
    names = list(ways)
    spent = {name: [0.0] * rounds for name in names}
    for turn in range(rounds):
        for number, piece in enumerate(pieces):
            first = (number + turn) % len(names)
            for name in names[first:] + names[:first]:
                begun = clock()
                ways[name](piece)
                spent[name][turn] += clock() - begun
    return spent


class Spread(NamedTuple):
    """A figure over the rounds: its median, the least and the most."""

    median: float
    least: float
    most: float

    @property
    def told(self) -> str:
        """The three as text, to three figures: 1.42 (1.38-1.47)."""
        return f"{self.median:.3g} ({self.least:.3g}-{self.most:.3g})"


def spread_of(values: Sequence[float]) -> Spread:
    """Return median, least and most of a figure over the rounds."""
    return Spread(median(values), min(values), max(values))


def ratio_of(seconds: Sequence[float], peer: Sequence[float]) -> Spread:
    """Return how many times as fast as a peer something is, round by round."""
    return spread_of([theirs / ours if ours else float("nan") for ours, theirs in zip(seconds, peer, strict=True)])


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name with the unit, and how numbers in it are written."""

    name: str
    form: str = ""

    def written(self, value: Value) -> str:
        """Return a value as text, a bar in it escaped; nothing for None."""
        told = "" if value is None else value if isinstance(value, str) else format(value, self.form)
        return told.replace("|", "\\|")


class Table:
    """A table whose rows are told as they come."""

    def __init__(self, title: str, columns: Sequence[Column], *, silent: bool) -> None:
        self.title = title
        self.columns = columns
        self.rows: list[tuple[Value, ...]] = []
        self._silent = silent
        self._widths = [max(len(column.name), 9 if at else 28) for at, column in enumerate(columns)]
        if not silent:
            ruled = ["-" * width if not at else "-" * (width - 1) + ":" for at, width in enumerate(self._widths)]
            names = [column.name for column in columns]
            print(f"\n**{title}**\n", self._line(names), self._line(ruled), sep="\n", flush=True)

    def add(self, *values: Value) -> None:
        """Add a row, and tell it at once."""
        if len(values) != len(self.columns):
            raise ValueError(f"{self.title}: {len(values)} values for {len(self.columns)} columns")
        self.rows.append(values)
        if not self._silent:
            written = [column.written(value) for column, value in zip(self.columns, values, strict=True)]
            print(self._line(written), flush=True)

    def _line(self, cells: Sequence[str]) -> str:
        """Return a line; the first column is words, the others are figures."""
        placed = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, self._widths, strict=True))
        )
        return f"| {' | '.join(placed)} |"

    def told(self) -> dict[str, Any]:
        """Return the table as JSON takes it."""
        names = [column.name for column in self.columns]
        return {"title": self.title, "rows": [dict(zip(names, row, strict=True)) for row in self.rows]}


class Report:
    """All that a benchmark tells: the machine, tables, notes."""

    def __init__(self, name: str, machine: Mapping[str, Value], *, as_json: bool) -> None:
        self._name = name
        self._machine = machine
        self._as_json = as_json
        self._tables: list[Table] = []
        self._notes: list[str] = []
        if not as_json:
            print(f"{name}: {', '.join(f'{key} {value}' for key, value in machine.items())}")

    def table(self, title: str, *columns: Column) -> Table:
        """Return a new table."""
        self._tables.append(Table(title, columns, silent=self._as_json))
        return self._tables[-1]

    def note(self, words: str) -> None:
        """Tell something in words."""
        self._notes.append(words)
        if not self._as_json:
            print(f"\n{words}", flush=True)

    def progress(self, words: str) -> None:
        """Say what is going on, on standard error."""
        print(words, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Print the JSON object, where one is asked for."""
        if self._as_json:
            tables = [table.told() for table in self._tables]
            told = {"benchmark": self._name, "machine": self._machine, "tables": tables, "notes": self._notes}
            print(json.dumps(told, ensure_ascii=False, indent=1))


@contextmanager
def reporting(name: str, options: argparse.Namespace, *more: str) -> Iterator[Report]:
    """Yield what tables are told by, the machine first; ``more`` as in ``describe_machine``."""
    report = Report(name, describe_machine(*more), as_json=options.json)
    yield report
    report.close()
