"""Words of a document with what was read from them, for a page."""

from __future__ import annotations

from typing import NamedTuple

from armstrace.export.marks import Mark, cut_at_marks, used_marks
from armstrace.export.plain import plain_part
from armstrace.model import Claim


class Stretch(NamedTuple):
    """Words, the role that the page colours them by ("" for none), and for what they are used, in words."""

    words: str
    role: str
    uses: str


def evidence_words(claim: Claim) -> tuple[Stretch, ...]:
    """Return the sentence of a claim, the words used in it marked."""
    span = claim.evidence.span
    marks = [mark for mark in used_marks(claim, 1) if mark.span.touches(span)]
    cut = cut_at_marks(span, marks)
    offset = span.start
    return tuple(
        _stretch(claim.evidence.text[part.start - offset : part.end - offset], covering) for part, covering in cut
    )


def _stretch(words: str, covering: tuple[Mark, ...]) -> Stretch:
    shown = words if words.isspace() else plain_part(words)
    uses = ", ".join(dict.fromkeys(mark.role for mark in covering))
    return Stretch(shown, covering[0].role if covering else "", uses)
