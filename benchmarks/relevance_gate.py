"""How fast the relevance gate is on one core, beside trafilatura's extraction of the same pages.

    python benchmarks/relevance_gate.py PAGES [--news FILE.jsonl] [--relevant FILE.jsonl] [--share 0.05]

PAGES holds web pages (``*.html.gz``). Each page goes through the gate and through ``trafilatura.extract`` in turn, in
processor seconds, so that a busy machine slows both alike. Plain text is that of the pages' own articles as trafilatura
extracts them. ``--news`` adds rows with title and text, of which ``--share`` are taken from ``--relevant``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import mean
from typing import TypeVar

from trafilatura import extract

from armstrace.lexicon.load import load_lexicon
from armstrace.relevance import may_hold_transfer, may_hold_transfer_markup

T = TypeVar("T")
ROUNDS = 3  # the fastest counts


def main() -> None:
    """Print documents a second of the gate and of trafilatura, the ratios, and what passes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("pages", type=Path)
    ask.add_argument("--news", type=Path)
    ask.add_argument("--relevant", type=Path)
    ask.add_argument("--share", type=float, default=0.05, help="of relevant texts among the news")
    options = ask.parse_args()
    logging.disable(logging.CRITICAL)
    lexicon = load_lexicon()
    begun = time.process_time()
    may_hold_transfer("", lexicon)
    print(f"building the gate, once a process: {time.process_time() - begun:.1f} s")
    pages = [gzip.decompress(file.read_bytes()) for file in sorted(options.pages.rglob("*.html.gz"))]
    articles: list[str] = []
    theirs = passed = mine = 0.0
    for page in pages:
        seconds, text = _timed(partial(extract, page))
        theirs, articles = theirs + seconds, [*articles, text or ""]
        seconds, passes = _timed(partial(may_hold_transfer_markup, page, lexicon))
        mine, passed = mine + seconds, passed + passes
    size = mean(map(len, pages)) / 1000
    print(
        f"{len(pages)} pages of {size:.0f} kB: gate {len(pages) / mine:.0f}/s, trafilatura {len(pages) / theirs:.1f}/s,"
    )
    print(f"  ratio {theirs / mine:.1f}; {passed / len(pages):.2f} pass")
    _report("their articles", articles, lambda text: may_hold_transfer(text, lexicon), theirs)
    if options.news:
        mixed = _mixed(_texts(options.news), _texts(options.relevant) if options.relevant else [], options.share)
        _report("news", mixed, lambda text: may_hold_transfer(text, lexicon), theirs / len(pages) * len(mixed))


def _report(name: str, texts: Sequence[str], passes: Callable[[str], bool], theirs: float) -> None:
    """Print the speed on texts; ``theirs`` is what trafilatura takes for as many pages."""
    rounds = [_timed(lambda: [passes(text) for text in texts]) for _ in range(ROUNDS)]
    seconds, passed = min(rounds, key=lambda one: one[0])
    words = mean(len(text.split()) for text in texts)
    print(f"{len(texts)} {name} of {words:.0f} words: gate {len(texts) / seconds:.0f}/s, ", end="")
    print(f"ratio to extracting as many pages {theirs / seconds:.1f}; {sum(passed) / len(texts):.2f} pass")


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.process_time()
    done = work()
    return time.process_time() - begun, done


def _texts(file: Path) -> list[str]:
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [f"{row.get('title') or ''}\n{row['text']}" for row in rows]


def _mixed(news: Sequence[str], relevant: Sequence[str], share: float) -> list[str]:
    """Return the news with so many relevant texts that they are that share of all."""
    count = min(len(relevant), round(len(news) * share / (1 - share)))
    return [*news, *relevant[:count]]


if __name__ == "__main__":
    main()
