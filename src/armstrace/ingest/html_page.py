"""A web page taken apart: its words in blocks, with their places and surroundings, and what its head declares."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from armstrace.errors import InputError
from armstrace.ingest.html_roles import INLINE, PLAIN, VOID, is_cut, role_of
from armstrace.ingest.html_tokens import Token, read_attributes, read_tokens

# Elements that a new block closes where their end tag is left out.
_ENDS_PARAGRAPH = frozenset(
    "address article aside blockquote center details dir div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr main menu nav ol p pre section table ul li dd dt td th tr".split()
)
# Deeper marks say nothing more, and the parsers of the field give up on the rest of a page at 256.
DEEPEST = 200
# A page has some thousand; this many take a quarter of a minute and most of a gigabyte.
MOST_TOKENS = 1_000_000
_NEAREST = 40  # open elements that are looked at for the one that an end tag or a new paragraph closes
_LONGEST_CUT = 4_000  # source characters of one element that only shows under the mouse
_MOST_DECLARED = 2_000


class Stretch(NamedTuple):
    """Characters of the source between two tags; ``shown`` is what stands there on the page where a tag shows."""

    start: int
    end: int
    block: int
    linked: bool
    shown: str = ""


class Block(NamedTuple):
    """A paragraph, heading, cell or the like: its kind of place on the page, and why it may be no story.

    Blocks of one ``path`` stand in elements of the same names and classes; ``article`` numbers the nearest
    <article> or <main> around, 0 for none; ``role`` is "" or what the surroundings are ("navigation").
    """

    tag: str
    path: int
    article: int
    role: str
    start: int


class Moment(NamedTuple):
    """A <time> element, or one marked as a date: its machine-readable value, its marks, its place."""

    value: str
    marks: str
    start: int
    role: str


@dataclass(slots=True)
class Declared:
    """What the page says of itself outside its words; names are in small letters."""

    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    title: str = ""
    language: str = ""


@dataclass(slots=True)
class Page:
    """A page as read from its source; ``edits`` are what a parser should see instead of the source."""

    source: str
    stretches: list[Stretch] = field(default_factory=list)
    hidden: list[Stretch] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    declared: Declared = field(default_factory=Declared)
    tokens: int = 0


class _Open(NamedTuple):
    name: str
    path: int
    article: int
    role: str
    linked: bool
    cut: int


_OUTSIDE = _Open("", 0, 0, "", linked=False, cut=-1)


def read_page(source: str, name: str = "page") -> Page:
    """Return the page that the source is; nothing in it can fail to be read.

    Raises:
        InputError: more marks than any page of words has.
    """
    reader = _PageReader(source)
    steps = {"text": reader.take_text, "open": reader.take_open, "close": reader.take_close, "raw": reader.take_raw}
    for number, token in enumerate(read_tokens(source), 1):
        reader.page.tokens = number
        if number > MOST_TOKENS:
            raise InputError(
                f"{name}: holds more than {MOST_TOKENS:,} tags and stretches of words; save the article alone"
            )
        steps[token.kind](token)
    return reader.page


class _PageReader:
    """Keeps the open elements while the tokens go by."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page(source)
        self.stack: list[_Open] = []
        self.open_names: Counter[str] = Counter()
        self.unopened: Counter[str] = Counter()
        self.paths: dict[tuple[int, str, str], int] = {}
        self.articles = 0
        self.fresh = True

    @property
    def top(self) -> _Open:
        return self.stack[-1] if self.stack else _OUTSIDE

    def take_text(self, token: Token) -> None:
        blank = self.source[token.start : token.end].isspace()
        if not blank or not (self.fresh or self.top.cut >= 0):
            self._show(token.start, token.end)

    def _show(self, start: int, end: int, shown: str = "") -> None:
        top = self.top
        if top.cut >= 0:
            self.page.hidden.append(Stretch(start, end, -1, top.linked, shown))
            return
        if self.fresh:
            block = next((one for one in reversed(self.stack[-_NEAREST:]) if one.name not in INLINE), _OUTSIDE)
            self.page.blocks.append(Block(block.name, block.path, top.article, top.role, start))
            self.fresh = False
        self.page.stretches.append(Stretch(start, end, len(self.page.blocks) - 1, top.linked, shown))

    def take_open(self, token: Token) -> None:
        name = token.name
        bare = name in PLAIN or token.end - token.start <= len(name) + len("<>")
        attributes = {} if bare else read_attributes(self.source, token.attributes)
        if name in _ENDS_PARAGRAPH:
            self._end_paragraph()
        if name not in INLINE:
            self.fresh = True
        if attributes:
            self._note(name, attributes, token)
        if name == "q":
            self._replace(token, "\u201c")
        elif name == "time":
            self.page.edits.append((token.start, token.start + len("<time"), "<span"))
        if name in VOID:
            return
        if name == "a" and self.open_names["a"]:
            self._close_until("a", token.start)
        if len(self.stack) >= DEEPEST:
            self.unopened[name] += 1
            self.page.edits.append((token.start, token.end, " " if name in INLINE else "<br>"))
            return
        self._push(name, attributes, token)

    def _push(self, name: str, attributes: dict[str, str], token: Token) -> None:
        top = self.top
        path, article, role = top.path, top.article, top.role
        if name not in INLINE:
            look = attributes.get("class", "")[:200]
            path = self.paths.setdefault((top.path, name, look), len(self.paths) + 1)
            role = role or role_of(name, attributes)
        if name in {"article", "main"}:
            self.articles += 1
            article = self.articles
        linked = top.linked or (name == "a" and "href" in attributes)
        cut = top.cut if top.cut >= 0 or not is_cut(name, attributes) else token.start
        self.stack.append(_Open(name, path, article, role, linked, cut))
        self.open_names[name] += 1

    def take_close(self, token: Token) -> None:
        name = token.name
        if name not in INLINE:
            self.fresh = True
        if name == "q":
            self._replace(token, "\u201d")
        elif name == "time":
            self.page.edits.append((token.start, token.start + len("</time"), "</span"))
        if self.unopened[name]:
            self.unopened[name] -= 1
            self.page.edits.append((token.start, token.end, " " if name in INLINE else "<br>"))
        elif self.open_names[name]:
            self._close_until(name, token.end)

    def _close_until(self, name: str, end: int) -> None:
        """Close the nearest open element of that name; an inline one only where no block has begun since."""
        if name in INLINE:
            for one in reversed(self.stack[-_NEAREST:]):
                if one.name == name:
                    break
                if one.name not in INLINE:
                    return
            else:
                return
        while self.stack:
            gone = self.stack.pop()
            self.open_names[gone.name] -= 1
            if gone.cut >= 0 and self.top.cut < 0:
                self._cut(gone.cut, end)
            if gone.name == name:
                return

    def _cut(self, start: int, end: int) -> None:
        if end - start <= _LONGEST_CUT:
            self.page.edits.append((start, end, ""))

    def _end_paragraph(self) -> None:
        if not self.open_names["p"]:
            return
        for one in reversed(self.stack[-_NEAREST:]):
            if one.name == "p":
                self._close_until("p", self.page.blocks[-1].start if self.page.blocks else 0)
                return
            if one.name not in INLINE:
                return

    def _replace(self, token: Token, sign: str) -> None:
        self.page.edits.append((token.start, token.end, sign))
        self._show(token.start, token.end, sign)

    def take_raw(self, token: Token) -> None:
        declared, words = self.page.declared, self.source[token.inner[0] : token.inner[1]]
        if token.name == "title":
            declared.title = declared.title or words[:_LONGEST_CUT].strip()
        elif token.name == "textarea" and words.strip():
            self.page.blocks.append(Block("textarea", 0, self.top.article, "form", token.start))
            self.page.stretches.append(Stretch(*token.inner, len(self.page.blocks) - 1, linked=False))
            self.fresh = True
        elif token.name == "script":
            kind = read_attributes(self.source, token.attributes).get("type", "").lower()
            if "ld+json" in kind:
                declared.scripts.append(words)
                return
        if token.name in {"script", "style"}:
            self.page.edits.append((token.start, token.end, ""))

    def _note(self, name: str, attributes: dict[str, str], token: Token) -> None:
        """Note what an element declares of the page."""
        declared = self.page.declared
        given = attributes.get
        if name == "html":
            declared.language = declared.language or given("lang") or given("xml:lang") or ""
        if name == "link" and "href" in attributes and len(declared.links) < _MOST_DECLARED:
            declared.links.append((given("rel", "").lower(), attributes["href"]))
        key = given("property") or given("name") or given("itemprop") or given("http-equiv")
        if name == "meta" and key and "content" in attributes and len(declared.metas) < _MOST_DECLARED:
            declared.metas.append((key.strip().lower(), attributes["content"]))
        marks = f"{given('itemprop', '')} {'pubdate' if 'pubdate' in attributes else ''} {given('class', '')}".lower()
        value = given("datetime") or (given("content") if "date" in marks and name != "meta" else "") or ""
        if value and len(declared.moments) < _MOST_DECLARED:
            declared.moments.append(Moment(value, marks, token.start, self.top.role))
