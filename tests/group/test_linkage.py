"""Joining the best first without scoring every pair: the same as scoring all, and bounds that hold."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notation import read_claim

from armstrace.group import compared
from armstrace.group.bounds import bound_scores
from armstrace.group.clusters import group_claims
from armstrace.group.compare import score_subjects
from armstrace.group.compared import Judgement
from armstrace.group.linkage import NEVER, Bounds, join_best_first
from armstrace.group.subjects import subject_of

IDS = [f"c{number}" for number in range(12)]


def join_plainly(bundles, score, least):
    """Score all pairs of two bundles at each step, and join the best two: what is meant, as slow as it is."""
    found = sorted(tuple(sorted(b)) for b in bundles)
    while True:
        means = []
        for one, other in combinations(found, 2):
            points = [score(a, b) for a, b in product(one, other)]
            if None not in points and sum(points) / len(points) >= least:
                means.append((-sum(points) / len(points), one, other))
        if not means:
            return tuple(found)
        _, one, other = min(means)
        found = sorted([b for b in found if b not in (one, other)] + [tuple(sorted(one + other))])


@st.composite
def scored(draw):
    """Draw scores of all pairs, and bounds that are loose here and there."""
    points = st.one_of(st.none(), st.integers(-20, 40).map(lambda parts: parts / 4))
    scores = {frozenset(pair): draw(points) for pair in combinations(IDS, 2)}
    most = np.full((len(IDS), len(IDS)), NEVER, dtype=np.int8)
    is_sure = np.zeros(most.shape, dtype=np.bool_)
    for one, other in combinations(range(len(IDS)), 2):
        found = scores[frozenset({sorted(IDS)[one], sorted(IDS)[other]})]
        slack = draw(st.sampled_from([0, 0, 1, 8]))
        bound = slack or NEVER if found is None else int(found * 4) + slack
        most[one, other] = most[other, one] = bound
        is_sure[one, other] = is_sure[other, one] = not slack and draw(st.booleans())
    cut = draw(st.lists(st.booleans(), min_size=len(IDS), max_size=len(IDS)))
    bundles, last = [], []
    for one, is_cut in zip(IDS, cut, strict=True):
        last.append(one)
        if is_cut or draw(st.booleans()):
            bundles.append(tuple(last))
            last = []
    return [*bundles, *([tuple(last)] if last else [])], lambda a, b: scores[frozenset({a, b})], Bounds(most, is_sure)


@settings(max_examples=100, deadline=None)
@given(scored())
def test_bounds_change_nothing(drawn):
    bundles, score, bounds = drawn
    expected = join_plainly(bundles, score, 2.0)
    assert join_best_first(bundles, score, 2.0) == expected
    assert join_best_first(bundles[::-1], score, 2.0, bounds) == expected


def test_nothing_and_one():
    assert join_best_first([], lambda *_: 1.0, 1.0) == ()
    assert join_best_first([("a",)], lambda *_: 1.0, 1.0) == (("a",),)


def test_what_cannot_be_joined_is_not_scored():
    asked = []

    def score(one, other):
        asked.append((one, other))
        return 5.0

    most = np.full((40, 40), 4, dtype=np.int8)
    most[0, 1] = most[1, 0] = 20
    ids = [f"c{number:02}" for number in range(40)]
    found = join_best_first([(one,) for one in ids], score, 3.0, Bounds(most, most > 99))
    assert asked == [("c00", "c01")]
    assert found[0] == ("c00", "c01")
    assert len(found) == 39


PARTIES = ["US > IQ", "US > IQ/Kurdish forces", "US/Pentagon > IQ", "US > IQ/peshmerga"]
ARMS = [
    "arms",
    "tanks (tanks)",
    "M1 (tanks)",
    "Javelin (missiles)",
    "anti-ship missiles (missiles)",
    "bombs (bombs)",
    "T-72 (tanks), shells (ammunition)",
]
DAYS = ["2014-08-11", "2014-08", "2014", "2014-08-25", "2014-11-02", "2015-02-20", "2017-01-02", "kind transfer"]
WHEN = ["when 2014-08-09", "when 2014-08-01..2014-08-31", "when 2016-01-01", "when 2030-01-01", "kind transfer"]
STATUS = ["planned", "ordered", "delivered", "sought", "cancelled", "seized", "kind transfer"]
MORE = [
    "n=10",
    "n=12",
    "n=..40",
    "n=90",
    "n=500",
    "n=20..30",
    "value=1e9 USD",
    "value=5e9 USD",
    "aid",
    "sale",
    "denied",
    "via TR",
    "made RU",
    "refers c1",
]
SAYS = [
    "Tanks were sent to the north on Monday",
    "Tanks were sent to the north on Tuesday",
    "Missiles for the army came by sea",
]


def pick(*values):
    return st.sampled_from(values)


LINES = st.builds(
    "; ".join,
    st.tuples(
        pick(*PARTIES), pick(*ARMS), pick(*STATUS), pick(*DAYS), pick(*WHEN), pick(*MORE), pick(*MORE),
        pick("doc a", "doc b", "doc c", "kind transfer"), pick("copy a", "copy b", "kind transfer"),
        pick(*(f"says {one}" for one in SAYS), "kind transfer"),
        pick("row 1", "row 2", "kind transfer", "kind transfer"),
        pick("title Tanks for the north", "title Tanks go to the north", "kind transfer"),
    ),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(LINES, min_size=2, max_size=16), kinds=st.sampled_from([1, 2, 500]))
def test_no_pair_scores_more_than_its_bound_and_what_is_sure_is_so(lines, kinds, names):
    subjects = [subject_of(read_claim(line, f"c{number}"), names) for number, line in enumerate(lines)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("armstrace.group.bounds._KINDS", kinds)
        most, is_sure = bound_scores(subjects)
    for one, other in combinations(range(len(subjects)), 2):
        score = score_subjects(subjects[one], subjects[other])
        parts = NEVER if score is None else score * 4
        for at in ((one, other), (other, one)):
            assert most[at] >= parts
            assert most[at] == parts or not is_sure[at]


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(LINES, min_size=2, max_size=14), data=st.data())
def test_large_blocks_are_grouped_as_small_ones_are(lines, data, names):
    claims = [read_claim(line, f"c{number}") for number, line in enumerate(lines)]
    ids = st.sampled_from([told.claim.id for told in claims])
    judged = data.draw(st.lists(st.builds(Judgement, ids, ids, st.booleans()), max_size=3))
    expected = group_claims(claims, names, judged)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compared, "_FEW", 1)
        assert group_claims(claims, names, judged) == expected


def test_most_pairs_are_sure(names):
    lines = [f"US > IQ; tanks (tanks); delivered; 2014-08-{day}; says Report number{day}" for day in range(10, 30)]
    bounds = bound_scores([subject_of(read_claim(line, f"c{number}"), names) for number, line in enumerate(lines)])
    assert np.count_nonzero(~bounds.is_sure & ~np.eye(20, dtype=bool)) == 0
