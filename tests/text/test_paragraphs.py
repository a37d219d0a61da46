"""Paragraphs: one a line, or joined lines where a text is hard-wrapped."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.text.paragraphs import paragraph_spans

WRAPPED_BLANK = (
    "Norway has bought forty howitzers from its neighbour in the\n"
    "east, the defence ministry said in a statement on Monday that\n"
    "gave no price.\n"
    "\n"
    "The first ten are to arrive in the spring, and the others will\n"
    "follow within two years.\n"
)
WRAPPED_INDENT = (
    "    Norway has bought forty howitzers from its neighbour in\n"
    "the east, the defence ministry said in a statement that gave\n"
    "no price.\n"
    "    The first ten are to arrive in the spring, and the others\n"
    "will follow within two years.\n"
    " REUTER\n"
)
WRAPPED_SHORT_LAST = (
    "Norway has bought forty howitzers from its neighbour in the\n"
    "east, the defence ministry said in a statement on Monday.\n"
    "It named no price.\n"
    "The first ten are to arrive in the spring, and the others will\n"
    "follow within two years.\n"
)
ROWS = [
    pytest.param("One.\n\nTwo.\nThree.", ["One.", "Two.", "Three."], id="short lines stay apart"),
    pytest.param(
        "  One.  \r\n\r\n\tTwo.\x0bThree.\u2028Four.",
        ["One.", "Two.", "Three.", "Four."],
        id="every line break",
    ),
    pytest.param("\n \n", [], id="nothing"),
    pytest.param(WRAPPED_BLANK, ["Norway ... price.", "The first ... years."], id="wrapped, blank lines"),
    pytest.param(WRAPPED_INDENT, ["Norway ... price.", "The first ... years.", "REUTER"], id="wrapped, indented"),
    pytest.param(
        WRAPPED_SHORT_LAST,
        ["Norway ... Monday.", "It named no price.", "The first ... years."],
        id="wrapped, nothing between",
    ),
    pytest.param(
        "Tanks\nGuns\nShips\nPlanes of all kinds\nRifles",
        ["Tanks", "Guns", "Ships", "Planes of all kinds", "Rifles"],
        id="a list",
    ),
]


def _shorten(words: str) -> str:
    """Return the first and last words of a joined paragraph, the whole of a single line."""
    pieces = words.split()
    if "\n" not in words:
        return words
    head = 2 if pieces[0] == "The" else 1
    return f"{' '.join(pieces[:head])} ... {pieces[-1]}"


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [_shorten(span.of(text)) for span in paragraph_spans(text)] == expected


def test_bullets_of_a_wrapped_text_stay_apart() -> None:
    bullets = "- ten howitzers of the older kind with their carriages,\n- thirty of the newer kind.\n"
    spans = paragraph_spans(f"{WRAPPED_BLANK}\n{bullets}")
    assert [span.of(f"{WRAPPED_BLANK}\n{bullets}")[:5] for span in spans] == [
        "Norwa",
        "The f",
        "- ten",
        "- thi",
    ]


@given(st.text(alphabet=st.sampled_from("ab .\n\r\t\x0c-\u2029\u00a0é"), max_size=200))
def test_paragraphs_cover_everything_but_space(text: str) -> None:
    spans = paragraph_spans(text)
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
