"""The marks and words of a web page with their places: a scanner that takes any text and never goes back.

It follows the HTML Standard's tokenizer where that matters for places, and is lenient where pages break off: what is
no tag is text. Every character is looked at a bounded number of times, whatever the page holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# Possessive throughout: an attribute's value may hold ">" between its quotes, and nothing is ever tried twice.
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>")
_PLAIN_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>[^>]*+)>")
_LETTER = re.compile(r"</?[A-Za-z]")
_ATTRIBUTE = re.compile(r"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]*+)))?+")
# Elements whose content is no markup; "title" and "textarea" hold words, the others none that a reader sees.
_DARK = frozenset("script style xmp iframe noembed".split())
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in (*_DARK, "textarea", "title")}
LONGEST_ATTRIBUTES = 32_768
MOST_ATTRIBUTES = 200


class Token(NamedTuple):
    """One stretch of the source: ``kind`` is text, open, close or raw (a whole script, style or title).

    ``start`` and ``end`` bound the stretch; ``inner`` the content of a raw one, the attributes of an open one.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    inner: tuple[int, int] = (0, 0)
    attributes: tuple[int, int] = (0, 0)


def read_tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of a page in order; comments, declarations and processing instructions yield nothing."""
    position, end = 0, len(source)
    tags = _Tags(source)
    while position < end:
        start = source.find("<", position)
        stop = start if start >= 0 else end
        if stop > position:
            yield Token("text", position, stop)
        if start < 0:
            return
        token = tags.read(start)
        position = token.end if token else _skip_declaration(source, start)
        if token or position == start:
            token = token or Token("text", start, start + 1)
            position = token.end
            yield token


class _Tags:
    """Reads tags, and remembers what the rest of the page cannot hold, so that nothing is searched for twice."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pattern = _TAG
        self.unclosed: set[str] = set()

    def read(self, start: int) -> Token | None:
        """Return the tag that begins here, with the whole of a script or title; None where none does."""
        match = self.pattern.match(self.source, start)
        if match is None and _LETTER.match(self.source, start):
            # Quotes that never close swallow the rest of the page: from here on a tag ends at the next ">".
            self.pattern = _PLAIN_TAG
            match = self.pattern.match(self.source, start)
            if match is None:
                return Token("text", start, len(self.source))
        if match is None:
            return None
        name = match["name"].lower()
        if match["slash"]:
            return Token("close", match.start(), match.end(), name)
        if name in _RAW_END and name not in self.unclosed:
            return self._read_raw(match, name)
        return Token("open", match.start(), match.end(), name, attributes=match.span("rest"))

    def _read_raw(self, match: re.Match[str], name: str) -> Token:
        closing = _RAW_END[name].search(self.source, match.end())
        if closing is None and name not in _DARK:
            # An unclosed title would be the whole page: it is taken for an empty one, and the page goes on.
            self.unclosed.add(name)
            return Token("open", match.start(), match.end(), name, attributes=match.span("rest"))
        inner = (match.end(), closing.start() if closing else len(self.source))
        stop = self.source.find(">", closing.end()) if closing else -1
        finish = stop + 1 if stop >= 0 else len(self.source)
        return Token("raw", match.start(), finish, name, inner, match.span("rest"))


def _skip_declaration(source: str, start: int) -> int:
    """Return where a comment or declaration that begins here ends; ``start`` itself where none begins."""
    if source.startswith("<!--", start):
        if source.startswith((">", "->"), start + 4):
            return source.index(">", start) + 1
        stop = source.find("-->", start + 4)
        return stop + 3 if stop >= 0 else len(source)
    if source.startswith(("<!", "<?", "</"), start):
        stop = source.find(">", start)
        return stop + 1 if stop >= 0 else len(source)
    return start


def read_attributes(source: str, span: tuple[int, int]) -> dict[str, str]:
    """Return the attributes in a tag, names in small letters, values decoded; of equal names the first counts."""
    start, end = span
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, start, min(end, start + LONGEST_ATTRIBUTES)):
        name = match[1].lower()
        if name not in found:
            value = match[2] or match[3] or match[4] or ""
            found[name] = unescape(value) if "&" in value else value
        if len(found) >= MOST_ATTRIBUTES:
            break
    return found
