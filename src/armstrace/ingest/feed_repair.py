"""Entries made readable for a parser of XML: signs that XML forbids, and ends that are lacking."""

from __future__ import annotations

import re
import sys

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(x[0-9A-Fa-f]+|[0-9]+);")
_TOKEN = re.compile(r"<!--|<!\[CDATA\[|<(/?)([A-Za-z_][\w.:-]*+)[^<>]*?(/?)>")
_UNFINISHED = re.compile(r"(?:<[^<>]{0,4096}|&[#\w]{0,32})\Z")
_MOST_DIGITS = 8  # of the number of a character
_BREAKS = (9, 10, 13)
_DEEPEST = 1_000  # open tags; markup of a report stays under fifty
_CLOSERS = {"<!--": "-->", "<![CDATA[": "]]>"}


def allowed(text: str) -> str:
    """Return text without the characters and references that XML forbids; U+FFFD stands in their place."""
    return _REFERENCE.sub(_allowed_reference, _FORBIDDEN.sub("\ufffd", text))


def closed(text: str) -> str:
    """Return an entry that breaks off with an end: an unfinished tag is cut off, and what is open is closed."""
    open_tags: list[str] = []
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        closer = _CLOSERS.get(match[0])
        if closer:
            end = text.find(closer, at)
            if end < 0:
                return _with_ends(text + (closer if closer == "]]>" else "-->"), open_tags)
            at = end + len(closer)
        elif len(open_tags) > _DEEPEST:
            return text
        elif not match[1]:
            open_tags += [] if match[3] else [match[2]]
        elif match[2] in open_tags:
            while open_tags.pop() != match[2]:
                pass
    rest = _UNFINISHED.search(text, at)
    return _with_ends(text[: rest.start()] if rest else text, open_tags)


def _with_ends(text: str, open_tags: list[str]) -> str:
    return text + "".join(f"</{tag}>" for tag in reversed(open_tags))


def _allowed_reference(match: re.Match[str]) -> str:
    digits = match[1]
    if len(digits) > _MOST_DIGITS:
        return "\ufffd"
    number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    return (
        match[0] if number <= sys.maxunicode and (number in _BREAKS or not _FORBIDDEN.match(chr(number))) else "\ufffd"
    )
