"""Word files (.docx)."""

from __future__ import annotations

import re
from typing import Final

from armstrace.errors import InputError
from armstrace.ingest.doc_properties import Properties
from armstrace.ingest.docx_text import Styles, WordText
from armstrace.ingest.metadata import joined_metadata
from armstrace.ingest.office_text import OfficeText
from armstrace.ingest.office_xml import OfficeFile, Tag
from armstrace.ingest.raw import Piece, RawText

_DOCUMENT: Final = "word/document.xml"
_MARGINS: Final = re.compile(r"word/(?:header|footer)[0-9]*\.xml")
_NOTES: Final = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))


def read_docx(piece: Piece) -> RawText:
    """Return the text of a Word file: paragraphs, rows of tables with tabs between cells, text boxes, notes at the end.

    Places name "paragraph N", "table T row R", "text box N" or "footnote N" and count the characters of that part as
    it is read. Insertions are text; deletions, hidden words, comments, headers, footers and tables of contents are left
    out and listed. The title is that of the text if a paragraph is styled so, else that of the properties, whose author
    is the byline; the day of making is a fact, and no day of publication.

    Raises:
        InputError: no Word file, an old or encrypted one, damaged, without words, or larger than the limits allow.
    """
    source = piece.capture.source or piece.name
    office = OfficeFile(piece.data, source)
    main = _main_part(office)
    if main is None:
        raise InputError(f"{source}: is a ZIP file without the text of a Word file; save it as .docx again")
    text = OfficeText(source)
    styles = Styles()
    office.read("word/styles.xml", styles)
    body = WordText(text, styles)
    office.read(main, body)
    for name, kind in _NOTES:
        office.read(name, WordText(text, styles, kind))
    _list_margins(office, text, styles)
    if not text.placed.length:
        raise InputError(f"{source}: holds no text; there is nothing to read")
    properties = Properties()
    office.read("docProps/core.xml", properties)
    return RawText(
        piece.name,
        text.placed.text,
        joined_metadata(properties.metadata(body.title), piece.known),
        "docx",
        (*piece.facts, *properties.facts()),
        text.placed.places,
        tuple(text.left_out),
        piece.data,
        capture=piece.capture,
    )


def _main_part(office: OfficeFile) -> str | None:
    """Return the part that holds the text: by its usual name, else as the file's relations tell."""
    if _DOCUMENT in office.names:
        return _DOCUMENT
    relations = _Relations()
    office.read("_rels/.rels", relations)
    return relations.main if relations.main in office.names else None


def _list_margins(office: OfficeFile, text: OfficeText, styles: Styles) -> None:
    for name in sorted(filter(_MARGINS.fullmatch, office.names)):
        office.read(name, WordText(text, styles, "", left_out="header or footer"))
    office.read("word/comments.xml", WordText(text, styles, "", left_out="comment"))


class _Relations:
    """Finds the main part among the relations of an office file."""

    main: str | None = None

    def start(self, tag: Tag) -> None:
        if tag.name == "Relationship" and tag.attributes.get("Type", "").endswith("/officeDocument"):
            self.main = tag.attributes.get("Target", "").lstrip("/")

    def end(self, name: str) -> None:
        """Pass over ends."""

    def text(self, text: str) -> None:
        """Pass over words."""
