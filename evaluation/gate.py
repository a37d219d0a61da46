"""The quality gate: reads both halves of the corpus with the packaged reader and compares the scores with the floors.

``python evaluation/gate.py`` ends with 1 where a score is below its floor, with a table of gains and losses.
``--raise`` writes the floors that can be raised and never lowers one; how to lower one is told in README.md.
``--list`` tells the misses and extras of the training half; those of the test half are for nobody to see.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armstrace.errors import InputError
from armstrace.evaluate import Scores, list_errors, read_gold, score_claims, score_table
from armstrace.ingest.metadata import read_metadata
from armstrace.ingest.text import read_text_file
from armstrace.pipeline import load_reader, make_document, read_report

CORPUS = Path(__file__).parent / "corpus"
FLOORS = Path(__file__).parent / "floors.json"
# Processors round the 8-bit model differently: a claim or two may differ between machines, and that is no loss.
SLACK = 0.005
SLACK_CLAIMS = 1
IN_EMPTY = "claims in empty texts"  # the one figure of which less is better
SPLITS = ("train", "test")

Figures = dict[str, float]


class GateError(Exception):
    """The floors cannot be used: they were lowered without a reason, or belong to another corpus."""


@dataclass(frozen=True, slots=True)
class Floors:
    """What must be reached on which corpus, and every earlier state of it with the reason for each lowering."""

    corpus: str
    floors: Figures
    history: tuple[dict[str, Any], ...]


def main(arguments: list[str] | None = None) -> int:
    """Run the gate and return its exit code: 0 passed, 1 below a floor, 2 floors that cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="raising", action="store_true", help="write higher floors, never lower ones")
    parser.add_argument(
        "--list", dest="listing", action="store_true", help="list misses and extras of the training half"
    )
    options = parser.parse_args(arguments)
    halves = {split: score_half(CORPUS, split) for split in SPLITS}
    figures, corpus = list_figures(halves), fingerprint(CORPUS)
    if options.listing:
        print("\n".join(list_errors(halves["train"])), end="\n\n")
    for split, scores in halves.items():
        print(f"{split}: " + "\n".join(score_table(scores)), end="\n\n")
    try:
        floors = read_floors(FLOORS)
        check_floors(floors, corpus)
    except GateError as error:
        print(f"gate: {error}\nmeasured: {json.dumps({'corpus': corpus, 'floors': lowered_by_slack(figures)})}")
        return 2
    print("\n".join(compare(figures, floors.floors)))
    if options.raising:
        FLOORS.write_text(as_json(raised(floors, figures)), encoding="utf-8")
    failing = [name for name, floor in floors.floors.items() if is_worse(name, figures.get(name, -math.inf), floor)]
    print(f"gate: below the floor: {', '.join(failing)}" if failing else "gate: passed")
    return 1 if failing else 0


def score_half(corpus: Path, split: str) -> Scores:
    """Return the scores of the packaged reader on one half of a corpus; a text that is refused gives no claims."""
    reader = load_reader()
    rows = (json.loads(line) for line in (corpus / "index.jsonl").read_text(encoding="utf-8").splitlines())
    ids = frozenset(row["id"] for row in rows if row["split"] == split)
    golds, given = read_gold(corpus / "gold", ids), read_metadata(corpus / "index.jsonl")
    claims = {}
    for text in golds:
        raw = read_text_file(corpus / "texts" / f"{text}.txt")
        try:
            claims[text] = read_report(reader, make_document(raw, given.get(text))).claims
        except InputError:
            claims[text] = ()
    return score_claims(golds, claims)


def list_figures(halves: dict[str, Scores]) -> Figures:
    """Return the gated figures by name, each with its half before it."""
    found: Figures = {}
    for split, scores in halves.items():
        core = {"core F1": scores.core.f1, "core precision": scores.core.precision, "pair F1": scores.pairs.f1}
        fields = {name: right / total for name, (right, total) in scores.fields.items()}
        figures = {**core, **fields, IN_EMPTY: float(scores.in_empty)}
        found |= {f"{split} {name}": figure for name, figure in figures.items()}
    return found


def fingerprint(corpus: Path) -> str:
    """Return the SHA-256 over names and contents of all texts, gold files and the index."""
    digest = hashlib.sha256()
    for file in sorted([*corpus.glob("texts/*.txt"), *corpus.glob("gold/*.json"), corpus / "index.jsonl"]):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(corpus).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def read_floors(file: Path) -> Floors:
    """Return the floors in force.

    Raises:
        GateError: no such file, or not of this form.
    """
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return Floors(record["corpus"], dict(record["floors"]), tuple(record["history"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GateError(f"{file.name} cannot be read ({error!r})") from error


def check_floors(floors: Floors, corpus: str) -> None:
    """Check that no floor was ever lowered, dropped or moved to another corpus without a reason.

    Raises:
        GateError: naming the entry and the floor.
    """
    _check_history(floors)
    if floors.corpus != corpus:
        raise GateError("the corpus changed; set its floors in a new entry of 'history' with the reason")
    if not floors.history or _state(floors.history[-1]) != (floors.corpus, floors.floors):
        raise GateError("'corpus' and 'floors' must be those of the last entry of 'history'")
    for number, (earlier, later) in enumerate(zip(floors.history, floors.history[1:], strict=False), 2):
        if str(later.get("reason") or "").strip():
            continue
        if later["corpus"] != earlier["corpus"]:
            raise GateError(f"entry {number} of 'history' changes the corpus and gives no reason")
        for name, floor in earlier["floors"].items():
            if name not in later["floors"] or is_worse(name, later["floors"][name], floor):
                raise GateError(f"entry {number} of 'history' lowers '{name}' and gives no reason")


def _check_history(floors: Floors) -> None:
    for number, entry in enumerate(floors.history, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("floors"), dict) or "corpus" not in entry:
            raise GateError(f"entry {number} of 'history' lacks 'corpus' or 'floors'")
        if not all(_is_figure(floor) for floor in entry["floors"].values()):
            raise GateError(f"entry {number} of 'history' has a floor that is no number")


def _is_figure(floor: object) -> bool:
    return isinstance(floor, int | float) and not isinstance(floor, bool) and abs(floor) < math.inf


def _state(entry: dict[str, Any]) -> tuple[str, Figures]:
    return entry["corpus"], entry["floors"]


def is_worse(name: str, figure: float, floor: float) -> bool:
    """Tell whether a figure misses its floor."""
    return figure > floor if name.endswith(IN_EMPTY) else figure < floor


def lowered_by_slack(figures: Figures) -> Figures:
    """Return the floors that stand for measured figures: three digits, a little below."""
    return {
        name: int(figure) + SLACK_CLAIMS if name.endswith(IN_EMPTY) else math.floor((figure - SLACK) * 1000) / 1000
        for name, figure in figures.items()
    }


def raised(floors: Floors, figures: Figures) -> Floors:
    """Return floors in which each is the better of the old and the measured one; the same where none is better."""
    measured = lowered_by_slack(figures)
    best = {
        name: measured[name] if name in measured and is_worse(name, floor, measured[name]) else floor
        for name, floor in floors.floors.items()
    }
    best |= {name: floor for name, floor in measured.items() if name not in best}
    if best == floors.floors:
        return floors
    return Floors(floors.corpus, best, (*floors.history, {"corpus": floors.corpus, "floors": best, "reason": None}))


def as_json(floors: Floors) -> str:
    """Return the floors as the text of their file."""
    record = {"corpus": floors.corpus, "floors": floors.floors, "history": list(floors.history)}
    return json.dumps(record, indent=1) + "\n"


def compare(figures: Figures, floors: Figures) -> list[str]:
    """Return the table of gains and losses against the floors; a gain is what would raise a floor."""
    lines = [f"{'':<30}{'floor':>8}{'now':>8}{'':>4}change"]
    for name, floor in floors.items():
        figure = figures.get(name)
        if figure is None:
            lines.append(f"{name:<30}{floor:>8g}{'none':>8}    LOST")
            continue
        can_be_raised = is_worse(name, floor, lowered_by_slack({name: figure})[name])
        word = "LOSS" if is_worse(name, figure, floor) else "gain" if can_be_raised else ""
        lines.append(f"{name:<30}{floor:>8g}{round(figure, 3):>8g}{'':>4}{figure - floor:+.3f} {word}".rstrip())
    return lines


if __name__ == "__main__":
    sys.exit(main())
