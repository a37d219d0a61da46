"""The entries of a feed as they stand in its bytes, each cut out so that a broken one costs itself alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from armstrace.errors import InputError

_ROOT = re.compile(
    rb"<((?:[A-Za-z_][\w.-]{0,30}:)?(rss|RDF|rdf|feed|channel|entry))(?=[\s/>])"
    rb"((?:[^<>\"']|\"[^\"<]{0,4096}\"|'[^'<]{0,4096}'){0,4096})>"
)
_JSON_FEED = b"jsonfeed.org/version/"
_ENTRIES = {b"rss": b"item", b"rdf": b"item", b"channel": b"item", b"feed": b"entry", b"entry": b"entry"}
_DECLARATION = re.compile(rb"<\?xml[^>]{0,400}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
# Encodings in which a "<" is the byte 3C and nothing else is; the others are turned into UTF-8 before the cutting.
_SAFE = re.compile(
    r"utf-?8|(us-)?ascii|iso-?8859-?\d{1,2}|latin-?\d|(windows|cp)-?125\d|koi8-[ru]|gbk|gb2312|gb18030|big5|shift_?jis"
    r"|euc-?(jp|kr)|mac-?roman|tis-?620"
)
_WIDER = {"gb2312": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8"}  # as all browsers take them
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\s+([\w.-]{1,60})\s+(?:\"([^\"<]{0,32})\"|'([^'<]{0,32})')\s*>")
_SAFE_ENTITY = re.compile(rb"&#(?:\d{1,7}|x[0-9A-Fa-f]{1,6});|[^&%]*")
_MOST_ENTITIES = 300  # HTML declares 253
_LARGEST_ENTRY = 16 << 20  # bytes; ten million characters of the longest report fit


@dataclass(frozen=True, slots=True)
class Cut:
    """One entry: its bytes in the source, and whether its end was found."""

    start: int
    end: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed: its bytes, in an encoding that holds ASCII, the tags around its entries, and where these stand.

    ``opening`` is its first tag with all that it declares, ``bare_opening`` without.
    """

    data: bytes
    encoding: str
    opening: str
    bare_opening: str
    closing: str
    head: bytes
    cuts: tuple[Cut, ...]

    def entry(self, cut: Cut) -> bytes:
        """Return the bytes of an entry."""
        return self.data[cut.start : cut.end]


def is_feed(start: bytes) -> bool:
    """Tell from its start (some kilobytes) whether a file is an RSS, Atom, RDF or JSON feed."""
    data, _ = _in_ascii(start)
    if data.lstrip().startswith(b"{"):
        return _JSON_FEED in data
    return bool(_ROOT.match(data, _after_prolog(data)))


def read_source(data: bytes, name: str) -> FeedSource:
    """Return the parts of a feed.

    Raises:
        InputError: no feed, or one that declares entities which others, or the outside, are to be put in for.
    """
    data, encoding = _in_ascii(data)
    root = _ROOT.search(data)
    if root is None:
        raise InputError(f"{name}: is no RSS, Atom or RDF feed that can be read; check the address or file")
    entities = _entities(data[: root.start()], name)
    tag, local = root[1].decode("ascii", "replace"), _ENTRIES[root[2].lower()]
    start = root.start() if root[2] == b"entry" else root.end()
    cuts = tuple(_cuts(data, start, local))
    doctype = f"<!DOCTYPE feed [{entities}]>" if entities else ""
    around = "" if root[2] == b"entry" else decode(root[0].rstrip(b"/>") + b">", encoding)
    opening = f"<?xml version='1.0' encoding='utf-8'?>\n{doctype}\n{around}"
    head = data[root.end() : cuts[0].start] if cuts else data[root.end() :]
    bare, closing = (f"<{tag}>", f"</{tag}>") if around else ("", "")
    return FeedSource(data, encoding, opening, bare, closing, head, cuts)


def decode(data: bytes, encoding: str) -> str:
    """Return a stretch of a feed as text: as declared, else UTF-8, else Windows-1252."""
    for name in (encoding, "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def is_too_large(cut: Cut) -> bool:
    """Tell whether an entry is larger than any that holds a document."""
    return cut.end - cut.start > _LARGEST_ENTRY


def _in_ascii(data: bytes) -> tuple[bytes, str]:
    """Return the bytes in an encoding that holds ASCII, and its name."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return data.decode(marked, "replace").encode("utf-8", "replace"), "utf-8"
    data = data.removeprefix(codecs.BOM_UTF8)
    declared = _DECLARATION.search(data[:1024])
    name = declared[1].decode().lower() if declared else "utf-8"
    try:
        known = codecs.lookup(name).name if _SAFE.fullmatch(name) else "utf-8"
    except LookupError:
        known = "utf-8"
    return data, _WIDER.get(known, known)


def _after_prolog(data: bytes) -> int:
    """Return where the first element starts, behind white space, declarations, comments and instructions."""
    at = 0
    while match := _PROLOG.match(data, at):
        at = match.end()
    return at


def _entities(prolog: bytes, name: str) -> str:
    """Return the declarations of entities that stand for a sign or a word; refuse all others."""
    declared = prolog.count(b"<!ENTITY")
    safe = [(m[1], m[2] or m[3] or b"") for m in _ENTITY.finditer(prolog)]
    if declared > _MOST_ENTITIES or declared != len(safe) or not all(_SAFE_ENTITY.fullmatch(v) for _, v in safe):
        raise InputError(
            f"{name}: declares entities that stand for other entities, files or long texts, as XML bombs do;"
            " it is not read. If you trust it, take out its <!ENTITY> lines"
        )
    return "".join(f'\n<!ENTITY {key.decode()} "{decode(value, "utf-8")}">' for key, value in safe if b'"' not in value)


def _cuts(data: bytes, at: int, local: bytes) -> Iterator[Cut]:
    """Yield the entries; one that has no end goes up to where the next starts."""
    token = re.compile(rb"<!--|<!\[CDATA\[|<(/?)(?:[A-Za-z_][\w.-]{0,30}:)?" + local + rb"(?=[\s/>])[^<>]{0,4096}(/?)>")
    ends = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
    open_for_good: set[bytes] = set()
    begun: int | None = None
    while match := token.search(data, at):
        at = match.end()
        if match[0] in ends:
            end = data.find(ends[match[0]], at) if match[0] not in open_for_good else -1
            if end < 0:
                open_for_good.add(match[0])
            else:
                at = end + len(ends[match[0]])
        elif match[1]:
            if begun is not None:
                yield Cut(begun, at, is_whole=True)
            begun = None
        elif not match[0].endswith(b"/>"):
            if begun is not None:
                yield Cut(begun, match.start(), is_whole=False)
            begun = match.start()
    if begun is not None:
        yield Cut(begun, len(data), is_whole=False)
