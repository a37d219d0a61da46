"""The gate: what must never be lost, and what costs nothing."""

from __future__ import annotations

import pytest

from armstrace.lexicon.load import Lexicon, load_lexicon
from armstrace.relevance import may_hold_transfer, may_hold_transfer_markup, why_passed
from armstrace.relevance.weights import load_weights

PASSES = {
    "a sale": "Serbia has sold Armenia two batteries of howitzers.",
    "a denial in one sentence": "Minsk denied that it had sent rifles to Khartoum.",
    "only 'the sale', arms in the title": "Oslo to sell frigates to Chile\nThe sale was approved on Monday.",
    "capitals": "MINSK SHIPS MORTARS TO MALI, SAYS A DIPLOMAT.",
    "plural of a designation": "Delhi said eleven MIG-29s would reach Kabul.",
    "with a suffix that no list holds": "Su-30MKMs for Accra were discussed.",
    "without its hyphen": "Accra wants six MiG29s from Minsk.",
    "a class told by its plural": "Tehran has paid for three more Kilos.",
    "a pattern that no list holds": "Bamako has received four Su-47Qs, a pilot said.",
    "a notification of a sale": (
        "The State Department has made a determination approving a possible Foreign Military Sale to the Government of "
        "Chile of support equipment and related elements for an estimated cost of $90 million."
    ),
    "an export licence": "Licence for military goods granted: end user Ministry of Defence, Oman. Category ML10.",
    "a row of the United Nations Register": "2019, Serbia, exporter, Cyprus, large-calibre artillery systems, 12",
    "arming": "Who has armed the rebels in Chad? Sudan says it has not.",
    "an embargo": "The Council extended the arms embargo on Libya.",
    "a word broken at the end of a line": "Serbia sold Armenia how-\nitzers.",
    "soft hyphens": "Serbia sold Armenia how\u00adit\u00adzers.",
    "non-breaking spaces and curly quotes": "Serbia\u00a0sold ‘howitzers’\u00a0to\u00a0Armenia’s army.",
    "zero-width signs": "Serbia sold Arme\u200bnia howit\u200bzers.",
    "a claim far down": "The choir sang and the mayor spoke of the harvest. " * 60
    + "Serbia sold howitzers to Armenia.",
}
FAILS = {
    "nothing": "",
    "a village fair": "The choir sang and the mayor spoke of the harvest.",
    "a bank": "The bank of Ohio sold its shares to a fund in Japan for $2 billion.",
    "figures of speech": "The senator dodged a bullet, and the debate was a shot in the arm for her campaign.",
    "an attack far down": "The choir sang of the harvest. " * 40 + "A drone strike killed four.",
    "an army far down": "The choir sang of the harvest. " * 40 + "The army sent troops to help.",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize("text", PASSES.values(), ids=PASSES)
def test_passes(text: str, lexicon: Lexicon) -> None:
    assert may_hold_transfer(text, lexicon)
    assert why_passed(text, lexicon)


@pytest.mark.parametrize("text", FAILS.values(), ids=FAILS)
def test_fails(text: str, lexicon: Lexicon) -> None:
    assert not may_hold_transfer(text, lexicon)
    assert why_passed(text, lexicon) == ()


@pytest.mark.parametrize("text", PASSES.values(), ids=PASSES)
def test_a_page_passes_where_its_text_does(text: str, lexicon: Lexicon) -> None:
    menu = "<ul>" + "<li><a href='/x'>Weather and travel</a>" * 60 + "</ul>"
    page = f"<html><title>Daily</title><body>{menu}<h1>News</h1><p>By our reporter</p><p>{text}</p>{menu}</body></html>"
    for encoding in ("utf-8", "utf-16"):
        assert may_hold_transfer_markup(page.encode(encoding), lexicon)


@pytest.mark.parametrize("text", PASSES.values(), ids=PASSES)
def test_more_words_after_it_change_nothing(text: str, lexicon: Lexicon) -> None:
    assert may_hold_transfer(f"{text}\n{'The choir sang of the harvest. ' * 100}", lexicon)


def test_reasons_are_words_then_weights(lexicon: Lexicon) -> None:
    words, *reasons = why_passed(PASSES["a sale"], lexicon)
    assert "howitzers" in words
    assert "is noun:artillery" in " ".join(reasons)
    weights = [float(reason.partition("+")[2].rstrip(")")) for reason in reasons]
    assert weights == sorted(weights, reverse=True)


def test_reasons_show_no_control(lexicon: Lexicon) -> None:
    words = why_passed("\x1b[2J Serbia sold \x02howitzers\x07 \x03to Armenia", lexicon)[0]
    assert words.isprintable()


def test_no_weight_is_below_nothing() -> None:
    weights = load_weights()
    assert min(weights.features.values()) > 0
    assert weights.threshold > 0
