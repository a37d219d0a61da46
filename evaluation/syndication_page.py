"""What machines do to a text on its way: telex, a printer's lines, a scanner that misreads; edits as in ``EDITS``."""

from __future__ import annotations

import re
from collections.abc import Callable

from syndication_desk import Desk, Paragraphs
from syndication_words import MISREAD

_LONG = 8  # letters; a longer word may be broken at a line's end
_BROKEN = 1 / 8  # of the long words


def straighten(text: str) -> str:
    """Set straight quotes and plain dashes."""
    return re.sub(r"[“”]", '"', re.sub(r"[‘’]", "'", text)).replace(" — ", " -- ").replace(" – ", " - ")


def wrap(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Break lines at N columns and indent paragraphs, as text from a wire printer comes."""
    return tuple(_wrapped(paragraph, desk.number(60)) for paragraph in paragraphs)


def _wrapped(paragraph: str, width: int) -> str:
    lines, line = [], "   "
    for word in paragraph.split():
        if len(line) + 1 + len(word) > width and line.strip():
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def capitals(paragraphs: Paragraphs, _: Desk) -> Paragraphs:
    """Write all in capitals, as telex does, with (QUOTE) marks left as they are."""
    return tuple(straighten(p).upper() for p in paragraphs)


def misread(paragraphs: Paragraphs, desk: Desk) -> Paragraphs:
    """Misread N letters in a thousand as a scanner would, and break a word in each fortieth at a line's end."""
    rate = desk.number(10) / 1000
    return tuple(
        _misread(p, rate, lambda *place, at=at: desk.chance("ocr", at, *place)) for at, p in enumerate(paragraphs)
    )


def _misread(paragraph: str, rate: float, chance: Callable[..., float]) -> str:
    found, at = [], 0
    while at < len(paragraph):
        rows = [(a, b) for a, b in MISREAD if paragraph.startswith(a, at)]
        if rows and chance(at) < rate * 2:  # half of all letters have no row
            old, new = rows[int(chance(at, "row") * len(rows))]
            found.append(new)
            at += len(old)
        else:
            found.append(paragraph[at])
            at += 1
    words = "".join(found).split(" ")
    return " ".join(_hyphened(w) if len(w) > _LONG and chance(i, "break") < _BROKEN else w for i, w in enumerate(words))


def _hyphened(word: str) -> str:
    return f"{word[: len(word) // 2]}-\n{word[len(word) // 2 :]}"
