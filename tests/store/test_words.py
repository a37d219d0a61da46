"""What search takes for the same words."""

from __future__ import annotations

import pytest

from armstrace.store.words import LONGEST_WORD, find_words, fold, padded

SAME = [
    ["F-16", "F16", "f 16", "F-16s", "F‑16", "F-16's"],
    ["Mohajer-6", "mohajer 6", "MOHAJER6"],
    ["S-400", "S400", "s-400s"],
    ["155mm", "155 mm", "155-mm"],
    ["U.S.", "US", "us", "U.S"],
    ["1,500 shells", "1500 shell"],
    ["Zürich", "Zu\u0308rich", "ZURICH"],
    ["Łódź", "lodz"],
    ["Straße", "STRASSE"],
    ["mis\u00adsiles", "missile", "miss\u200biles"],
    ["companies", "company"],
    ["drones", "Drone", "drone's", "drone’s"],
    ["ﬁghter", "fighter"],
    ["٣٤", "34"],
    ["ship\x00ments", "ship ment"],
]
APART = [("1,500", "1.5"), ("gas", "ga"), ("Cyprus", "Cypru"), ("glass", "glas"), ("T-72", "T-7"), ("", "a")]


@pytest.mark.parametrize("words", SAME, ids=lambda words: words[0])
def test_these_are_the_same_words(words):
    assert len({fold(w) for w in words}) == 1, [fold(w) for w in words]
    assert fold(words[0])


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_are_not(one, other):
    assert fold(one) != fold(other)


def test_words_stand_where_they_are_said_to():
    text = "The U.S. sold 1,200 F-16s — Iran’s “Mohajer‑6”, Zu\u0308rich."
    found = [(text[w.start : w.end], w.form) for w in find_words(text)]
    assert found == [
        ("The", "the"),
        ("U.S.", "us"),
        ("sold", "sold"),
        ("1,200", "1200"),
        ("F", "f"),
        ("16", "16"),
        ("Iran", "iran"),
        ("Mohajer", "mohajer"),
        ("6", "6"),
        ("Zu\u0308rich", "zurich"),
    ]


@pytest.mark.parametrize("text", ["", None, " \n", "— … “” \x00 \u202e", "\ud800", "’s"])
def test_signs_are_no_words(text):
    assert fold(text) == ""


def test_every_word_is_of_letters_and_digits_and_not_too_long():
    odd = "".join(map(chr, range(0x20000)))
    forms = [w.form for w in find_words(f"{odd} {' '.join(odd)} {'x' * 9_000_000} {'é' * 1_000}")]
    assert all(form.isalnum() and len(form) <= LONGEST_WORD and form == form.strip() for form in forms)


@pytest.mark.parametrize("piece", ["a.", "1,000", "a.b_", "1,", "’s", "é", "\u0301", "x’s9s"])
def test_long_odd_texts_take_no_long_time(piece):
    assert sum(1 for _ in find_words(piece * 100_000)) >= 0


def test_padded_words_are_found_whole():
    assert padded("Northern Forge", None, "Norland's") == " northern forge | norland "
    assert padded() == "  "
