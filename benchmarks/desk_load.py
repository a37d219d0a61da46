"""How long the desk takes for its pages, with 100,000 documents, 50,000 claims and some 5,000 transfers.

    python benchmarks/desk_load.py FOLDER [--database ADDRESS] [--users 20] [--requests 2000] [--think 1.0]
                                   [--alone 10] [--processes 1]

A store is made in FOLDER once (``benchmarks/desk_store.py``) and used again when it is there; for PostgreSQL give the
ADDRESS of an empty database, FOLDER then holds the evidence alone. The desk is ``armstrace serve``, a process of its
own. First each kind of page (``benchmarks/desk_pages.py``) is asked for by one user alone: "first" is the first of the
kind after the start, "CPU" what the desk's process used for each (a database server's is not in it). Then all users ask
at once, each for one page after the other, with a pause like a reader's between them: ``--think`` seconds, by half more
or less; 0 for none, which measures how much the desk gives at most. Milliseconds are the server's own
(``Server-Timing``), "whole" is until the last byte is there. Clients run on the same processors as the desk. Whatever
is measured, the exit code is 0.
"""

from __future__ import annotations

import argparse
import getpass
import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryFile
from typing import Final, NamedTuple, TextIO
from urllib.parse import urlsplit

from armstrace.grouping import load_stages
from armstrace.keeping.update import update_register
from armstrace.registering import count_transfers
from armstrace.store.open import open_store
from armstrace.store.repository import Store
from desk_pages import Kind, kinds_of, know
from desk_store import fill, make_world, watch
from grouping import Dice
from measured import Column, Report, parser_of, reporting

AIM_MEDIAN: Final = 100.0  # milliseconds
AIM_LAST: Final = 400.0  # of the 99th percentile
AIM_SCRIPT: Final = 300_000  # bytes
OK: Final = 200
STARTED_WITHIN: Final = 60  # seconds
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_SCRIPT: Final = re.compile(r'<script[^>]* src="([^"]+)"')


class Answer(NamedTuple):
    """An answer: the kind of page, its status, milliseconds of the server and until the last byte, how long it is."""

    kind: str
    status: int
    server: float
    whole: float
    size: int


@dataclass(frozen=True, slots=True)
class Alone:
    """A kind of page asked for by one user: milliseconds of the first, of the median, and of the processor."""

    first: float
    median: float
    processor: float


class Desk:
    """A desk that is served: its address and its process, with those that it started."""

    def __init__(self, address: str, process: int) -> None:
        self._host = urlsplit(address).netloc
        self._process = process

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection as a browser holds one."""
        return http.client.HTTPConnection(self._host, timeout=120)

    def _processes(self) -> list[int]:
        started = Path(f"/proc/{self._process}/task/{self._process}/children").read_text().split()
        return [self._process, *map(int, started)]

    def processor_seconds(self) -> float:
        """Return what the processes have used of the processors."""
        told = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in self._processes()]
        return sum(int(one[11]) + int(one[12]) for one in told) / _TICKS

    def mebibytes(self) -> tuple[float, float]:
        """Return the memory that the processes hold, and the most that they held."""
        now = most = 0.0
        for one in self._processes():
            told = dict(line.split(":", 1) for line in Path(f"/proc/{one}/status").read_text().splitlines())
            now += int(told["VmRSS"].split()[0]) / 1024
            most += int(told["VmHWM"].split()[0]) / 1024
        return now, most


def ask(connection: http.client.HTTPConnection, kind: str, address: str) -> tuple[Answer, bytes]:
    """Ask for a page, to its last byte."""
    begun = time.perf_counter()
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    whole = 1000 * (time.perf_counter() - begun)
    server = float((response.headers["server-timing"] or "total;dur=nan").rpartition("=")[2])
    return Answer(kind, response.status, server, whole, len(body)), body


def make(store: Store, documents: int) -> None:
    """Fill a store that is empty, and tell how long each part of that takes."""
    begun, stages = time.perf_counter(), load_stages()
    watch(store, stages, getpass.getuser())

    def tell(what: str, number: int) -> None:
        print(f"  {time.perf_counter() - begun:7.0f} s  {what} {number:,}", file=sys.stderr, flush=True)

    fill(store, make_world(documents), lambda number: None if number % 20_000 else tell("documents", number))
    update_register(store, stages, tell)


@contextmanager
def serving(address: str, evidence: Path, processes: int) -> Iterator[Desk]:
    """Serve a desk meanwhile.

    Raises:
        RuntimeError: it ended, or did not tell its address for a minute.
    """
    how = ["--database", address, "--port", "0", "--processes", str(processes), "--log-format", "json"]
    command = [sys.executable, "-m", "armstrace", "serve", *how]
    surroundings = {**os.environ, "ARMSTRACE_EVIDENCE": str(evidence)}
    with (
        TemporaryFile("w+", encoding="utf-8") as told,  # a pipe that nobody reads would stop a desk that tells much
        subprocess.Popen(command, env=surroundings, stderr=told) as process,  # noqa: S603
    ):
        try:
            yield Desk(_address(process, told), process.pid)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[bytes], told: TextIO) -> str:
    """Return the address that a desk tells once it serves."""
    for _ in range(STARTED_WITHIN * 10):
        ended = process.poll() is not None
        told.seek(0)
        lines = told.read()
        started = [json.loads(line) for line in lines.splitlines() if '"desk_started"' in line and line.endswith("}")]
        if started:
            return str(started[0]["address"])
        if ended:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the desk did not start: {lines}")


def play_alone(desk: Desk, kinds: Sequence[Kind], times: int) -> dict[str, Alone]:
    """Ask for each kind of page by one user."""
    found = {}
    with closing(desk.connect()) as connection:
        for kind in kinds:
            dice = Dice(f"alone {kind.name}")
            first, body = ask(connection, kind.name, kind.address(dice))
            if first.status != OK:
                print(f"{kind.name}: answered by {first.status}: {body[-200:]!r}", file=sys.stderr)
            before = desk.processor_seconds()
            more = [ask(connection, kind.name, kind.address(dice))[0].server for _ in range(times)]
            used = 1000 * (desk.processor_seconds() - before) / times
            found[kind.name] = Alone(first.server, _at(more, 50), used)
    return found


def play_together(desk: Desk, kinds: Sequence[Kind], users: int, each: int, think: float) -> list[Answer]:
    """Let users ask at once, each for so many pages with a pause between them."""
    answers: list[Answer] = []
    bag = [kind for kind in kinds for _ in range(kind.weight)]

    def use(user: int) -> None:
        dice = Dice(f"user {user}")
        with closing(desk.connect()) as connection:
            time.sleep(think * user / users)
            for _ in range(each):
                kind = bag[dice.below(len(bag))]
                answers.append(ask(connection, kind.name, kind.address(dice))[0])
                time.sleep(think * (0.5 + dice.below(1000) / 1000))

    threads = [threading.Thread(target=use, args=(user,)) for user in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def scripts_of(desk: Desk, kinds: Sequence[Kind]) -> dict[str, int]:
    """Return the bytes of script that each kind of page loads."""
    sizes, found = dict[str, int](), {}
    with closing(desk.connect()) as connection:
        for kind in kinds:
            _, body = ask(connection, kind.name, kind.address(Dice("script")))
            wanted = set(_SCRIPT.findall(body.decode(errors="replace")))
            for one in wanted - sizes.keys():
                sizes[one] = ask(connection, one, one)[0].size
            found[kind.name] = sum(sizes[one] for one in wanted)
    return found


def _at(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def show(report: Report, kinds: Sequence[Kind], alone: dict[str, Alone], answers: Sequence[Answer]) -> None:
    """Tell a line for each kind of page, and one for all."""
    first = (Column("first ms", ".0f"), Column("alone ms", ".1f"), Column("CPU ms", ".1f"), Column("asked"))
    columns = [Column(f"{name} ms", ".1f") for name in ("median", "90 %", "99 %", "whole")]
    table = report.table("Pages", Column("kind"), *first, *columns)
    for kind in kinds:
        mine, one = [a for a in answers if a.kind == kind.name], alone[kind.name]
        figures = _figures(mine) if mine else (None,) * len(columns)
        table.add(kind.name, one.first, one.median, one.processor, len(mine), *figures)
    table.add("all", None, None, None, len(answers), *_figures(answers))


def _figures(answers: Sequence[Answer]) -> tuple[float, ...]:
    server = [one.server for one in answers]
    return (*(_at(server, percent) for percent in (50, 90, 99)), _at([one.whole for one in answers], 50))


def measure(report: Report, desk: Desk, kinds: Sequence[Kind], options: argparse.Namespace) -> None:
    """Play, and tell what was measured."""
    alone = play_alone(desk, kinds, options.alone)
    begun, used = time.perf_counter(), desk.processor_seconds()
    answers = play_together(desk, kinds, options.users, options.requests // options.users, options.think)
    seconds, used = time.perf_counter() - begun, desk.processor_seconds() - used
    show(report, kinds, alone, answers)
    failed = Counter((one.kind, one.status) for one in answers if one.status != OK)
    server, scripts = [one.server for one in answers], scripts_of(desk, kinds)
    now, most = desk.mebibytes()
    largest = max(scripts, key=lambda name: scripts[name])
    who = f"{options.processes} serve {options.users} users, {options.think:g} s between pages"
    table = report.table(who, Column("what"), Column("figure", ",.1f"), Column("aim", ",.0f"))
    table.add("pages a second", len(answers) / seconds, None)
    table.add("ms of the processor each", 1000 * used / len(answers), None)
    table.add("median ms", _at(server, 50), AIM_MEDIAN)
    table.add("99 % ms", _at(server, 99), AIM_LAST)
    table.add(f"bytes of script at most ({largest})", scripts[largest], AIM_SCRIPT)
    table.add("MiB of memory at the end", now, None)
    table.add("MiB of memory at most", most, None)
    table.add("other answers than 200", failed.total(), 0)
    for (kind, status), count in failed.items():
        report.note(f"{kind}: {count} answered by {status}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the store unless it is there, serve it, play, print."""
    ask_for = parser_of(__doc__)
    ask_for.add_argument("folder", type=Path)
    ask_for.add_argument("--database", help="of PostgreSQL; else a file in the folder")
    ask_for.add_argument("--documents", type=int, default=100_000)
    ask_for.add_argument("--users", type=int, default=20)
    ask_for.add_argument("--requests", type=int, default=2000, help="of all users together")
    ask_for.add_argument("--think", type=float, default=1.0, help="seconds between two pages of a user")
    ask_for.add_argument("--alone", type=int, default=10, help="pages of each kind that one user asks for first")
    ask_for.add_argument("--processes", type=int, default=1, help="how many serve")
    ask_for.add_argument("--only", default="", help="kinds of pages whose names hold this")
    options = ask_for.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    address, evidence = options.database or str(options.folder / "desk.db"), options.folder / "evidence"
    with open_store(address, {"ARMSTRACE_EVIDENCE": str(evidence)}) as store:
        if not store.counts()["documents"]:
            make(store, options.documents)
        kinds = [kind for kind in kinds_of(know(store)) if options.only in kind.name]
        counts, transfers = store.counts(), count_transfers(store)
        where = "SQLite" if store.database.is_sqlite else "PostgreSQL"
    with reporting("desk under load", options) as report:
        told = f"{counts['documents']:,} documents, {counts['claims']:,} claims, {transfers:,} transfers"
        report.note(f"{where}: {told}")
        with serving(address, evidence, options.processes) as desk:
            measure(report, desk, kinds, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
