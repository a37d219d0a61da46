"""Pictures of pages are drawn once, and no more of them are kept than there is room for."""

import pytest
from hostile_documents import paper

from armstrace.document import Span
from armstrace.errors import InputError
from armstrace.web import page_pictures
from armstrace.web.page_pictures import PagePictures


@pytest.fixture
def asked():
    """Return how often the PDF was asked for, and what gives it."""
    times = []

    def evidence():
        times.append(1)
        return paper()

    return times, evidence


def test_a_page_is_drawn_once_whoever_asks(asked):
    times, evidence = asked
    pictures = PagePictures()
    spans = (Span(0, 4),)
    with_marks = pictures.picture("a", 2, evidence, spans)
    assert pictures.picture("a", 2, evidence) is with_marks
    assert pictures.picture("a", 2, evidence, spans) is with_marks
    assert len(times) == 1
    assert pictures.picture("a", 2, evidence, (Span(9, 16),)).boxes != with_marks.boxes
    assert pictures.picture("b", 2, evidence).png == with_marks.png
    assert len(times) == 3


def test_no_more_are_kept_than_there_is_room_for(asked, monkeypatch):
    times, evidence = asked
    monkeypatch.setattr(page_pictures, "MOST_BYTES", 1)
    pictures = PagePictures()
    for number in (1, 1, 2, 1):
        pictures.picture("a", number, evidence)
    assert len(times) == 3


def test_what_cannot_be_drawn_is_not_kept(asked):
    times, evidence = asked
    pictures = PagePictures()
    for _ in range(2):
        with pytest.raises(InputError):
            pictures.picture("a", 9, evidence)
    assert len(times) == 2
