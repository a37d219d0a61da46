"""Text of documents made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.export.plain import plain, plain_lines, plain_part

ANY_TEXT = st.text(st.characters())

PLAIN = [
    ("as it is", "The Mohajer-6, “sold” – said Le Monde", "The Mohajer-6, “sold” – said Le Monde"),
    ("white space", " a\t b\r\n\x0bc\u2028d\u00a0e ", "a b c d e"),
    ("escape sequence", "\x1b[31mred\x1b[0m", "�[31mred�[0m"),
    ("title of the terminal", "\x1b]0;x\x07", "�]0;x�"),
    ("8-bit control sequence", "\x9b31m", "�31m"),
    ("backspace", "no\x08\x08yes", "no��yes"),
    ("right to left override", "a\u202egnp.exe", "a�gnp.exe"),
    ("isolates and marks", "\u2067a\u2069\u200f\u061c", "�a���"),
    ("zero width", "S\u200bA\u2060-\ufeff8\u00ad", "SA-8"),
    ("lone surrogate", "a\ud800b", "a�b"),
    ("tag characters", "a\U000e0041b", "a�b"),
    ("other scripts stay", "Москва 朝鲜 إيران", "Москва 朝鲜 إيران"),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("text", "shown"), [pytest.param(*row[1:], id=row[0]) for row in PLAIN])
def test_plain_text_is_one_safe_line(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [(" a b ", " a b "), ("\n", " "), ("", ""), ("a\r\n", "a "), ("\u200b", " ")]
)
def test_part_of_a_line_keeps_a_space_at_its_ends(text, shown):
    assert plain_part(text) == shown


def test_lines_stay_lines():
    assert plain_lines("a\tb\r\nc\x1b\u202e") == "a\tb \nc��"


@given(ANY_TEXT)
def test_nothing_that_steers_a_terminal_survives(text):
    for shown, kept in ((plain(text), ""), (plain_part(text), ""), (plain_lines(text), "\n\t")):
        assert not {unicodedata.category(c) for c in shown if c not in kept} & {"Cc", "Cs", "Zl", "Zp"}
        assert not {unicodedata.bidirectional(c) for c in shown} & {
            "RLO",
            "LRO",
            "RLE",
            "LRE",
            "PDF",
            "RLI",
            "LRI",
            "FSI",
            "PDI",
        }
        shown.encode("utf-8")
