"""Words of a document with what was read from them, for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from armstrace.document import Span
from armstrace.export.marks import Mark, cut_at_marks, used_marks
from armstrace.export.plain import plain, plain_lines
from armstrace.model import Claim

REMOVED = "removed"


class Stretch(NamedTuple):
    """Words, the role that the page colours them by ("" for none), and for what they are used, in words."""

    words: str
    role: str
    uses: str
    claims: tuple[int, ...]


def evidence_words(claim: Claim) -> tuple[Stretch, ...]:
    """Return the sentence of a claim, the words used in it marked."""
    span = claim.evidence.span
    marks = [mark for mark in used_marks(claim, 1) if mark.span.touches(span)]
    cut = cut_at_marks(span, marks)
    offset = span.start
    return tuple(
        _stretch(claim.evidence.text[part.start - offset : part.end - offset], covering) for part, covering in cut
    )


def document_words(text: str, claims: Sequence[Claim], removed: Iterable[Span]) -> tuple[Stretch, ...]:
    """Return a whole text, the words marked that its claims (numbered from 1) were read from, and what was removed."""
    marks = [mark for number, claim in enumerate(claims, 1) for mark in used_marks(claim, number)]
    marks += [Mark(span, REMOVED) for span in removed]
    cut = cut_at_marks(Span(0, len(text)), marks)
    return tuple(_stretch(text[part.start : part.end], covering, lines=True) for part, covering in cut)


def _stretch(words: str, covering: tuple[Mark, ...], *, lines: bool = False) -> Stretch:
    used = [mark for mark in covering if mark.number]
    shown = plain_lines(words) if lines else words if words.isspace() else _spaced(words)
    role = used[0].role if used else REMOVED if covering else ""
    uses = ", ".join(dict.fromkeys(mark.role for mark in used))
    return Stretch(shown, role, uses, tuple(sorted({mark.number for mark in used})))


def _spaced(words: str) -> str:
    """Return words made plain, with the space kept that parts them from what stands beside."""
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() else ""
    return f"{before}{plain(words)}{after}"
