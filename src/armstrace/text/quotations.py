"""Quotations of a text, as spans: curly, straight, single, doubled and angled marks, closed or not.

Marks pair inside one paragraph, each family by itself. Speech that runs over paragraphs gives one quotation a
paragraph, the later ones marked as continuing. In doubt a single mark is an apostrophe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.text.abbreviations import REPORTING_VERBS
from armstrace.text.marks import Mark, read_marks
from armstrace.text.paragraphs import paragraph_spans, trim_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD = re.compile(r"[^\W_][\w'’.-]*")
MOST_SCARE_WORDS = 3
LONGEST_SCARE = 60
SPEAKS = re.compile(rf"[\s,]*(?:(?:he|she|they|it|[A-Z][\w.'’-]*)\s+){{0,3}}(?:{REPORTING_VERBS})\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: ``span`` with its marks, ``inner`` without.

    ``closed`` is False where the closing mark is missing: it runs to the end of the paragraph or to the
    next opening mark. ``scare`` marks one to three words that are no sentence. ``continues`` marks speech
    that goes on from the last quotation of the paragraph before.
    """

    span: Span
    inner: Span
    closed: bool
    scare: bool
    continues: bool = False


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations in order of their first character, an outer one before those inside it.

    A quotation of nothing is none.
    """
    paragraphs = paragraph_spans(text)
    found: list[Quotation] = []
    running: set[str] = set()
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        marks = tuple(read_marks(text, paragraph))
        pairs = [*_pair_marks(marks), *_pair_singles(text, paragraph, marks, following)]
        unclosed: set[str] = set()
        for opening, closing, limit in pairs:
            continues = opening.span.start == paragraph.start and opening.family in running
            end = closing.span.end if closing else trim_span(text, opening.span.start, limit or paragraph.end).end
            found.append(_build(text, opening, closing, end, continues=continues))
            if closing is None and limit is None:
                unclosed.add(opening.family)
        running = unclosed
    told = (quotation for quotation in found if quotation.inner.end > quotation.inner.start)
    return tuple(sorted(told, key=lambda quotation: (quotation.span.start, -quotation.span.end)))


# Opening mark, closing mark if any, and where an unclosed one is cut short by the next opening mark.
Pair = tuple[Mark, Mark | None, int | None]


def _pair_marks(marks: Sequence[Mark]) -> Iterator[Pair]:
    """Yield the pairs of every family but the single marks."""
    waiting: dict[str, Mark] = {}
    for mark in marks:
        if mark.family == "single" or mark.leans == "":
            continue
        opening = waiting.pop(mark.family, None)
        if mark.leans == "(" or (mark.leans == "|" and opening is None):
            if opening is not None:
                yield opening, None, mark.span.start
            waiting[mark.family] = mark
        elif opening is not None:
            yield opening, mark, None
    yield from ((mark, None, None) for mark in waiting.values())


def _pair_singles(text: str, paragraph: Span, marks: Sequence[Mark], following: Span | None) -> Iterator[Pair]:
    """Yield the pairs of single marks, each wholly inside or wholly outside one quotation of double marks."""
    depth = 0
    singles: list[tuple[Mark, int]] = []
    for mark in marks:
        if mark.family == "single":
            singles.append((mark, depth))
        elif mark.leans:
            # Every double mark starts a new stretch; outside (even) stretches may hold whole quotations.
            depth += 1
    taken = -1
    last = max((at for at, (mark, _) in enumerate(singles) if mark.leans == "("), default=-1)
    for at, (mark, stretch) in enumerate(singles):
        if at <= taken or mark.leans != "(":
            continue
        closing = _find_closing(text, singles, at, stretch)
        if closing is not None:
            taken = closing
            yield mark, singles[closing][0], None
        elif at == last and _runs_on(text, paragraph, mark, following):
            yield mark, None, None


def _find_closing(text: str, singles: Sequence[tuple[Mark, int]], at: int, stretch: int) -> int | None:
    """Return the place of the closing mark: the first that is no possessive, else the first possessive."""
    possessive = None
    for place in range(at + 1, len(singles)):
        mark, other = singles[place]
        if mark.leans == "(":
            break
        fits = other == stretch if stretch % 2 else other % 2 == 0
        if not fits:
            continue
        if not _is_possessive(text, mark):
            return place
        possessive = place if possessive is None else possessive
    return possessive


def _is_possessive(text: str, mark: Mark) -> bool:
    """Tell whether the mark may belong to a plural's possessive ("the Russians' tanks")."""
    return (
        text[mark.span.start - 1] in "sSzx"
        and re.match(r"\s[a-z]", text[mark.span.end : mark.span.end + 2]) is not None
    )


def _runs_on(text: str, paragraph: Span, mark: Mark, following: Span | None) -> bool:
    """Tell whether an unclosed single mark opens speech that fills the paragraph."""
    if following is not None and text.startswith(mark.shape, following.start):
        return mark.shape != "`"
    return mark.span.start == paragraph.start and mark.shape in {"‘", "\x91"}


def _build(text: str, opening: Mark, closing: Mark | None, end: int, *, continues: bool) -> Quotation:
    """Return the quotation between two marks, or from a mark to ``end``."""
    inner = trim_span(text, opening.span.end, closing.span.start if closing else end)
    return Quotation(
        span=Span(opening.span.start, end),
        inner=inner,
        closed=closing is not None,
        scare=closing is not None and _is_scare(text, inner, end),
        continues=continues,
    )


def _is_scare(text: str, inner: Span, end: int) -> bool:
    """Tell a quoted word or phrase from short speech ("No," he said; "Hooray!")."""
    if not 0 < inner.end - inner.start <= LONGEST_SCARE:
        return False
    words = inner.of(text)
    if len(words.split()) > MOST_SCARE_WORDS or WORD.search(words) is None or words[-1] in "!?":
        return False
    if words[0].islower() or words[0].isdigit():
        return not (words.endswith(",") and SPEAKS.match(text, end, end + 60))
    return words[-1] not in ".,…" and SPEAKS.match(text, end, end + 60) is None
