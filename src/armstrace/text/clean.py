"""Cleaning: masks what is not the story and notes what the document says of itself; offsets never move.

The steps, in order: characters that hurt, residue inside and around lines, credits, repeated lines,
datelines, bylines and publication lines; again until nothing more is found; then the facts that stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from armstrace.document import Fact, Removed, Span
from armstrace.text.captions import find_line_residue
from armstrace.text.credits import find_credits
from armstrace.text.datelines import find_datelines
from armstrace.text.findings import Finding, blank_findings
from armstrace.text.header import find_header, find_notes
from armstrace.text.paragraphs import paragraph_spans
from armstrace.text.residue_parts import STRETCH_PATTERNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Finder = Callable[[str, tuple[Span, ...]], Iterator[Finding]]

# Controls but for tab and line breaks, lone surrogates, noncharacters.
HURTING = frozenset(
    chr(code)
    for code in (
        *range(0x09),
        *range(0x0E, 0x20),
        0x7F,
        *range(0xD800, 0xE000),
        *range(0xFDD0, 0xFDF0),
        *(plane * 0x10000 + tail for plane in range(17) for tail in (0xFFFE, 0xFFFF)),
    )
)
WIDE_SPACES = frozenset(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
# Inside a word these stay: a space there would cut the word in two.
ZERO_WIDTH = frozenset("\u200b\u2060\ufeff")
# A text that shows new residue so often is made to; the rest of it stays.
MOST_PASSES = 12
SHORTEST_REPEAT = 12
LONGEST_REPEAT = 300


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text after cleaning: as long as the raw text, equal to it outside ``removed``."""

    text: str
    removed: tuple[Removed, ...]
    facts: tuple[Fact, ...]


def clean_text(raw: str) -> CleanText:
    """Mask residue by spaces and note datelines, bylines, wires, credits, titles, captions, corrections.

    ``text`` has the length of ``raw`` and differs from it only inside ``removed``; line breaks stay. The text
    of a fact is that of ``raw``. In doubt a line stays: a lost sentence costs a claim, a kept one only time.
    """
    found = list(_find_characters(raw))
    text = blank_findings(raw, found)
    lines = paragraph_spans(text)
    known: set[tuple[Finder, Span, str]] = set()
    for _ in range(MOST_PASSES):
        before = text
        for finder in FINDERS:
            asked = _unknown_lines(finder, text, lines, known) if finder in LINE_BY_LINE else lines
            fresh = [finding for finding in finder(text, asked) if finding.span.of(text).strip()]
            if fresh:
                found += fresh
                text = blank_findings(text, fresh)
                lines = paragraph_spans(text)
        if text == before:
            break
    found += list(find_notes(text, lines, found))
    return CleanText(text, _list_removed(found), _list_facts(raw, found))


def _unknown_lines(
    finder: Finder, text: str, lines: tuple[Span, ...], known: set[tuple[Finder, Span, str]]
) -> tuple[Span, ...]:
    """Return the lines that a finder has not seen as they stand now, and note that it sees them."""
    fresh = tuple(line for line in lines if (finder, line, line.of(text)) not in known)
    known.update((finder, line, line.of(text)) for line in fresh)
    return fresh


def clean_characters(raw: str) -> CleanText:
    """Return a text in which only characters that hurt are masked, as is right for a table: its lines are no prose."""
    found = list(_find_characters(raw))
    return CleanText(blank_findings(raw, found), _list_removed(found), ())


def _find_characters(raw: str) -> Iterator[Finding]:
    """Yield the characters that become plain spaces."""
    here = set(raw)  # of most texts none is among them, and a set tells so in a tenth of the time of a pattern
    for span in _runs_of(HURTING & here, raw):
        yield Finding(span, "control character")
    for span in _runs_of(WIDE_SPACES & here, raw):
        yield Finding(span, "special space")
    for start, end in _runs_of(ZERO_WIDTH & here, raw):
        inside = raw[max(start - 1, 0) : start].isalnum() and raw[end : end + 1].isalnum()
        if not inside:
            yield Finding(Span(start, end), "special space")


def _runs_of(characters: frozenset[str], raw: str) -> Iterator[Span]:
    if characters:
        for match in re.finditer(f"[{''.join(map(re.escape, sorted(characters)))}]+", raw):
            yield Span(*match.span())


def find_stretches(text: str, lines: tuple[Span, ...]) -> Iterator[Finding]:
    """Yield residue inside lines: links of tweets, story codes, credits between bars."""
    if not lines:
        return
    for reason, key, pattern in STRETCH_PATTERNS:
        if key in text:
            yield from (Finding(Span(*match.span()), reason) for match in pattern.finditer(text))


def find_repeats(text: str, lines: tuple[Span, ...]) -> Iterator[Finding]:
    """Yield the second and later copies of a short line of several words."""
    seen: set[str] = set()
    for line in lines:
        words = line.of(text)
        if SHORTEST_REPEAT <= len(words) <= LONGEST_REPEAT and " " in words:
            if words in seen:
                yield Finding(line, "repeated line")
            seen.add(words)


FINDERS: tuple[Finder, ...] = (
    find_stretches,
    find_credits,
    find_line_residue,
    find_repeats,
    find_header,
    find_datelines,
)
LINE_BY_LINE: frozenset[Finder] = frozenset(
    {find_credits, find_line_residue}
)  # what they find in one line, no other decides


def _list_removed(found: Iterable[Finding]) -> tuple[Removed, ...]:
    """Return what was taken out in order, without stretches that lie inside another."""
    removed: list[Removed] = []
    for finding in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        inside = removed and finding.span.end <= removed[-1].span.end
        if finding.reason is not None and not inside:
            removed.append(Removed(finding.span, finding.reason))
    return tuple(removed)


def _list_facts(raw: str, found: Iterable[Finding]) -> tuple[Fact, ...]:
    """Return the facts in order, each once."""
    facts = {(one.span.start, -one.span.end, one.kind): one.span for one in found if one.kind is not None}
    return tuple(Fact(kind, span.of(raw), span) for (_, _, kind), span in sorted(facts.items()))
