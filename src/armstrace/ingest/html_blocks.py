"""The blocks of a page and the signs in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby, pairwise
from typing import NamedTuple

from armstrace.ingest.html_body import PARAGRAPH, Line
from armstrace.ingest.html_page import Page
from armstrace.ingest.html_places import GAP, SIGNS, Match, Signs

GAPS = re.compile(rf"[{GAP}]+")


class Found(NamedTuple):
    """A line and where its signs stand on the page."""

    line: Line
    matches: list[Match]


class Blocks:
    """The blocks of a page with the signs in them: bounded, linked and covered by an article."""

    def __init__(self, page: Page, signs: Signs) -> None:
        self.page, self.signs = page, signs
        self.bounds = [(0, 0)] * len(page.blocks)
        for part, start in enumerate(signs.starts):
            end, block = signs.end_of(part), page.stretches[signs.stretches[part]].block
            first, last = self.bounds[block]
            self.bounds[block] = (first if last else start, end)

    def text_of(self, number: int) -> str:
        """Return the signs of a block."""
        return self.signs.text[slice(*self.bounds[number])]

    def block_at(self, sign: int) -> int:
        """Return the number of the block that holds a sign."""
        return self.page.stretches[self.signs.stretches[self.signs.part_at(sign)]].block

    def linked(self, start: int, end: int) -> int:
        """Return how many signs between ``start`` and ``end`` lie in links."""
        total, part = 0, self.signs.part_at(start)
        while start < end:
            stop = self.signs.end_of(part)
            if self.page.stretches[self.signs.stretches[part]].linked:
                total += min(stop, end) - start
            start, part = stop, part + 1
        return total

    def covered(self, matches: Sequence[Match]) -> list[int]:
        """Return for each block how many of its signs the matches cover."""
        counts = [0] * len(self.bounds)
        for match in matches:
            start, end = match.page, match.page + match.size
            while start < end:
                block = self.block_at(start)
                stop = min(self.bounds[block][1], end)
                counts[block] += stop - start
                start = stop
        return counts

    def line_of(self, number: int) -> Found:
        """Return a block as a line of text."""
        start, end = self.bounds[number]
        first, last = (self.signs.stretches[self.signs.part_at(at)] for at in (start, end - 1))
        stretches = [one for one in self.page.stretches[first : last + 1] if one.block == number]
        words = "".join(one.shown or unescape(self.page.source[one.start : one.end]) for one in stretches)
        return Found(Line(" ".join(GAPS.sub(_as_space, words).split())), [Match(0, start, end - start)])


def _as_space(gap: re.Match[str]) -> str:
    return " " if any(sign.isspace() for sign in gap.group()) else ""


def part_line(blocks: Blocks, found: Found) -> list[Found]:
    """Return a line as one a block: trafilatura runs paragraphs together where it falls back to simpler means.

    Rows stay whole, their cells being blocks of their own.
    """
    line, matches = found
    if line.kind == "row" or not matches:
        return [found]
    pieces = [piece for match in matches for piece in _by_block(blocks, match)]
    runs = [list(run) for _, run in groupby(pieces, key=lambda piece: blocks.block_at(piece.page))]
    if len(runs) == 1:
        return [found]
    begins = _text_offsets(line.text)
    cuts = [0, *(begins[run[0].line] for run in runs[1:]), len(line.text)]
    parts = []
    for number, (run, (start, end)) in enumerate(zip(runs, pairwise(cuts), strict=True)):
        shift = run[0].line if number else 0
        text, kind = line.text[start:end].strip(), line.kind if number == 0 else ""
        parts.append(Found(Line(text, line.gap if number == 0 else PARAGRAPH, kind), _shifted(run, shift)))
    return parts


def _shifted(run: Sequence[Match], shift: int) -> list[Match]:
    return [Match(one.line - shift, one.page, one.size) for one in run]


def _by_block(blocks: Blocks, match: Match) -> Iterator[Match]:
    start, end = match.page, match.page + match.size
    while start < end:
        stop = min(blocks.bounds[blocks.block_at(start)][1], end)
        yield Match(match.line + start - match.page, start, stop - start)
        start = stop


def _text_offsets(text: str) -> list[int]:
    """Return where each sign of a line stands in it."""
    return [at for word in SIGNS.finditer(text) for at in range(*word.span())]
