"""The words found, where they stand: a stretch of a text with the places of what was looked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from armstrace.document import Span
from armstrace.store.query import Term
from armstrace.store.words import Word, find_words

WIDTH = 240  # characters of a stretch, about three lines
_BEFORE = WIDTH // 4  # of what was looked for
_REACH = WIDTH * 2 // 3


class Snippet(NamedTuple):
    """A stretch of a text: where it stands there, its words, and in these the places of what was looked for."""

    span: Span
    text: str
    marks: tuple[Span, ...] = ()


class _Found(NamedTuple):
    """Where a term stands, and which of the query it is."""

    span: Span
    term: int


def find_marks(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return where terms stand in a text, in order, none touching another."""
    return tuple(_joined(found.span for found in _find(text, terms)))


def cut_snippet(text: str, terms: Sequence[Term], offset: int = 0) -> Snippet:
    """Return the stretch that holds most of the terms, the first of several; ``offset`` is where ``text`` begins."""
    best, found = _densest(text, terms)
    start, end = _bounds(text, best)
    inside = _joined(f.span for f in found if start <= f.span.start and f.span.end <= end)
    marks = tuple(Span(span.start - start, span.end - start) for span in inside)
    return Snippet(Span(offset + start, offset + end), text[start:end], marks)


def _find(text: str, terms: Sequence[Term]) -> Iterator[_Found]:
    """Yield the places of terms in the order of their last words."""
    wanted = [(number, term) for number, term in enumerate(terms) if not term.negated]
    last: deque[Word] = deque(maxlen=max((len(term.forms) for _, term in wanted), default=1))
    for word in find_words(text) if wanted else ():
        last.append(word)
        for number, term in wanted:
            first = _first_of(last, term)
            if first is not None:
                yield _Found(Span(first.start, word.end), number)


def _first_of(last: deque[Word], term: Term) -> Word | None:
    """Return the first word of a term that ends with the last of some words, None where it does not."""
    *whole, end = term.forms
    form = last[-1].form
    if not (form == end or (term.prefix and form.startswith(end))) or len(last) <= len(whole):
        return None
    is_there = all(last[place - len(term.forms)].form == form for place, form in enumerate(whole))
    return last[-len(term.forms)] if is_there else None


def _densest(text: str, terms: Sequence[Term]) -> tuple[int, list[_Found]]:
    """Return where the densest stretch begins, and what was found up to its end: the search ends once all is there."""
    all_of_them = sum(not term.negated for term in terms)
    found: list[_Found] = []
    near: deque[_Found] = deque()
    best, most = 0, 0
    for one in _find(text, terms):
        if most == all_of_them and one.span.start > best + WIDTH:
            break
        found.append(one)
        near.append(one)
        while near[0].span.start < one.span.start - _REACH:
            near.popleft()
        last = {other.term: other.span.start for other in near}
        if len(last) > most:
            best, most = min(last.values()), len(last)
    return best, found


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return places with those that overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and joined[-1].touches(span):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _bounds(text: str, best: int) -> tuple[int, int]:
    """Return the bounds of a stretch around a place: whole words, no white space at its ends."""
    start = max(best - _BEFORE, 0)
    end = min(start + WIDTH, len(text))
    while 0 < start < best and text[start - 1].isalnum():
        start += 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    if end == start:  # one word without end
        end = min(start + WIDTH, len(text))
    stretch = text[start:end]
    blank = len(stretch) - len(stretch.lstrip())
    return start + blank, start + max(len(stretch.rstrip()), blank)
