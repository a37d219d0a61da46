"""A name as plain words: small Latin letters and digits, without marks, apostrophes and punctuation."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from armstrace.screen.scripts import LETTERS, UNVOWELLED, spell_hangul

LONGEST_NAME: Final = 300  # characters; the longest name on a list has 250, and work grows with the square of words
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_]\b)?")  # A.B.C., L.L.C., o.o.o.
# Marks that alphabets do without; those of Indian and South-East Asian scripts are vowels and stay.
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def fold(text: str) -> str:
    """Return a text of small letters in which words stand apart by single spaces; other scripts become Latin."""
    spelt = spell_hangul(unicodedata.normalize("NFKC", text)).lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", spelt)).translate(LETTERS)
    return " ".join("".join(c if c.isalnum() or _is_mark(c) else " " for c in bare).split())


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def join_dotted(text: str) -> str:
    """Return a text with dotted capitals as one word: "A.B.C. Ltd" as "ABC Ltd"."""
    return _DOTTED.sub(lambda m: re.sub(r"[.\s]", "", m.group()) + " ", text)


def is_unvowelled(text: str) -> bool:
    """Tell whether a word is in a script that leaves vowels out (Arabic, Hebrew)."""
    return not UNVOWELLED.isdisjoint(text)


def is_latin(text: str) -> bool:
    """Tell whether all letters of a text are Latin ones."""
    return all(c < "\u0250" or "\u1e00" <= c < "\u2070" for c in text if c.isalpha())


def is_ideographic(text: str) -> bool:
    """Tell whether a word holds Chinese or Japanese characters, of which each counts as much as a Latin word."""
    return _IDEOGRAPH.search(text) is not None
