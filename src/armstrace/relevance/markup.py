"""The text of markup, roughly and fast: tags, scripts and styles out, all else kept, whatever it is.

Every step is linear in the size of the page. Menus and footers stay: they may let a page pass, and never stop one.
"""

from __future__ import annotations

import codecs
import html
import re

from armstrace.relevance.plain import BREAK, START

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 16_384
_ZERO_SHARE = 0.4  # of every second byte, in text of mostly Latin letters that is UTF-16
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})")
# What a person is not shown. Scripts that describe the article for machines hold its text, and stay.
_HIDDEN = (b"script", b"style")
_DESCRIBES = re.compile(rb"<script[^<>]*ld\+json", re.IGNORECASE)
# "<" begins a new try, so that no sign is looked at twice; a sign inside an attribute leaves words behind, no harm.
# Tags that stand inside words part none.
_INLINE = re.compile(
    rb"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Where the article may begin; a page that does not say may begin it with any paragraph.
_BEGINS = re.compile(rb"<(?:title|h1|article|main)\b", re.IGNORECASE)
_SAYS = re.compile(rb"<(?:h1|article|main)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<p\b", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")


def text_of_markup(data: bytes) -> str:
    """Return the words of a page in their order, by its own encoding or UTF-8; bytes that are none are replaced."""
    data, encoding = _as_superset_of_ascii(data)
    for name in _HIDDEN:
        data = _without(data, name)
    if b"<" in data:
        data = _BEGINS.sub(_marked, data)
        data = data if _SAYS.search(data) else _PARAGRAPH.sub(_marked, data)
        data = _TAG.sub(b" ", _INLINE.sub(BREAK.encode(), data))
    text = data.decode(encoding, "replace")
    if "&" in text:
        text = html.unescape(text)
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _marked(tag: re.Match[bytes]) -> bytes:
    return b" " + START.encode() + b" " + tag[0]


def _as_superset_of_ascii(data: bytes) -> tuple[bytes, str]:
    """Return the page in an encoding whose first 128 characters are ASCII, and the name of that."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace"), "utf-8"
    sample = data[:_HEAD]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[first::2].count(0) > _ZERO_SHARE * len(sample) / 2 > sample[1 - first :: 2].count(0):
            return data.decode(encoding, "replace").encode("utf-8", "replace"), "utf-8"
    return data, _declared(sample)


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head)
    try:
        known = codecs.lookup(found[1].decode("ascii")).name if found else "utf-8"
        "".encode(known)  # some codecs of Python take no text
        b"<a>".decode(known)
    except (LookupError, ValueError, TypeError, AttributeError):
        return "utf-8"
    return "utf-8" if known.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode")) else known


def _without(data: bytes, name: bytes) -> bytes:
    """Return a page without the elements of a name; one that nothing ends stays."""
    low = data.lower()
    opening, closing = b"<" + name, b"</" + name
    kept: list[bytes] = []
    at = 0
    while (start := low.find(opening, at)) >= 0 and (end := low.find(closing, start)) >= 0:
        kept.append(data[at:start])
        if _DESCRIBES.match(data, start):
            kept.append(data[start:end])
        at = end
    return b" ".join((*kept, data[at:]))


def _unescaped(sign: re.Match[str]) -> str:
    return chr(int(sign[1], 16)) if sign[1] else " "
