"""Articles put together from two texts: which link gives way."""

from __future__ import annotations

import pytest

from armstrace.group.combined import Joint, find_seams

# The article x has 100 words. A link is "document: from-to" of the words of x that it shares; days are ISO days.
SEAMS = [
    ("two agencies, the first gave more", {"a": (0, 70), "b": (70, 100)}, "", {}, [("b", "x")]),
    ("both gave the same part", {"a": (0, 70), "b": (0, 65)}, "", {}, []),
    ("the two are one family already", {"a": (0, 70), "b": (70, 100)}, "ab", {}, []),
    ("they are one family by a third", {"a": (0, 70), "b": (70, 100)}, "ac bc", {}, []),
    ("a third of it is its own: there was one text, not at hand", {"a": (0, 40), "b": (40, 65)}, "", {}, []),
    ("x is the older: it is their base", {"a": (0, 70), "b": (70, 100)}, "", {"x": "2001-01-01"}, []),
    ("one copy came later, its text before", {"a": (0, 70), "b": (70, 100), "c": (75, 100)}, "bc", {"c": "2001-03-09"},
     [("b", "x"), ("c", "x")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "gave", "linked", "days", "expected"), SEAMS)
def test_seams(what, gave, linked, days, expected):
    joints = [Joint(one, "x", frozenset(), frozenset(range(*words)), 90, 100) for one, words in gave.items()]
    joints += [Joint(pair[0], pair[1], frozenset(range(50)), frozenset(range(50)), 90, 90) for pair in linked.split()]
    published = {**dict.fromkeys("abc", "2001-03-01"), "x": "2001-03-02", **days}
    assert sorted(find_seams(joints, published)) == expected, what
