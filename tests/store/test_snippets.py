"""The stretch of a text that is shown, and the places of what was found in it."""

from __future__ import annotations

import pytest

from armstrace.store.query import parse_terms
from armstrace.store.snippets import WIDTH, cut_snippet, find_marks

LONG = "Rain fell on the harbour. " * 40
ROWS = [
    ("Forty drones for Ostania.", "drone ostania", ["drones", "Ostania"]),
    ("Forty F-16s, an F16 and an f 16.", "F-16", ["F-16", "F16", "f 16"]),
    ("Artillery shells, shells of artillery.", '"artillery shell"', ["Artillery shells"]),
    ("Mohajer and mohair.", "moha*", ["Mohajer", "mohair"]),
    ("Forty drones.", "-drones forty", ["Forty"]),
    ("Forty drones.", "tanks", []),
    ("Forty drones.", "", []),
    ("one two three", '"one two" "two three"', ["one two three"]),
    (f"{LONG}The drones came. {LONG}Drones came to Ostania. {LONG}", "drones ostania", ["Drones", "Ostania"]),
]


@pytest.mark.parametrize(("text", "words", "marked"), ROWS)
def test_what_was_looked_for_is_marked(text, words, marked):
    snippet = cut_snippet(text, parse_terms(words), 1000)
    assert [m.of(snippet.text) for m in snippet.marks] == marked
    assert text[snippet.span.start - 1000 : snippet.span.end - 1000] == snippet.text
    assert len(snippet.text) <= WIDTH
    assert snippet.text == snippet.text.strip()


def test_the_stretch_begins_with_the_tightest_group():
    text = " ".join(f"Report {n} speaks of rain." for n in range(300))
    snippet = cut_snippet(text, parse_terms("report 250"))
    assert snippet.text.index("Report 250") < 70


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 10_000, "é😀" * 500, f"{'x' * 600} drone {'y' * 600}"])
def test_odd_texts_have_a_stretch_too(text):
    snippet = cut_snippet(text, parse_terms("drone xx*"))
    assert text[snippet.span.start : snippet.span.end] == snippet.text
    assert len(snippet.text) <= WIDTH


def test_all_marks_of_a_title_are_given():
    title = "Drones, drones and " + "more " * 100 + "drones"
    assert [m.of(title) for m in find_marks(title, parse_terms("drones"))] == ["Drones", "drones", "drones"]
