"""From the XML of a Word file to its paragraphs, rows and text boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar, Final

from armstrace.ingest.office_text import OfficeText
from armstrace.ingest.office_xml import Tag

_CONTENTS: Final = re.compile(r"toc\s?\d|table of figures", re.IGNORECASE)
_OFF: Final = frozenset(("0", "false", "off", "none"))
_DELETED: Final = ("w:del", "w:moveFrom")
_WORDS: Final = frozenset(("w:t", "m:t", "w:delText"))
# What stands in a run for a character.
_SIGNS: Final = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_SEPARATORS: Final = ("separator", "continuationSeparator", "continuationNotice")


class Styles:
    """The styles of a Word file that matter: their English names by id, and which hide their words."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.hidden: set[str] = set()
        self._id = ""

    def start(self, tag: Tag) -> None:
        """Take the start of an element of ``styles.xml``."""
        if tag.name == "w:style":
            self._id = tag.attributes.get("styleId", "")
        elif tag.name == "w:name":
            self.names[self._id] = tag.attributes.get("val", "")
        elif tag.name == "w:vanish" and _is_on(tag):
            self.hidden.add(self._id)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "w:style":
            self._id = ""

    def text(self, text: str) -> None:
        """Pass over words: styles have none."""


def _is_on(tag: Tag) -> bool:
    return tag.attributes.get("val", "true") not in _OFF


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    style: str = ""


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    cells: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class _Box:
    """A text box: what it interrupts goes on after it."""

    texts: list[str] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    paragraphs: list[_Paragraph] = field(default_factory=list)
    hides: bool = False


class WordText:
    """A handler of the events of one part that adds its words to a text.

    ``kind`` is what the paragraphs are ("paragraph", "footnote" ...); with ``left_out`` nothing is added, and all
    words are listed with that reason.
    """

    def __init__(self, text: OfficeText, styles: Styles, kind: str = "paragraph", *, left_out: str = "") -> None:
        self.title: str | None = None
        self._text = text
        self._styles = styles
        self._kind = kind
        self._left_out = left_out
        self._open: list[str] = []
        self._now = _Box()
        self._around: list[_Box] = []
        self._boxes: list[list[str]] = []
        self._numbers = {"paragraph": 0, "table": 0, "box": 0}
        self._note = ""
        self._fallback = 0
        self._deleted = 0

    def start(self, tag: Tag) -> None:
        """Take the start of an element."""
        parent = self._open[-1] if self._open else ""
        self._open.append(tag.name)
        if tag.name == "mc:Fallback":  # says once more, for old programs, what stands in mc:Choice
            self._fallback += 1
        elif tag.name in _DELETED:
            self._deleted += 1
        if self._fallback:
            return
        if tag.name in _SIGNS and parent == "w:r":
            self._add(_SIGNS[tag.name])
        elif tag.name in self._starts:
            self._starts[tag.name](self, tag)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._open.pop()
        if name == "mc:Fallback":
            self._fallback -= 1
        elif name in _DELETED:
            self._deleted -= 1
        elif not self._fallback and name in self._ends:
            self._ends[name](self)

    def text(self, text: str) -> None:
        """Take characters."""
        if not self._fallback and self._open and self._open[-1] in _WORDS:
            self._add(text)

    def _add(self, text: str) -> None:
        self._text.count(len(text))
        if self._now.paragraphs:
            paragraph = self._now.paragraphs[-1]
            hides = self._now.hides or paragraph.style in self._styles.hidden
            kept = paragraph.deleted if self._deleted else paragraph.hidden if hides else paragraph.pieces
            kept.append(text)

    def _start_note(self, tag: Tag) -> None:
        self._note = tag.attributes.get("id", "") if tag.attributes.get("type") not in _SEPARATORS else ""

    def _start_paragraph(self, _: Tag) -> None:
        self._now.paragraphs.append(_Paragraph())
        if not self._around and not self._now.tables:
            self._numbers["paragraph"] += 1

    def _style_paragraph(self, tag: Tag) -> None:
        if self._now.paragraphs:
            self._now.paragraphs[-1].style = tag.attributes.get("val", "")

    def _start_run(self, _: Tag) -> None:
        self._now.hides = False

    def _hide_run(self, tag: Tag) -> None:
        if self._open[-3:-1] == ["w:r", "w:rPr"]:
            self._now.hides = _is_on(tag)

    def _style_run(self, tag: Tag) -> None:
        if tag.attributes.get("val", "") in self._styles.hidden:
            self._now.hides = True

    def _start_table(self, _: Tag) -> None:
        if not self._now.tables and not self._around:
            self._numbers["table"] += 1
        self._now.tables.append(_Table(self._numbers["table"]))

    def _start_row(self, _: Tag) -> None:
        if self._now.tables:
            self._now.tables[-1].row += 1
            self._now.tables[-1].cells = []

    def _start_cell(self, _: Tag) -> None:
        if self._now.tables:
            self._now.tables[-1].cells.append([])

    def _start_box(self, _: Tag) -> None:
        self._around.append(self._now)
        self._now = _Box()

    def _note_chunk(self, _: Tag) -> None:
        self._text.leave_out("(embedded file)", "embedded part is not read", self._place())

    def _end_paragraph(self) -> None:
        if not self._now.paragraphs:
            return
        paragraph = self._now.paragraphs.pop()
        words, name = "".join(paragraph.pieces), self._styles.names.get(paragraph.style, paragraph.style)
        self._text.leave_out("".join(paragraph.deleted), "tracked deletion", self._place())
        self._text.leave_out("".join(paragraph.hidden), "hidden text", self._place())
        if name.casefold() == "title" and self.title is None and words.strip():
            self.title = words
        if _CONTENTS.match(name):
            self._text.leave_out(words, "table of contents", self._place())
        elif self._now.tables:
            cells = self._now.tables[-1].cells
            (cells[-1] if cells else []).append(words)
        elif self._around:
            self._now.texts.append(words)
        else:
            self._put(words, self._place())
            self._put_boxes()

    def _put(self, words: str, part: str) -> None:
        if self._left_out:
            self._text.leave_out(words, self._left_out, part)
        elif self._kind == "paragraph" or self._note:
            self._text.add_paragraph(words, part)

    def _put_boxes(self) -> None:
        for texts in self._boxes:
            self._numbers["box"] += 1
            for words in texts:
                self._put(words, f"text box {self._numbers['box']}")
        self._boxes = []

    def _end_row(self) -> None:
        """Add the row to the text, or to the cell or box that holds its table."""
        if not self._now.tables:
            return
        *outer, table = self._now.tables
        row = "\t".join(" ".join(" ".join(cell).split()) for cell in table.cells if any(map(str.strip, cell)))
        if outer:
            (outer[-1].cells[-1] if outer[-1].cells else []).append(row)
        elif self._around:
            self._now.texts.append(row)
        elif self._left_out:
            self._text.leave_out(row, self._left_out, self._place())
        else:
            self._text.add_row(table.cells, self._place())

    def _end_table(self) -> None:
        if self._now.tables:
            self._now.tables.pop()
        if not self._now.tables and not self._around:
            self._put_boxes()

    def _end_box(self) -> None:
        if self._around:
            self._boxes.append(self._now.texts)
            self._now = self._around.pop()

    def _place(self) -> str:
        """Return the name of the part that is being read."""
        if self._left_out:
            return ""
        outermost = self._around[0] if self._around else self._now
        if outermost.tables:
            return f"table {outermost.tables[0].number} row {outermost.tables[0].row}"
        return f"{self._kind} {self._note or self._numbers['paragraph']}"

    _starts: ClassVar = {
        "w:p": _start_paragraph,
        "w:pStyle": _style_paragraph,
        "w:r": _start_run,
        "w:vanish": _hide_run,
        "w:rStyle": _style_run,
        "w:tbl": _start_table,
        "w:tr": _start_row,
        "w:tc": _start_cell,
        "w:txbxContent": _start_box,
        "w:footnote": _start_note,
        "w:endnote": _start_note,
        "w:altChunk": _note_chunk,
    }
    _ends: ClassVar = {
        "w:p": _end_paragraph,
        "w:tr": _end_row,
        "w:tbl": _end_table,
        "w:txbxContent": _end_box,
    }
