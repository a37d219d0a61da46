"""Which sentences are read at once. The tables read: words of each sentence, wanted ones, runs (start, stop)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.language.windows import WINDOW_WORDS, role_windows

WINDOWS = [
    ("nothing is wanted", [10, 10], [], []),
    ("the first sentence has none before it", [10, 20], [0], [(0, 1)]),
    ("the sentence before is read too", [10, 20, 30], [2], [(1, 3)]),
    ("but one before, not two", [5, 5, 5, 5], [3], [(2, 4)]),
    ("what follows is read where it is wanted", [10, 20, 30], [1, 2], [(0, 3)]),
    ("and not where it is not", [10, 20, 30], [1], [(0, 2)]),
    ("unwanted ones between two wanted come along", [10, 10, 10, 10, 10], [1, 4], [(0, 5)]),
    ("sentences far apart make two runs", [10, 10, 50, 50, 10, 10], [1, 5], [(0, 2), (4, 6)]),
    ("neighbouring runs share a sentence", [60, 50, 60], [0, 1, 2], [(0, 2), (1, 3)]),
    ("the order in which they are wanted is no matter", [10, 10, 50, 50, 10, 10], [5, 1], [(0, 2), (4, 6)]),
    ("the last sentence", [10, 10], [1], [(0, 2)]),
    ("no sentences", [], [], []),
]

LIMITS = [
    ("the one before just fits", [WINDOW_WORDS - 60, 60], [1], [(0, 2)]),
    ("the one before is a word too long", [WINDOW_WORDS - 59, 60], [1], [(1, 2)]),
    ("the next wanted one just fits", [40, 40, WINDOW_WORDS - 80], [0, 1, 2], [(0, 3)]),
    ("the next wanted one is a word too long", [40, 40, WINDOW_WORDS - 79], [0, 1, 2], [(0, 2), (1, 3)]),
    ("a sentence as long as a run", [10, WINDOW_WORDS, 10], [1], [(1, 2)]),
    ("a longer sentence is a run of its own", [10, 300, 10], [1], [(1, 2)]),
    ("and is read with no neighbour that is wanted", [10, 300, 10], [0, 1, 2], [(0, 1), (1, 2), (2, 3)]),
    ("a long one between ends the run", [10, 300, 10], [0, 2], [(0, 1), (2, 3)]),
]


@pytest.mark.parametrize(
    ("lengths", "wanted", "runs"), [pytest.param(*row[1:], id=row[0]) for row in (*WINDOWS, *LIMITS)]
)
def test_runs(lengths, wanted, runs):
    assert role_windows(lengths, wanted) == runs


EMPTY = [
    ("the one before is one with words", [10, 0, 10], [2], [(0, 3)]),
    ("whatever number stands between", [10, 10, 0, 0, 0, 10], [5], [(1, 6)]),
    ("none before it has words", [0, 0, 10], [2], [(2, 3)]),
    ("the one before is too long", [WINDOW_WORDS, 0, 10], [2], [(2, 3)]),
    ("they end no run", [10, 0, 10, 0, 0, 10], [0, 2, 5], [(0, 6)]),
    ("nor are they read behind it", [10, 0, 0], [0], [(0, 1)]),
    ("neighbouring runs share them", [60, 0, 50, 0, 60], [0, 2, 4], [(0, 3), (2, 5)]),
]


@pytest.mark.parametrize(("lengths", "wanted", "runs"), [pytest.param(*row[1:], id=row[0]) for row in EMPTY])
def test_sentences_without_words_are_passed_over(lengths, wanted, runs):
    assert role_windows(lengths, wanted) == runs


@st.composite
def asked(draw):
    """Return lengths of sentences, some without words, and the wanted ones among those with words."""
    lengths = draw(st.lists(st.just(0) | st.integers(1, 40) | st.integers(1, 2 * WINDOW_WORDS), max_size=30))
    full = [number for number, length in enumerate(lengths) if length]
    wanted = draw(st.sets(st.sampled_from(full))) if full else set()
    return lengths, wanted


def parts(runs):
    """Yield each run with the sentences that no run before it has read."""
    for (_, before), (start, stop) in pairwise([(0, 0), *runs]):
        yield (start, stop), range(max(start, before), stop)


@given(asked())
def test_every_wanted_sentence_is_read_once(case):
    lengths, wanted = case
    read = [sentence for _, new in parts(role_windows(lengths, wanted)) for sentence in new]
    assert len(read) == len(set(read))
    assert wanted <= set(read)


@given(asked())
def test_the_one_before_is_read_with_each_wanted_sentence_where_it_fits(case):
    lengths, wanted = case
    for (start, _), new in parts(role_windows(lengths, wanted)):
        for sentence in wanted & set(new):
            before = max((n for n in range(sentence) if lengths[n]), default=None)
            fits = before is not None and lengths[before] + lengths[sentence] <= WINDOW_WORDS
            assert not fits or start <= before


@given(asked())
def test_runs_keep_the_limit_but_for_a_sentence_that_is_longer_by_itself(case):
    lengths, wanted = case
    for start, stop in role_windows(lengths, wanted):
        assert sum(lengths[start:stop]) <= WINDOW_WORDS or stop - start == 1


@given(asked())
def test_runs_go_forward_and_no_further_than_needed(case):
    lengths, wanted = case
    runs = role_windows(lengths, wanted)
    for start, stop in runs:
        assert 0 <= start < stop <= len(lengths)
        assert lengths[start]
        assert set([n for n in range(start, stop) if lengths[n]][:2]) & wanted
        assert stop - 1 in wanted
    for (earlier, end), (later, stop) in pairwise(runs):
        assert earlier < later
        assert end < stop
        assert sum(lengths[n] > 0 for n in range(later, end)) <= 1  # at most the sentence before is read twice


@given(asked())
def test_any_collection_will_do(case):
    lengths, wanted = case
    assert role_windows(lengths, sorted(wanted, reverse=True)) == role_windows(lengths, frozenset(wanted))
