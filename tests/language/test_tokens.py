"""How sentences are cut into words. The tables read: the sentence, then its words between bars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.language.tokens import split_tokens


def words(text: str) -> str:
    return "|".join(span.of(text) for span in split_tokens(text, Span(0, len(text))))


CONTRACTIONS = [
    ("Minsk doesn't export them.", "Minsk|does|n't|export|them|."),
    ("Oslo can’t wait.", "Oslo|ca|n’t|wait|."),
    ("They cannot be shipped.", "They|can|not|be|shipped|."),
    ("We're told it'll arrive, I'd say.", "We|'re|told|it|'ll|arrive|,|I|'d|say|."),
    ("Russia's and the rebels' guns", "Russia|'s|and|the|rebels|'|guns"),
    ("Turkey’s drones", "Turkey|’s|drones"),
    ("the U.S.'s offer", "the|U.S.|'s|offer"),
    ("O'Neill flew to N'Djamena and Sana'a", "O'Neill|flew|to|N'Djamena|and|Sana'a"),
    ("DON'T SHIP MOSCOW’S", "DO|N'T|SHIP|MOSCOW|’S"),
]

HYPHENS = [
    ("US-made and Iranian-backed", "US|-|made|and|Iranian|-|backed"),
    ("a three-year, state-of-the-art plan", "a|three|-|year|,|state|-|of|-|the|-|art|plan"),
    ("anti-tank, non-lethal and pro-Western", "anti-tank|,|non-lethal|and|pro-Western"),
    ("the mid-1990s re-export", "the|mid-1990s|re-export"),
    ("the ex-president e-mailed", "the|ex-president|e-mailed"),
    ("year-over-year E-2 sales", "year|-|over|-|year|E-2|sales"),
    ("between 1991-1995", "between|1991|-|1995"),
    ("the deal — long awaited — fell", "the|deal|—|long|awaited|—|fell"),
]

DESIGNATIONS = [
    ("61 F-16s and S-400s", "61|F-16s|and|S-400s"),
    ("Su-35, AK-47 and T-72B3M", "Su-35|,|AK-47|and|T-72B3M"),
    ("Il-76TD landed", "Il-76TD|landed"),
    ("SS-N-22, BM-21 and C-130J-30", "SS-N-22|,|BM-21|and|C-130J-30"),
    ("Mohajer-6 and Hwasong-17", "Mohajer-6|and|Hwasong-17"),
    ("S-300PMU-2 batteries", "S-300PMU-2|batteries"),
    ("F-16C/D fighters", "F-16C/D|fighters"),
    ("an F-16-launched bomb", "an|F-16|-|launched|bomb"),
    ("the MiG-29's range", "the|MiG-29|'s|range"),
    ("9K720, 2S19 and M1A2 SEP", "9K720|,|2S19|and|M1A2|SEP"),
    ("F\u201116 with a hard hyphen", "F\u201116|with|a|hard|hyphen"),
]

NUMBERS = [
    ("155mm shells", "155|mm|shells"),
    ("a 7.62x39mm round", "a|7.62x39|mm|round"),
    ("worth $1.2bn or €950m", "worth|$|1.2|bn|or|€|950|m"),
    ("some 1,000-pound bombs", "some|1,000|-|pound|bombs"),
    ("US$5 million, 20%", "US$|5|million|,|20|%"),
    ("the 1980s, the '90s and 21st", "the|1980s|,|the|'90s|and|21st"),
    ("on 9/11 at 5:30am", "on|9/11|at|5:30|am"),
    ("on 2022-09-05", "on|2022-09-05"),
    ("No. 5 of Sept. 6", "No.|5|of|Sept.|6"),
]

STOPS = [
    ("the U.S. and the U.K.", "the|U.S.|and|the|U.K."),
    ("Gen. Smith and Mr. Ivanov met.", "Gen.|Smith|and|Mr.|Ivanov|met|."),
    ("Lockheed Martin Corp. won.", "Lockheed|Martin|Corp.|won|."),
    ("made by Acme Inc.", "made|by|Acme|Inc."),
    ("It said no.", "It|said|no|."),
    ("guns, shells, etc.", "guns|,|shells|,|etc."),
    ("John F. Kennedy", "John|F.|Kennedy"),
    ("They chose plan B.", "They|chose|plan|B|."),
    ("wait... what?!", "wait|...|what|?!"),
    ('"Never," he said.', '"|Never|,|"|he|said|.'),
    ("“Never,” he said.", "“|Never|,|”|he|said|."),
    ("(see https://example.org/a-b?c=1.)", "(|see|https://example.org/a-b?c=1|.|)"),
    ("write to desk@example.org, please", "write|to|desk@example.org|,|please"),
    ("read example.com.", "read|example.com|."),
    ("AT&T and R&D", "AT&T|and|R&D"),
    ("arms and/or aid", "arms|and|/|or|aid"),
    ("", ""),
    (" \n\t ", ""),
    ("\x00\u200b\ufeff", ""),
]


@pytest.mark.parametrize(("text", "expected"), CONTRACTIONS + HYPHENS + DESIGNATIONS + NUMBERS + STOPS)
def test_words(text, expected):
    assert words(text) == expected


def test_only_the_span_is_read():
    text = "Aid came. Arms didn't. Nothing else."
    assert [s.of(text) for s in split_tokens(text, Span(10, 22))] == ["Arms", "did", "n't", "."]


PIECES = [
    "n't",
    "'s",
    "U.S.",
    "F-16",
    "-",
    ".",
    " ",
    "1,",
    "a",
    "é",
    "e\u0301",
    "\ud800",
    "👨‍👩‍👧",
    "\x00",
    "@",
    "www.",
    "$",
]


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=60).map("".join))
def test_words_lie_in_order_inside_the_text_and_leave_nothing_visible_out(text):
    spans = split_tokens(text, Span(0, len(text)))
    ends = [0]
    for span in spans:
        assert ends[-1] <= span.start < span.end <= len(text)
        left_out = text[ends[-1] : span.start]
        assert not any(c.isalnum() for c in left_out)
        ends.append(span.end)
    assert not any(c.isalnum() for c in text[ends[-1] :])


@pytest.mark.parametrize(
    "unit", ["a", "a.", "a-", "1,", "a'", "(", "@", "a@a.", "A-1", "n't", "1-22-22", "co-", "\ud800"]
)
def test_a_very_long_word_takes_linear_time(unit):
    text = unit * (200_000 // len(unit))
    spans = split_tokens(text, Span(0, len(text)))
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
