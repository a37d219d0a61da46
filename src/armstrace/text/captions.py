"""Picture captions and credits: the label and the credit go, a caption's own statement stays as a fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.document import Span
from armstrace.text.findings import Finding
from armstrace.text.names import is_picture_credit, only_names
from armstrace.text.paragraphs import trim_span
from armstrace.text.residue import match_line
from armstrace.text.residue_parts import match_head, match_tail

if TYPE_CHECKING:
    from collections.abc import Iterator

CAPTION_REASONS = frozenset({"caption label", "photo credit"})
# "(Photo: X, AP)", "[AP Photo/X]" at the end of a line.
BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]{2,140})[)\]]\.?$")
# "... in Texas. Photo: X/AP", "... 2019. REUTERS/X", "... | AP Photo": a credit after a stop or a year.
STOP = re.compile(r"(?:[.!?…][)”\"'’»]{0,2}|\b\d{4})\s+(?:\|\s?)?(?=\S)")
LABELLED = re.compile(r"\s(?-i:Photograph|Photo|Photos|Picture|Image|Credit|Photo credit)(?: by)?\s?:\s?(.{2,100})$")
WINDOW = 160
STOPS = ".!?…)”\"'’»"


def find_line_residue(text: str, lines: tuple[Span, ...]) -> Iterator[Finding]:
    """Yield the residue at the heads and tails of lines, whole lines of it, and the captions that stay."""
    for line in lines:
        found = list(_trim_line(text, line))
        yield from found
        rest = _rest_of(text, line, found)
        if rest.end == rest.start:
            continue
        reason = match_line(text, *rest) or ("photo credit" if is_credit_line(text, rest) else None)
        if reason is not None:
            yield Finding(rest, reason)
        elif any(finding.reason in CAPTION_REASONS for finding in found):
            yield Finding(rest, None, "caption")


def is_credit_line(text: str, line: Span) -> bool:
    """Tell whether the whole line credits a picture ("AFP/Getty Images", "(Jane Doe/Reuters)")."""
    words = line.of(text)
    return len(words) <= WINDOW and ("/" in words or _marks_picture(words)) and is_picture_credit(words)


def _trim_line(text: str, line: Span) -> Iterator[Finding]:
    """Yield heads, then tails, until the line shows none."""
    start, end = line
    while start < end and (head := match_head(text, start, end)):
        yield Finding(Span(start, head[0]), head[1])
        start = trim_span(text, head[0], end).start
    while start < end and (tail := match_tail(text, start, end) or _match_credit(text, start, end)):
        yield Finding(trim_span(text, tail[0], end), tail[1])
        end = trim_span(text, start, tail[0]).end


def _rest_of(text: str, line: Span, found: list[Finding]) -> Span:
    """Return what heads and tails leave of the line."""
    start, end = line
    for finding in found:
        if finding.span.end >= end:
            end = finding.span.start
        else:
            start = max(start, finding.span.end)
    return trim_span(text, start, max(start, end))


def _match_credit(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where a picture credit at the end of the line begins."""
    window = max(start, end - WINDOW)
    bracketed = BRACKETED.search(text, window, end)
    if bracketed and is_picture_credit(bracketed.group(1)):
        stop_before = text[max(bracketed.start() - 1, 0) : bracketed.start()] in tuple(STOPS)
        if stop_before or _marks_picture(bracketed.group(1)):
            return bracketed.start(), "photo credit"
    labelled = LABELLED.search(text, window, end)
    if labelled and only_names(labelled.group(1)):
        return labelled.start(), "photo credit"
    # From the last stop backwards: names hold dots too, the nearest stop that leaves a credit is the one.
    for stop in reversed(tuple(STOP.finditer(text, window, end))):
        words = text[stop.end() : end]
        if _marks_picture(words) and is_picture_credit(words):
            return stop.end(), "photo credit"
    return None


def _marks_picture(words: str) -> bool:
    """Tell whether the words look like a credit by more than an agency's name."""
    return "/" in words or " via " in words or "hoto" in words or "Getty" in words
