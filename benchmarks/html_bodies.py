"""How well and how fast the article is taken out of real web pages, beside trafilatura's own extraction.

    python benchmarks/html_bodies.py FOLDER [--floor 0.955]

FOLDER is a copy of scrapinghub's article-extraction-benchmark as far as it is needed: ``ground-truth.json`` and
``pages/*.html.gz``. The measure is that benchmark's own: shingles of four words,
precision and recall averaged over pages, F1 of the two averages. Both read every page in the same run, page by page in
turn, in processor seconds. Exit code 1 below the floor, or where a page is lost or a place is wrong.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from trafilatura import bare_extraction

from armstrace.document import Capture
from armstrace.errors import InputError
from armstrace.ingest.html import read_html
from armstrace.ingest.html_encoding import decode_page
from armstrace.ingest.raw import Piece, RawText
from measured import Column, parser_of, reporting

FLOOR = 0.955
_WORD = re.compile(r"\w+")
_SHINGLE = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both figures of each; return 1 where something is below its floor."""
    ask = parser_of(__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--floor", type=float, default=FLOOR)
    options = ask.parse_args(arguments)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells of pages that it cannot read
    truth = json.loads((options.folder / "ground-truth.json").read_text("utf-8"))
    ours: dict[str, str] = {}
    theirs: dict[str, str] = {}
    bodies: dict[str, str] = {}
    seconds, placed = {"ours": 0.0, "theirs": 0.0}, Counter[str]()
    lost: list[str] = []
    for key in sorted(truth):
        data = gzip.decompress(next(options.folder.rglob(f"{key}.html.gz")).read_bytes())
        begun = time.process_time()
        found = bare_extraction(data, fast=True, include_comments=False, with_metadata=True)
        middle = time.process_time()
        try:
            raw = read_html(Piece(key, data, Capture(key)))
        except InputError as error:
            lost.append(str(error))
            continue
        finally:
            seconds["theirs"] += middle - begun
            seconds["ours"] += time.process_time() - middle
        bodies[key] = raw.text.removeprefix(raw.metadata.title or "")
        ours[key], theirs[key] = raw.text, getattr(found, "text", "") or ""
        placed += _count_places(raw, decode_page(data))
    score = _score(truth, ours)
    rows = {"ours": score, "ours, no headline": _score(truth, bodies), "theirs": _score(truth, theirs)}
    with reporting("html bodies", options) as report:
        shares = (Column("precision", ".4f"), Column("recall", ".4f"), Column("F1", ".4f"))
        table = report.table(f"{len(truth)} pages", Column("reader"), *shares, Column("pages/s", ".1f"))
        for name, figures in rows.items():
            table.add(name, *figures, len(truth) / seconds[name] if name in seconds else None)
        report.note(f"speed ratio {seconds['theirs'] / seconds['ours']:.2f} (theirs with metadata, as ours)")
        told = f"places: {placed['placed'] / placed['all']:.4%} of the words' characters"
        report.note(f"{told}, {placed['wrong']} wrong")
        for one in lost:
            report.note(one)
    return int(score[2] < options.floor or bool(lost) or placed["wrong"] > 0)


def _count_places(raw: RawText, source: str) -> Counter[str]:
    """Return how many characters stand under words, how many are placed, and how many places are wrong."""
    counts = Counter[str]()
    for place in raw.places:
        size = place.span.end - place.span.start
        counts["all"] += size
        if place.source is not None:
            counts["placed"] += size
            equal = place.source.end - place.source.start == size
            counts["wrong"] += equal and place.source.of(source) != place.span.of(raw.text)
    return counts


def _score(truth: dict[str, dict[str, str]], texts: dict[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the pages, as the public benchmark computes them."""
    counts = [_compare(page.get("articleBody", ""), texts.get(key, "")) for key, page in truth.items()]
    precision = mean(_share(tp, fp, fn) for tp, fp, fn in counts if tp + fp)
    recall = mean(_share(tp, fn, fp) for tp, fp, fn in counts if tp + fn)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _share(hits: float, misses: float, others: float) -> float:
    if misses == others == 0:
        return 1.0
    return hits / (hits + misses) if hits + misses else 0.0


def _compare(true: str, read: str) -> tuple[float, float, float]:
    """Return the shingles in both, only read and only true, as shares of all."""
    expected, got = _shingles(true), _shingles(read)
    counts = ((expected & got).total(), (got - expected).total(), (expected - got).total())
    return tuple(count / (sum(counts) or 1) for count in counts)  # type: ignore[return-value]


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)) if words)


if __name__ == "__main__":
    sys.exit(main())
