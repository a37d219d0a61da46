"""Documents as a bibliography for biblatex: ``@online`` where there is an address, else ``@article`` or ``@misc``.

After the biblatex manual: ``date`` and ``urldate`` are ISO 8601 as precise as known; a byline is put in braces,
so that it is not taken apart into names; ``url`` is verbatim, so it is percent-encoded and not escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from armstrace.export.citations.works import Work, cited_works
from armstrace.export.record import About, Out, Record

# Braces are told by name: a brace with a backslash still counts for BibTeX, and one alone would end the field.
_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)


def write(records: Iterable[Record], _about: About, out: Out) -> None:
    """Write an entry a document, each once, by key. All documents are held at once, without their text."""
    before = ""
    for work in cited_works(records):
        out.write(f"{before}{entry(work)}".encode())
        before = "\n"


def entry(work: Work) -> str:
    """Return a document as one entry."""
    kind = "online" if work.url else "article" if work.outlet else "misc"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(work, kind) if value)
    return f"@{kind}{{{work.key},\n{fields}}}\n"


def _fields(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    yield "author", _kept(work.byline)
    yield "title", _kept(work.title or "Untitled document")
    yield "journaltitle" if kind == "article" else "organization", _kept(work.outlet)
    yield "date", "-".join([f"{one:04}" if not place else f"{one:02}" for place, one in enumerate(work.published)])
    yield "language", _tex(work.language)
    yield "url", work.url
    yield "urldate", work.seen if work.url else ""
    yield "note", _tex(work.note)


def _kept(text: str) -> str:
    """Return text in braces of its own: no style changes its letters or takes it apart."""
    return f"{{{_tex(text)}}}" if text else ""


def _tex(text: str) -> str:
    return text.translate(_TEX)
