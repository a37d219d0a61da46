"""Shared runs of words: a table, and what is true of any two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.group.runs import SHORTEST, Run, shared_runs

RUNS = [
    ("nothing", "a b c d e f", "g h i j k l", []),
    ("four words are a phrase", "a b c d x", "a b c d y", []),
    ("five are a run", "x a b c d e", "a b c d e y", [Run(1, 0, 5)]),
    ("two blocks that changed places", "a b c d e f g h i j", "f g h i j a b c d e", [Run(0, 5, 5), Run(5, 0, 5)]),
    ("a word put in the middle", "a b c d e f g h i j", "a b c d e x f g h i j", [Run(0, 0, 5), Run(5, 6, 5)]),
    ("words count once", "a b c d e a b c d e", "a b c d e", [Run(0, 0, 5)]),
    ("the longer run first", "a b c d e f g", "a b c d e x a b c d e f g", [Run(0, 6, 7)]),
]


@pytest.mark.parametrize(("what", "left", "right", "expected"), RUNS)
def test_shared_runs(what, left, right, expected):
    assert list(shared_runs(left.split(), right.split())) == expected, what


@given(st.text("abc", max_size=60), st.text("abc", max_size=60))
def test_runs_are_equal_words_and_never_overlap(left, right):
    runs = shared_runs(list(left), list(right))
    assert all(left[r.left : r.left + r.length] == right[r.right : r.right + r.length] for r in runs)
    assert all(run.length >= SHORTEST for run in runs)
    for starts in ([r.left for r in runs], [r.right for r in runs]):
        places = [at for start, run in zip(starts, runs, strict=True) for at in range(start, start + run.length)]
        assert len(places) == len(set(places))
