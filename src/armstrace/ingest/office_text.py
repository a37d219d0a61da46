"""The text of an office file as it is put together: paragraphs, rows of tables, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

from armstrace.document import LeftOut, Span
from armstrace.errors import InputError
from armstrace.ingest.limits import MOST_CHARACTERS
from armstrace.ingest.placed import PlacedText

EXCERPT = 200
PROSE = 80  # characters; a cell with two such paragraphs holds text, and its table is there for the looks only


class OfficeText:
    """A growing text; each paragraph and each row of a table is a part of its own, whose characters are counted."""

    def __init__(self, source: str) -> None:
        self.placed = PlacedText()
        self.left_out: list[LeftOut] = []
        self._source = source
        self._size = 0
        self._last = ""
        self._is_blank = False

    def count(self, size: int) -> None:
        """Note that so many characters more were read.

        Raises:
            InputError: that makes more than a document may have.
        """
        self._size += size
        if self._size > MOST_CHARACTERS:
            raise InputError(f"{self._source}: has more than {MOST_CHARACTERS:,} characters; split it")

    def add_paragraph(self, text: str, part: str) -> None:
        """Append a paragraph; one without words becomes a blank line between those around it."""
        self._add_stretch(text, part, 0)

    def add_row(self, cells: Sequence[Sequence[str]], part: str) -> None:
        """Append a row of a table, each cell given by its paragraphs: one line, or a line for each if it holds prose.

        The characters of the part are those of its cells, one character between each two paragraphs or cells.
        """
        filled = [[text for text in cell if text.strip()] for cell in cells]
        if any(sum(len(text) >= PROSE for text in cell) > 1 for cell in filled):
            done = 0
            for text in (text for cell in filled for text in cell):
                self._add_stretch(text, part, done)
                done += len(text) + 1
        else:
            self._add_stretch("\t".join(" ".join(cell) for cell in filled if cell), part, 0)

    def leave_out(self, text: str, reason: str, place: str) -> None:
        """Note words that are none of the text; white space is not worth a note."""
        words = " ".join(text.split())
        if words:
            self.left_out.append(LeftOut(words[:EXCERPT], reason, place))

    def _add_stretch(self, text: str, part: str, offset: int) -> None:
        words = text.strip()
        if not words:
            self._is_blank = True
            return
        kind = part.rstrip("0123456789")
        if self.placed.length:
            # Lines of telexes come as paragraphs of their own; a blank line says that one has ended.
            self.placed.add_bare("\n\n" if self._is_blank or kind != self._last else "\n")
        self._last, self._is_blank = kind, False
        start = offset + len(text) - len(text.lstrip())
        self.placed.add(words, part, Span(start, start + len(words)))
