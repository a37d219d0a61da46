"""Scores a grouping of documents into copy families: ``python evaluation/syndication.py`` (``--list``: tune misses).

Beside the product's ``find_copies`` stand two baselines, each at the threshold that serves it best on the half itself:
more than any user could know, so what the product gains over them is gained over their best case.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armstrace.document import Document
from armstrace.group.copies import find_copies
from armstrace.ingest.metadata import read_metadata
from armstrace.ingest.text import read_text_file
from armstrace.pipeline import make_document
from syndication_baselines import BASELINES, STEPS, Scores
from syndication_build import BY_HAND, FOLDER
from syndication_edits import EDITS
from syndication_measures import Labels, Pair, adjusted_rand, join, label, pairs_of, score_b_cubed, score_pairs

HALVES = ("tune", "held-out")
Grouping = Callable[[Sequence[Document]], Iterable[Iterable[str]]]


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the set: its documents, gold families, pairs that count neither way, and index rows by id."""

    name: str
    documents: tuple[Document, ...]
    gold: Labels
    partial: frozenset[Pair]
    rows: dict[str, dict[str, Any]]
    background: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Result:
    """What one method made of a half; ``at`` says with which threshold."""

    method: str
    labels: Labels
    at: str = ""


def read_set(folder: Path = FOLDER) -> list[Half]:
    """Return both halves, their documents cleaned as the product cleans them."""
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = json.loads((folder / "families.json").read_text(encoding="utf-8"))
    family = {member: name for name, members in gold["families"].items() for member in members}
    known = read_metadata(folder / "index.jsonl")
    texts = {i: make_document(read_text_file(folder / "texts" / f"{i}.txt", i), known[i]) for i in known}
    partial_pairs = frozenset(_pair(a, b) for a, b in gold["partial"])
    shared = frozenset(_pair(a, b) for a, b, _ in gold["shares_background"])
    found = []
    for name in HALVES:
        of_half = {row["id"]: row for row in rows if row["split"] == name}
        labels = {i: family[i] for i in of_half}
        found.append(Half(name, tuple(texts[i] for i in of_half), labels, partial_pairs, of_half, shared))
    return found


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def group_by_scores(half: Half, scores: Scores) -> tuple[Labels, float]:
    """Return the components at the threshold of the best adjusted Rand index on this half, and that threshold."""
    tried = [label(half.gold, join(half.gold, (p for p, score in scores.items() if score >= s))) for s in STEPS]
    best = max(range(len(STEPS)), key=lambda at: adjusted_rand(half.gold, tried[at]))
    return tried[best], STEPS[best]


def run_baselines(half: Half) -> Iterator[Result]:
    """Yield what the baselines make of a half; one whose library is missing is named on standard error."""
    texts = {document.id: document.text for document in half.documents}
    for method, score in BASELINES:
        try:
            labels, step = group_by_scores(half, score(texts))
        except ModuleNotFoundError as error:
            print(f"{method}: left out, {error.name} is not installed (pip install rensa==0.5.*)", file=sys.stderr)
            continue
        yield Result(method, labels, f"{step:.2f}")


def run_grouping(half: Half, method: str, grouping: Grouping) -> Result:
    """Return what any grouping function makes of a half."""
    return Result(method, label(half.gold, [list(family) for family in grouping(half.documents)]))


def copy_families(documents: Sequence[Document]) -> tuple[tuple[str, ...], ...]:
    """Return the families that the product finds."""
    return find_copies(documents).families


def table(half: Half, results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of a half's table of scores."""
    yield f"{half.name}: {len(half.gold)} documents, {len(pairs_of(half.gold))} true pairs"
    yield f"{'':24}{'at':>6}{'ARI':>8}{'pair P':>8}{'R':>7}{'F1':>7}{'B3 P':>8}{'R':>7}{'F1':>7}"
    for result in results:
        pairs = score_pairs(half.gold, result.labels, half.partial)
        cubed = score_b_cubed(half.gold, result.labels)
        index = adjusted_rand(half.gold, result.labels)
        figures = (index, pairs.precision, pairs.recall, pairs.f1, cubed.precision, cubed.recall, cubed.f1)
        widths = (8, 8, 7, 7, 8, 7, 7)
        line = "".join(f"{x:{w}.3f}" for x, w in zip(figures, widths, strict=True))
        yield f"{result.method:24}{result.at:>6}{line}"


def edit_table(half: Half, results: Sequence[Result]) -> Iterator[str]:
    """Yield, by edit, the share of true pairs with a copy so edited that each method finds."""
    true = pairs_of(half.gold) - half.partial
    yield f"{'recall of pairs by edit':24}{'pairs':>7}" + "".join(f"{r.method:>18}" for r in results)
    for edit in (*BY_HAND, *(e.name for e in EDITS)):
        touched = [p for p in true if any(edit == e.partition(":")[0] for d in p for e in half.rows[d]["edits"])]
        if touched:
            shares = [sum(r.labels[a] == r.labels[b] for a, b in touched) / len(touched) for r in results]
            yield f"{edit:24}{len(touched):7}" + "".join(f"{share:18.3f}" for share in shares)


def error_table(half: Half, results: Sequence[Result]) -> Iterator[str]:
    """Yield how many pairs each method joins that are none, by what tempts it."""
    yield f"{'false pairs':31}" + "".join(f"{r.method:>18}" for r in results)
    counts = [
        Counter(_temptation(half, p) for p in pairs_of(r.labels) - pairs_of(half.gold) - half.partial) for r in results
    ]
    for kind in ("same event", "shared background", "follow-up", "no shared story"):
        yield f"{kind:31}" + "".join(f"{count[kind]:18}" for count in counts)


def _temptation(half: Half, pair: Pair) -> str:
    a, b = (half.rows[d] for d in pair)
    if pair in half.background:
        return "shared background"
    if a["story"] != b["story"]:
        return "no shared story"
    return "follow-up" if "follow-up" in {a["role"], b["role"]} else "same event"


def list_misses(half: Half, result: Result) -> Iterator[str]:
    """Yield each pair that a method missed or joined wrongly."""
    true, given = pairs_of(half.gold) - half.partial, pairs_of(result.labels) - half.partial
    for a, b in sorted(true ^ given):
        what = "missed" if (a, b) in true else f"joined ({_temptation(half, (a, b))})"
        yield f"{result.method}: {a} {b} {what}; {' '.join(half.rows[b]['edits'])}"


def main(arguments: list[str] | None = None) -> int:
    """Print the tables of both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="each wrong pair of the tune half (of the other, never)")
    listing = parser.parse_args(arguments).list
    for half in read_set():
        results = [run_grouping(half, "find_copies", copy_families), *run_baselines(half)]
        for lines in (table, edit_table, error_table):
            print("\n".join(lines(half, results)), end="\n\n")
        if listing and half.name == "tune":
            print("\n".join(line for result in results for line in list_misses(half, result)), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
