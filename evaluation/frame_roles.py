"""Scores the role network on FrameNet's transfer sentences: supplier, item and recipient, given the target word.

    python evaluation/frame_roles.py framenet_transfer.jsonl

The network learnt from every other document of that file; only the others are scored. A role is right where the words
that the network marks hold the head of a gold span; *exact* asks for the same words, articles and prepositions at the
ends aside.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from armstrace.document import Span
from armstrace.figures import head_figures
from armstrace.language import Language, Sentence, load_language

ROLES: dict[str, tuple[str, ...]] = {
    "supplier": ("Supplier", "Donor", "Seller", "Exporter", "Sender", "Deliverer", "Exporting_area"),
    "recipient": ("Recipient", "Buyer", "Importer", "Importing_area"),
    "item": ("Theme", "Goods"),
}
EDGES = frozenset({"ADP", "DET", "PUNCT", "PART"})
MARKED = 0.5
PARTICLES = frozenset({"up", "out", "off", "over", "back", "away", "on", "in", "to", "for"})


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("file", type=Path)
    rows = [json.loads(line) for line in ask.parse_args().file.read_text(encoding="utf-8").splitlines()]
    names = sorted({row["doc"] for row in rows})
    counts = score(load_language(), [row for row in rows if names.index(row["doc"]) % 2])
    for kind in ("head", "exact"):
        for role in (*ROLES, "all"):
            found = counts[kind, role]
            figures = head_figures(found["met"], found["meeting"], found["said"], found["gold"])
            print("{:<6} {:<10} P {:.3f}  R {:.3f}  F1 {:.3f}  ({})".format(kind, role, *figures, found["gold"]))


def score(language: Language, rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Counter[str]]:
    """Return the counts of gold, marked and right fillers by role and kind of match."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        text = row["text"]
        (sentence,) = language.analyse(text, [Span(0, len(text))])
        target = _target(sentence, row["target"][0])
        roles = language.read_roles([sentence], [0], "").get(0)
        if target < 0 or roles is None:
            continue
        for role, elements in ROLES.items():
            said = [t for run in roles.phrases(target, role, MARKED) if (t := _trimmed(sentence, run))]
            gold = [_words(sentence, f[1], f[2]) for f in row["fes"] if _is(f[0], row["frame"], role, elements)]
            gold = [g for g in gold if g]
            heads = [_head(sentence, g) for g in gold]
            exact = sum(s in gold for s in said)
            met, meeting = sum(any(h in s for s in said) for h in heads), sum(any(h in s for h in heads) for s in said)
            for name in (role, "all"):
                counts["exact", name].update(met=exact, meeting=exact, said=len(said), gold=len(gold))
                counts["head", name].update(met=met, meeting=meeting, said=len(said), gold=len(gold))
    return counts


def _is(element: str, frame: str, role: str, elements: tuple[str, ...]) -> bool:
    return element in elements or (element == "Source" and role == "supplier" and frame == "Getting")


def _target(sentence: Sentence, span: tuple[int, int]) -> int:
    """Return the word of a target: the verb of "hand over", else the last word."""
    words = [t.index for t in sentence.tokens if t.start < span[1] and span[0] < t.end]
    if len(words) > 1 and sentence.tokens[words[-1]].text.lower() in PARTICLES:
        return words[0]
    return words[-1] if words else -1


def _words(sentence: Sentence, start: int, end: int) -> list[int]:
    return _trimmed(sentence, [t.index for t in sentence.tokens if t.start < end and start < t.end])


def _trimmed(sentence: Sentence, words: list[int]) -> list[int]:
    while words and sentence.tokens[words[0]].upos in EDGES:
        words = words[1:]
    while words and sentence.tokens[words[-1]].upos in EDGES:
        words = words[:-1]
    return words


def _head(sentence: Sentence, words: list[int]) -> int:
    return next((i for i in words if sentence.tokens[i].head not in words), words[-1])


if __name__ == "__main__":
    main()
