"""Trees, relations and name tags chosen from scores."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from armstrace.language.decode import choose_heads, choose_names, choose_relations

TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head == 0 for head in heads) != 1:
        return False
    for word in range(1, len(heads) + 1):
        above, steps = word, 0
        while above and steps <= len(heads):
            above, steps = heads[above - 1], steps + 1
        if above:
            return False
    return True


def worth(scores, heads) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.integers(-20, 20))))
def test_heads_are_the_best_tree_with_one_root(scores):
    heads = tuple(choose_heads(scores))
    every = product(range(len(scores) + 1), repeat=len(scores))
    best = max(worth(scores, other) for other in every if is_tree(other))
    assert is_tree(heads)
    assert worth(scores, heads) == best


@given(st.integers(5, 40), st.integers(0, 2**32 - 1))
def test_heads_of_longer_sentences_are_a_tree(count, seed):
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    assert is_tree(tuple(choose_heads(scores)))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([{"O": 3}, {"B-PER": 3}, {"I-PER": 3}], "O B-PER I-PER"),
        ([{"I-PER": 3, "B-PER": 2}, {"I-PER": 3}], "B-PER I-PER"),
        ([{"B-ORG": 3, "B-PER": 2}, {"I-PER": 3}], "B-PER I-PER"),
        ([{"B-ORG": 9, "B-PER": 2}, {"I-PER": 3, "I-ORG": 2}], "B-ORG I-ORG"),
        ([{"O": 9}, {"I-ORG": 3, "B-ORG": 2, "O": 1}], "O B-ORG"),
    ],
)
def test_names_follow_the_order_of_begin_and_inside(scores, expected):
    table = np.array([[row.get(tag, 0) for tag in TAGS] for row in scores], dtype=np.float32)
    assert " ".join(choose_names(table, TAGS)) == expected


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_names_are_always_legal(count, seed):
    scores = np.random.default_rng(seed).normal(size=(count, len(TAGS))).astype(np.float32)
    tags = choose_names(scores, TAGS)
    for before, tag in zip(["O", *tags], tags, strict=False):
        assert tag[0] != "I" or before[2:] == tag[2:]


def test_the_root_relation_belongs_to_the_root_alone():
    child, head = np.zeros((3, 2), dtype=np.float32), np.zeros((4, 2), dtype=np.float32)
    weights = np.zeros((3, 3, 3), dtype=np.float32)
    weights[1, 2, 2], weights[2, 2, 2] = 5, 1  # the network would say 1 everywhere
    assert choose_relations(child, head, [2, 0, 2], weights, 1) == [2, 1, 2]


def test_relations_do_not_depend_on_how_many_rows_are_multiplied_at_once():
    rng = np.random.default_rng(1)
    child = rng.normal(size=(60, 8)).astype(np.float32)
    head = rng.normal(size=(61, 8)).astype(np.float32)
    weights = rng.normal(size=(5, 9, 9)).astype(np.float32)
    heads = [0, *rng.integers(1, 60, 59).tolist()]
    whole = choose_relations(child, head, heads, weights, 0)
    with_one = [np.pad(rows, ((0, 0), (0, 1)), constant_values=1) for rows in (head[heads], child)]
    scores = np.einsum("nj,ljk,nk->nl", with_one[0], weights, with_one[1])[1:, 1:]
    assert whole == [0, *(1 + scores.argmax(1)).tolist()]
    first = choose_relations(child[:10], head, heads[:10], weights, 0)
    assert whole[:10] == first
