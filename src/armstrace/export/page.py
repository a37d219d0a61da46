"""A self-contained HTML page of one document: every used word marked, the claims beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from armstrace.export.person import HONESTY, chain_words, claim_line, plain, quantity_words, used_spans
from armstrace.extract.claims import Extraction
from armstrace.model import Claim, Document, Span

_STYLE = """
:root{--ink:#1d2330;--paper:#fdfdfb;--line:#d8d8d0;--dim:#667;--supplier:#f9d3cf;--recipient:#cdeccf;--item:#cfe6f7;
--quantity:#f8edb8;--value:#f8edb8;--maker:#ead3f2;--when:#dcdcf8;--source:#e4e4de}
@media(prefers-color-scheme:dark){:root{--ink:#e6e6e1;--paper:#16181d;--line:#33363f;--dim:#99a;--supplier:#6b2b26;
--recipient:#24532a;--item:#1f4866;--quantity:#5c5018;--value:#5c5018;--maker:#51305c;--when:#34346b;--source:#3c3c36}}
body{margin:0 auto;max-width:76rem;padding:1.5rem;color:var(--ink);background:var(--paper);font:1rem/1.6 Georgia,serif}
h1{font-size:1.4rem}h2{font-size:1rem}main{display:grid;grid-template-columns:3fr 2fr;gap:2rem}
@media(max-width:50rem){main{grid-template-columns:1fr}}
article{white-space:pre-wrap;overflow-wrap:anywhere}del{color:var(--dim);font-size:.8em}
mark{color:inherit;border-radius:.2em;padding:0 .1em}sup{font:.65em sans-serif}
.supplier{background:var(--supplier)}.recipient{background:var(--recipient)}.item{background:var(--item)}
.quantity,.value{background:var(--quantity)}.maker{background:var(--maker)}.when{background:var(--when)}
.source{background:var(--source)}
ol{padding-left:1.4rem}li{border-bottom:1px solid var(--line);padding:.5rem 0}li:target{outline:2px solid}
dl{display:grid;grid-template-columns:auto 1fr;gap:0 .8rem;margin:.3rem 0;font-size:.85rem}dt{color:var(--dim)}dd{margin:0}
footer,.dim{color:var(--dim);font-size:.85rem}
"""
Mark = tuple[Span, str, int]


def document_page(document: Document, extraction: Extraction) -> str:
    """Return a whole HTML page without script or outside resource; all text of the document is escaped."""
    title = escape(plain(document.metadata.title or document.id))
    claims = "\n".join(_claim_entry(number, claim) for number, claim in enumerate(extraction.claims, 1))
    outlet = " · ".join(escape(plain(v)) for v in (document.metadata.outlet, document.metadata.published) if v)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} · armstrace</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1><p class=dim>{outlet}</p>\n"
        f"<main><article>{_marked_text(document, extraction.claims)}</article>\n"
        f'<section aria-label="claims"><h2>{len(extraction.claims)} claims</h2><ol>\n{claims}\n</ol></section></main>\n'
        f"<footer><p>{escape(HONESTY)}</p>{_removed(document)}</footer></body></html>\n"
    )


def _marked_text(document: Document, claims: Iterable[Claim]) -> str:
    marks = sorted({m for n, c in enumerate(claims, 1) for m in _marks(c, n)}, key=lambda m: (m[0].start, -m[0].end, m[2]))
    removed = [(r.span, "removed", 0) for r in document.removed]
    parts, position = [], 0
    for span, role, number in sorted([*marks, *removed], key=lambda m: (m[0].start, -m[0].end, m[2])):
        if span.start < position:
            continue
        parts.append(escape(_visible(document.raw[position : span.start])))
        words = escape(_visible(span.of(document.raw)))
        parts.append(f"<del>{words}</del>" if role == "removed" else f'<mark class="{role}" title="{role}">{words}</mark><sup><a href="#c{number}">{number}</a></sup>')
        position = span.end
    parts.append(escape(_visible(document.raw[position:])))
    return "".join(parts)


def _marks(claim: Claim, number: int) -> Iterator[Mark]:
    for span, role in used_spans(claim):
        yield span, role, number


def _visible(text: str) -> str:
    """Return text with line breaks kept and every other control or direction-changing character made visible."""
    return "\n".join(plain_keeping_spaces(line) for line in text.split("\n"))


def plain_keeping_spaces(line: str) -> str:
    """Return one line safe to show, its spaces as they are."""
    return "".join(c if c == " " or plain(f"x{c}x") == f"x{c}x" else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _claim_entry(number: int, claim: Claim) -> str:
    rows = [("says", chain_words(claim.attribution)), ("certainty", claim.certainty)]
    rows += [("count", quantity_words(claim.quantity))] if claim.quantity else []
    rows += [("value", plain(claim.value.text))] if claim.value else []
    rows += [("when", f"{plain(claim.when.text)} {claim.when.start or ''}")] if claim.when else []
    rows += [("words", plain(claim.evidence.text))]
    rows += [("inferred", plain(note)) for note in claim.inferred]
    rows += [("why", "; ".join(plain(w) for w in claim.why))]
    details = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows)
    return f'<li id="c{number}"><b>{escape(claim_line(claim))}</b><dl>{details}</dl></li>'


def _removed(document: Document) -> str:
    if not document.removed:
        return ""
    rows = "".join(f"<li>{escape(r.reason)}: {escape(plain(r.span.of(document.raw))[:120])}</li>" for r in document.removed)
    return f"<details><summary>left out by cleaning ({len(document.removed)})</summary><ul>{rows}</ul></details>"
