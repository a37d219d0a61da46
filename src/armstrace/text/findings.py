"""What the finders of cleaning report, and how what they take out is blanked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armstrace.document import Span

NOT_BREAK = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]")


class Finding(NamedTuple):
    """One stretch: ``reason`` says why it is taken out (None: it stays), ``kind`` which fact it is."""

    span: Span
    reason: str | None = None
    kind: str | None = None


def blank_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the text with the spans made spaces; line breaks stay, the length stays."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        begin = max(start, done)
        if end > begin:
            pieces += (text[done:begin], NOT_BREAK.sub(" ", text[begin:end]))
            done = end
    return "".join((*pieces, text[done:])) if pieces else text


def blank_findings(text: str, found: Iterable[Finding]) -> str:
    """Return the text without what the findings take out."""
    return blank_spans(text, (finding.span for finding in found if finding.reason is not None))
