"""Sentences: each row is a list of sentences that, joined by spaces, must come apart again."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.text.sentences import LONGEST, split_sentences

SPLIT = [
    ["Norway bought tanks.", "Sweden did not."],
    ["U.S. officials said the tanks were old.", "They were sold by Corp. officials."],
    ["Sen. Roe and Lt. Gen. Jane Doe met in St. Petersburg.", "Mr. Poe did not."],
    ["The treaty's Art. 51 and No. 5 apply.", "Annex No. 6 does not."],
    ["It arrived on Sept. 6 at 5 p.m. Monday.", "It left at noon."],
    ["It left at 7 a.m.", "Police saw it."],
    ["Example Corp. said it would sell to Lockheed Co. Chairman Roe.", "The price is $1.5 million."],
    ["He works for Example Inc.", "The firm makes 155-mm shells."],
    ["J. R. Roe v. Doe was a case.", "George W. Roe won."],
    ["They live in the U.S.", "The neighbours do not."],
    ["The paper told of U.S. Concern over the sale, and the U.S. Has denied it.", "Iran denied it too."],
    ["It weighs 3.5 tons.", "It costs 2,000.50 dollars."],
    ["“We sold 40 tanks.”", "The minister left."],
    ['"We sold 40 tanks."', '"They are old."'],
    ['"Why now?" he asked.', "Nobody knew."],
    ["“Why now?” Captain Roe asked.", "Nobody knew."],
    ["“They are old.” Captain Roe said.", "Nobody knew."],
    ['He called it a "red line."', "The others did not."],
    ["(The ministry declined to comment.)", "The talks go on."],
    ["Why sell?", "Why now!", "“Because we can.”"],
    ["1. Norway buys tanks.", "2. Sweden sells them."],
    ['He said: "Yes ... I think so."', "They left."],
    ["We know … but we wait.", "Then we go."],
    ["The sale was agreed in May.[12]", "It was cancelled in June."],
    ["Forty tanks", "• Ten guns", "• Two ships"],
    ["The missiles vs. the tanks, e.g. Type 9, i.e. old ones.", "No more."],
    ["IRAN BOUGHT MISSILES.", "THE U.S. SAID SO."],
    ["坦克已售出。", "导弹也是。"],
    ["Танки проданы.", "Ракеты тоже."],
    ["Yahoo! said nothing.", "Others did."],
    ["It hit the sun.", "Joseph saw it."],
]


@pytest.mark.parametrize("expected", SPLIT, ids=[" | ".join(row) for row in SPLIT])
def test_sentences_come_apart(expected: list[str]) -> None:
    text = " ".join(expected)
    assert [span.of(text) for span in split_sentences(text)] == expected


ODD = [
    pytest.param("He left in May.The tanks stayed.", ["He left in May.", "The tanks stayed."], id="no space"),
    pytest.param(
        "See Example.com or mail a.b@example.com now.",
        ["See Example.com or mail a.b@example.com now."],
        id="addresses",
    ),
    pytest.param(
        "Norway buys tanks\n\nThe ministry said so.",
        ["Norway buys tanks", "The ministry said so."],
        id="heading",
    ),
    pytest.param("Guns          The rest stays.", ["Guns", "The rest stays."], id="a masked stretch parts"),
    pytest.param(
        "Norway has bought forty howitzers from its neighbour, and the\n"
        "rest will follow. The first ten are to arrive in the spring of\n"
        "next year, it said.\n",
        [
            "Norway has bought forty howitzers from its neighbour, and the\nrest will follow.",
            "The first ten are to arrive in the spring of\nnext year, it said.",
        ],
        id="hard-wrapped",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ODD)
def test_odd_texts(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in split_sentences(text)] == expected


def test_endless_sentences_are_cut() -> None:
    for text in ("word " * 5000, "x" * 20_000):
        spans = split_sentences(text)
        assert max(span.end - span.start for span in spans) <= LONGEST
        assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.text(alphabet=st.sampled_from("Aa.!? \n\"'”“’…•()1 \t。"), max_size=200)))
def test_sentences_are_ordered_disjoint_and_complete(text: str) -> None:
    spans = split_sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
