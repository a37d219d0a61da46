"""Quotation marks of one paragraph: which family each belongs to and which way it leans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from armstrace.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = re.compile(r"``|''|[\"＂“”„‟«»‹›‘’‚‛'`「」『』\x91-\x94]")
# Each mark's family and what it is by its shape: "(" opens, ")" closes, "|" says nothing.
SHAPES: dict[str, tuple[str, str]] = {
    '"': ("double", "|"),
    "＂": ("double", "|"),
    "''": ("double", "|"),
    "``": ("double", "("),
    "“": ("double", "("),
    "„": ("double", "("),
    "‟": ("double", "("),
    "\x93": ("double", "("),
    "”": ("double", ")"),
    "\x94": ("double", ")"),
    "«": ("angle", "("),
    "»": ("angle", ")"),
    "‹": ("small angle", "("),
    "›": ("small angle", ")"),
    "「": ("corner", "("),
    "」": ("corner", ")"),
    "『": ("white corner", "("),
    "』": ("white corner", ")"),
    "'": ("single", "|"),
    "‘": ("single", "("),
    "‛": ("single", "("),
    "‚": ("single", "("),
    "`": ("single", "("),
    "\x91": ("single", "("),
    "’": ("single", ")"),
    "\x92": ("single", ")"),
}
# These open whatever stands around them, and these are apostrophes too often to open by their surroundings.
ALWAYS_OPEN = frozenset("„‟‚")
NEVER_OPEN = frozenset("’\x92")
BEFORE_OPENING = frozenset("([{<—–-―/=|•")
AFTER_CLOSING = frozenset(".,;:!?…)]}>—–-―/|")
QUOTE_CHARACTERS = frozenset("\"＂“”„‟«»‹›‘’‚‛'`「」『』\x91\x92\x93\x94")
# Words that lose their head to an apostrophe: 'em, 'til, '90s, rock 'n' roll.
CLIPPED = re.compile(
    r"(?:\d\ds?|em|til|till|tis|twas|twill|cause|round|bout|n|neath|cross|fore|ere|im|er|cept)\b",
    re.IGNORECASE,
)


class Mark(NamedTuple):
    """One mark; ``leans`` is "(" for opening, ")" for closing, "|" for either, "" for neither."""

    span: Span
    family: str
    leans: str
    shape: str


def read_marks(text: str, paragraph: Span) -> Iterator[Mark]:
    """Yield the marks of a paragraph in order, apostrophes left out."""
    for match in MARK.finditer(text, *paragraph):
        family, shape = SHAPES[match.group()]
        mark = Mark(Span(*match.span()), family, _lean(text, paragraph, match, shape), match.group())
        if family != "single" or not _is_apostrophe(text, paragraph, mark):
            yield mark


def _lean(text: str, paragraph: Span, match: re.Match[str], shape: str) -> str:
    """Tell from the characters around it which way the mark leans; its shape decides where they do not."""
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    after = text[match.end()] if match.end() < paragraph.end else " "
    opens = (before.isspace() or before in BEFORE_OPENING or before in QUOTE_CHARACTERS) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in AFTER_CLOSING or after in QUOTE_CHARACTERS)
    mark = match.group()
    if mark in ALWAYS_OPEN:
        return "("
    if opens != closes and not (opens and mark in NEVER_OPEN):
        return "(" if opens else ")"
    if shape != "|":
        return shape
    return "" if not opens and not before.isspace() else "|"


def _is_apostrophe(text: str, paragraph: Span, mark: Mark) -> bool:
    """Tell apostrophes from single quotation marks: inside a word, or for the lost head of one."""
    start, end = mark.span
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    if before.isalnum() and after.isalnum():
        return True
    clipped = CLIPPED.match(text, end, min(end + 8, paragraph.end)) is not None
    return clipped and not before.isalnum() and (mark.shape != "‘" or text[end].isdigit())
