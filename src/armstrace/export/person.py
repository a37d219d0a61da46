"""Claims for a person at a terminal: one readable line each, its chain, its certainty, the marked sentence."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from armstrace.extract.claims import Extraction
from armstrace.model import Claim, ClaimKind, Document, Party, Quantity, Source, Span

HONESTY = "What sources say, not what is so. No inference of wrongdoing by makers or earlier owners."
_ROLE_STYLES = {
    "supplier": "bold red",
    "recipient": "bold green",
    "maker": "magenta",
    "item": "bold cyan",
    "quantity": "yellow",
    "value": "yellow",
    "when": "blue",
    "source": "underline",
}
_CONTROLS = {c: "\N{REPLACEMENT CHARACTER}" for c in [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F]}


def plain(text: str) -> str:
    """Return hostile text safe for a terminal: no control, escape or direction-changing character, one line."""
    return " ".join(text.translate(_CONTROLS).split())


def claim_line(claim: Claim) -> str:
    """Return a claim as one readable line: ``KP -> RU: millions artillery shells [ordered, likely]``."""
    what = ", ".join(plain(i.description) for i in claim.items) or "arms"
    if claim.kind is not ClaimKind.TRANSFER:
        return f"{claim.kind}: {plain(claim.evidence.text)}"
    count = f"{plain(claim.quantity.text)} " if claim.quantity else ""
    route = f"{party_words(claim.supplier)} -> {party_words(claim.recipient)}"
    denied = "DENIED " if claim.polarity == "denied" else ""
    return f"{denied}{route}: {count}{what} [{claim.status}, {claim.certainty}]"


def party_words(party: Party | None) -> str:
    """Return country and organisation of a party, or ``unknown``."""
    if party is None:
        return "unknown"
    if party.organisation:
        return f"{plain(party.organisation)} ({party.country or 'country unknown'})"
    return party.country or plain(party.text)


def chain_words(sources: tuple[Source, ...]) -> str:
    """Return an attribution chain from the nearest source to the farthest."""
    return " -> ".join(f"{plain(s.name)} ({s.kind}{', ' + s.country if s.country else ''})" for s in sources)


def quantity_words(quantity: Quantity) -> str:
    """Return low, best and high as numbers, ``?`` where unknown."""
    low, best, high = ("?" if n is None else f"{n:,}" for n in (quantity.low, quantity.best, quantity.high))
    return f"low {low}, best {best}, high {high} {quantity.unit}"


def used_spans(claim: Claim) -> list[tuple[Span, str]]:
    """Return every span that a claim's values stand on, with its role, in order."""
    spans = [(claim.supplier, "supplier"), (claim.recipient, "recipient"), (claim.maker, "maker"), (claim.quantity, "quantity")]
    found = [(v.span, role) for v, role in [*spans, (claim.value, "value"), (claim.when, "when")] if v and v.span]
    found += [(i.span, "item") for i in claim.items]
    found += [(s.span, "source") for s in claim.attribution if s.span]
    return sorted(found)


def print_reading(console: Console, document: Document, extraction: Extraction, *, explain: bool) -> None:
    """Print the claims of a document, then what was taken out, and with ``explain`` why each reads so."""
    console.print(Text(plain(document.metadata.title or document.id), style="bold"))
    for number, claim in enumerate(extraction.claims, 1):
        console.print(Text(f"{number:>3}. {claim_line(claim)}"))
        for line in _details(document, claim, explain=explain):
            console.print(line)
    if not extraction.claims:
        console.print(Text("     no claim that arms move from one party to another"))
    for line in _left_out(document, extraction, explain=explain):
        console.print(line)


def _details(document: Document, claim: Claim, *, explain: bool) -> Iterator[Text]:
    yield Text(f"     says   {chain_words(claim.attribution)}")
    if claim.quantity:
        yield Text(f"     count  {quantity_words(claim.quantity)}")
    if claim.value:
        yield Text(f"     value  {plain(claim.value.text)}")
    if claim.when:
        dates = f" ({claim.when.start} to {claim.when.end})" if claim.when.start else f" ({claim.when.precision})"
        yield Text(f"     when   {plain(claim.when.text)}{dates}")
    if claim.refers_to:
        yield Text(f"     about  claim {claim.refers_to}")
    yield marked_sentence(document, claim)
    for note in claim.inferred:
        yield Text(f"     inferred  {plain(note)}", style="dim")
    if explain:
        yield Text(f"     why    {'; '.join(plain(w) for w in claim.why)}", style="dim")


def marked_sentence(document: Document, claim: Claim) -> Text:
    """Return the evidence with the used words styled; without colour they stand in [brackets]."""
    line = Text("     text   ")
    position = claim.evidence.span.start
    for span, role in used_spans(claim):
        if span.start < position or span.end > claim.evidence.span.end:
            continue
        line.append(plain_part(document.text[position : span.start]))
        line.append(f"[{plain(span.of(document.text))}]", style=_ROLE_STYLES[role])
        position = span.end
    line.append(plain_part(document.text[position : claim.evidence.span.end]))
    return line


def plain_part(text: str) -> str:
    """Return a part of a sentence safe for a terminal, its outer spaces kept as single ones."""
    words = plain(text)
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"


def _left_out(document: Document, extraction: Extraction, *, explain: bool) -> Iterator[Text]:
    for removed in document.removed:
        yield Text(f"     left out ({removed.reason}): {plain(removed.span.of(document.raw))[:90]}", style="dim")
    if not explain:
        return
    for rejected in extraction.rejected:
        yield Text(f"     no claim ('{plain(rejected.word)}': {'; '.join(rejected.reasons)}): {plain(rejected.evidence.text)[:160]}", style="dim")
