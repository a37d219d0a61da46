"""Documents as the API gives and takes them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from armstrace.web.api.shapes.base import Page, Shape
from armstrace.web.api.shapes.claims import Span

_LONG = 1000  # characters of what is said of a document


class _About(Shape):
    document: str
    """Id, made of its bytes."""
    name: str
    """As the file or entry was called."""
    format: str
    """Of the original: text, html, pdf, and so on."""
    title: str | None
    """Headline."""
    outlet: str | None
    """Who published it."""
    byline: str | None
    """Who wrote it."""
    url: str | None
    """Its address."""
    language: str | None
    """ISO 639-1."""
    published: str | None
    """Day, month or year (ISO), as exactly as it is known."""
    published_from: str | None
    """Where the date was found."""


class DocumentLine(_About):
    """A document without its text."""

    version: int
    """Counts the documents of one address, from 1."""
    added_at: str
    """When it was added (ISO, UTC)."""
    sha256: str
    """Of the bytes that it was read from."""
    read_at: str | None
    """When its claims were read; null where they are not yet."""
    claims: int | None
    """How many claims were read; null where nobody read it yet."""
    failure: str | None
    """Why it could not be read, if so."""


class Removed(Shape):
    """A stretch of the original that is masked in the text."""

    span: Span
    """Where it stands."""
    reason: str
    """Why it is masked."""


class Fact(Shape):
    """Something that a document says of itself."""

    kind: str
    """dateline, byline, credit, wire, caption, correction, updated, and so on."""
    text: str
    """The words."""
    span: Span | None
    """Where they stand; null where outside of the text."""


class LeftOut(Shape):
    """Words of the original that are not in the text."""

    text: str
    """The words."""
    reason: str
    """Why."""
    place: str
    """Where they stand."""


class Capture(Shape):
    """One time that it came here."""

    source: str
    """From where."""
    moment: str | None
    """When it was captured (ISO, UTC), where that is known."""
    noted_at: str
    """When this was noted."""


class Reading(Shape):
    """Who read its claims."""

    extractor: str
    """Program and version of the reader."""
    read_at: str
    """When (ISO, UTC)."""
    claims: int
    """How many claims it gave."""
    left_out: int
    """How many candidates gave none."""
    failure: str | None
    """Why it could not be read, if so."""


class Document(_About):
    """A document with its text. Spans of its claims count characters (Unicode code points) of `text`."""

    text: str
    """The cleaned text."""
    removed: list[Removed]
    """What cleaning masked."""
    facts: list[Fact]
    """What it says of itself."""
    left_out: list[LeftOut]
    """What of the original is not in the text."""
    captures: list[Capture]
    """Each time that it came here."""
    reading: Reading | None
    """Who read its claims; null where nobody did yet."""
    versions: list[str]
    """Ids of the documents of its address, the oldest first; itself alone, or none, where it has no other."""


class DocumentPage(Page[DocumentLine]):
    """A page of documents, by id."""


class NewText(Shape):
    """A text to be added, and what is known of it."""

    text: str = Field(min_length=1)
    """The text, or the source of a web page: the format is told from the content."""
    name: str = Field(default="text", min_length=1, max_length=200)
    """What to call it."""
    outlet: str | None = Field(default=None, min_length=1, max_length=_LONG)
    """Who published it."""
    published: str | None = Field(default=None, min_length=4, max_length=40)
    """Day, month or year, such as 2022-09-06, 2022-09 or 2022."""
    title: str | None = Field(default=None, min_length=1, max_length=_LONG)
    """Headline, where the text has none."""
    url: str | None = Field(default=None, min_length=1, max_length=_LONG)
    """Its address. Another text of the same address is a new version of it."""
    read: bool = True
    """Whether its claims are read now; if not, `armstrace update` does it later."""


class Receipt(Shape):
    """What became of one text of what was sent."""

    outcome: Literal["new", "version", "known", "unread"]
    """`version`: a new version of a page; `known`: it was here already; `unread`: its format could not be read."""
    document: str | None
    """Id; null where nothing was kept."""
    name: str
    """What it is called."""
    claims: int | None
    """How many claims it gave; null where it was not read."""
    detail: str
    """Which version it is, or why it could not be read."""


class Receipts(Shape):
    """What became of what was sent: a feed, table or archive holds several texts."""

    documents: list[Receipt]
    """Each text."""
