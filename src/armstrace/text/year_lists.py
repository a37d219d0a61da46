"""Lists of years, as tables of deliveries write them: "2011; 2013; 2014"."""

from __future__ import annotations

import re
from typing import Final

YEAR: Final = re.compile(r"(?:18|19|20)\d\d", re.ASCII)
_APART: Final = re.compile(r"\s*[;,]\s*")


def years_in(words: str) -> tuple[int, ...]:
    """Return the years of a list, each once and in order; none where the words are no such list."""
    parts = [part for part in _APART.split(words.strip()) if part]
    return tuple(sorted({int(part) for part in parts})) if all(YEAR.fullmatch(part) for part in parts) else ()


def years_covered(words: str, start: str | None, end: str | None) -> tuple[int, ...]:
    """Return the years of a time: those that its words list, else all from its first to its last day (ISO).

    None of a time that is open at one end, or of no known year.
    """
    listed = years_in(words)
    if listed or not start or not end:
        return listed
    return tuple(range(int(start[:4]), int(end[:4]) + 1))
