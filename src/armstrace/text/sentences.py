"""Sentences of a text, as spans: paragraphs first, then the full stops and other stops inside them.

Each candidate break is judged by a literal list of rules, the first that has an opinion wins. In doubt two
sentences stay together: a claim may be read from a long evidence, not from half of one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from armstrace.text.abbreviations import (
    AFTER_CLOCK,
    BEFORE_NUMBER,
    BINDING,
    BINDING_SMALL,
    DOUBTFUL,
    OPENERS,
    REPORTING_VERBS,
)
from armstrace.text.paragraphs import paragraph_spans, trim_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from armstrace.document import Span

# Longer "sentences" are tables, code or joined lists; later stages stay bounded by this.
LONGEST = 3000
# A gap this wide inside a line is a masked stretch or a column of a table.
GAP = re.compile(r"(?<=\S)[ \t\u00a0]{6,}(?=\S)")
STOP = re.compile(
    r"""(?P<stop>[.!?…]+(?:\ \.){0,3}|[。！？｡؟۔।॥]+)   # the mark itself; also ". . ."
        (?P<close>[“„](?=\s)|["'”’»›)\]}\x94\x92」』]{0,4})   # what it closes
        (?:\ ?\[\d{1,3}\]){0,5}                             # footnote marks
        (?P<space>\s*)""",
    re.VERBOSE,
)
SPACES = re.compile(r"\s+")
BULLET = re.compile(r"\s(?=[•▪●‣◦⦁]\s)")
OPEN_MARKS = "\"'“‘«‹([{„‚`\x93\x91¿¡「『*_#@$£€—–- "
QUOTE_MARKS = frozenset("\"'”’»›\x94\x92")
FULL_WIDTH = frozenset("。！？｡")
WORD_BEFORE = re.compile(r"[\w.'’&-]*$")
WORD_AFTER = re.compile(r"[\w'’-]{1,40}")
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
CLOCK = frozenset({"a.m", "p.m", "am", "pm"})
# How far back the word before a stop is looked for: no abbreviation is longer.
LOOK_BACK = 24
# Shortest word that may end a sentence without a space ("in May.The"); shorter ones are parts of names.
SHORTEST_GLUED = 3
LONGEST_LIST_MARK = 7
LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
SPEAKER = re.compile(
    rf"(?:(?:[Tt]he\s+)?(?:[A-Z][\w.'’-]*\s+){{1,4}}(?:{REPORTING_VERBS})|"
    rf"(?:{REPORTING_VERBS})\s+(?:[A-Z]|the\b))\b"
)
SPEAKER_ONLY = re.compile(rf"(?:[A-Z][\w'’-]*\s+){{1,4}}(?:{REPORTING_VERBS})[.](?=\s|$)")


class Break(NamedTuple):
    """One place where a sentence may end, with what the rules look at."""

    text: str
    start: int
    limit: int
    stop: str
    close: str
    space: str
    word: str
    after: int

    @property
    def following(self) -> str:
        """Return the first character after the break that is no opening mark, "" at the end."""
        at = self.after
        while at < self.limit and at < self.after + 6 and self.text[at] in OPEN_MARKS:
            at += 1
        return self.text[at : min(at + 1, self.limit)]

    @property
    def next_word(self) -> str:
        """Return the next word without opening marks, folded."""
        at = self.after
        while at < self.limit and at < self.after + 6 and self.text[at] in OPEN_MARKS:
            at += 1
        match = WORD_AFTER.match(self.text, at, self.limit)
        return match.group().casefold() if match else ""

    @property
    def quoted(self) -> bool:
        """Tell whether a quotation mark closes right after the stop."""
        return not QUOTE_MARKS.isdisjoint(self.close)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences in order: disjoint, trimmed, together holding every character that is no space.

    A sentence never crosses a paragraph or a gap of six spaces (a masked stretch). Headings and bullets are
    sentences of their own. What runs beyond 3,000 characters without a stop is cut, at a space if any.
    """
    return tuple(
        piece
        for paragraph in paragraph_spans(text)
        for sentence in _split_paragraph(text, paragraph)
        for piece in _cut_long(text, sentence)
    )


def _split_paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the sentences of one paragraph."""
    start = paragraph.start
    for end in _find_ends(text, paragraph):
        span = trim_span(text, start, end)
        if span.end > span.start:
            yield span
            start = end
    span = trim_span(text, start, paragraph.end)
    if span.end > span.start:
        yield span


def _find_ends(text: str, paragraph: Span) -> list[int]:
    """Return the offsets at which sentences end, in order."""
    ends = {match.start() for match in GAP.finditer(text, *paragraph)}
    ends.update(match.start() for match in BULLET.finditer(text, *paragraph))
    start = paragraph.start
    for match in STOP.finditer(text, *paragraph):
        if match.end() >= paragraph.end:
            break
        if _ends_sentence(_read_break(text, start, paragraph.end, match)):
            start = match.end()
            ends.add(match.start("space"))
    return sorted(ends)


def _read_break(text: str, start: int, limit: int, match: re.Match[str]) -> Break:
    """Gather what the rules look at."""
    before = WORD_BEFORE.search(text, max(start, match.start() - LOOK_BACK), match.start())
    word = before.group().lstrip("'’-.&") if before else ""
    return Break(text, start, limit, match.group("stop"), match.group("close"), match.group("space"), word, match.end())


def _ends_sentence(place: Break) -> bool:
    """Ask the rules in order; the first that has an opinion wins, and with no opinion it is an end."""
    for rule in RULES:
        verdict = rule(place)
        if verdict is not None:
            return verdict
    return True


def _full_width(place: Break) -> bool | None:
    """Let East Asian stops end a sentence without a space after them."""
    return True if place.stop[0] in FULL_WIDTH else None


def _no_space(place: Break) -> bool | None:
    """Without a space let only "in May.The" end a sentence: small letters before, an opening word after."""
    if place.space:
        return None
    word_ends = len(place.word) >= SHORTEST_GLUED and place.word.isalpha() and place.word[1:].islower()
    plain = place.quoted or word_ends
    word = WORD_AFTER.match(place.text, place.after, place.limit)
    return (
        plain and "." not in place.word and word is not None and word.group().istitle() and (place.next_word in OPENERS)
    )


def _lower_follows(place: Break) -> bool | None:
    """Go on with the sentence where a small letter, a comma or a closing mark follows."""
    following = place.following
    return False if following and (following.islower() or following in ",;:)]”»?!.%/") else None


def _speaker_follows(place: Break) -> bool | None:
    """'"Why now?" Smith asked' is one sentence, and so is '"They are old." Captain Smith said.'."""
    if not place.quoted:
        return None
    pattern = SPEAKER if place.stop[-1] in "!?…" else SPEAKER_ONLY
    return False if pattern.match(place.text, place.after, min(place.limit, place.after + 120)) else None


def _list_mark(place: Break) -> bool | None:
    """Keep the mark of a list ("1.", "(b)") with the sentence that it opens."""
    if place.after - place.start > 2 * LONGEST_LIST_MARK:
        return None
    head = trim_span(place.text, place.start, place.after - len(place.space)).of(place.text)
    return False if len(head) <= LONGEST_LIST_MARK and LIST_MARK.fullmatch(head.rstrip(".)]")) else None


def _abbreviation(place: Break) -> bool | None:
    """Judge the dot of an abbreviation by its table and by the word that follows."""
    if place.stop != "." or place.close:
        return None
    word = place.word.casefold().replace("’", "'")
    if word in BINDING_SMALL or (word.rsplit("-", 1)[-1] in BINDING and place.word[:1].isupper()):
        return False
    if word in BEFORE_NUMBER and place.following.isdigit():
        return False
    if word in CLOCK:
        return place.next_word not in AFTER_CLOCK and not place.following.isdigit()
    return _doubtful_abbreviation(place, word)


def _doubtful_abbreviation(place: Break, word: str) -> bool | None:
    """Let initials, "U.S." and "Corp." end a sentence only where an opening word follows."""
    initial = len(word) == 1 and word.isalpha()
    if (word in DOUBTFUL and place.word[:1].isupper()) or initial or DOTTED.fullmatch(word):
        opens = place.next_word in OPENERS
        return opens and not (initial and place.text[place.after : place.after + 2] in {"I.", "A."})
    return None


def _ellipsis(place: Break) -> bool | None:
    """Let dots of omission end a sentence before a capital, but not before "I" nor where they stand alone."""
    if "…" not in place.stop and ".." not in place.stop.replace(" ", ""):
        return None
    if not place.word and not place.close and place.next_word not in OPENERS:
        return False
    return place.following.isupper() and place.next_word not in {"i", "i'm", "i’m", "i'll", "i've"}


RULES: tuple[Callable[[Break], bool | None], ...] = (
    _full_width,
    _no_space,
    _lower_follows,
    _speaker_follows,
    _list_mark,
    _ellipsis,
    _abbreviation,
)


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    """Yield the span in pieces of at most ``LONGEST`` characters."""
    start = span.start
    while span.end - start > LONGEST:
        half = start + LONGEST // 2
        spaces = [match.start() for match in SPACES.finditer(text, half, start + LONGEST)]
        cut = spaces[-1] if spaces else start + LONGEST
        piece = trim_span(text, start, cut)
        if piece.end > piece.start:
            yield piece
        start = cut
    rest = trim_span(text, start, span.end)
    if rest.end > rest.start:
        yield rest
