"""What each part of the reader is worth: the same texts read with one part switched off at a time.

    python evaluation/ablation.py CORPUS [--split test] [--ids ID,ID...]

CORPUS holds texts/, gold/ and index.jsonl, as evaluation/corpus does. Prints core precision, recall and F1, how many
claims stand in texts without any, and the change of F1 that the part makes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.evaluate import Scores, read_gold, score_claims
from armstrace.extract import candidates, claims, merge, scene, scoring
from armstrace.extract.reference import Story
from armstrace.ingest.metadata import read_metadata
from armstrace.ingest.text import read_text_file
from armstrace.language import Language
from armstrace.model import Claim
from armstrace.pipeline import Reader, load_reader, make_document, read_report

Off = tuple[object, str, object]

OWN_FEATURES = tuple(row for row in scoring.FEATURES if not row[0].startswith("the network"))

PARTS: tuple[tuple[str, tuple[Off, ...]], ...] = (
    ("the whole reader", ()),
    ("without the role network", ((Language, "read_roles", lambda *_: {}),)),
    ("without the network's own readings", ((candidates, "OWN_READING", 2.0),)),
    ("without the network's features in the table", ((scoring, "FEATURES", OWN_FEATURES),)),
    ("without the fitted links", ((claims, "link", lambda _story, readings, _earlier: readings[-1]),)),
    ("without parties from the story", ((claims, "complete", lambda *_: None),)),
    (
        "without reference (pronouns, \"the kingdom\")",
        (
            (Story, "_pronoun", lambda *_: None),
            (Story, "_definite", lambda *_: []),
            (Story, "_settle", lambda _self, _sentence, found, _taken: found),
        ),
    ),
    ("without merging of repeats", ((claims, "merge_repeats", lambda drafts: tuple(d.claim for d in drafts)),)),
    ("without telling closer named arms apart", ((merge, "_names_other_arms", lambda *_: False),)),
    ("without denials that name no transfer", ((claims, "find_denials", lambda *_: []),)),
    ("without suppliers from the claims before", ((scene, "_known_suppliers", lambda _scene: iter(())),)),
    ("without telling origins apart", ((merge, "_other_origin", lambda *_: False),)),
)  # fmt: skip


@contextmanager
def switched_off(parts: tuple[Off, ...]) -> Iterator[None]:
    """Put the given functions in the place of the reader's own, and take them away again."""
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in parts]
    try:
        for owner, name, instead in parts:
            setattr(owner, name, instead)
        yield
    finally:
        for owner, name, own in kept:
            setattr(owner, name, own)


def read_all(reader: Reader, documents: dict[str, Document]) -> dict[str, tuple[Claim, ...]]:
    """Return the claims of all documents; one that is refused gives none."""
    found: dict[str, tuple[Claim, ...]] = {}
    for text, document in documents.items():
        try:
            found[text] = read_report(reader, document).claims
        except InputError:
            found[text] = ()
    return found


def line(name: str, scores: Scores, whole: float) -> str:
    """Return a row of the table."""
    core = scores.core
    figures = f"{core.precision:.3f} | {core.recall:.3f} | {core.f1:.3f} | {core.f1 - whole:+.3f} | {scores.in_empty}"
    return f"| {name} | {figures} |"


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--split", help="only the texts of this half, by the index")
    ask.add_argument("--ids", help="only these texts")
    options = ask.parse_args()
    rows = [json.loads(row) for row in (options.corpus / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    ids = {row["id"] for row in rows if not options.split or row.get("split") == options.split}
    ids &= set(options.ids.split(",")) if options.ids else ids
    golds, given = read_gold(options.corpus / "gold", frozenset(ids)), read_metadata(options.corpus / "index.jsonl")
    files = {text: read_text_file(options.corpus / "texts" / f"{text}.txt") for text in golds}
    documents = {text: make_document(raw, given.get(text)) for text, raw in files.items()}
    reader, whole = load_reader(), None
    print("| | P | R | F1 | change | in texts without any |\n|---|---|---|---|---|---|")
    for name, parts in PARTS:
        with switched_off(parts):
            scores = score_claims(golds, read_all(reader, documents))
        whole = scores.core.f1 if whole is None else whole
        print(line(name, scores, whole), flush=True)


if __name__ == "__main__":
    main()
