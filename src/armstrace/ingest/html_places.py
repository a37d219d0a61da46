"""Where the words of an article stand in the source of its page.

Both are compared without white space: a browser shows a line break in the source as a space, and words run through
tags. Whole lines are looked for first, from the longest outwards, so that a lead repeated in a teaser is found beside
its story; what is left of a line is looked for piece by piece, always onwards. Nothing is searched for without bounds.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from armstrace.document import Place, Span
from armstrace.ingest.html_page import Stretch

# White space, and what takes no room on the page: controls, soft hyphens, zero-width and direction signs.
GAP = r"\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
SIGNS = re.compile(rf"[^{GAP}]+")
_PART = re.compile(rf"&(?:\#[0-9]{{1,8}};?|\#[xX][0-9a-fA-F]{{1,8}};?|[A-Za-z][A-Za-z0-9]{{1,40}};?)|[^&{GAP}]+|&")
SHORTEST_ANCHOR = 40  # signs of a line that is hardly found twice by chance
_KEY = 16
_NEAR = 20_000
_CLOSE = 400
# Signs looked through for lines that are not there, as a multiple of the page.
_SEARCHES = 50


def _numbers() -> array[int]:
    return array("l")


@dataclass(slots=True)
class Signs:
    """The signs of a page without gaps: part ``n`` begins at ``starts[n]`` and stands at ``spot(n)``.

    ``stretches[n]`` is the number of the stretch that part ``n`` lies in.
    """

    text: str = ""
    starts: array[int] = field(default_factory=_numbers)
    begins: array[int] = field(default_factory=_numbers)
    ends: array[int] = field(default_factory=_numbers)
    stretches: array[int] = field(default_factory=_numbers)

    def spot(self, part: int) -> tuple[int, int]:
        """Return where a part stands in the source."""
        return self.begins[part], self.ends[part]

    def end_of(self, part: int) -> int:
        """Return the sign behind a part."""
        return self.starts[part + 1] if part + 1 < len(self.starts) else len(self.text)

    def part_at(self, sign: int) -> int:
        """Return the number of the part that holds a sign."""
        return bisect_right(self.starts, sign) - 1


class Match(NamedTuple):
    """A run of equal signs: where it begins in the line (counted without gaps) and on the page, and its length."""

    line: int
    page: int
    size: int


def read_signs(source: str, stretches: Sequence[Stretch], most: int) -> Signs | None:
    """Return the signs of the stretches in order, character references decoded; None for more than ``most``."""
    signs, length = Signs(), 0
    texts: list[str] = []
    for number, stretch in enumerate(stretches):
        shown = ((stretch.shown, stretch.start, stretch.end),) if stretch.shown else None
        for text, start, end in shown or _parts(source, stretch.start, stretch.end):
            texts.append(text)
            signs.starts.append(length)
            signs.begins.append(start)
            signs.ends.append(end)
            signs.stretches.append(number)
            length += len(text)
            if length > most:
                return None
    signs.text = "".join(texts)
    return signs


def _parts(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for match in _PART.finditer(source, start, end):
        text = match.group()
        if text[0] == "&" and len(text) > 1:
            shown = "".join(SIGNS.findall(unescape(text)))
            if shown:
                yield shown, match.start(), match.end()
        else:
            yield text, match.start(), match.end()


def signs_of(line: str) -> str:
    """Return a line without its gaps."""
    return "".join(SIGNS.findall(line))


def find_lines(page: str, lines: Sequence[str]) -> list[list[Match]]:
    """Return for each line (without gaps) where its signs stand on the page (without gaps), in the line's order."""
    finder = _Finder(page)
    found: list[list[Match]] = [[] for _ in lines]
    if not lines:
        return found
    anchor = max(range(len(lines)), key=lambda number: (len(lines[number]), -number))
    position = finder.find(lines[anchor], 0) if len(lines[anchor]) >= SHORTEST_ANCHOR else -1
    if position >= 0:
        found[anchor] = [Match(0, position, len(lines[anchor]))]
        _find_before(finder, lines[:anchor], found, position)
        _find_after(finder, lines, found, anchor + 1, position + len(lines[anchor]))
    else:
        _find_after(finder, lines, found, 0, 0)
    return found


def _find_before(finder: _Finder, lines: Sequence[str], found: list[list[Match]], end: int) -> None:
    for number in reversed(range(len(lines))):
        line = lines[number]
        position = finder.find_last(line, end)
        if position >= 0:
            found[number], end = [Match(0, position, len(line))], position
        else:
            begin = min((m.page for m in found[number + 1] if m), default=end) if number + 1 < len(found) else end
            found[number] = finder.find_pieces(line, max(0, begin - len(line) - _NEAR), begin)
            end = found[number][0].page if found[number] else end


def _find_after(finder: _Finder, lines: Sequence[str], found: list[list[Match]], first: int, start: int) -> None:
    for number in range(first, len(lines)):
        line = lines[number]
        position = finder.find(line, start)
        if position < 0 and len(line) >= SHORTEST_ANCHOR:
            position = finder.find(line, 0)  # recovered from above the story
        if position >= 0:
            found[number] = [Match(0, position, len(line))]
        else:
            found[number] = finder.find_pieces(line, start, len(finder.page))
        if found[number]:
            last = found[number][-1]
            start = last.page + last.size


class _Finder:
    """Looks for lines on the page, and stops looking far once that has cost too much."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.left = _SEARCHES * len(page) + _NEAR

    def find(self, line: str, start: int) -> int:
        """Return the first place of a whole line from ``start`` on, -1 for none."""
        far = self.left > 0 and len(line) >= _KEY
        stop = len(self.page) if far else min(len(self.page), start + len(line) + _NEAR)
        position = self.page.find(line, start, stop) if line else -1
        self.left -= (stop if position < 0 else position) - start
        return position

    def find_last(self, line: str, end: int) -> int:
        """Return the last place of a whole line that ends by ``end``, -1 for none."""
        far = self.left > 0 and len(line) >= _KEY
        start = 0 if far else max(0, end - len(line) - _NEAR)
        position = self.page.rfind(line, start, end) if line else -1
        self.left -= end - (start if position < 0 else position)
        return position

    def find_pieces(self, line: str, start: int, end: int) -> list[Match]:
        """Return the runs of a line that stand in order between ``start`` and ``end``, with other signs between."""
        found: list[Match] = []
        at, size = 0, len(line)
        while at < size:
            key = line[at : at + _KEY]
            reach = _NEAR if len(key) == _KEY else _CLOSE
            position = self.page.find(key, start, min(end, start + reach))
            if position < 0:
                at += 1 if len(key) < _KEY else _KEY // 2
                continue
            length = _common(line, at, self.page, position, end)
            found.append(Match(at, position, length))
            at, start = at + length, position + length
        return found


def _common(line: str, at: int, page: str, position: int, end: int) -> int:
    """Return how many signs are equal from the two places on."""
    most, length = min(len(line) - at, end - position), 0
    step = most
    while step:
        if line.startswith(page[position + length : position + length + step], at + length):
            length += step
            step = min(step, most - length)
        else:
            step //= 2
    return length


def place_line(line: str, offset: int, matches: Sequence[Match], source: str, signs: Signs) -> Iterator[Place]:
    """Yield the places of one line that stands at ``offset`` of the text; words without a match get no source.

    White space that reads the same in text and source lies inside a run; other white space has no place.
    """
    run: tuple[int, int, int, int] | None = None
    for start, end, place in _sign_runs(line, matches, signs):
        begin, stop = offset + start, offset + end
        plain = place is not None and place[1] - place[0] == end - start
        if run and plain and place and line[run[1] - offset : start] == source[run[3] : place[0]]:
            run = (run[0], stop, run[2], place[1])
            continue
        if run:
            yield Place(Span(run[0], run[1]), "", Span(run[2], run[3]))
        run = (begin, stop, *place) if plain and place else None
        if not run:
            yield Place(Span(begin, stop), "", Span(*place) if place else None)
    if run:
        yield Place(Span(run[0], run[1]), "", Span(run[2], run[3]))


def _sign_runs(line: str, matches: Sequence[Match], signs: Signs) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """Yield stretches of words of the line with their place in the source, broken at gaps and parts."""
    sign, queue = 0, iter(matches)
    match = next(queue, None)
    for word in SIGNS.finditer(line):
        at = word.start()
        while at < word.end():
            while match and sign >= match.line + match.size:
                match = next(queue, None)
            room = word.end() - at
            if match is None or sign < match.line:
                size = room if match is None else min(room, match.line - sign)
                yield at, at + size, None
            else:
                size, place = _step(signs, match.page + sign - match.line, min(room, match.line + match.size - sign))
                yield at, at + size, place
            at, sign = at + size, sign + size


def _step(signs: Signs, where: int, most: int) -> tuple[int, tuple[int, int]]:
    """Return how many signs from ``where`` stand in one part of the source, and there."""
    part = signs.part_at(where)
    start, end = signs.spot(part)
    finish = signs.end_of(part)
    inside = where - signs.starts[part]
    if finish - signs.starts[part] != end - start:  # a character reference, or a tag that shows
        return min(finish - where, most), (start, end)
    size = min(finish - where, most)
    return size, (start + inside, start + inside + size)
