"""What a page holds besides its article, by surroundings, so that nothing goes unmentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby

from armstrace.document import LeftOut
from armstrace.ingest.html_blocks import Blocks
from armstrace.ingest.html_page import Stretch
from armstrace.ingest.metadata import tidy

MOST = 200
EXCERPT = 200
OTHER = "not part of the article"
POINTER = "link to another page"
_UNMARKED = frozenset(("", "header"))
_COVERED = 0.5
_SENTENCE = 60  # signs


def list_left_out(blocks: Blocks, covered: Sequence[int], pointers: frozenset[int]) -> tuple[LeftOut, ...]:
    """Return what the text does not hold: neighbouring blocks of one reason as one, and 200 at most.

    Beyond that the last row says how many more there are. A sentence without any such reason is a row of its own.
    """
    rows = [*_rows(blocks, covered, pointers), *_hidden(blocks)]
    if len(rows) <= MOST:
        return tuple(rows)
    rest = len(rows) - MOST + 1
    return (*rows[: MOST - 1], LeftOut(f"{rest} more stretches", "not listed one by one"))


def _rows(blocks: Blocks, covered: Sequence[int], pointers: frozenset[int]) -> Iterator[LeftOut]:
    missing = [
        number for number, (start, end) in enumerate(blocks.bounds) if covered[number] < _COVERED * (end - start)
    ]
    for (reason, _), numbers in groupby(missing, key=lambda n: _reason(blocks, n, pointers)):
        run = list(numbers)
        words: list[str] = []
        for number in run:
            words.append(blocks.line_of(number).line.text[:EXCERPT])
            if sum(map(len, words)) > EXCERPT:
                break
        start = blocks.signs.begins[blocks.signs.part_at(blocks.bounds[run[0]][0])]
        end = blocks.signs.ends[blocks.signs.part_at(blocks.bounds[run[-1]][1] - 1)]
        if excerpt := excerpt_of(" / ".join(words)):
            yield LeftOut(excerpt, reason, f"characters {start}-{end}")


def _reason(blocks: Blocks, number: int, pointers: frozenset[int]) -> tuple[str, int]:
    """Return why a block is not in the text, and its number where it is to stand alone."""
    role = blocks.page.blocks[number].role
    if number in pointers:
        return POINTER, number
    if role not in _UNMARKED:
        return role, -1
    start, end = blocks.bounds[number]
    return OTHER, number if end - start >= _SENTENCE else -1


def _hidden(blocks: Blocks) -> Iterator[LeftOut]:
    for one in blocks.page.hidden:
        if excerpt := _shown(blocks.page.source, one):
            yield LeftOut(excerpt, "hidden", f"characters {one.start}-{one.end}")


def _shown(source: str, one: Stretch) -> str | None:
    return excerpt_of(one.shown or unescape(source[one.start : min(one.end, one.start + 2 * EXCERPT)]))


def excerpt_of(words: str) -> str | None:
    """Return one line of at most 200 characters; None where nothing is left."""
    line = tidy(words)
    return line if line is None or len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"
