"""How long the command line takes to start, what it imports for that, and how much memory it holds.

    python benchmarks/start_up.py [--rounds 5] [--cold] [--spacy FOLDER] [--names 10]

Every command runs in a process of its own, all in turn, from its start to its end; "clock" is what a user waits for.
Bytecode is there from the first run, which is not counted. Files lie in the system's cache, unless ``--cold``: then the
pages of the program's and of Python's files are given back to the system before each command, as far as nobody else
has them open (what a first start after switching on takes, but for the disk's own cache). Imports are those of ``-X
importtime``, which slows them, so shares count more than seconds. ``spacy`` and ``trafilatura`` are peers: what a
user of these waits for. Exit code 1 where ``--help`` takes more than 0.3 s of the clock, or ``read`` of one article
more than 2 s, by the median of the rounds.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from armstrace.ingest.demo import read_demo
from measured import Column, Ran, Report, parser_of, reporting, run_apart, spread_of

AIMS: Final[Mapping[str, float]] = {"armstrace --help": 0.3, "armstrace read ARTICLE": 2.0}  # seconds of the clock
BARE: Final = "python -c pass"
_IMPORT: Final = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \| *(\S+)")
_OF_OURS: Final = ("armstrace --help", "armstrace read ARTICLE")
_LOADED: Final = "reader loaded"
_LOAD: Final = "from armstrace.pipeline import load_reader; load_reader()"


class Imported(NamedTuple):
    """A module imported: milliseconds of its own, and with what it imports."""

    name: str
    own: float
    whole: float


def commands_of(article: Path, pipeline: str | None) -> dict[str, list[str]]:
    """Return the commands to be measured, by what they are called."""
    ours, bare = [sys.executable, "-m", "armstrace"], [sys.executable, "-c"]
    found = {
        BARE: [*bare, "pass"],
        "armstrace --version": [*ours, "--version"],
        "armstrace --help": [*ours, "--help"],
        "armstrace read ARTICLE": [*ours, "read", str(article)],
        _LOADED: [*bare, _LOAD],
        "trafilatura, imported": [*bare, "import trafilatura"],
        "trafilatura --help": [*bare, "from trafilatura.cli import main; main()", "--help"],
    }
    if pipeline:
        found["spaCy, imported"] = [*bare, "import spacy"]
        found["spaCy, pipeline loaded"] = [*bare, f"import spacy; spacy.load({pipeline!r})"]
        found["spaCy, one article"] = [*bare, f"import spacy; spacy.load({pipeline!r})({article.read_text('utf-8')!r})"]
    return found


def run_all(commands: Mapping[str, Sequence[str]], rounds: int, *, cold: bool) -> dict[str, list[Ran]]:
    """Run the commands in turn, once uncounted.

    Raises:
        RuntimeError: one of them failed.
    """
    found: dict[str, list[Ran]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            if cold and turn:
                give_back()
            ran = run_apart(command)
            if ran.code:
                raise RuntimeError(f"{name}: ended with {ran.code}: {ran.output[-200:]}")
            if turn:
                found[name].append(ran)
    return found


def give_back() -> None:
    """Give the cached pages of the program's, Python's and its packages' files back to the system."""
    roots = {Path(place) for place in sys.path if Path(place).is_dir()} | {Path(__file__).parents[1] / "src"}
    for file in (file for root in roots for file in root.rglob("*") if file.is_file()):
        handle = os.open(file, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def imports_of(command: Sequence[str]) -> list[Imported]:
    """Return the modules that a command of Python imports, the costliest of their own first."""
    told = run_apart([command[0], "-X", "importtime", *command[1:]], both=True).output
    found = [Imported(m[3], int(m[1]) / 1000, int(m[2]) / 1000) for m in _IMPORT.finditer(told)]
    return sorted(found, key=lambda one: -one.own)


def packages_of(imported: Sequence[Imported]) -> Iterator[tuple[str, int, float]]:
    """Yield the packages that modules belong to, how many modules of each, their milliseconds; the costliest first."""
    names = {one.name.partition(".")[0] for one in imported}
    sums = {name: [one.own for one in imported if one.name.partition(".")[0] == name] for name in names}
    for name, owns in sorted(sums.items(), key=lambda item: (-sum(item[1]), item[0])):
        yield name, len(owns), sum(owns)


def tell(report: Report, found: Mapping[str, Sequence[Ran]]) -> list[str]:
    """Tell what each command took; return which aims are missed."""
    columns = (Column("clock s", ".2f"), Column("spread"), Column("CPU s", ".2f"), Column("MiB at most", ".0f"))
    table = report.table("Start-up", Column("command"), *columns, Column("aim s", ".1f"), Column(f"less {BARE}", ".2f"))
    bare = median(ran.whole for ran in found[BARE])
    missed = []
    for name, ran in found.items():
        whole, aim = spread_of([one.whole for one in ran]), AIMS.get(name)
        used, peak = median(one.processor for one in ran), max(one.mebibytes for one in ran)
        table.add(name, whole.median, f"{whole.least:.2f}-{whole.most:.2f}", used, peak, aim, whole.median - bare)
        if aim and whole.median > aim:
            missed.append(f"{name} took {whole.median:.2f} s, over {aim:.1f}")
    return missed


def tell_imports(report: Report, name: str, command: Sequence[str], most: int) -> None:
    """Tell what a command imports: the costliest packages and modules."""
    imported = imports_of(command)
    whole = sum(one.own for one in imported)
    shares = (Column("ms", ".1f"), Column("share", ".1%"))
    packages = report.table(f"{name}: packages", Column("package"), Column("modules"), *shares)
    for package, count, took in list(packages_of(imported))[:most]:
        packages.add(package, count, took, took / whole)
    packages.add("all", len(imported), whole, 1.0)
    modules = report.table(f"{name}: modules", Column("module"), *shares, Column("with what it imports", ".1f"))
    for one in imported[:most]:
        modules.add(one.name, one.own, one.own / whole, one.whole)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 where an aim is missed."""
    ask = parser_of(__doc__)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--cold", action="store_true", help="give cached files back before each command")
    ask.add_argument("--spacy", metavar="FOLDER", help="a trained spaCy pipeline")
    ask.add_argument("--names", type=int, default=10, help="how many packages and modules to name")
    ask.add_argument("--only", default="", help="commands whose names hold this")
    options = ask.parse_args(arguments)
    with TemporaryDirectory(prefix="armstrace-start-") as folder, reporting("start-up", options, "spacy") as report:
        article = Path(folder) / "article.txt"
        article.write_text(read_demo().text, encoding="utf-8")
        commands = {
            name: one
            for name, one in commands_of(article, options.spacy).items()
            if name == BARE or options.only in name
        }
        missed = tell(report, run_all(commands, options.rounds, cold=options.cold))
        for name in (one for one in _OF_OURS if one in commands):
            tell_imports(report, name, commands[name], options.names)
        report.note("Files were " + ("given back before each command." if options.cold else "in the system's cache."))
        for one in missed:
            report.note(one)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
