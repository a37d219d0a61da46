"""From the rows of a PDF to paragraphs of one line each, with the place of every character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from armstrace.document import LeftOut, Span
from armstrace.ingest.hyphens import is_torn
from armstrace.ingest.pdf_layout import Line, Row, leading
from armstrace.ingest.placed import PlacedText

# How rows part into paragraphs, in line heights or shares of the column.
WIDE_STEP = 1.22  # of the usual distance of lines
OTHER_SIZE = 0.15
INDENT = 0.7
SAME_EDGE = 0.35
FULL_ROW = 0.8
ROOM = 1.15  # of the space that the next word takes by the usual width of its letters
SHORT_ROW = 0.6  # of the column's width: a heading, or the last line of a paragraph
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}$")
_BULLET = re.compile(r"[•▪●‣◦·⦁■□]\s")
_LIST_MARK = re.compile(r"(?:[*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s")  # or a dash, or the end of a sentence
_FIRST_WORD = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+")
# Characters that are written out or not at all.
_WRITTEN = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "",
}  # fmt: skip
_SPECIAL = re.compile("[" + "".join(_WRITTEN) + "\U00010000-\U0010ffff]")
_HYPHENS = "-\u2010\u00ad"
# Units and figures whose power is set as a raised digit.
_POWER = re.compile(r"(?:\d|\b[cdkm]?m)$")


def write_paragraphs(rows: Sequence[Row], notes: Sequence[Row]) -> tuple[PlacedText, tuple[LeftOut, ...]]:
    """Return the text of a document, footnotes last, and the raised marks that lead to them, which are left out.

    A word torn at the end of a line is joined where the document writes it whole elsewhere, or where nothing in it
    speaks for a compound ("Iranian-made", "surface-to-air"); else its hyphen stays.
    """
    words = Counter(word.casefold() for row in (*rows, *notes) for word in _WORD.findall(row.text))
    text = PlacedText()
    left_out: list[LeftOut] = []
    for number, paragraph in enumerate([*_paragraphs(rows), *_paragraphs(notes)]):
        if number:
            text.add_bare("\n\n")
        lines = [line for row in paragraph for line in row.lines]
        marks = {line for above, line in pairwise(lines) if _is_mark(above, line)}
        marks |= {line for line in lines[:1] if line.raised}
        left_out += (LeftOut(line.text, "mark of a footnote", f"page {line.page}") for line in lines if line in marks)
        _write(text, lines, marks, words)
    return text, tuple(left_out)


def _paragraphs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield runs of rows that make one paragraph."""
    step = leading(rows)
    paragraph: list[Row] = []
    above = (0.0, 0.0)
    for column in _columns(rows):
        edges = _edges(column)
        for number, row in enumerate(column):
            if paragraph and (
                _opens(paragraph, row, edges, step) if number else not _goes_on(paragraph[-1], row, above)
            ):
                yield paragraph
                paragraph = []
            paragraph.append(row)
        above = edges
    if paragraph:
        yield paragraph


def _columns(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield runs of rows of one page that go down it."""
    column: list[Row] = []
    for row in rows:
        if column and (row.page != column[-1].page or row.bottom > column[-1].bottom + column[-1].height):
            yield column
            column = []
        column.append(row)
    if column:
        yield column


def _edges(column: Sequence[Row]) -> tuple[float, float]:
    """Return the left and right edge of the column, by the rows that hold most of its letters."""
    size = Counter[float]()
    for row in column:
        size[round(row.height, 1)] += len(row.text)
    main = max(size, key=lambda height: (size[height], height))
    rows = [row for row in column if round(row.height, 1) == main]
    return min(row.left for row in rows), max(row.right for row in rows)


def _opens(paragraph: Sequence[Row], row: Row, edges: tuple[float, float], step: float) -> bool:
    """Tell whether the row opens a paragraph below the one so far."""
    last = paragraph[-1]
    return (
        _differ_in_size(last, row)
        or (last.bottom - row.bottom) > WIDE_STEP * step * last.height
        or _is_marked(last, row)
        or _is_indented(paragraph, row)
        or _ended(last, row, edges)
    )


def _differ_in_size(one: Row, other: Row) -> bool:
    return abs(one.height - other.height) > OTHER_SIZE * max(one.height, other.height)


def _goes_on(last: Row, row: Row, edges: tuple[float, float]) -> bool:
    """Tell whether a paragraph goes on over the end of its page or column, whose edges are given."""
    if _differ_in_size(last, row):
        return False
    if last.lines[-1].hyphen or row.text[:1].islower():
        return True
    left, right = edges
    is_full = last.right - left > FULL_ROW * (right - left)
    ends = _SENTENCE_END.search(last.text) or _had_room(last, row, edges)
    return is_full and not ends and not _BULLET.match(row.text)


def _is_marked(last: Row, row: Row) -> bool:
    """Tell whether the row is an entry of a list."""
    if _BULLET.match(row.text):
        return True
    return bool(_LIST_MARK.match(row.text) and (_SENTENCE_END.search(last.text) or _LIST_MARK.match(last.text)))


def _is_indented(paragraph: Sequence[Row], row: Row) -> bool:
    """Tell whether the row starts further right than the one above; the second row under a bullet may."""
    last = paragraph[-1]
    hangs = len(paragraph) == 1 and (_BULLET.match(last.text) or _LIST_MARK.match(last.text))
    return not hangs and last.left + INDENT * row.height < row.left < last.left + 6 * row.height


def _ended(last: Row, row: Row, edges: tuple[float, float]) -> bool:
    """Tell whether the row above stops before the column's edge although the next word had room there."""
    left, right = edges
    if not _had_room(last, row, edges) or last.text[-1] in _HYPHENS:
        return False
    if _SENTENCE_END.search(last.text):
        return True
    if row.text[:1].islower():
        return False
    both_indented = min(last.left, row.left) > left + INDENT * row.height
    return both_indented or last.right - left < SHORT_ROW * (right - left)


def _had_room(last: Row, row: Row, edges: tuple[float, float]) -> bool:
    """Tell whether the first word of a row had room at the end of the row above."""
    match = _FIRST_WORD.match(row.text)
    per_letter = (row.right - row.left) / max(len(row.text), 1)
    return edges[1] - last.right >= ROOM * (match.end() + 1 if match else 1) * per_letter


def _is_mark(above: Line, line: Line) -> bool:
    """Tell whether raised figures lead to a footnote; a power is one of the text."""
    return line.raised and not _POWER.search(above.text)


def _write(text: PlacedText, lines: Sequence[Line], marks: Set[Line], words: Counter[str]) -> None:
    """Append one paragraph without its marks of footnotes."""
    for line, following in pairwise([*lines, None]):
        if line is None:
            continue
        kept, gap = _line_end(line, following, words)
        for piece, source in _pieces(line) if line not in marks else ():
            cut = piece if source.end < line.end or kept else piece[:-1]
            text.add(cut, f"page {line.page}", Span(source.start, source.end - (len(piece) - len(cut))))
        text.add_bare(gap)


def _line_end(line: Line, following: Line | None, words: Counter[str]) -> tuple[bool, str]:
    """Tell whether the last character of a line stays, and what stands between it and the next line."""
    if following is None:
        return True, ""
    if following.row == line.row and following.page == line.page:
        return True, "" if following.start == line.end else " "
    if line.text[-1] not in _HYPHENS or not line.text[-2:-1].isalnum():
        return True, " "
    return not is_torn(line.text[:-1], following.text, words) and line.text[-1] != "\u00ad", ""


def _pieces(line: Line) -> Iterator[tuple[str, Span]]:
    """Yield the line in pieces with their place; ligatures are written out, soft hyphens are dropped."""
    wide = line.end - line.start - len(line.text)  # characters that PDFium counts twice
    if wide and wide != sum(ord(c) > 0xFFFF for c in line.text):  # noqa: PLR2004  (the last of two bytes)
        yield line.text, Span(line.start, line.end)
        return
    done, place = 0, line.start
    for match in _SPECIAL.finditer(line.text):
        plain = line.text[done : match.start()]
        if plain:
            yield plain, Span(place, place + len(plain))
        place += len(plain)
        size = 2 if wide and ord(match[0]) > 0xFFFF else 1  # noqa: PLR2004
        yield _WRITTEN.get(match[0], match[0]), Span(place, place + size)
        done, place = match.end(), place + size
    if done < len(line.text):
        yield line.text[done:], Span(place, line.end)
