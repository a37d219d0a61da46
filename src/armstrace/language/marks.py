"""Sources, cues and contents of attributions as the network marks them, word by word."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from armstrace.language.roles import read_windows
from armstrace.text.quotations import find_quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from armstrace.language.encoder import Encoder
    from armstrace.language.sentence import Sentence
    from armstrace.text.quotations import Quotation

_OUTSIDE, _FIRST, _LATER = range(3)  # the network's marks
_MOST = 0.5
# A content is a whole stretch: a word or two that the network left out, commas mostly, do not end it.
_GAPS = {"content": 2}


def read_marks(encoder: Encoder, text: str, sentences: Sequence[Sentence]) -> dict[str, list[tuple[int, int]]]:
    """Return for "source", "cue" and "content" the spans of characters in order; spans of one name never overlap.

    A quotation that is content in the most part is content as a whole, with its marks.
    """
    names = encoder.role_labels.marks
    rows = {n: [[_OUTSIDE] * len(s.tokens) for _ in names] for n, s in enumerate(sentences)}
    done: set[int] = set()
    for window in read_windows(encoder, sentences, range(len(sentences)), ""):
        chosen = np.argmax(window.scores.marks.reshape(window.count, len(names), -1), axis=2)
        for number, start in window.starts.items():
            if number in done:
                continue
            done.add(number)
            for place in range(window.lengths[number]):
                for k in range(len(names)):
                    rows[number][k][place] = int(chosen[start + place, k])
    places = [(t.start, t.end) for s in sentences for t in s.tokens]
    columns = [[mark for n in range(len(sentences)) for mark in rows[n][k]] for k in range(len(names))]
    _fill_quotations(columns[names.index("content")], places, find_quotations(text))
    others = [column for column, name in zip(columns, names, strict=True) if name not in _GAPS]
    said = [any(column[place] for column in others) for place in range(len(places))]
    return {
        name: [(places[first][0], places[last][1]) for first, last in find_spans(column, said, _GAPS.get(name, 0))]
        for name, column in zip(names, columns, strict=True)
    }


def _fill_quotations(content: list[int], places: Sequence[tuple[int, int]], quotations: Sequence[Quotation]) -> None:
    """Mark every word of a quotation of which most words are content."""
    starts = [start for start, _ in places]
    for quotation in quotations:
        first, stop = bisect_left(starts, quotation.span.start), bisect_left(starts, quotation.span.end)
        marked = sum(mark != _OUTSIDE for mark in content[first:stop])
        if not quotation.scare and marked > (stop - first) * _MOST:
            later = content[first - 1] != _OUTSIDE if first else False
            content[first:stop] = [_LATER if later else _FIRST, *[_LATER] * (stop - first - 1)]


def find_spans(marks: Sequence[int], stops: Sequence[bool], gap: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each marked span, in order.

    A span ends where a new one begins; with a ``gap`` it goes on over so many unmarked words, and over a new beginning,
    unless a word of ``stops`` stands between.
    """
    start = last = -1
    for place, mark in enumerate(marks):
        if mark == _OUTSIDE:
            continue
        between = range(last + 1, place)
        goes_on = start >= 0 and len(between) <= gap and not any(stops[i] for i in between)
        if goes_on and (gap or mark != _FIRST):
            last = place
            continue
        if start >= 0:
            yield start, last
        start = last = place
    if start >= 0:
        yield start, last
