"""The words found, where they stand: a stretch of a text with the places of what was looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from armstrace.document import Span
from armstrace.store.query import Term
from armstrace.store.words import Word, find_words

WIDTH = 240  # characters of a stretch, about three lines


class Snippet(NamedTuple):
    """A stretch of a text: where it stands there, its words, and in these the places of what was looked for."""

    span: Span
    text: str
    marks: tuple[Span, ...] = ()


def find_marks(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return where terms stand in a text, in order, none touching another."""
    return tuple(span for span, _ in _joined(_find(text, terms)))


def cut_snippet(text: str, terms: Sequence[Term], offset: int = 0) -> Snippet:
    """Return the stretch that holds most of the terms, the first of several; ``offset`` is where ``text`` begins."""
    found = _joined(_find(text, terms))
    start, end = _window(text, found)
    marks = tuple(Span(s.start - start, s.end - start) for s, _ in found if start <= s.start and s.end <= end)
    return Snippet(Span(offset + start, offset + end), text[start:end], marks)


def _find(text: str, terms: Sequence[Term]) -> list[tuple[Span, int]]:
    """Return the places of terms, each with the number of its term, in order."""
    wanted = [(number, term) for number, term in enumerate(terms) if not term.negated]
    if not wanted:
        return []
    words = list(find_words(text))
    return [
        (Span(words[at].start, words[at + len(term.forms) - 1].end), number)
        for at in range(len(words))
        for number, term in wanted
        if _stands_at(words, at, term)
    ]


def _stands_at(words: list[Word], at: int, term: Term) -> bool:
    *whole, last = term.forms
    end = at + len(whole)
    if end >= len(words) or not (words[end].form == last or (term.prefix and words[end].form.startswith(last))):
        return False
    return all(words[at + n].form == form for n, form in enumerate(whole))


def _joined(found: list[tuple[Span, int]]) -> list[tuple[Span, frozenset[int]]]:
    """Return places with those that overlap made one."""
    joined: list[tuple[Span, frozenset[int]]] = []
    for span, number in found:
        if joined and joined[-1][0].touches(span):
            before, numbers = joined[-1]
            joined[-1] = (Span(before.start, max(before.end, span.end)), numbers | {number})
        else:
            joined.append((span, frozenset({number})))
    return joined


def _window(text: str, found: list[tuple[Span, frozenset[int]]]) -> tuple[int, int]:
    """Return the bounds of the stretch that shows most terms, whole words, without white space at its ends."""
    starts = [span.start for span, _ in found]
    best, most = 0, 0
    for at, (span, _) in enumerate(found):
        inside = found[at : bisect_right(starts, span.start + WIDTH * 2 // 3)]
        terms = len(frozenset().union(*(numbers for _, numbers in inside)))
        if terms > most:
            best, most = span.start, terms
    start = max(best - WIDTH // 4, 0)
    end = min(start + WIDTH, len(text))
    while start > 0 and start < best and text[start - 1].isalnum():
        start += 1
    while end < len(text) and end > start and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    if end == start:  # one word without end
        end = min(start + WIDTH, len(text))
    stretch = text[start:end]
    blank = len(stretch) - len(stretch.lstrip())
    return start + blank, start + max(len(stretch.rstrip()), blank)
