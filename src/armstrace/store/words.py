"""What counts as a word of search, the same on every database: case, accents, plural and hyphens do not tell apart.

A word is a run of letters or a run of digits, so "F-16", "F16" and "F-16s" are the words "f 16", and "Mohajer-6" and
"Mohajer 6" are alike. "U.S." is "us" and "1,500" is "1500". Plurals lose their ending by Harman's S stemmer (D. Harman,
"How effective is suffixing?", JASIS 42, 1991).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 64  # characters; of longer ones the start counts. PostgreSQL takes no word of more than 2 kB
_MOST_LOOKED_AT = 4 * LONGEST_WORD  # marks between the letters included

# Marks that stand inside a word: combining ones, soft hyphen, zero-width characters.
_MARKS = "\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u200b-\u200d\u2060\u20d0-\u20f0"
_LETTER = r"[^\W\d_]"
# What most words are comes first, and what is no part of a word is passed over at once.
_WORD = re.compile(
    rf"(?P<letters>{_LETTER}{{2,}}(?:[{_MARKS}]+{_LETTER}*)*)"
    r"|(?=\w)(?:"
    rf"(?P<initials>(?<!\w)(?:{_LETTER}\.)+{_LETTER}(?!\w)\.?)"
    r"|(?P<thousands>(?<!\d)\d{1,3}(?:,\d{3})+(?!\d))"
    r"|(?P<number>\d+)"
    r"|(?P<ending>(?<=[\d'’])[sS](?!\w))"  # the s of "Iran's" and of "F-16s" is no word
    rf"|(?P<letter>{_LETTER}(?:[{_MARKS}]+{_LETTER}*)*)"
    r")"
)
# Letters that are no base letter with a mark, though people type them so.
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_LONG_ENOUGH = 4  # "us" and "gas" are no plurals


class Word(NamedTuple):
    """One word as search knows it, and where it stands."""

    start: int
    end: int
    form: str


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order."""
    for match in _WORD.finditer(text):
        kind = match.lastgroup
        if kind != "ending":
            shown = match.group()[:_MOST_LOOKED_AT]
            form = _singular(shown) if kind == "letters" else _plain(shown)
            if form:
                yield Word(match.start(), match.end(), form)


def fold(text: str | None) -> str:
    """Return the words of a text with a space between them; "" where there are none."""
    return " ".join(word.form for word in find_words(text or ""))


def padded(*texts: str | None) -> str:
    """Return the words of texts with a space on either side of each, so that whole words can be looked for."""
    words = " | ".join(folded for text in texts if (folded := fold(text)))
    return f" {words} "


@lru_cache(maxsize=65_536)
def _singular(shown: str) -> str:
    """Return a word in its plain form, an English plural without its ending; the first rule that fits counts."""
    word = _plain(shown)
    if len(word) < _LONG_ENOUGH or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("aies", "eies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def _plain(shown: str) -> str:
    """Return a word without case and marks, at most ``LONGEST_WORD`` characters long."""
    if shown.isascii():
        plain = shown.lower()
    else:
        digits = "".join(str(d) if (d := unicodedata.decimal(c, -1)) >= 0 else c for c in shown)
        plain = unicodedata.normalize("NFKD", digits.casefold()).casefold().translate(_PLAIN_LETTERS)
    return "".join(c for c in plain if c.isalnum())[:LONGEST_WORD]
