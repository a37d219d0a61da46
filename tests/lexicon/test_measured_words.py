"""Measures told by the words for an item."""

from __future__ import annotations

import math

import pytest

from armstrace.lexicon.measured_words import measures_told
from armstrace.model import Category

ROWS = [
    ("ammunition", "155mm shells", "calibre_mm", (155, 155)),
    ("ammunition", "155 mm shells", "calibre_mm", (155, 155)),
    ("ammunition", "155-millimetre shells", "calibre_mm", (155, 155)),
    ("ammunition", "23 to 30 mm rounds", "calibre_mm", (23, 30)),
    ("ammunition", "5.56 x 45 mm cartridges", "calibre_mm", (5.56, 5.56)),
    ("small-arms", ".50 cal machine guns", "calibre_mm", (12.7, 12.7)),
    ("small-arms", "a .45-calibre pistol", "calibre_mm", (11.43, 11.43)),
    ("missiles", "missiles able to fly 1,300 km", "range_km", (1300, 1300)),
    ("missiles", "missiles with a range of 100 miles", "range_km", (160.93, 160.93)),
    ("missiles", "missiles with ranges below 300 km", "range_km", (0, 300)),
    ("missiles", "missiles that reach beyond 300 kilometers", "range_km", (300, math.inf)),
    ("missiles", "missiles with a 480 kg warhead", "payload_kg", (480, 480)),
    ("missiles", "missiles of 480 kg", "payload_kg", None),
    ("bombs", "bombs with a 500-kg warhead", "payload_kg", None),
    ("tanks", "tanks found 30 km away", "range_km", None),
    ("ships", "a 1,500-tonne frigate", "displacement_t", (1500, 1500)),
    ("tanks", "a 60-ton tank", "displacement_t", None),
    ("ammunition", "shells", "calibre_mm", None),
]


@pytest.mark.parametrize(("category", "words", "measured", "bounds"), ROWS)
def test_measure(category, words, measured, bounds):
    assert measures_told(Category(category), words).get(measured) == bounds
