"""The tables of residue: every row is one group, so that the reason found is the row's own."""

from __future__ import annotations

import pytest

from armstrace.text import residue, residue_parts
from armstrace.text.residue import LONGEST_LINE, match_line
from armstrace.text.residue_parts import match_head, match_tail


def test_every_row_is_exactly_one_group() -> None:
    assert residue.LINE_PATTERN.groups == len(residue.LINE_ROWS)
    assert residue_parts.HEAD_PATTERN.groups == len(residue_parts.HEADS)
    assert residue_parts.TAIL_PATTERN.groups == len(residue_parts.TAILS)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Read more", "read more"),
        ("» Read more »", "read more"),
        ("[Advertisement]", "advertisement"),
        ("The minister read more of it.", None),
        ("Read more " + "x" * LONGEST_LINE, None),
        ("", None),
    ],
)
def test_match_line(line: str, reason: str | None) -> None:
    assert match_line(line, 0, len(line)) == reason


def test_heads_and_tails_give_their_bounds() -> None:
    text = "Image caption Tanks roll. Read more"
    assert match_head(text, 0, len(text)) == (14, "caption label")
    assert match_tail(text, 0, len(text)) == (25, "read more")
    assert match_head("Image", 0, 5) is None
    assert match_tail("Read more", 0, 9) is None
