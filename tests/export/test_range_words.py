"""Ranges of numbers in words."""

import pytest

from armstrace.export.transfer_words import range_words
from armstrace.register.types import Range

WORDS = [
    ((12, None, None), "12 or more pieces"),
    ((40, 40, None), "40 pieces"),
    ((4000, 6000, None), "4,000-6,000 pieces"),
    ((None, 40, 40), "up to 40 pieces"),
    ((None, None, None), "unknown pieces"),
    ((12, 40, 40), "12-40 pieces, or fewer"),
    ((300, 300, 40), "300 pieces, or up to 40"),
    ((12, None, 40), "12 or more pieces, or up to 40"),
    ((0, 0, None), "0 pieces"),
]


@pytest.mark.parametrize(("bounds", "words"), WORDS, ids=[row[1] for row in WORDS])
def test_range_words(bounds, words):
    low, high, up_to = bounds
    assert range_words(Range("pieces", (), low, high, up_to)) == words
