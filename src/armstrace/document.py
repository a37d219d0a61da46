"""The frozen types of a document: its text, what is known of it, and where each stretch stands in the original.

Spans are half-open character intervals of ``Document.text``; ``document.text[span.start:span.end]`` is the
evidence, always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open character interval ``[start, end)`` of one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Removed:
    """One stretch of ``Document.raw`` that cleaning masked, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of the original that the reader of its format did not take into the text, and why ("navigation")."""

    text: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document says of itself: ``kind`` is dateline, byline, credit, wire, caption, title ...

    ``span`` is None where it stands outside the text: in a header, a feed's ``<source>``, a page's metadata.
    """

    kind: str
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text itself does not hold. ``published`` is an ISO day, month or year: as precise as it is known.

    ``published_from`` says where the date was found ("meta article:published_time", "header Date"); ``language`` is
    an ISO 639-1 code; ``url`` the canonical address where the page names one.
    """

    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    published_from: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One stretch of ``Document.raw`` and where it stands in the original.

    ``part`` names the part of the original ("page 3", "part 2 text/html", "field body"), "" the file as a whole.
    ``source`` counts characters of that part once decoded; None where the words were found but not their place.
    Where both have the same length, they hold the same characters one by one.
    """

    span: Span
    part: str = ""
    source: Span | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """How the bytes of a document came here.

    ``source`` is a path, an address or "standard input", with the way through containers ("a.zip!/b.html");
    ``moment`` is when they were captured (ISO, UTC) where somebody noted it, else None; ``headers`` are those of the
    answer or letter that brought them.
    """

    source: str
    moment: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One report, cleaned: ``text`` has the same length and offsets as ``raw`` (see docs/decisions/0001).

    ``places`` leads from ``raw`` to the original; none means that ``raw`` is the decoded original itself.
    """

    id: str
    text: str
    raw: str
    metadata: Metadata = field(default_factory=Metadata)
    removed: tuple[Removed, ...] = ()
    facts: tuple[Fact, ...] = ()
    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    name: str = ""
    format: str = "text"
