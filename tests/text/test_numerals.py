"""Numerals: what number stands there, and whether it is only a floor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.text.numerals import find_numerals

ROWS: list[tuple[str, list[tuple[str, int | float, bool]]]] = [
    ("1,200", [("1,200", 1200, False)]),
    ("1.200", [("1.200", 1.2, False)]),
    ("25\u00a0000", [("25\u00a0000", 25000, False)]),
    ("1.5m", [("1.5m", 1_500_000, False)]),
    ("2.5-million", [("2.5-million", 2_500_000, False)]),
    ("1.2 lakh crore", [("1.2 lakh crore", 1_200_000_000_000, False)]),
    ("twenty-two", [("twenty-two", 22, False)]),
    ("twenty-first", [("twenty", 20, False)]),
    ("twelve hundred", [("twelve hundred", 1200, False)]),
    ("a hundred and fifty thousand", [("a hundred and fifty thousand", 150_000, False)]),
    ("two thousand three hundred and five", [("two thousand three hundred and five", 2305, False)]),
    ("five million two hundred thousand", [("five million two hundred thousand", 5_200_000, False)]),
    ("one and a half million", [("one and a half million", 1_500_000, False)]),
    ("a quarter of a million", [("a quarter of a million", 250_000, False)]),
    ("a half-dozen", [("a half-dozen", 6, False)]),
    ("a couple of hundred", [("a couple of hundred", 200, False)]),
    ("hundreds of thousands", [("hundreds of thousands", 100_000, True)]),
    ("a few thousands", [("a few thousands", 2000, True)]),
    ("multi-billion", [("multi-billion", 1_000_000_000, True)]),
    ("thirty-six (36) jets", [("thirty-six (36)", 36, False)]),
    ("thirty-six (35) jets", [("thirty-six", 36, False), ("35", 35, False)]),
    ("scores a goal", []),
    ("a tenth", []),
    ("someone", []),
    ("F-16", []),
    ("1.2.3", []),
    ("9" * 16, []),
    ("²", []),
    ("٣٤", []),
    ("K9 ſeven", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_numeral(text: str, expected: list[tuple[str, int | float, bool]]) -> None:
    found = list(find_numerals(text))

    assert [(each.span.of(text), each.value, each.vague) for each in found] == expected


@given(st.integers(0, 10**15 - 1))
def test_every_whole_number_is_read_back(number: int) -> None:
    for text in (f"{number}", f"{number:,}"):
        (found,) = find_numerals(text)
        assert (found.value, found.span) == (number, (0, len(text)))
