"""How well and how fast names are screened.

``python evaluation/screening.py CASES`` reads judged pairs of names (CSV: ``schema``, ``name1``, ``name2``,
``is_match``, as nomenklatura's benchmark has them) and prints precision, recall and F1 at the standard threshold, over
five folds with the threshold set on the other four, and on the third of the pairs (by hash) that were held out while
rules were written; the same for nomenklatura's logic-v2 where that is installed. With ``--lists FILE...`` it screens
1,000 names against those lists and prints the time. No row is in this repository, and nothing is fitted to them but
the threshold.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeVar

from armstrace.screen.countries import load_country_codes
from armstrace.screen.entries import ListedKind
from armstrace.screen.index import ListIndex
from armstrace.screen.load import ListFile, SanctionsList, read_lists
from armstrace.screen.match import MATCHER, THRESHOLD, Asked, screen_name
from armstrace.screen.name_words import load_name_words
from armstrace.screen.names import parse_name
from armstrace.screen.score import score_names

Made = TypeVar("Made")
FOLDS = 5
HELD_OUT = 3  # every third pair by hash
SCREENED = 1_000
LOGIC_V2_THRESHOLD = 0.7  # as its makers set it
_GRID = [n / 100 for n in range(50, 91)]
_KINDS = {"Person": ListedKind.PERSON, "Vessel": ListedKind.VESSEL}


class Pair(NamedTuple):
    """Two names and whether they are judged to be of one."""

    schema: str
    asked: str
    listed: str
    alike: bool

    @property
    def number(self) -> int:
        """A number that the names alone decide."""
        return int(hashlib.sha256(f"{self.asked}|{self.listed}".encode()).hexdigest(), 16)


class Figures(NamedTuple):
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def main(arguments: list[str] | None = None) -> int:
    """Print the figures and return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, metavar="CASES")
    parser.add_argument("--lists", type=Path, nargs="*", default=[], metavar="FILE", help="lists for the speed")
    parser.add_argument("--misses", action="store_true", help="list the misses among the pairs that may be looked at")
    options = parser.parse_args(arguments)
    pairs = read_pairs(options.cases)
    points = own_points(pairs)
    print_figures(MATCHER, pairs, points, THRESHOLD)
    if find_spec("nomenklatura"):
        print_figures("nomenklatura logic-v2", pairs, logic_v2_points(pairs), LOGIC_V2_THRESHOLD)
    else:
        print("nomenklatura logic-v2: not installed here")
    for miss in misses(pairs, points) if options.misses else ():
        print(f"    {miss}")
    if options.lists:
        print_speed(options.lists, pairs)
    return 0


def read_pairs(file: Path) -> list[Pair]:
    """Return the judged pairs of a file."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [Pair(r["schema"], r["name1"], r["name2"], r["is_match"] == "true") for r in csv.DictReader(rows)]


def own_points(pairs: Sequence[Pair]) -> list[float]:
    """Return the points that our matcher gives each pair."""
    words = load_name_words()
    found = []
    for pair in pairs:
        kind = _KINDS.get(pair.schema, ListedKind.ORGANISATION)
        asked, listed = (parse_name(text, kind, words) for text in (pair.asked, pair.listed))
        found.append(score_names(asked, listed, kind).points)
    return found


def logic_v2_points(pairs: Sequence[Pair]) -> list[float]:
    """Return the points of nomenklatura's matcher; it remembers entities by id, so each has its own."""
    from followthemoney import model  # noqa: PLC0415 - not installed everywhere
    from nomenklatura.matching import LogicV2  # noqa: PLC0415
    from nomenklatura.matching.types import ScoringConfig  # noqa: PLC0415

    config = ScoringConfig.defaults()

    def entity(number: str, schema: str, name: str) -> object:
        return model.get_proxy({"id": number, "schema": schema, "properties": {"name": [name]}})

    return [
        LogicV2.compare(entity(f"a{n}", p.schema, p.asked), entity(f"b{n}", p.schema, p.listed), config).score
        for n, p in enumerate(pairs)
    ]


def print_figures(name: str, pairs: Sequence[Pair], points: Sequence[float], threshold: float) -> None:
    """Print what one matcher does, on all pairs, by folds, and on those held out."""
    held = [n for n, pair in enumerate(pairs) if pair.number % HELD_OUT == 0]
    folds = list(fold_figures(pairs, points))
    mean = sum(fold.f1 for _, fold in folds) / len(folds)
    print(name)
    apart = figures([pairs[n] for n in held], [points[n] for n in held], threshold)
    print(f"  all {len(pairs)} pairs at {threshold}:  {figures(pairs, points, threshold)}")
    print(f"  {len(held)} pairs held out:     {apart}")
    told = ", ".join(f"{fold.f1:.3f} at {chosen}" for chosen, fold in folds)
    print(f"  five folds, threshold from the others: F1 {mean:.3f} ({told})")


def figures(pairs: Sequence[Pair], points: Sequence[float], threshold: float) -> Figures:
    """Return precision, recall and F1 of the pairs of at least so many points."""
    told = [(point >= threshold, pair.alike) for pair, point in zip(pairs, points, strict=True)]
    right = sum(said and alike for said, alike in told)
    said, alike = sum(s for s, _ in told), sum(a for _, a in told)
    return Figures(right / max(said, 1), right / max(alike, 1), 2 * right / max(said + alike, 1))


def fold_figures(pairs: Sequence[Pair], points: Sequence[float]) -> Iterator[tuple[float, Figures]]:
    """Yield for each fold the threshold that is best on the others, and the figures of the fold."""
    folds = [pair.number // HELD_OUT % FOLDS for pair in pairs]
    for fold in range(FOLDS):
        others = [n for n, at in enumerate(folds) if at != fold]
        best = max(_GRID, key=lambda t: figures([pairs[n] for n in others], [points[n] for n in others], t).f1)
        mine = [n for n, at in enumerate(folds) if at == fold]
        yield best, figures([pairs[n] for n in mine], [points[n] for n in mine], best)


def misses(pairs: Sequence[Pair], points: Sequence[float]) -> Iterator[str]:
    """Yield the wrongly told pairs, without those held out."""
    for pair, point in zip(pairs, points, strict=True):
        if pair.number % HELD_OUT and (point >= THRESHOLD) != pair.alike:
            yield f"{'missed' if pair.alike else 'extra '} {point:.2f} {pair.schema}: {pair.asked} / {pair.listed}"


def print_speed(files: Sequence[Path], pairs: Sequence[Pair]) -> None:
    """Print how long loading takes, and screening 1,000 names: half from the lists, half from the pairs."""
    loaded, lists = _timed(lambda: read_lists([_file(path) for path in files], load_country_codes()))
    indexed, index = _timed(lambda: ListIndex(lists, load_name_words()))
    asked = [Asked(name) for name in _names(lists, pairs)]
    screened, hits = _timed(lambda: [screen_name(one, index) for one in asked])
    print(f"lists: {sum(len(one.entries) for one in lists):,} entries, {len(index.names):,} names")
    print(f"  read in {loaded:.1f} s, indexed in {indexed:.1f} s (CPU)")
    print(f"  {len(asked):,} names screened in {screened:.1f} s (CPU, one core); {sum(map(bool, hits)):,} with hits")


def _file(path: Path) -> ListFile:
    return ListFile(path.name, lambda: path.open("rb"))


def _names(lists: Sequence[SanctionsList], pairs: Sequence[Pair]) -> list[str]:
    listed = [entry.label for one in lists for entry in one.entries]
    half = SCREENED // 2
    step = max(len(listed) // half, 1)
    return [*listed[::step][:half], *(pair.asked for pair in pairs[:half])]


def _timed(make: Callable[[], Made]) -> tuple[float, Made]:
    start = time.process_time()
    made = make()
    return time.process_time() - start, made


if __name__ == "__main__":
    sys.exit(main())
