"""Tells which embargoes are encoded and how sure each is: ``python evaluation/embargo_coverage.py`` writes the page.

``--check`` ends with 1 where docs/coverage.md does not say what the measure files do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from armstrace.embargo.coverage import BODIES, count_read, end_of, targets_of
from armstrace.embargo.load import load_measures
from armstrace.embargo.measures import Measure
from armstrace.embargo.schema import Field, items, read_record, read_rows, read_yaml, text, web_address
from armstrace.errors import MeasureError

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "coverage.md"
EPISODES = Path(__file__).parent / "embargo_episodes.yml"
INTRODUCTION = """\
# Which embargoes are encoded

Generated from the measure files by `python evaluation/embargo_coverage.py`; how a file is written stands in
[law.md](law.md). **Rules** are dated entries. **Facts** are days, terms and paragraph of each entry, exemption,
renewal, suspension and dispute: how many were looked up, of how many; **whole** counts the records with all three. The
rest is the encoder's knowledge and says in its file what to look for. **To** is empty where no end is set; `?` marks a
set end whose renewal was not looked up. Of days after **known until** a file says nothing.
"""
HEAD = """\
| key | against | rules | from | to | facts | whole | confidence | checked | known until |
|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Episode:
    """An embargo as a public list names it, with the key of our file, or why there is none."""

    name: str
    years: str
    key: str
    missing: str


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list of embargoes and where it can be read."""

    title: str
    source: str
    episodes: tuple[Episode, ...]


def read_lists(path: Path = EPISODES) -> tuple[PublicList, ...]:
    """Return the public lists.

    Raises:
        MeasureError: the file breaks its form, or an episode has both a key and a reason for its absence, or neither.
    """
    rows = read_rows(read_yaml(path), path.name)
    records = (read_record(row, f"{path.name}, list {place}", _LIST) for place, row in enumerate(rows, 1))
    return tuple(PublicList(row["list"], row["source"], row["episodes"]) for row in records)


def _episode(value: object, where: str) -> Episode:
    found = Episode(**read_record(value, where, _EPISODE))
    if bool(found.key) == bool(found.missing):
        raise MeasureError(f"{where}: an episode has either a 'key' or says why it is 'missing'")
    return found


_EPISODE = (
    Field("name", text),
    Field("years", text),
    Field("key", text, default=""),
    Field("missing", text, default=""),
)
_LIST = (Field("list", text), Field("source", web_address), Field("episodes", items(_episode)))


def make_page(measures: Sequence[Measure], lists: Sequence[PublicList]) -> str:
    """Return the page as Markdown.

    Raises:
        MeasureError: an episode names a key that no measure has.
    """
    keys = {measure.key for measure in measures}
    for episode in chain.from_iterable(one.episodes for one in lists):
        if episode.key and episode.key not in keys:
            raise MeasureError(f"{EPISODES.name}: no measure file is named {episode.key}")
    return "\n".join(chain([INTRODUCTION], _measure_lines(measures), _episode_lines(lists))) + "\n"


def _measure_lines(measures: Sequence[Measure]) -> Iterator[str]:
    for body, name in BODIES.items():
        made = [measure for measure in measures if measure.body is body]
        counts = [count_read(measure) for measure in made]
        facts, whole, records = (sum(count[place] for count in counts) for place in range(3))
        yield f"## {name}\n"
        yield f"Regimes: {len(made)}. Facts looked up: {facts} of {3 * records}. Records whole: {whole} of {records}.\n"
        yield HEAD
        yield from map(_measure_line, made)
        yield ""


def _measure_line(measure: Measure) -> str:
    facts, whole, records = count_read(measure)
    cells = (
        measure.key,
        targets_of(measure.entries),
        str(len(measure.entries)),
        str(min(entry.in_force_from for entry in measure.entries)),
        end_of(measure.entries),
        f"{facts}/{3 * records}",
        f"{whole}/{records}",
        measure.confidence,
        str(measure.date_checked),
        str(measure.known_until),
    )
    return f"| {' | '.join(cells)} |"


def _episode_lines(lists: Sequence[PublicList]) -> Iterator[str]:
    yield "## Against public lists\n"
    for one in lists:
        absent = sum(not episode.key for episode in one.episodes)
        yield f"### {one.title}\n\n{len(one.episodes)} episodes, {absent} missing. Source: <{one.source}>\n"
        yield "| episode | years | here |\n|---|---|---|"
        yield from (f"| {e.name} | {e.years} | {e.key or f'missing: {e.missing}'} |" for e in one.episodes)
        yield ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or compare it; return 1 where ``--check`` finds another text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where the page is out of date")
    page = make_page(load_measures(), read_lists())
    if not parser.parse_args(arguments).check:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == page:
        return 0
    print(f"{PAGE.name} is out of date: run python evaluation/embargo_coverage.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
