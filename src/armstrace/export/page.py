"""A self-contained HTML page of one document: every used word marked, the claims beside it.

No script, no outside resource, and a policy that forbids both; all text of the document is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from armstrace.document import Document, Span
from armstrace.export.marks import Mark, cut_at_marks, used_marks
from armstrace.export.plain import plain, plain_lines
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

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_ROLES = ("supplier", "recipient", "via", "maker", "item", "quantity", "value", "when", "source")
_REMOVED = "removed"
_LONGEST_WORDS = 200  # characters shown of what gave nothing; the text itself stands beside it in full


def document_page(document: Document, extraction: Extraction, names: CountryNames) -> str:
    """Return the whole page; the text is shown as given, with what cleaning took out struck through."""
    title = escape(plain(document.metadata.title or document.id))
    meta = (document.metadata.outlet, document.metadata.published, document.metadata.url, document.id)
    numbers = {claim.id: number for number, claim in enumerate(extraction.claims, 1)}
    claims = "\n".join(_claim_entry(claim, numbers, names) for claim in extraction.claims)
    style = (files("armstrace.export") / "page.css").read_text(encoding="utf-8")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · armstrace</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p class="dim">{" · ".join(escape(plain(v)) for v in meta if v)}</p>
<ul class="legend" aria-label="what the colours mean">{_legend(extraction.claims)}</ul>
</header>
<main>
<article dir="ltr">{_marked_text(document, extraction.claims)}</article>
<section aria-label="claims">
<h2>{_heading(len(extraction.claims))}</h2>
<ol class="claims">
{claims}
</ol>
</section>
</main>
<footer>
<p>{escape(HONESTY)}</p>
{_details("Left out by cleaning", _removed_rows(document))}
{_details("Possible transfers that gave no claim", _rejected_rows(extraction))}
</footer>
</body>
</html>
"""


def _heading(count: int) -> str:
    return "No claim that arms move" if not count else "1 claim" if count == 1 else f"{count} claims"


def _legend(claims: Iterable[Claim]) -> str:
    used = {mark.role for claim in claims for mark in used_marks(claim)}
    return "".join(f'<li><mark class="{role}">{role}</mark></li>' for role in _ROLES if role in used)


def _marked_text(document: Document, claims: Sequence[Claim]) -> str:
    """Return the given text escaped, its used words marked and each marked run followed by its claims."""
    marks = [mark for number, claim in enumerate(claims, 1) for mark in used_marks(claim, number)]
    marks += [Mark(removed.span, _REMOVED) for removed in document.removed]
    parts: list[str] = []
    run: list[Mark] = []
    for span, covering in cut_at_marks(Span(0, len(document.raw)), marks):
        if not covering and run:
            parts.append(_references(run))
            run = []
        parts.append(_stretch(escape(plain_lines(span.of(document.raw))), covering))
        run += covering
    return "".join([*parts, _references(run)])


def _stretch(words: str, covering: tuple[Mark, ...]) -> str:
    used = [m for m in covering if m.number]
    if used:
        uses = "; ".join(f"{m.role} in claim {m.number}" for m in used)
        return f'<mark class="{used[0].role}" title="{uses}">{words}</mark>'
    return f'<del title="left out by cleaning">{words}</del>' if covering and words.strip() else words


def _references(run: Iterable[Mark]) -> str:
    numbers = sorted({m.number for m in run if m.number})
    links = ",".join(f'<a href="#claim-{n}">{n}</a>' for n in numbers)
    return f"<sup>{links}</sup>" if links else ""


def _claim_entry(claim: Claim, numbers: dict[str, int], names: CountryNames) -> str:
    number = numbers[claim.id]
    style = ' class="denied"' if claim.polarity is Polarity.DENIED else ""
    why = _details("why", [escape(plain(reason)) for reason in claim.why])
    rows = "".join(f"<dt>{label}</dt><dd>{escape(words)}</dd>" for label, words in _claim_rows(claim, numbers, names))
    return (
        f'<li id="claim-{number}"><span class="number">{number}</span>'
        f"<strong{style}>{escape(claim_words(claim, names))}</strong><dl>{rows}</dl>{why}</li>"
    )


def _claim_rows(claim: Claim, numbers: dict[str, int], names: CountryNames) -> Iterator[tuple[str, str]]:
    yield "reads", standing_words(claim)
    yield "says", chain_words(claim.attribution, names)
    if claim.quantity:
        yield "quantity", quantity_words(claim.quantity)
    if claim.value:
        yield "value", plain(claim.value.text)
    if claim.when:
        yield "when", when_words(claim.when)
    if claim.refers_to:
        yield "about", f"claim {numbers.get(claim.refers_to, claim.refers_to)}"
    yield "words", plain(claim.evidence.text)
    for note in claim.inferred:
        yield "inferred", plain(note)


def _removed_rows(document: Document) -> list[str]:
    found = [(r.reason, plain(r.span.of(document.raw))) for r in document.removed]
    return [f"{escape(_short(words))} ({escape(reason)})" for reason, words in found if words]


def _rejected_rows(extraction: Extraction) -> list[str]:
    found = [(r, plain("; ".join(r.reasons))) for r in extraction.rejected]
    return [f"{escape(_short(plain(r.evidence.text)))} ({escape(plain(r.word))}: {escape(why)})" for r, why in found]


def _details(title: str, rows: Sequence[str]) -> str:
    if not rows:
        return ""
    entries = "".join(f"<li>{row}</li>" for row in rows)
    return f"<details><summary>{title} ({len(rows)})</summary><ul>{entries}</ul></details>"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS].rstrip()} …"
