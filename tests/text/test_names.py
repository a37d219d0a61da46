"""Names against prose: what may stand in a credit."""

from __future__ import annotations

import pytest

from armstrace.text.names import is_picture_credit, only_names

NAMES = [
    ("Jane Doe and John Roe", True),
    ("Fox News' Jane Doe and the Associated Press", True),
    ("AP writers Jane van der Doe in Oslo and John al-Roe", True),
    ("JANE DOE; JOHN ROE", True),
    ("Jane Doe found that Iran had shipped missiles", False),
    ("IRAN WAS BUYING MISSILES", False),
    ("ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE", False),
    ("", False),
    ("...", False),
]
CREDITS = [
    ("Jane Doe/AP", True),
    ("AFP/Getty Images", True),
    ("Photo: Jane Doe, The Example", True),
    ("Jane Doe/Pool via Reuters", True),
    ("Jane Doe of the ministry", False),
    ("REUTERS/Jane Doe says the tanks left", False),
    ("UAVs", False),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_only_names(text: str, expected: bool) -> None:  # noqa: FBT001
    assert only_names(text) is expected


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_is_picture_credit(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_picture_credit(text) is expected
