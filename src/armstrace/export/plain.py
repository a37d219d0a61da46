"""Text of documents made safe to show: no control, escape or direction-changing character survives."""

from __future__ import annotations

from itertools import chain

_SPACES = (*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85, 0x2028, 0x2029)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
_SURROGATES = range(0xD800, 0xE000)
_ANNOTATIONS = (*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))
# They show nothing, and a reader cannot miss what shows nothing.
_INVISIBLE = (0xAD, 0x180E, *range(0x200B, 0x200E), *range(0x2060, 0x2065), 0xFEFF)

# A later row wins. What could rewrite a line is shown as a replacement character, so that it is seen.
_SAFE: dict[int, str | None] = {
    **dict.fromkeys(chain(_CONTROLS, _DIRECTIONS, _SURROGATES, _ANNOTATIONS), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(_INVISIBLE, None),
    **dict.fromkeys(_SPACES, " "),
}
_SAFE_LINES = {**_SAFE, 0x09: "\t", 0x0A: "\n"}


def plain(text: str) -> str:
    """Return text as one line that is safe on a terminal; runs of white space become one space."""
    harmless = text.isascii() and text.isprintable()  # most words are, and a page holds ten thousand
    return " ".join((text if harmless else text.translate(_SAFE)).split())


def plain_part(text: str) -> str:
    """Return a part of a line like ``plain``, but with a space kept at either end."""
    words = plain(text)
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def plain_lines(text: str) -> str:
    """Return text safe to show, its line breaks, tabs and spaces kept."""
    return text.translate(_SAFE_LINES)
