"""Which parts of a text a page shows: all of a short one; of a long one what stands around its claims, or one leaf.

Leaves are the same whoever asks: each ends at the last line end before a multiple of ``LEAF`` characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from armstrace.document import Span

WHOLE: Final = 80_000  # characters that are shown at once: a report of thirty pages
LEAF: Final = 40_000
AROUND: Final = 600  # characters on either side of a claim's sentence, up to the end of the line
HEAD: Final = 1500  # the beginning, which names outlet, day and place
MOST_CLAIMS: Final = 100  # that are shown at once
REACH: Final = 2000  # characters in which a line end is looked for
_SPACE: Final = re.compile(r"\s")


class Windows(NamedTuple):
    """The spans that are shown, in order; whether they are a leaf; where the leaves before and after begin."""

    spans: tuple[Span, ...]
    is_leaf: bool = False
    before: int | None = None
    after: int | None = None


def choose_windows(text: str, claims: Sequence[Span], at: int | None = None) -> Windows:
    """Return what to show of a text whose claims stand on these spans; of a long one the leaf with ``at``, if given."""
    if len(text) <= WHOLE:
        return Windows((Span(0, len(text)),))
    if at is not None:
        return _leaf(text, min(max(at, 0), len(text) - 1))
    around = [Span(0, HEAD), *(Span(span.start - AROUND, span.end + AROUND) for span in claims[:MOST_CLAIMS])]
    return Windows(tuple(_joined(_at_lines(text, span) for span in sorted(around))))


def gaps(spans: Iterable[Span], end: int) -> Iterator[Span]:
    """Yield what is left out before each span and behind the last, empty spans included."""
    done = 0
    for span in spans:
        yield Span(done, span.start)
        done = span.end
    yield Span(done, end)


def _leaf(text: str, at: int) -> Windows:
    number = at // LEAF
    if at >= _bound(text, number + 1):
        number += 1
    start, end = _bound(text, number), _bound(text, number + 1)
    before = _bound(text, number - 1) if start else None
    return Windows((Span(start, end),), is_leaf=True, before=before, after=end if end < len(text) else None)


def _bound(text: str, number: int) -> int:
    """Return where a leaf begins."""
    return 0 if number <= 0 else len(text) if number * LEAF >= len(text) else _line_before(text, number * LEAF)


def _line_before(text: str, place: int) -> int:
    """Return the start of the line of a place; of a line without end a white space, or the place itself."""
    low = max(place - REACH, 0)
    found = text.rfind("\n", low, place) + 1
    if found > low:
        return found
    space = max(text.rfind(" ", low, place), low - 1) + 1
    return 0 if low == 0 else space if space > low else place


def _line_after(text: str, place: int) -> int:
    """Return the end of the line of a place, in the same way."""
    high = min(place + REACH, len(text))
    found = text.find("\n", place, high)
    if found >= 0:
        return found + 1
    space = _SPACE.search(text, place, high)
    return len(text) if high == len(text) else space.end() if space else place


def _at_lines(text: str, span: Span) -> Span:
    start, end = max(span.start, 0), min(span.end, len(text))
    return Span(_line_before(text, start), _line_after(text, end))


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
