"""How a word sounds, roughly: one key for the spellings that one name has in Latin letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# In this order. Each line is a pair that romanisations of one and the same name differ by.
_SPELLINGS: Final = (
    (r"shch|schtsch|sch|sh", "S"),
    (r"tsch|tch|cz|ch", "C"),
    (r"dzh|dj|zh|gi(?=[aou])", "j"),
    (r"kh|gh|ck|q", "k"),
    (r"x", "ks"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"dh", "d"),
    (r"ts|tz|z", "s"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"w", "v"),
    (r"g", "k"),
    (r"ou|oo|eu|wu|ow", "u"),
    (r"eo|au", "o"),
    (r"ee|ie|ii|iy|ij|yi|ey|ei|ea", "i"),
    (r"ai|ay|ae|aa|ya|ia", "a"),
    (r"yo|io", "o"),
    (r"yu|iu", "u"),
    (r"y", "i"),
    (r"(?<=[aeiou])h(?![aeiou])", ""),
    (r"(.)\1+", r"\1"),
    (r"o", "u"),
    (r"e", "i"),
)
_RULES: Final = tuple((re.compile(pattern), instead) for pattern, instead in _SPELLINGS)
_NOT_CONSONANT: Final = re.compile("[aeiouvhy]")


@lru_cache(maxsize=1 << 16)
def sound_of(word: str) -> str:
    """Return the key of a folded word: "qaddafi" and "gaddafi", "mohammad" and "muhamad" have the same one."""
    for pattern, instead in _RULES:
        word = pattern.sub(instead, word)
    return word


def consonants_of(sound: str) -> str:
    """Return what a key has in common with the same name in Arabic or Hebrew letters."""
    return re.sub(r"(.)\1+", r"\1", _NOT_CONSONANT.sub("", sound).replace("p", "b").replace("f", "b"))
