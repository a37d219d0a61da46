"""The text of a document for its page: words that claims were read from, what cleaning removed, what a line says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from armstrace.document import Document, Span
from armstrace.export.marks import Mark, cut_at_marks
from armstrace.export.plain import plain, plain_lines
from armstrace.text.paragraphs import paragraph_spans
from armstrace.web.views.claims import ClaimCard
from armstrace.web.views.windows import Windows, gaps

_REMOVED: Final = "removed"
_FACT: Final = "fact"
_SENTENCE: Final = "sentence"
_NOT_USED: Final = frozenset({_REMOVED, _FACT, _SENTENCE})


class Reference(NamedTuple):
    """A claim whose sentence ends here: its number, and where it stands on the page."""

    number: int
    anchor: str


class Stretch(NamedTuple):
    """Words of one use.

    ``role`` colours them ("" for none), ``title`` says for what they were read, ``anchor`` leads to the first value
    read from them. ``claims`` are the numbers of the claims whose sentence they are part of, between spaces.
    ``removed`` says why cleaning took them out, "" where it did not. ``id`` is where values link to, "" for none.
    """

    words: str
    id: str
    role: str
    title: str
    anchor: str
    claims: str
    removed: str
    references: tuple[Reference, ...]


class Paragraph(NamedTuple):
    """A paragraph of the text, and whether it is the one that was asked for."""

    stretches: tuple[Stretch, ...]
    is_here: bool = False


class Passage(NamedTuple):
    """Paragraphs that stand together, after ``gap`` characters (from ``start`` on) that are not shown."""

    gap: int
    start: int
    paragraphs: tuple[Paragraph, ...]


def text_passages(
    document: Document, cards: Sequence[ClaimCard], windows: Windows, at: int | None = None
) -> tuple[Passage, ...]:
    """Return the shown parts of a document's text as given, each after what is left out before it.

    The last passage holds no paragraphs where the text goes on behind what is shown.
    """
    uses = {Mark(row.span, row.role, card.number): row.anchor for card in cards for row in card.fields if row.span}
    marks = sorted(_marks(document, cards, uses))
    anchors = {card.number: card.anchor for card in cards}
    maker, sweep = _Maker(document, uses, anchors), _Sweep(marks)
    parts = (*_paragraphs(document.raw, windows.spans), ())
    passages = (
        Passage(gap.end - gap.start, gap.start, tuple(maker.paragraph(one, sweep.over(one), at) for one in shown))
        for gap, shown in zip(gaps(windows.spans, len(document.raw)), parts, strict=True)
    )
    return tuple(passage for passage in passages if passage.gap or passage.paragraphs)


def _marks(document: Document, cards: Sequence[ClaimCard], uses: Mapping[Mark, str]) -> Iterator[Mark]:
    yield from uses
    yield from (Mark(card.span, _SENTENCE, card.number) for card in cards)
    yield from (Mark(one.span, _REMOVED, number) for number, one in enumerate(document.removed))
    yield from (Mark(one.span, _FACT, number) for number, one in enumerate(document.facts) if one.span)


def _paragraphs(raw: str, spans: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield the paragraphs of each window."""
    for window in spans:
        found = paragraph_spans(window.of(raw))
        yield tuple(Span(one.start + window.start, one.end + window.start) for one in found)


class _Sweep:
    """Gives the marks that touch each of some spans, which are asked for in the order of the text."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._waiting = iter(marks)
        self._ahead = next(self._waiting, None)
        self._active: list[Mark] = []

    def over(self, part: Span) -> list[Mark]:
        while self._ahead and self._ahead.span.start < part.end:
            self._active.append(self._ahead)
            self._ahead = next(self._waiting, None)
        self._active = [mark for mark in self._active if mark.span.end > part.start]
        return self._active


class _Maker:
    """Makes stretches of what covers them."""

    def __init__(self, document: Document, uses: Mapping[Mark, str], anchors: Mapping[int, str]) -> None:
        self._document = document
        self._uses = uses
        self._anchors = anchors

    def paragraph(self, part: Span, marks: Iterable[Mark], at: int | None) -> Paragraph:
        cut = cut_at_marks(part, marks)
        shown = (self._stretch(span, covering, part) for span, covering in cut)
        return Paragraph(tuple(one for one in shown if one.words), at is not None and part.start <= at < part.end)

    def _stretch(self, span: Span, covering: tuple[Mark, ...], part: Span) -> Stretch:
        used = [mark for mark in covering if mark.role not in _NOT_USED]
        said = sorted({mark.number for mark in covering if mark.role == _SENTENCE})
        starts = any(max(mark.span.start, part.start) == span.start for mark in covering if mark.role != _REMOVED)
        words = plain_lines(span.of(self._document.raw))
        return Stretch(
            words,
            f"at-{span.start}" if starts else "",
            used[0].role if used else "",
            _told(used) or self._facts(covering),
            self._uses[used[0]] if used else "",
            f" {' '.join(map(str, said))} " if said else "",
            self._removed(covering) if words.strip() and not used else "",
            tuple(
                Reference(mark.number, self._anchors[mark.number])
                for mark in sorted(covering, key=lambda mark: mark.number)
                if mark.role == _SENTENCE and min(mark.span.end, part.end) == span.end
            ),
        )

    def _facts(self, covering: Iterable[Mark]) -> str:
        kinds = (self._document.facts[mark.number].kind for mark in covering if mark.role == _FACT)
        return plain(", ".join(dict.fromkeys(kinds)))

    def _removed(self, covering: Iterable[Mark]) -> str:
        reasons = (self._document.removed[mark.number].reason for mark in covering if mark.role == _REMOVED)
        return plain(next(reasons, ""))


def _told(used: Sequence[Mark]) -> str:
    """Return for what words were read: ``supplier in claim 1, source in claims 1 and 2``."""
    claims: dict[str, list[int]] = {}
    for mark in sorted(used, key=lambda mark: mark.number):
        claims.setdefault(mark.role, []).append(mark.number)
    return ", ".join(f"{role} in {_claims(numbers)}" for role, numbers in claims.items())


def _claims(numbers: Sequence[int]) -> str:
    words = " and ".join(filter(None, (", ".join(map(str, numbers[:-1])), str(numbers[-1]))))
    return f"claim{'s' if len(numbers) > 1 else ''} {words}"
