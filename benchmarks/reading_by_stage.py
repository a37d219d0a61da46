"""How fast documents are read, stage by stage, beside trafilatura and a spaCy pipeline on the same documents.

    python benchmarks/reading_by_stage.py [PATH ...] [--every 10] [--rounds 3] [--spacy FOLDER] [--block 16]

PATH is whatever ``armstrace read`` reads: texts, web pages (packed ones too), JSON Lines; without one, our own corpus
and the packaged reports. Where a document is no web page, one is made around its text, small as print versions are, for
the HTML stage and for trafilatura; real pages take both longer. FOLDER is the peer that
``benchmarks/train_spacy_peer.py`` makes, or any trained pipeline; needs ``pip install '.[bench]'``.

All take turns, ``--block`` documents at a time. The stages are those of ``armstrace read``, each called as the pipeline
calls it; "rules" is extraction less the parse, the roles, sentences and matching. "reached" is how many documents come
to a stage: those without arms are not parsed. Words are parted by spaces, and those of the text read count, for all
alike. Every figure is of one core, in the processor's time; spreads are over the rounds, the least and the most.
"""

from __future__ import annotations

import html
import logging
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import trafilatura

from armstrace.errors import InputError
from armstrace.export.jsonl import jsonl_lines
from armstrace.extract.claims import extract
from armstrace.ingest.html import read_html
from armstrace.ingest.raw import Piece, RawText
from armstrace.ingest.walk import find_inputs, read_input
from armstrace.language import Language
from armstrace.pipeline import Reader, load_reader, make_document
from armstrace.text.english import is_english
from armstrace.text.sentences import split_sentences
from measured import Column, Report, Spread, parser_of, peak_mebibytes, ratio_of, reporting, spread_of, take_turns

_REPOSITORY: Final = Path(__file__).parents[1]
DEFAULT: Final = (
    _REPOSITORY / "evaluation" / "corpus" / "texts",
    _REPOSITORY / "src" / "armstrace" / "demo_articles" / "reports",
)
PAGES, CLEANED, TOLD, CUT, MATCHED = "HTML extraction", "clean", "language told", "sentences", "matching"
PARSED, ROLES, RULES, WRITTEN = "parse", "roles", "rules", "claims written"
STAGES: Final = (PAGES, CLEANED, TOLD, CUT, MATCHED, PARSED, ROLES, RULES, WRITTEN)
_STAGE_OF: Final = {"analyse": PARSED, "read_roles": ROLES}  # methods of the language model
OURS, TRAFILATURA, FAST = "armstrace", "trafilatura.extract", "trafilatura, fast, metadata"
ALONE, PIPE = "spaCy, one by one", "spaCy, nlp.pipe"
USUAL: Final = 500  # words of a document, as aims are stated
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Material:
    """A document: the page that it stands on, and its text as read."""

    page: Piece
    raw: RawText

    @property
    def words(self) -> int:
        """How many words its text has."""
        return len(self.raw.text.split())


@dataclass(slots=True)
class Laps:
    """Seconds of the processor by stage, without those of stages within, and how many documents reached each."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    reached: Counter[str] = field(default_factory=Counter)
    _within: list[float] = field(default_factory=lambda: [0.0])

    def timed(self, stage: str, work: Callable[[], Found]) -> Found:
        """Return what work gives, and count its time."""
        self._within.append(0.0)
        begun = time.process_time()
        try:
            return work()
        finally:
            took = time.process_time() - begun
            self.seconds[stage] += took - self._within.pop()
            self._within[-1] += took
            self.reached[stage] += 1

    @property
    def whole(self) -> float:
        """The seconds of all stages."""
        return sum(self.seconds.values())


class TimedLanguage:
    """The language model, what its methods take being counted."""

    def __init__(self, language: Language, laps: Laps) -> None:
        self._language = language
        self._laps = laps

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._language, name)
        return lambda *given: self._laps.timed(_STAGE_OF.get(name, RULES), partial(method, *given))


def read_in_stages(reader: Reader, one: Material, laps: Laps) -> None:
    """Read a document from its page to lines of claims, as ``armstrace read`` does, stage by stage."""
    laps.timed(PAGES, partial(read_html, one.page))
    document = laps.timed(CLEANED, partial(make_document, one.raw))
    if not laps.timed(TOLD, partial(is_english, document.text)):
        return
    before = laps.seconds[CUT] + laps.seconds[MATCHED]
    spans = laps.timed(CUT, partial(split_sentences, document.text))
    laps.timed(MATCHED, lambda: [reader.lexicon.matcher.find(span.of(document.text)) for span in spans])
    language = cast("Language", TimedLanguage(reader.language, laps))
    extraction = laps.timed(RULES, partial(extract, document, language, reader.lexicon))
    laps.seconds[RULES] -= laps.seconds[CUT] + laps.seconds[MATCHED] - before  # extraction did both once more
    laps.timed(WRITTEN, lambda: list(jsonl_lines(extraction.claims)))


def find_material(paths: Sequence[Path], every: int) -> Iterator[Material]:
    """Yield every so many-th document of paths that holds words."""
    texts = (found for path in paths for given in find_inputs(str(path)) for found in read_input(given))
    for raw in islice((found for found in texts if isinstance(found, RawText)), 0, None, every):
        data = raw.evidence if raw.format == "html" else dressed(raw)
        page = Piece(raw.id, data, raw.capture)
        try:
            read_html(page)
        except InputError as error:
            print(f"left out: {error}", file=sys.stderr)
        else:
            yield Material(page, raw)


def dressed(raw: RawText) -> bytes:
    """Return a small page around a text: a head, a menu, the paragraphs, links at the foot."""
    title = html.escape(raw.metadata.title or raw.text.strip().partition("\n")[0][:80])
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in raw.text.splitlines() if line.strip())
    menu = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in "world business sport weather".split())
    more = "".join(f'<li><a href="/story/{n}">Another story of number {n}</a></li>' for n in range(8))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="description" content="{title}"></head><body><nav><ul>{menu}</ul></nav>'
        f"<main><article><h1>{title}</h1>{paragraphs}</article></main>"
        f"<aside><h2>More</h2><ul>{more}</ul></aside><footer><p>All rights reserved</p></footer></body></html>"
    ).encode()


def load_spacy(folder: str) -> Any:  # noqa: ANN401 - spaCy's own type, where it is installed
    """Return a trained spaCy pipeline, which uses one core."""
    os.environ["OMP_NUM_THREADS"] = "1"
    import spacy  # noqa: PLC0415 - the extra "bench"

    return spacy.load(folder)


def peers_of(pipeline: Any) -> dict[str, Callable[[Sequence[Material]], object]]:  # noqa: ANN401 - as above
    """Return how each peer takes some documents; of spaCy nothing where no pipeline is given."""
    pages: dict[str, Callable[[Sequence[Material]], object]] = {
        TRAFILATURA: lambda some: [trafilatura.extract(one.page.data) for one in some],
        FAST: lambda some: [trafilatura.extract(one.page.data, fast=True, with_metadata=True) for one in some],
    }
    if pipeline is None:
        return pages
    return {
        **pages,
        ALONE: lambda some: [pipeline(one.raw.text) for one in some],
        PIPE: lambda some: list(pipeline.pipe([one.raw.text for one in some], batch_size=len(some))),
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """Laps of each round, and seconds of each peer in each round."""

    laps: Sequence[Laps]
    peers: dict[str, list[float]]

    def seconds(self, name: str) -> list[float]:
        """Return the seconds of each round of a peer, or of our own reading."""
        return [laps.whole for laps in self.laps] if name == OURS else self.peers[name]


def measure(material: Sequence[Material], reader: Reader, pipeline: Any, rounds: int, block: int) -> Measured:  # noqa: ANN401
    """Read all documents in every way, the ways in turn."""
    blocks = [material[at : at + block] for at in range(0, len(material), block)]
    peers, laps = peers_of(pipeline), list[Laps]()

    def read(some: Sequence[Material]) -> None:
        for one in some:
            read_in_stages(reader, one, laps[-1])

    ways = {OURS: read, **peers}
    laps.append(Laps())
    take_turns(ways, blocks[:1], 1)  # what comes first also fills caches
    laps.clear()
    spent: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(rounds):
        laps.append(Laps())
        for name, (seconds,) in take_turns(ways, blocks, 1).items():
            if name != OURS:
                spent[name].append(seconds)
    return Measured(laps, spent)


def tell(report: Report, material: Sequence[Material], found: Measured) -> None:
    """Tell the stages, and the peers beside all of them."""
    count, words = len(material), sum(one.words for one in material)
    made = sum(one.raw.format != "html" for one in material)
    rates = (Column("documents/s", ",.1f"), Column("words/s", ",.0f"), Column(f"{USUAL}-word documents/s", ",.1f"))
    title = f"Stages: {count:,} documents of {words / count:.0f} words; pages made around {made:,} of them"
    stages = report.table(
        title,
        Column("stage"),
        Column("reached", ","),
        Column("ms each", ".3f"),
        Column("spread"),
        Column("share", ".1%"),
        *rates,
    )
    whole = spread_of(found.seconds(OURS)).median
    for stage in STAGES:
        taken = spread_of([laps.seconds[stage] for laps in found.laps])
        stages.add(
            stage, found.laps[0].reached[stage], *_row(taken, count, taken.median / whole), *_rates(taken, count, words)
        )
    taken = spread_of(found.seconds(OURS))
    stages.add("all", count, *_row(taken, count, 1.0), *_rates(taken, count, words))
    against = [name for name in (TRAFILATURA, PIPE) if name in found.peers]
    peers = report.table(
        "Peers on the same documents", Column("reader"), *rates, *(Column(f"times {name}") for name in against)
    )
    for name in (OURS, *found.peers):
        seconds = found.seconds(name)
        ratios = [ratio_of(seconds, found.seconds(other)).told for other in against]
        peers.add(name, *_rates(spread_of(seconds), count, words), *ratios)


def _row(taken: Spread, count: int, share: float) -> tuple[float, str, float]:
    least, most = 1000 * taken.least / count, 1000 * taken.most / count
    return 1000 * taken.median / count, f"{least:.3g}-{most:.3g}", share


def _rates(taken: Spread, count: int, words: int) -> tuple[float, float, float]:
    seconds = taken.median or float("nan")
    return count / seconds, words / seconds, words / USUAL / seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    ask = parser_of(__doc__)
    ask.add_argument("paths", type=Path, nargs="*", metavar="PATH")
    ask.add_argument("--every", type=int, default=10, help="take every so many-th document")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--block", type=int, default=16, help="documents that each takes in turn")
    ask.add_argument("--spacy", metavar="FOLDER", help="a trained spaCy pipeline")
    options = ask.parse_args(arguments)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    material = list(find_material(options.paths or DEFAULT, options.every))
    if not material:
        ask.error("no document in these paths holds words")
    with reporting("reading by stage", options, "spacy") as report:
        reader = load_reader()
        pipeline = load_spacy(options.spacy) if options.spacy else None
        tell(report, material, measure(material, reader, pipeline, options.rounds, options.block))
        report.note(f"Memory at most, with all readers loaded: {peak_mebibytes():.0f} MiB.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
