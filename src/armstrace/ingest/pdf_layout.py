"""From the lines of PDF pages to the order in which they are read, without what runs along the page edges.

A *row* is what stands side by side at one height. PDFium gives rows in the order in which the file draws them, which
is the order of reading but for pages drawn straight across their columns; those are put right here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from armstrace.document import LeftOut

EXCERPT = 200
# Columns of prose are told from tables by this many rows of this many words on both sides of one gutter.
FEWEST_COLUMN_ROWS = 4
FEWEST_COLUMN_WORDS = 3
FULL_SHARE = 0.6
MOST_STRETCHES = 4000  # on one page; a page of more is no page of prose
MOST_SPLITS = 3
WHITE_BAND = 2.5  # line heights
# Headers and footers stand within so many rows of the page's edge, and at one height on every page.
EDGE_ROWS = 3
SAME_HEIGHT = 4.0  # points
SHORT_DOCUMENT = 5  # pages; in longer ones a line must come back a third time
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?|seite|стр\.?)?\s*[-–—|]?\s*#\s*[-–—|]?(?:\s*(?:of|/|von|из)\s*#)?", re.IGNORECASE
)
_NAMED_PAGE = re.compile(r"page\s+\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_PRINTED_ADDRESS = re.compile(r"(https?://\S+)\s+\d+\s*/\s*\d+")
# At the foot of a page, in smaller letters, behind a number or a sign.
_FOOTNOTE = re.compile(r"(?:\d{1,3}|[*†‡§])[.)]?\s*\S")
SMALL_LETTERS = 0.92


class Line(NamedTuple):
    """A stretch of one row without wide gaps; ``box`` is left, bottom, right, top in points, read upright."""

    page: int
    text: str
    start: int
    end: int
    box: tuple[float, float, float, float]
    angle: int
    row: int
    hyphen: bool
    raised: bool

    @property
    def height(self) -> float:
        """Return the height of the line in points."""
        return self.box[3] - self.box[1]


class Row(NamedTuple):
    """Stretches that stand side by side, from left to right."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Return the words of the row."""
        return " ".join(line.text for line in self.lines)

    @property
    def page(self) -> int:
        """Return the number of the page."""
        return self.lines[0].page

    @property
    def left(self) -> float:
        """Return the left edge."""
        return self.lines[0].box[0]

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.lines[-1].box[2]

    @property
    def bottom(self) -> float:
        """Return the bottom edge of the first stretch."""
        return self.lines[0].box[1]

    @property
    def height(self) -> float:
        """Return the height of the longest stretch."""
        return max(self.lines, key=lambda line: len(line.text)).height


class Layout(NamedTuple):
    """The rows of a document as they are read, its footnotes, what was left out, the address it was printed from."""

    rows: tuple[Row, ...]
    notes: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    address: str | None


def lay_out(lines: Sequence[Line]) -> Layout:
    """Return the rows of all pages in the order of reading, without sideways text, headers, footers, page numbers."""
    left_out: list[LeftOut] = []
    pages: list[list[Row]] = []
    for _, group in groupby(lines, key=lambda line: line.page):
        upright, sideways = _part_by_angle(list(group))
        left_out += (_left_out(row, "text set sideways or aslant") for row in _rows(sideways))
        pages.append(_order(_rows(upright)))
    running = _find_running(pages)
    left_out += (_left_out(row, reason) for row, reason in running.items())
    bodies = [[row for row in page if row not in running] for page in pages]
    size = _body_size(row for page in bodies for row in page)
    parted = [_part_notes(page, size) for page in bodies]
    addresses = (_PRINTED_ADDRESS.fullmatch(row.text) for row in running)
    return Layout(
        tuple(row for body, _ in parted for row in body),
        tuple(row for _, notes in parted for row in notes),
        tuple(left_out),
        next((found[1] for found in addresses if found and "…" not in found[1]), None),
    )


def _left_out(row: Row, reason: str) -> LeftOut:
    return LeftOut(row.text[:EXCERPT], reason, f"page {row.page}")


def _part_by_angle(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines set as most letters of the page are, and the others; a page set aslant as a whole stays."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.angle] += len(line.text)
    main = max(letters, key=lambda angle: (letters[angle], -angle))
    return [x for x in lines if x.angle == main], [x for x in lines if x.angle != main]


def _rows(lines: Iterable[Line]) -> list[Row]:
    return [Row(tuple(group)) for _, group in groupby(lines, key=lambda line: line.row)]


def _order(rows: list[Row], splits: int = MOST_SPLITS) -> list[Row]:
    """Return the rows of a page with columns of prose that were drawn straight across put one after the other."""
    gutter = _find_gutter(rows) if splits and sum(len(row.lines) for row in rows) <= MOST_STRETCHES else None
    if gutter is None:
        return rows
    ordered: list[Row] = []
    for band in _bands(rows, gutter):
        if not _holds_columns(band, gutter):
            ordered += band
            continue
        for side in (True, False):
            ordered += _order(list(_side(band, gutter, left=side)), splits - 1)
    return ordered


def _bands(rows: list[Row], gutter: float) -> Iterator[list[Row]]:
    """Yield runs of rows that the gutter parts or does not part, ending where much of the page is left white."""
    band = rows[:1]
    for above, row in pairwise(rows):
        if _crosses(above, gutter) != _crosses(row, gutter) or above.bottom - row.bottom > WHITE_BAND * row.height:
            yield band
            band = []
        band.append(row)
    yield band


def _find_gutter(rows: Iterable[Row]) -> float | None:
    """Return the place that lies in the gaps of most rows, None where too few share one."""
    edges: list[tuple[float, int]] = []
    for row in rows:
        for one, other in pairwise(row.lines):
            if one.box[2] < other.box[0]:
                edges += [(one.box[2], 1), (other.box[0], -1)]
    best, depth, gutter = 0, 0, None
    edges.sort()
    for number, (place, step) in enumerate(edges):
        depth += step
        if depth > best:
            best, gutter = depth, (place + edges[number + 1][0]) / 2
    return gutter if best >= FEWEST_COLUMN_ROWS else None


def _crosses(row: Row, gutter: float) -> bool:
    return any(line.box[0] < gutter < line.box[2] for line in row.lines)


def _side(rows: Iterable[Row], gutter: float, *, left: bool) -> Iterator[Row]:
    for row in rows:
        lines = tuple(line for line in row.lines if (line.box[0] < gutter) == left)
        if lines:
            yield Row(lines)


def _holds_columns(rows: list[Row], gutter: float) -> bool:
    """Tell whether there is prose on both sides, not the cells of a table: full lines of several words."""
    sides = [list(_side(rows, gutter, left=left)) for left in (True, False)]
    return all(len(side) >= FEWEST_COLUMN_ROWS and _is_prose(side) for side in sides)


def _is_prose(rows: list[Row]) -> bool:
    width = max(row.right for row in rows) - min(row.left for row in rows)
    full = [row.right - row.left >= FULL_SHARE * width and _has_words(row.text) for row in rows]
    return sum(full) >= FULL_SHARE * len(full)


def _has_words(text: str) -> bool:
    return len(_WORD.findall(text)) >= FEWEST_COLUMN_WORDS


def _find_running(pages: list[list[Row]]) -> dict[Row, str]:
    """Return headers, footers and page numbers with the reason why each is none of the text."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    edges = [tuple(_edges(page)) for page in pages]
    for two in edges:
        for row in {row for edge in two for row in edge}:
            places[_pattern(row)].append((row.page, row.bottom))
    fewest = 2 if len(pages) <= SHORT_DOCUMENT else 3
    found: dict[Row, str] = {}
    for two in edges:
        for edge in two:
            for row in edge:
                reason = _running_reason(row, places[_pattern(row)], fewest)
                if reason is None:
                    break
                found[row] = reason
    return found


def _edges(page: list[Row]) -> Iterator[list[Row]]:
    """Yield the rows at the top and at the bottom of a page, from the edge inwards."""
    rows = sorted(page, key=lambda row: -row.bottom)
    yield rows[:EDGE_ROWS]
    yield rows[::-1][:EDGE_ROWS]


def _pattern(row: Row) -> str:
    return _NUMBER.sub("#", row.text.casefold())


def _running_reason(row: Row, places: list[tuple[int, float]], fewest: int) -> str | None:
    pattern = _pattern(row)
    is_number = _PAGE_NUMBER.fullmatch(pattern) is not None
    if _NAMED_PAGE.fullmatch(row.text) or (is_number and _NUMBER.findall(row.text)[0] == str(row.page)):
        return "page number"
    if _PRINTED_ADDRESS.fullmatch(row.text):
        return "address and page number of a print"
    pages = {page for page, height in places if abs(height - row.bottom) <= SAME_HEIGHT}
    if len(pages) < fewest or not (is_number or any(c.isalpha() for c in pattern)):
        return None
    return "page number" if is_number else "running header or footer"


def _body_size(rows: Iterable[Row]) -> float:
    """Return the height of the line that most letters stand in."""
    letters: Counter[float] = Counter()
    for row in rows:
        letters[round(row.height, 1)] += len(row.text)
    return max(letters, key=lambda size: (letters[size], size)) if letters else 0.0


def _part_notes(page: list[Row], size: float) -> tuple[list[Row], list[Row]]:
    """Return a page without its footnotes, and those: the small print at its end, from the first that is marked."""
    start = len(page)
    while start and page[start - 1].height <= SMALL_LETTERS * size:
        start -= 1
    while start < len(page) and not _FOOTNOTE.match(page[start].text):
        start += 1
    return (page[:start], page[start:]) if start else (page, [])


def leading(rows: Sequence[Row]) -> float:
    """Return the distance between the lines of a paragraph, in line heights; 1.2 where it cannot be measured."""
    steps = sorted(
        (one.bottom - other.bottom) / one.height
        for one, other in pairwise(rows)
        if one.page == other.page and one.height > 0 and 0.5 * one.height < one.bottom - other.bottom < 2 * one.height
    )
    # Not the middle: where most paragraphs have one or two lines, that is the distance of paragraphs.
    return steps[len(steps) // 5] if steps else 1.2
