"""The picture of a PDF page with the words marked that claims were read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from armstrace.document import Document, Span
from armstrace.ingest.pdf_pictures import PagePicture
from armstrace.text.places import find_places
from armstrace.web.views.claims import ClaimCard

MOST_SPANS: Final = 500


class Asked(NamedTuple):
    """Words of a claim on a page: where PDFium counts them there, their role, the anchor of their value, in words."""

    span: Span
    role: str
    anchor: str
    title: str


class Rectangle(NamedTuple):
    """A marked part of a picture, in pixels."""

    x: int
    y: int
    width: int
    height: int
    role: str
    anchor: str
    title: str


class PageView(NamedTuple):
    """A page beside the text: its number, of how many; its size and marks, or the problem why it is not there."""

    number: int
    pages: int
    width: int = 0
    height: int = 0
    marks: tuple[Rectangle, ...] = ()
    problem: str = ""


def words_on_page(document: Document, cards: Iterable[ClaimCard], number: int) -> tuple[Asked, ...]:
    """Return where on a page the words of claims stand."""
    found = (
        Asked(place.source, row.role, row.anchor, f"{row.role} in claim {card.number}: {row.words}")
        for card in cards
        for row in card.fields
        if row.span
        for place in find_places(document, row.span)
        if place.part == f"page {number}" and place.source
    )
    return tuple(sorted(set(found)))[:MOST_SPANS]


def view_page(picture: PagePicture, number: int, asked: Sequence[Asked]) -> PageView:
    """Return a page with its marks, of words that several claims share the first."""
    marks: dict[tuple[int, int, int, int], Rectangle] = {}
    for box in picture.boxes:
        frame = (box.left, box.top, box.right - box.left, box.bottom - box.top)
        words = asked[box.span]
        marks.setdefault(frame, Rectangle(*frame, words.role, words.anchor, words.title))
    return PageView(number, picture.pages, picture.width, picture.height, tuple(marks.values()))
