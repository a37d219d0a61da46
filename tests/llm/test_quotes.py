"""Quotes are found word for word; the span covers the document's own characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import document

from armstrace.document import Span
from armstrace.llm.quotes import MOST_SENTENCES, Quotes, normalised

TEXT = "Niger wants “40  mortars”\nfrom Nigeria’s army. Nigeria's army said no to Niger."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Niger wants", "Niger wants"),
        ('"40 mortars"', "“40  mortars”"),  # straight for curly, one space for two
        ("“40 mortars”", "“40  mortars”"),
        ("mortars” from Nigeria's", "mortars”\nfrom Nigeria’s"),  # a line break is a space
        ("  Niger\twants ", "Niger wants"),
        ("Nigeria's army", "Nigeria’s army"),
        ("’s army", "’s army"),  # an edge that is no letter needs no word border
        ("Nigeri", None),  # part of a word
        ("igeria", None),
        ("niger wants", None),  # another case
        ("Niger wanted", None),
        ("40 mortars from Nigeria", None),  # the mark between is left out
        ("40 rifles", None),
        ("", None),
        (" \n ", None),
        ("Niger wants “40  mortars”\nfrom Nigeria’s army. Nigeria's army said no to Niger. More.", None),
    ],
)
def test_only_spaces_and_the_shape_of_marks_may_differ(quote, found):
    span = Quotes(document(TEXT)).find(quote)
    assert (span.of(TEXT) if span else None) == found


@pytest.mark.parametrize(
    ("near", "start"),
    [
        (None, 0),
        (Span(45, len(TEXT)), TEXT.rindex("Niger")),  # inside first
        (Span(20, 30), 0),  # then before
        (Span(0, 2), 0),
    ],
)
def test_of_several_places_the_one_nearest_to_the_evidence_counts(near, start):
    assert Quotes(document(TEXT)).find("Niger", near).start == start


def test_a_span_inside_one_sentence_has_that_sentence():
    text = "Iran sold tanks. Mali bought them."
    quotes = Quotes(document(text))
    assert quotes.sentence_of(quotes.find("sold tanks")).of(text) == "Iran sold tanks."
    assert quotes.sentence_of(quotes.find("tanks. Mali")) is None


@pytest.mark.parametrize(
    ("raw", "quote", "sentences"),
    [
        ("Iran sold tanks. Mali bought them.", "sold tanks", "Iran sold tanks."),
        ("Iran sold tanks. Mali bought them.", "tanks. Mali bought", "Iran sold tanks. Mali bought them."),
        ("He ran on. " * 9, "ran on. " + "He ran on. " * MOST_SENTENCES, None),  # no sentence, but a passage
        (
            "Iran sold tanks.\nSUBSCRIBE NOW\nMali bought them.",
            "sold tanks. Mali bought",
            None,
        ),  # across what was masked
    ],
)
def test_evidence_is_whole_sentences_and_never_crosses_what_cleaning_took_out(raw, quote, sentences):
    text = raw.replace("SUBSCRIBE NOW", " " * 13)
    quotes = Quotes(document(text, raw))
    span = quotes.sentences_of(quotes.find(quote))
    assert (span.of(text) if span else None) == sentences


def plain(words):
    return normalised(words)[0].strip()


@given(text=st.text(max_size=80), data=st.data())
def test_what_is_cut_from_a_text_at_word_borders_is_found_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    span = Quotes(document(text)).find(quote)
    if span is not None:
        assert plain(span.of(text)) == plain(quote)
    elif plain(quote):
        around = text[start - 1 : start], text[end : end + 1]
        assert any(c.isalnum() for c in around)
