"""OpenDocument texts (.odt)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from armstrace.errors import InputError
from armstrace.ingest.doc_properties import Properties
from armstrace.ingest.metadata import joined_metadata
from armstrace.ingest.office_text import OfficeText
from armstrace.ingest.office_xml import OfficeFile, Tag
from armstrace.ingest.raw import Piece, RawText

_CONTENT: Final = "content.xml"
_PARAGRAPHS: Final = ("text:p", "text:h")
_MOST_SPACES: Final = 1000  # that one element may stand for
# What is none of the text, and why; it is told by the element around it.
_LEFT_OUT: Final = {
    "text:tracked-changes": "tracked deletion",
    "office:annotation": "comment",
    "text:table-of-content": "table of contents",
    "text:hidden-text": "hidden text",
    "text:hidden-paragraph": "hidden text",
    "style:header": "header or footer",
    "style:footer": "header or footer",
}


def read_odt(piece: Piece) -> RawText:
    """Return the text of an OpenDocument text, as ``read_docx`` does of a Word file.

    Raises:
        InputError: no such file, encrypted, damaged, without words, or larger than the limits allow.
    """
    source = piece.capture.source or piece.name
    office = OfficeFile(piece.data, source)
    if _CONTENT not in office.names:
        raise InputError(f"{source}: is a ZIP file without the text of an OpenDocument file; save it as .odt again")
    manifest = _Manifest()
    office.read("META-INF/manifest.xml", manifest)
    if manifest.is_encrypted:
        raise InputError(f"{source}: is encrypted and needs a password; save it without one and read that")
    text = OfficeText(source)
    body = OpenText(text)
    office.read(_CONTENT, body)
    body.add_notes()
    office.read("styles.xml", OpenText(text))
    if not text.placed.length:
        raise InputError(f"{source}: holds no text; there is nothing to read")
    properties = Properties()
    office.read("meta.xml", properties)
    return RawText(
        piece.name,
        text.placed.text,
        joined_metadata(properties.metadata(body.title), piece.known),
        "odt",
        (*piece.facts, *properties.facts()),
        text.placed.places,
        tuple(text.left_out),
        piece.data,
        capture=piece.capture,
    )


class _Manifest:
    """Tells from its manifest whether a file is encrypted."""

    is_encrypted = False

    def start(self, tag: Tag) -> None:
        self.is_encrypted |= tag.name == "manifest:encryption-data"

    def end(self, name: str) -> None:
        """Pass over ends."""

    def text(self, text: str) -> None:
        """Pass over words."""


@dataclass(slots=True)
class _Level:
    """What is open between a note or text box and the next one in it."""

    paragraphs: list[list[str]] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    row: int = 0


class OpenText:
    """A handler of the events of one part that adds its words to a text."""

    def __init__(self, text: OfficeText) -> None:
        self.title: str | None = None
        self._text = text
        self._levels = [_Level()]
        self._skipped: list[str] = []
        self._words: list[str] = []
        self._later: list[tuple[str, list[str]]] = []
        self._notes: list[tuple[str, list[str]]] = []
        self._numbers = {"paragraph": 0, "table": 0, "footnote": 0, "text box": 0}
        self._cites = 0
        self._is_title = False

    def start(self, tag: Tag) -> None:
        """Take the start of an element."""
        if tag.name in _LEFT_OUT or self._skipped:
            self._skipped.append(tag.name)
            return
        level = self._levels[-1]
        if tag.name in _PARAGRAPHS:
            level.paragraphs.append([])
            self._is_title = tag.attributes.get("style-name") == "Title"
            self._numbers["paragraph"] += len(self._levels) == 1 and not level.rows
        elif tag.name == "table:table" and not level.rows and len(self._levels) == 1:
            self._numbers["table"] += 1
            level.row = 0
        elif tag.name == "table:table-row":
            level.rows.append([])
            level.row += len(level.rows) == 1
        elif tag.name == "table:table-cell" and level.rows:
            level.rows[-1].append([])
        elif tag.name in ("text:note", "draw:text-box"):
            self._levels.append(_Level())
        else:
            self._add_sign(tag)

    def _add_sign(self, tag: Tag) -> None:
        if tag.name == "text:note-citation":
            self._cites += 1
        elif tag.name == "text:s":
            count = tag.attributes.get("c", "1")
            self.text(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < len("10000") else 1))
        elif tag.name == "text:tab":
            self.text("\t")
        elif tag.name == "text:line-break":
            self.text("\n")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped.pop()
            if not self._skipped:
                self._text.leave_out("".join(self._words), _LEFT_OUT[name], "")
                self._words = []
            elif name in _PARAGRAPHS:
                self._words.append(" ")
        elif name in _PARAGRAPHS:
            self._end_paragraph()
        elif name == "table:table-row" and self._levels[-1].rows:
            self._end_row()
        elif name == "text:note-citation":
            self._cites -= 1
        elif name in ("text:note", "draw:text-box") and len(self._levels) > 1:
            self._end_level("footnote" if name == "text:note" else "text box")

    def text(self, text: str) -> None:
        """Take characters: of paragraphs only, as all else is layout."""
        self._text.count(len(text))
        if self._skipped:
            self._words.append(text)
        elif self._levels[-1].paragraphs and not self._cites:
            self._levels[-1].paragraphs[-1].append(text)

    def _end_paragraph(self) -> None:
        level = self._levels[-1]
        words = "".join(level.paragraphs.pop()) if level.paragraphs else ""
        if self._is_title and self.title is None:
            self.title = words
        if level.rows:
            (level.rows[-1][-1] if level.rows[-1] else []).append(words)
        elif len(self._levels) > 1:
            level.texts.append(words)
        else:
            self._text.add_paragraph(words, f"paragraph {self._numbers['paragraph']}")
            self._add_parts(self._later)

    def _end_row(self) -> None:
        level = self._levels[-1]
        cells = level.rows.pop()
        row = "\t".join(" ".join(" ".join(cell).split()) for cell in cells if any(map(str.strip, cell)))
        if level.rows:
            (level.rows[-1][-1] if level.rows[-1] else []).append(row)
        elif len(self._levels) > 1:
            level.texts.append(row)
        else:
            self._text.add_row(cells, f"table {self._numbers['table']} row {level.row}")
            self._add_parts(self._later)

    def _end_level(self, kind: str) -> None:
        self._numbers[kind] += 1
        parts = self._notes if kind == "footnote" else self._later
        parts.append((f"{kind} {self._numbers[kind]}", self._levels.pop().texts))

    def _add_parts(self, parts: list[tuple[str, list[str]]]) -> None:
        for part, texts in parts:
            for words in texts:
                self._text.add_paragraph(words, part)
        parts.clear()

    def add_notes(self) -> None:
        """Add what stands apart from the run of the text: the notes, and boxes that no paragraph holds."""
        self._add_parts(self._later)
        self._add_parts(self._notes)
