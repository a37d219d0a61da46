"""How fast the relevance gate is on one core, beside trafilatura's extraction of the same pages.

    python benchmarks/relevance_gate.py PAGES [--news FILE.jsonl] [--relevant FILE.jsonl] [--share 0.05] [--rounds 3]

PAGES holds web pages (``*.html.gz``). The gate takes each page as it is, and the article that trafilatura extracts from
it; trafilatura extracts it; all three take turns, page by page. ``--news`` adds rows with title and text, of which
``--share`` are taken from ``--relevant``; their ratio is to extracting as many pages.
"""

from __future__ import annotations

import gzip
import json
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from trafilatura import extract

from armstrace.lexicon.load import load_lexicon
from armstrace.relevance import may_hold_transfer, may_hold_transfer_markup
from measured import Column, Report, Spread, parser_of, processor_seconds, ratio_of, reporting, spread_of, take_turns

PEER = "trafilatura.extract"
_PAGES = "pages as they are"
_ARTICLES = "their articles"


class Page(NamedTuple):
    """A page, and the article that trafilatura extracts from it."""

    markup: bytes
    article: str


def read_pages(folder: Path) -> list[Page]:
    """Return the pages of a folder.

    Raises:
        SystemExit: there is none.
    """
    pages = [gzip.decompress(file.read_bytes()) for file in sorted(folder.rglob("*.html.gz"))]
    if not pages:
        raise SystemExit(f"{folder}: no page (*.html.gz); give a folder of pages")
    return [Page(page, extract(page) or "") for page in pages]


def read_texts(file: Path) -> list[str]:
    """Return title and text of rows of JSON Lines."""
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [f"{row.get('title') or ''}\n{row['text']}" for row in rows]


def mix(news: Sequence[str], relevant: Sequence[str], share: float) -> list[str]:
    """Return the news with so many relevant texts that they are that share of all."""
    count = min(len(relevant), round(len(news) * share / (1 - share)))
    return [*news, *relevant[:count]]


def measure(report: Report, pages: Sequence[Page], news: Sequence[str], rounds: int) -> None:
    """Tell the speeds; ``news`` may be none."""
    lexicon = load_lexicon()
    took = processor_seconds(lambda: may_hold_transfer("", lexicon))
    columns = (Column("texts"), Column("words"), Column("pass", ".2f"), Column("a second", ".0f"), Column("spread"))
    table = report.table("Relevance gate", Column("what"), *columns, Column(f"times {PEER}"))
    ways: dict[str, Callable[[Page], object]] = {
        _PAGES: lambda page: may_hold_transfer_markup(page.markup, lexicon),
        _ARTICLES: lambda page: may_hold_transfer(page.article, lexicon),
        PEER: lambda page: extract(page.markup),
    }
    spent = take_turns(ways, pages, rounds)
    words = mean(len(page.article.split()) for page in pages)
    for name in (_PAGES, _ARTICLES):
        passed = mean(bool(ways[name](page)) for page in pages)
        table.add(name, len(pages), round(words), passed, *_speed(spent[name], len(pages), spent[PEER]))
    table.add(PEER, len(pages), round(words), None, *_speed(spent[PEER], len(pages), spent[PEER]))
    if news:
        seconds = take_turns({"": lambda text: may_hold_transfer(text, lexicon)}, news, rounds)[""]
        theirs = [one / len(pages) * len(news) for one in spent[PEER]]
        passed = mean(may_hold_transfer(text, lexicon) for text in news)
        words = mean(len(text.split()) for text in news)
        table.add("news", len(news), round(words), passed, *_speed(seconds, len(news), theirs))
    size = mean(len(page.markup) for page in pages) / 1000
    report.note(
        f"A page has {size:.0f} kB; words are those of its article. Building the gate, once a process: {took:.1f} s."
    )


def _speed(seconds: Sequence[float], count: int, peer: Sequence[float]) -> tuple[float, str, str]:
    """Return texts a second, their least and most, and the ratio to the peer."""
    speed: Spread = spread_of([count / max(one, 1e-9) for one in seconds])
    return speed.median, f"{speed.least:.0f}-{speed.most:.0f}", ratio_of(seconds, peer).told


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    ask = parser_of(__doc__)
    ask.add_argument("pages", type=Path)
    ask.add_argument("--news", type=Path)
    ask.add_argument("--relevant", type=Path)
    ask.add_argument("--share", type=float, default=0.05, help="of relevant texts among the news")
    ask.add_argument("--rounds", type=int, default=3)
    options = ask.parse_args(arguments)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells of pages that it cannot read
    relevant = read_texts(options.relevant) if options.relevant else []
    news = mix(read_texts(options.news), relevant, options.share) if options.news else []
    with reporting("relevance gate", options) as report:
        measure(report, read_pages(options.pages), news, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
