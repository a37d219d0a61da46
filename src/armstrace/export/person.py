"""Claims for a person at a terminal: a readable line each, its chain, its certainty, the marked sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import IO

from rich.console import Console
from rich.text import Text

from armstrace.document import Document, Removed, Span
from armstrace.export.marks import cut_at_marks, used_marks
from armstrace.export.plain import plain, plain_part
from armstrace.export.wording import (
    HONESTY,
    CountryNames,
    chain_words,
    claim_words,
    quantity_words,
    standing_words,
    when_words,
)
from armstrace.extract.claims import Extraction
from armstrace.model import Claim, Polarity

WIDTH = 100  # of a page that is no terminal, and the most that a terminal's lines are given
_LABEL = 10
_INDENT = 4
_ROLE_STYLES = {
    "supplier": "bold red",
    "recipient": "bold green",
    "via": "bold yellow",
    "maker": "magenta",
    "item": "bold cyan",
    "quantity": "yellow",
    "value": "yellow",
    "when": "blue",
    "source": "underline",
}
_LONGEST_CONTEXT = 400  # characters shown before the first and after the last used word of a sentence
_LONGEST_WORDS = 160  # characters shown of what gave nothing
_MOST_REMOVED = 8  # stretches shown that cleaning took out; --explain shows all

Row = tuple[str, Text]


def page_for(out: IO[str]) -> Console:
    """Return a page to print on: colour and the terminal's width on a terminal, neither elsewhere."""
    terminal = out.isatty()
    console = Console(file=out, highlight=False, emoji=False, force_terminal=terminal)
    console.width = min(console.width, WIDTH) if terminal else WIDTH
    return console


def print_reading(
    page: Console, document: Document, extraction: Extraction, names: CountryNames, *, explain: bool
) -> None:
    """Print the claims of a document, then what was left out; with ``explain`` also why."""
    _print_heading(page, document, extraction)
    numbers = {claim.id: number for number, claim in enumerate(extraction.claims, 1)}
    for number, claim in enumerate(extraction.claims, 1):
        style = "bold red" if claim.polarity is Polarity.DENIED else "bold"
        print_row(page, f"{number:>3}", Text(claim_words(claim, names), style=style), _INDENT)
        for label, words in _details(page, document, claim, names):
            print_row(page, f"{'':<{_INDENT}}{label}", words, _INDENT + _LABEL)
        for label, words in _reasons(claim, numbers, explain=explain):
            print_row(page, f"{'':<{_INDENT}}{label}", words, _INDENT + _LABEL)
        page.print()
    for label, words in _left_out(document, extraction, explain=explain):
        print_row(page, f"{'':<{_INDENT}}{label}", words, _INDENT + _LABEL)
    page.print()


def print_closing(page: Console) -> None:
    """Print what the whole reading is and is not."""
    page.print(Text(HONESTY, style="dim"))


def _print_heading(page: Console, document: Document, extraction: Extraction) -> None:
    meta = document.metadata
    count = len(extraction.claims)
    said = "no claim that arms move" if not count else "1 claim" if count == 1 else f"{count} claims"
    page.print(Text(plain(meta.title or document.id), style="bold underline"))
    page.print(Text(" · ".join(plain(v) for v in (meta.outlet, meta.published, document.id, said) if v), style="dim"))
    page.print()


def print_row(page: Console, label: str, words: Text, indent: int) -> None:
    """Print words after a label, their later lines under the first."""
    first = Text().append(f"{label:<{indent}}", style="dim")
    for line in words.wrap(page, max(page.width - indent, 20)):
        line.rstrip()
        page.print(first + line, soft_wrap=True)
        first = Text(" " * indent)


def _details(page: Console, document: Document, claim: Claim, names: CountryNames) -> Iterator[Row]:
    yield "reads", Text(standing_words(claim))
    yield "says", Text(chain_words(claim.attribution, names))
    if claim.quantity:
        yield "quantity", Text(quantity_words(claim.quantity))
    if claim.value:
        yield "value", Text(plain(claim.value.text))
    if claim.when:
        yield "when", Text(when_words(claim.when))
    colour = page.color_system is not None and not page.no_color
    yield "words", marked_sentence(document, claim, colour=colour)


def _reasons(claim: Claim, numbers: dict[str, int], *, explain: bool) -> Iterator[Row]:
    if claim.refers_to:
        number = numbers.get(claim.refers_to)
        yield "about", Text(f"claim {number}" if number else plain(claim.refers_to))
    for note in claim.inferred:
        yield "inferred", Text(plain(note), style="dim")
    if explain:
        yield "why", Text("; ".join(plain(w) for w in claim.why), style="dim")


def marked_sentence(document: Document, claim: Claim, *, colour: bool) -> Text:
    """Return the evidence with the used words in their colours, or in [brackets] where there is no colour."""
    marks = [m for m in used_marks(claim) if m.span.touches(claim.evidence.span)]
    shown = _shown_span(claim.evidence.span, [m.span for m in marks])
    line = Text("" if shown.start == claim.evidence.span.start else "…")
    opening, closing = ("", "") if colour else ("[", "]")
    inside = False
    for span, covering in cut_at_marks(shown, marks):
        if bool(covering) != inside:
            line.append(closing if inside else opening)
            inside = not inside
        style = _ROLE_STYLES[covering[0].role] if covering and colour else ""
        line.append(plain_part(span.of(document.text)), style=style)
    line.append(closing if inside else "")
    return line.append("" if shown.end == claim.evidence.span.end else "…")


def _shown_span(evidence: Span, used: list[Span]) -> Span:
    """Return the part of a sentence to show: all of it, but for words far from any used one."""
    first = min((s.start for s in used), default=evidence.start)
    last = max((s.end for s in used), default=evidence.start)
    return Span(max(evidence.start, first - _LONGEST_CONTEXT), min(evidence.end, last + _LONGEST_CONTEXT))


def _left_out(document: Document, extraction: Extraction, *, explain: bool) -> Iterator[Row]:
    yield from _removed(document, None if explain else _MOST_REMOVED)
    if not extraction.rejected:
        return
    if not explain:
        count = len(extraction.rejected)
        words = f"{count} possible transfer{'s' * (count > 1)} gave no claim; --explain says why"
        yield "no claim", Text(words, style="dim")
        return
    for rejected in extraction.rejected:
        reasons = f"'{plain(rejected.word)}': {'; '.join(plain(r) for r in rejected.reasons)}"
        yield "no claim", Text(f"{_short(rejected.evidence.text)}\n{reasons}", style="dim")


def _removed(document: Document, most: int | None) -> Iterator[Row]:
    """Yield what cleaning took out, equal words of one reason once; mere white space is not told."""
    told = Counter((r.reason, _short(r.span.of(document.raw))) for r in document.removed if _has_words(document, r))
    rows = list(told.items())
    for (reason, words), count in rows[:most]:
        times = f", {count} times" if count > 1 else ""
        yield "left out", Text(f"{words} ({reason}{times})", style="dim")
    if most is not None and len(rows) > most:
        yield "left out", Text(f"and {len(rows) - most} more; --explain shows all", style="dim")


def _has_words(document: Document, removed: Removed) -> bool:
    return any(c.isalnum() for c in removed.span.of(document.raw))


def _short(text: str) -> str:
    words = plain(text[: 4 * _LONGEST_WORDS])
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS].rstrip()} …"
