"""From a stretch of the text to the original."""

from __future__ import annotations

import pytest

from armstrace.document import Document, Place, Span
from armstrace.text.places import describe_places, find_places

#       0         1         2
#       012345678901234567890123456789
TEXT = "AT&T sold\nradars to Togo\nlost"
PLACES = (
    Place(Span(0, 2), "page 1", Span(100, 102)),  # AT
    Place(Span(2, 3), "page 1", Span(102, 107)),  # & written as &amp;
    Place(Span(3, 9), "page 1", Span(107, 113)),  # T sold
    Place(Span(10, 24), "page 2", Span(0, 14)),  # radars to Togo
    Place(Span(25, 29), "page 2", None),  # lost
)
ROWS = [
    ("inside a run", (4, 7), [("page 1", (108, 111))], "page 1, characters 108-111"),
    (
        "over an entity",
        (0, 4),
        [("page 1", (100, 102)), ("page 1", (102, 107)), ("page 1", (107, 108))],
        "page 1, characters 100-108",
    ),
    (
        "over a page",
        (5, 16),
        [("page 1", (109, 113)), ("page 2", (0, 6))],
        "page 1, characters 109-113; page 2, characters 0-6",
    ),
    ("a break between runs", (9, 10), [], ""),
    ("words without a place", (25, 29), [("page 2", None)], "page 2, place unknown"),
]


@pytest.mark.parametrize(("span", "places", "words"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
def test_words_are_found_in_the_original(span, places, words):
    found = find_places(Document("d", TEXT, TEXT, places=PLACES), Span(*span))
    assert [(place.part, place.source) for place in found] == places
    assert describe_places(found) == words


def test_a_text_without_a_map_is_its_original():
    found = find_places(Document("d", TEXT, TEXT), Span(5, 9))
    assert found == (Place(Span(5, 9), "", Span(5, 9)),)
    assert describe_places(found) == "the file, characters 5-9"
