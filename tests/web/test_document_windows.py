"""Which parts of a long text are shown."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.web.views.windows import LEAF, MOST_CLAIMS, WHOLE, choose_windows, gaps

LINE = "Forty lorries passed the border at night, said a guard.\n"
LONG = LINE * (4 * LEAF // len(LINE))
SHAPES = {"lines": LONG, "one line": LONG.replace("\n", " "), "one word": "x" * (3 * LEAF)}


def test_a_short_text_is_shown_whole():
    text = "x" * WHOLE
    assert choose_windows(text, [Span(5, 9)], 70_000).spans == (Span(0, WHOLE),)
    assert choose_windows("", []).spans == (Span(0, 0),)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_claim_of_a_long_text_stands_in_a_window_with_what_is_around_it(shape):
    text = SHAPES[shape]
    claims = [Span(30_000, 30_050), Span(30_100, 30_180), Span(len(text) - 60, len(text))]
    windows = choose_windows(text, claims).spans
    assert all(any(window.holds(claim) for window in windows) for claim in claims)
    assert len(windows) == 3
    assert sum(end - start for start, end in windows) < 20_000


@pytest.mark.parametrize("shape", SHAPES)
def test_leaves_cover_a_long_text_once(shape):
    text = SHAPES[shape]
    at, seen = 0, []
    while at is not None:
        windows = choose_windows(text, [], at)
        assert windows.is_leaf
        seen += windows.spans
        at = windows.after
    assert seen[0].start == 0
    assert seen[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(seen))


@given(st.integers(-5, 5 * LEAF), st.sampled_from(sorted(SHAPES)))
def test_the_leaf_that_is_asked_for_holds_the_place(at, shape):
    text = SHAPES[shape]
    (leaf,) = choose_windows(text, [], at).spans
    place = min(max(at, 0), len(text) - 1)
    assert leaf.start <= place < leaf.end
    assert leaf.end - leaf.start <= 2 * LEAF


def test_no_more_claims_are_shown_at_once_than_a_page_can_bear():
    claims = [Span(n, n + 10) for n in range(0, len(LONG), len(LONG) // (3 * MOST_CLAIMS))]
    text = LONG * 20
    spread = [Span(20 * span.start, 20 * span.start + 10) for span in claims]
    assert sum(span.end - span.start for span in choose_windows(text, spread).spans) < 400_000


def test_gaps_are_what_is_left_out():
    assert list(gaps([Span(0, 3), Span(5, 7)], 9)) == [Span(0, 0), Span(3, 5), Span(7, 9)]
