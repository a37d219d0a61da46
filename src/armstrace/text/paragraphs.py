"""Lines and paragraphs of a text, as spans; hard-wrapped texts (telexes, e-mails) are put together again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from armstrace.document import Span

LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
NOT_SPACE = re.compile(r"\S")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
BULLET = re.compile(r"[-*•▪●‣◦·⦁–—](?=\s)")
# Web lines are one paragraph each and run to hundreds of characters; nobody wraps wider than this.
WIDEST_WRAP = 120
NARROWEST_WRAP = 30
# Share of line ends that must look forced by the margin before a text counts as hard-wrapped.
FORCED_SHARE = 0.6
FEWEST_JOINS = 2
# One line in so many may be longer than the margin (a web address, a credit).
OUTLIERS = 20


class Line(NamedTuple):
    """One line that holds something: where its row begins (with white space) and its words stand."""

    row_start: int
    span: Span

    @property
    def indent(self) -> int:
        """Return how many characters of white space stand before the words."""
        return self.span.start - self.row_start


def trim_span(text: str, start: int, end: int) -> Span:
    """Return ``[start, end)`` without white space at its ends; an empty span where nothing is left."""
    match = NOT_SPACE.search(text, start, end)
    if match is None:
        return Span(start, start)
    # Step by step from the end: slicing would copy a long line once for every tail that is taken off it.
    while text[end - 1].isspace():
        end -= 1
    return Span(match.start(), end)


def line_blocks(text: str) -> tuple[tuple[Line, ...], ...]:
    """Return the lines that hold something, grouped into blocks between blank lines."""
    blocks: list[tuple[Line, ...]] = []
    block: list[Line] = []
    start = 0
    ends = [match.span() for match in LINE_BREAK.finditer(text)]
    for end, following in [*ends, (len(text), len(text))]:
        span = trim_span(text, start, end)
        if span.end > span.start:
            block.append(Line(start, span))
        elif block:
            blocks.append(tuple(block))
            block = []
        start = following
    if block:
        blocks.append(tuple(block))
    return tuple(blocks)


def paragraph_spans(text: str) -> tuple[Span, ...]:
    """Return the paragraphs: one a line, or, in a hard-wrapped text, runs of lines.

    A text counts as hard-wrapped where most line ends inside its sentences look forced by one margin; there a
    paragraph ends at a blank line, before an indented line or a bullet, and after a short line that ends a
    sentence. In doubt each line is a paragraph of its own.
    """
    blocks = line_blocks(text)
    width = _find_margin(text, blocks)
    if width is None:
        return tuple(line.span for block in blocks for line in block)
    return tuple(span for block in blocks for span in _join_lines(text, block, width))


def _find_margin(text: str, blocks: tuple[tuple[Line, ...], ...]) -> int | None:
    """Return the column at which the text is wrapped, None where it is not."""
    lengths = sorted(line.span.end - line.row_start for block in blocks for line in block)
    if not lengths:
        return None
    width = lengths[-1 - len(lengths) // OUTLIERS]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    pairs = (pair for block in blocks for pair in pairwise(block))
    joins = [pair for pair in pairs if not _opens(text, *pair) and not _ends_sentence(text, pair[0])]
    forced = sum(not _had_room(text, line, following, width) for line, following in joins)
    return width if len(joins) >= FEWEST_JOINS and forced >= FORCED_SHARE * len(joins) else None


def _ends_sentence(text: str, line: Line) -> bool:
    """Tell whether the line ends with a full stop or the like."""
    return SENTENCE_END.search(text, max(line.span.end - 4, line.span.start), line.span.end) is not None


def _had_room(text: str, line: Line, following: Line, width: int) -> bool:
    """Tell whether the next line's first word would have fitted on this line."""
    words = text[following.span.start : following.span.end].split(None, 1)
    return line.span.end - line.row_start + 1 + len(words[0]) < width - 1


def _opens(text: str, line: Line, following: Line) -> bool:
    """Tell whether the next line opens a paragraph by its own looks."""
    if following.indent > line.indent or BULLET.match(text, following.span.start):
        return True
    # A headline in capitals right above its story.
    return line.span.of(text).isupper() and not following.span.of(text).isupper()


def _join_lines(text: str, block: tuple[Line, ...], width: int) -> list[Span]:
    """Join the lines of one block into paragraphs."""
    spans = [block[0].span]
    for line, following in pairwise(block):
        ended = _ends_sentence(text, line) and _had_room(text, line, following, width)
        if ended or _opens(text, line, following):
            spans.append(following.span)
        else:
            spans[-1] = Span(spans[-1].start, following.span.end)
    return spans
