"""Plain words: what cleaning joins and parts by care is here both joined and parted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.relevance.plain import plain_words

ROWS = {
    "signs are spaces": ("tanks, rifles; (shells)", "tanks rifles shells"),
    "a hyphen between words": ("long-range", "long range"),
    "a hyphen before a digit stays with it": ("Su-30s", "Su \x0230s"),
    "an en dash is a hyphen": ("Su–30", "Su \x0230"),
    "a non-breaking hyphen too": ("F‑16", "F \x0216"),
    "possessives": ("Iran's and Iran’s shells", "Iran and Iran shells"),
    "curly quotes": ("“arms” ‘deal’", "arms deal"),
    "non-breaking and narrow spaces": ("155\u00a0mm\u202fshells", "155 mm shells"),
    "accents": ("Türkiye Akıncı Škoda", "Turkiye Akinci Skoda"),
    "ligatures and full width": ("ﬁghters ＴＡＮＫ", "fighters TANK"),
    "a soft hyphen": ("mis\u00adsiles", "mis siles missiles"),
    "a zero-width space inside a word": ("how\u200bitzer", "how itzer howitzer"),
    "a zero-width space between words": ("arms\u200b deal", "arms deal"),
    "a byte order mark": ("\ufeffArms", "Arms"),
    "a word broken at the end of a line": ("mis-\nsiles", "mis siles missiles"),
    "broken twice": ("how-\r\n  it-\nzers", "how it zers howit itzers howitzers"),
    "a designation broken at its hyphen": ("MiG-\n29", "MiG 29 MiG29"),
    "line breaks": ("arms\n\ndeal", "arms deal"),
    "signs of our own": ("\x02arms\x03deal\x01", "arms \x03 deal"),
    "controls": ("arms\x00deal\x07", "arms deal"),
    "a lone surrogate": ("arms \ud800 deal", "arms deal"),
    "other alphabets stay": ("Танки", "Танки"),
    "nothing": ("", ""),
    "nothing but signs": ("-- !\u200b", ""),
}


@pytest.mark.parametrize(("text", "words"), ROWS.values(), ids=ROWS)
def test_words(text: str, words: str) -> None:
    found = plain_words(text).decode("utf-8", "replace").replace("?", "")
    assert found.split() == words.split()


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_text_gives_words_between_two_spaces(text: str) -> None:
    words = plain_words(text)
    assert words.startswith(b"  ")
    assert words.endswith(b"  ")
    assert b"   " not in words
    assert b"\x01" not in words


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["arms", "Su-30", "Škoda", "“deal”", "mis\u00adsiles"])))
def test_words_do_not_depend_on_their_neighbours(words: list[str]) -> None:
    assert plain_words(" ".join(words)).split() == [part for word in words for part in plain_words(word).split()]
