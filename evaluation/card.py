"""Counts the corpus for its data set card: ``python evaluation/card.py`` writes the tables into corpus/README.md.

``--check`` ends with 1 where the card does not hold them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
BEGIN, END = "<!-- counts -->", "<!-- /counts -->"
SHOWN = 45  # phenomena


def read_rows(corpus: Path) -> list[tuple[dict[str, Any], dict[str, Any], int]]:
    """Return for each text its index row, its gold, and how many words it has."""
    found = []
    for line in (corpus / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = json.loads((corpus / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
        words = len((corpus / "texts" / f"{row['id']}.txt").read_text(encoding="utf-8").split())
        found.append((row, gold, words))
    return found


def count_tables(corpus: Path) -> Iterator[str]:
    """Yield the lines of the card's tables."""
    rows = read_rows(corpus)
    yield "| | texts | of them without a claim | words | claims | mentions | texts with all attributions marked |"
    yield "|---|---|---|---|---|---|---|"
    for split in ("train", "test"):
        yield _split_line(split, [r for r in rows if r[0]["split"] == split])
    yield ""
    decades = Counter(str(row["decade"] or "untold") for row, _, _ in rows)
    yield "Decades: " + ", ".join(f"{decade} {count}" for decade, count in sorted(decades.items())) + "."
    lengths = Counter(_length(words) for _, _, words in rows)
    yield "Lengths: " + ", ".join(f"{name} {lengths[name]}" for name in ("extracts", "short", "long")) + "."
    claims = [claim for _, gold, _ in rows for claim in gold["claims"]]
    for field in ("status", "polarity", "certainty"):
        counts = Counter(claim[field] for claim in claims)
        yield f"{field.title()}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()) + "."
    links = Counter(min(len(claim["attribution"]), 4) for claim in claims)
    yield "Links of the chain: " + ", ".join(f"{n} {count}" for n, count in sorted(links.items())) + "."
    phenomena = Counter(name for claim in claims for name in claim.get("phenomena") or ())
    told = ", ".join(f"{name} {count}" for name, count in phenomena.most_common(SHOWN))
    yield f"Phenomena, of {len(phenomena)} the most frequent: {told}."


def _split_line(split: str, rows: list[tuple[dict[str, Any], dict[str, Any], int]]) -> str:
    claims = [claim for _, gold, _ in rows for claim in gold["claims"]]
    empty = sum(not gold["claims"] for _, gold, _ in rows)
    mentions = sum(len(claim.get("mentions") or ()) for claim in claims)
    marked = sum("attributions" in gold for _, gold, _ in rows)
    words = sum(words for _, _, words in rows)
    return f"| {split} | {len(rows)} | {empty} | {words:,} | {len(claims)} | {mentions} | {marked} |"


def _length(words: int) -> str:
    return "extracts" if words < 120 else "short" if words < 350 else "long"  # noqa: PLR2004 - told in the card


def main() -> int:
    """Write or check the tables."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--check", action="store_true")
    options = ask.parse_args()
    file = CORPUS / "README.md"
    card = file.read_text(encoding="utf-8")
    head, rest = card.split(BEGIN)
    tail = rest.split(END)[1]
    new = "\n".join([head + BEGIN, "", *count_tables(CORPUS), "", END + tail])
    if options.check:
        print("card: up to date" if new == card else "card: out of date; run python evaluation/card.py")
        return int(new != card)
    file.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
