"""Counts the syndication set for its card: ``python evaluation/syndication_card.py`` writes syndication/README.md.

``--check`` ends with 1 where the card does not hold the counts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from syndication_baselines import SHINGLE
from syndication_build import BY_HAND, FOLDER, runs_of
from syndication_edits import EDITS

BEGIN, END = "<!-- counts -->", "<!-- /counts -->"
TENTHS = range(11)


class Overlap(NamedTuple):
    """The three-word runs that two documents share: as part of all of them, and of those of the shorter document."""

    jaccard: float
    containment: float


def read_rows(folder: Path) -> list[dict[str, Any]]:
    """Return the index rows, each with its ``text``."""
    lines = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [row | {"text": (folder / "texts" / f"{row['id']}.txt").read_text(encoding="utf-8")} for row in rows]


def measure(rows: Sequence[dict[str, Any]]) -> dict[tuple[str, str], Overlap]:
    """Return the overlap of all pairs of one story."""
    runs = {row["id"]: runs_of(row["text"], SHINGLE) for row in rows}
    found = {}
    for a, b in combinations(rows, 2):
        if a["story"] == b["story"]:
            one, other = runs[a["id"]], runs[b["id"]]
            both = len(one & other)
            found[a["id"], b["id"]] = Overlap(both / len(one | other), both / min(len(one), len(other)))
    return found


def count_tables(folder: Path) -> Iterator[str]:
    """Yield the lines of the card's tables."""
    rows = read_rows(folder)
    gold = json.loads((folder / "families.json").read_text(encoding="utf-8"))
    yield "| half | stories | texts | base | copy | independent | follow-up | families of two or more | true pairs |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for split in ("tune", "held-out"):
        yield _half_line(split, [row for row in rows if row["split"] == split])
    yield ""
    by_id = {row["id"]: row for row in rows}
    across = sum(by_id[a]["story"] != by_id[b]["story"] for a, b, _ in gold["shares_background"])
    yield f"Pairs that share background only: {len(gold['shares_background'])}, of them {across} across stories."
    yield f"Pairs that count neither way (combined copy): {len(gold['partial'])}."
    yield f"Stories with independent reports: {len({r['story'] for r in rows if r['role'] == 'independent'})}."
    yield f"Words: {sum(len(row['text'].split()) for row in rows):,}."
    for field in ("subject", "decade", "outlet_kind"):
        yield f"By {field.replace('_', ' ')}: {_listed(Counter(row[field] for row in rows))}."
    edits = Counter(edit.partition(":")[0] for row in rows for edit in row["edits"])
    yield f"Edits by hand: {_listed(Counter({e: edits[e] for e in BY_HAND}))}."
    yield f"Edits by code: {_listed(Counter({e.name: edits[e.name] for e in EDITS}))}."
    yield ""
    yield from _overlap_table(by_id, measure(rows))


def _half_line(split: str, rows: Sequence[dict[str, Any]]) -> str:
    roles = Counter(row["role"] for row in rows)
    sizes = Counter(row["family"] for row in rows).values()
    pairs = sum(n * (n - 1) // 2 for n in sizes)
    counts = (
        len({row["story"] for row in rows}),
        len(rows),
        *(roles[r] for r in ("base", "copy", "independent", "follow-up")),
    )
    return f"| {split} | " + " | ".join(map(str, (*counts, sum(n > 1 for n in sizes), pairs))) + " |"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _overlap_table(rows: dict[str, dict[str, Any]], overlaps: dict[tuple[str, str], Overlap]) -> Iterator[str]:
    true = {pair: o for pair, o in overlaps.items() if rows[pair[0]]["family"] == rows[pair[1]]["family"]}
    nearest: dict[str, Overlap] = {}
    for pair, overlap in true.items():
        for document in pair:
            nearest[document] = max(nearest.get(document, overlap), overlap)
    events = [
        overlap
        for (a, b), overlap in overlaps.items()
        if (a, b) not in true
        and "follow-up" not in {rows[a]["role"], rows[b]["role"]}
        and not {rows[a]["also"], rows[b]["also"]} & {rows[a]["family"], rows[b]["family"]}
    ]
    yield (
        "| overlap of three-word runs | mean | least | " + " | ".join(f"{10 * k} %" for k in TENTHS[1:-1]) + " | most |"
    )
    yield "|---|---|" + "---|" * len(TENTHS)
    kinds = (("true pairs", list(true.values())), ("each copy with its nearest", list(nearest.values())))
    for name, found in (*kinds, ("independent reports of one event", events)):
        for measure_name in Overlap._fields:
            values = sorted(getattr(o, measure_name) for o in found)
            tenths = (values[(len(values) - 1) * k // 10] for k in TENTHS)
            yield f"| {name}, {measure_name} | {mean(values):.2f} | " + " | ".join(f"{v:.2f}" for v in tenths) + " |"


def main(arguments: list[str] | None = None) -> int:
    """Write the card, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where the card is out of date")
    check = parser.parse_args(arguments).check
    card = FOLDER / "README.md"
    old = card.read_text(encoding="utf-8")
    before, _, rest = old.partition(BEGIN)
    new = before + BEGIN + "\n\n" + "\n".join(count_tables(FOLDER)) + "\n\n" + END + rest.partition(END)[2]
    if check:
        return int(new != old)
    card.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
