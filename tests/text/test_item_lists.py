"""Lists of articles: the table of cases, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.text.item_lists import ListEntry, read_item_list

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "item_lists.yml").read_text("utf-8"))
ROWS = [pytest.param(text, rows, id=f"{group}: {text}") for group, cases in CASES.items() for text, rows in cases]
PIECES = st.sampled_from(
    [
        *"0123456789(),;.:-– \n\u00a0²x",
        *("four (4) ", "six (8)", "up to ", "and ", "a total of ", "between ", "None", "per ", "each"),
        *("radars", "AN/APR-39E(V)2 ", "155mm ", "(4 installed, 2 spares)", "spares", "- ", "(1) ", "sets of "),
    ]
)


def told(text: str, entry: ListEntry) -> list[object]:
    quantity = entry.quantity
    if quantity is None:
        return [entry.item.of(text)]
    notes = [note.of(text) for note in entry.notes]
    row = [entry.item.of(text), quantity.text, quantity.low, quantity.best, quantity.high, quantity.unit]
    return [*row, notes] if notes else row


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_list_is_read_as_the_table_says(text: str, expected: list[list[object]]) -> None:
    assert [told(text, entry) for entry in read_item_list(text, Span(0, len(text)))] == expected


@given(st.lists(PIECES, max_size=40).map("".join))
def test_entries_stand_in_order_and_on_their_words(text: str) -> None:
    entries = read_item_list(text, Span(0, len(text)))

    for entry in entries:
        assert entry.span.holds(entry.item)
        assert entry.item.of(text).strip()
        assert entry.quantity is None or entry.quantity.span.of(text) == entry.quantity.text
        assert all(entry.span.holds(note) for note in entry.notes)
    assert all(first.span.end <= second.span.start for first, second in pairwise(entries))


def test_list_is_read_inside_its_stretch_only() -> None:
    text = "Ten (10) tanks; two (2) radars; four (4) guns"

    assert [e.span.of(text) for e in read_item_list(text, Span(16, 31))] == ["two (2) radars"]
