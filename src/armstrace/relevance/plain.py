"""Raw text to plain words: no case lost, no sign kept, and whatever may be one word or two is both.

Cleaning joins and parts words with care, because places must not move. Here nothing is shown to anybody, so every
doubt is settled by writing down both readings: a word broken at the end of a line, by a soft hyphen, a zero-width
space or a tag stands as its parts and as the whole.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

BREAK = "\x01"  # stands where one word may have been cut in two
HYPHEN = "\x02"  # stands for a hyphen before a digit, which makes a designation of letters that are a word ("A-10")
START = "\x03"  # stands where an article may begin, as a word of its own
_BREAK, _HYPHEN = BREAK.encode(), HYPHEN.encode()
# Invisible inside words: soft hyphen, zero-width signs, marks of direction, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]+"
)
_AT_LINE_END = re.compile(r"-[ \t]*\r?\n\s*")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# What most texts hold beyond ASCII: with these gone the slow way is seldom needed.
_FREQUENT = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u201c", " "),
    ("\u201d", " "),
    ("\u2013", "-"),
    ("\u2014", " "),
    ("\u2011", "-"),
    ("\u2026", " "),
    ("\u00a0", " "),
)
_LETTERS = frozenset("LMN")  # first letters of Unicode's categories of letters, marks and numbers
_KNOWN_RUNS = 4096
# The letters that no decomposition brings to ASCII, as the press writes them without.
_PLAIN_LETTERS = {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"}
_HYPHEN_BEFORE_DIGIT = re.compile(rb"-(?=[0-9])")
# Signs, controls and spaces part words; letters, digits, breaks and what lies beyond ASCII make them.
_KEPT = frozenset((BREAK + HYPHEN + START).encode())
_ASCII = 0x80
_SPACED = bytes(c if c >= _ASCII or chr(c).isalnum() or c in _KEPT else 0x20 for c in range(256))


def plain_words(text: str) -> bytes:
    """Return the words of ``text`` in UTF-8, case kept, two spaces between any two and at both ends.

    Accents and "'s" are dropped, signs are spaces, a hyphen before a digit stays as ``HYPHEN`` at the digit's word, and
    broken words stand in both readings.
    """
    if not text.isascii():
        for sign, plain in _FREQUENT:
            text = text.replace(sign, plain)
    if not text.isascii():
        text = _BEYOND_ASCII.sub(_as_ascii, text)
    if "-" in text and "\n" in text:
        text = _AT_LINE_END.sub(BREAK, text)
    if HYPHEN in text or START in text:
        text = text.replace(HYPHEN, " ").replace(START, f" {START} ")
    data = text.replace("'s ", " ").replace("'S ", " ").encode("utf-8", "replace")
    if b"-" in data:
        data = _HYPHEN_BEFORE_DIGIT.sub(b" " + _HYPHEN, data)
    words = data.translate(_SPACED).split()
    if BREAK in text:
        bare = [word.strip(_BREAK) for word in words]
        words = [both for word in bare if word for both in (_both_readings(word) if _BREAK in word else (word,))]
    return b"  ".join((b"", *words, b"")) if words else b"  "


def _as_ascii(run: re.Match[str]) -> str:
    return _plain_run(run[0])


@lru_cache(maxsize=_KNOWN_RUNS)  # of a pure function: the same few dashes, quotes and accents fill all texts
def _plain_run(run: str) -> str:
    """Return a run of characters beyond ASCII without accents; what is no letter or digit becomes a space."""
    parted = _INVISIBLE.sub(BREAK, "".join(_PLAIN_LETTERS.get(c, c) for c in run))
    plain = unicodedata.normalize("NFKD", parted)
    return "".join(_plain_sign(c) for c in plain if not unicodedata.combining(c))


def _plain_sign(character: str) -> str:
    category = unicodedata.category(character)
    if character.isascii() or category[0] in _LETTERS:
        return character
    return "-" if category == "Pd" else " "


def _both_readings(broken: bytes) -> tuple[bytes, ...]:
    """Return the parts of a word, each two neighbours as one, and the whole."""
    parts = [part for part in broken.split(_BREAK) if part]
    return tuple(dict.fromkeys((*parts, *(a + b for a, b in pairwise(parts)), b"".join(parts))))
