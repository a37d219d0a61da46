"""Measure how reading time grows with length: ``python fuzz/growth.py [NAME...]`` (see README.md).

Each target reads long runs of one sign or one phrase, alone and inside its format, at one length and ten times that.
Ten times the length may take ten times as long; what takes far more is a failure, and the slowest of each is printed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from typing import Final, NamedTuple

from target import Target, hold
from targets import TARGETS

SHORT: Final = 3_000  # bytes; ten times that shows a square
TIMES: Final = 10
MOST_RATIO: Final = 25  # of a growth that is still taken for near linear: n log n, and a busy machine
LEAST_SECONDS: Final = 0.08  # below it the clock decides
RUNS: Final = (
    "a", "A", "0", " ", "\n", "\t", "\r\n", ".", ",", ";", ":", "-", "'", '"', "(", ")", "[", "]", "{", "<", ">", "&",
    "/", "\\",
    "$", "%", "=", "?", "*", "|", "#", "@", "_", "`", "é", "\u0301", "\u200b", "\u00a0", "\x00", "“", "”", "’", "—",
    "…", "中", "ا",
    "🚀", "a ", "A ", "A. ", "a.\n", "A b\n", "12 ", "1,", "1.", "1-", "1/", "$1 ", "$1-", "1 million ", "and ", "two ",
    "hundred ",
    "in May ", "of the ", "to 5 ", "“a", "”a ", "a@b ", "http://a ", "www.", "A, B and ", "(A) ", "[1]", "<a", "<p>",
    "</p>", "<!--",
    "<a b=", "&#", "&amp;", "&a;", "=?a?b?", "\n\n", "> ", "a: b\n", "- a\n", '""', '",', '\\"', "{}", '{"a":', "[[",
    "null,", "%41",
)  # fmt: skip


class Grown(NamedTuple):
    """How a target's time grew with one run."""

    target: str
    run: str
    short: float
    long: float

    @property
    def ratio(self) -> float:
        """How many times as long ten times as much took."""
        return self.long / max(self.short, 1e-4)

    @property
    def is_square(self) -> bool:
        """Tell whether it grew far more than the length did."""
        return self.long > LEAST_SECONDS and self.ratio > MOST_RATIO


def measure(target: Target, run: str, around: tuple[bytes, bytes], short: int = SHORT) -> Grown:
    """Return how the time of a target grows with a run inside what stands around it."""
    unit = run.encode("utf-8", "surrogatepass")
    one, other = (around[0] + unit * (size // len(unit)) + around[1] for size in (short, short * TIMES))
    first = min(_seconds(target, one), _seconds(target, one))
    long = _seconds(target, other)
    grown = Grown(target.name, run, first, long)
    return grown._replace(long=min(long, _seconds(target, other))) if grown.is_square else grown


def measure_all(target: Target) -> Iterator[Grown]:
    """Yield the growth of a target with every run, and with those of its own format."""
    for around in target.around:
        for run in dict.fromkeys((*RUNS, *target.words)):
            yield measure(target, run, around)


def _seconds(target: Target, data: bytes) -> float:
    begun = time.process_time()
    hold(target, data)
    return time.process_time() - begun


def main() -> int:
    """Print the table; return 1 where something grows far more than its length."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="targets; else all")
    squares = 0
    for name in parser.parse_args().names or TARGETS:
        target = TARGETS[name]
        for seed in target.seeds()[:1]:
            hold(target, seed)  # what is loaded once is loaded
        found = list(measure_all(target))
        worst = max(found, key=lambda one: one.long)
        print(
            f"{name:15} slowest {worst.run!r:14} {worst.short:8.4f} s -> {worst.long:7.3f} s (x {worst.ratio:.0f})",
            flush=True,
        )
        for one in (one for one in found if one.is_square):
            squares += 1
            print(f"    GROWS {one.run!r} {one.short:.4f} s -> {one.long:.3f} s (x {one.ratio:.0f})", flush=True)
    return int(squares > 0)


if __name__ == "__main__":
    sys.exit(main())
