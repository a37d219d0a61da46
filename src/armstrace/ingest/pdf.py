"""PDF files with a text layer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from armstrace.document import LeftOut, Metadata
from armstrace.errors import InputError
from armstrace.ingest.doc_properties import property_facts, property_language, property_title
from armstrace.ingest.limits import MOST_CHARACTERS
from armstrace.ingest.metadata import joined_metadata, tidy
from armstrace.ingest.pdf_layout import Layout, Line, lay_out
from armstrace.ingest.pdf_paragraphs import write_paragraphs
from armstrace.ingest.raw import Piece, RawText

MOST_PAGES: Final = 5000
# Letters that a font draws and gives no meaning: none at all, "unknown", or private ones.
_MEANINGLESS: Final = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF, *range(0xE000, 0xF900)))
_MEANINGLESS_SHARE: Final = 0.3
_OPEN_ERRORS: Final = {
    4: "is encrypted and needs a password; save it without one and read that",
    5: "is encrypted in a way that cannot be read; save it without encryption and read that",
}
_CUT_OFF: Final = "is cut off: its end is missing; get it again, whole"
_OCR: Final = "run OCR first (for example ocrmypdf)"


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """What reading one PDF may take: pages, characters, memory in MiB, seconds of processor time."""

    pages: int = MOST_PAGES
    characters: int = MOST_CHARACTERS
    memory: int = 768
    seconds: int = 60


def read_pdf(piece: Piece, limits: PdfLimits = PdfLimits()) -> RawText:
    """Return the text of a PDF in paragraphs of one line each, footnotes last.

    Places name "page N" and count the characters of its text as PDFium numbers them (``get_charbox`` of pypdfium2
    takes these numbers); a hyphen at the end of a line is U+0002 there. Headers, footers, page numbers, sideways text
    and marks of footnotes are left out and listed; so are pages that hold no text. Title, author and day of making
    in the file's properties are facts; its title counts as the document's where the text shows it too. A PDF is never
    taken to be published on the day on which it was made.

    Raises:
        InputError: encrypted, cut off, damaged, only pictures of text, or more than the limits allow.
    """
    source = piece.capture.source or piece.name
    properties, pages = _read_file(piece.data, source, limits)
    lines = [_line(page["page"], raw) for page in pages for raw in page.get("lines", ())]
    if not lines:
        raise InputError(f"{source}: {_why_empty(pages)}")
    if _is_meaningless(lines):
        raise InputError(f"{source}: its fonts do not tell which letters they draw; {_OCR}")
    layout = lay_out(lines)
    text, marks = write_paragraphs(layout.rows, layout.notes)
    return RawText(
        piece.name,
        text.text,
        joined_metadata(_metadata(properties, layout), piece.known),
        "pdf",
        (*piece.facts, *property_facts(properties["Title"], properties["Author"], properties["CreationDate"])),
        text.places,
        (*layout.left_out, *marks, *_empty_pages(pages)),
        piece.data,
        capture=piece.capture,
    )


def _read_file(data: bytes, source: str, limits: PdfLimits) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the properties of a PDF and its pages."""
    properties, *pages = list(_run_reader(data, source, limits))
    for record in (properties, *pages):
        if "error" in record:
            raise InputError(f"{source}: {_tell_error(record, data, limits)}")
    if _is_cut_off(data):
        # PDFium mends what it finds; but pages may be missing, and nobody could tell.
        raise InputError(f"{source}: {_CUT_OFF}")
    return properties, pages


def _run_reader(data: bytes, source: str, limits: PdfLimits) -> Iterator[dict[str, Any]]:
    """Yield the records of ``pdf_pages``, which runs in a process of its own."""
    numbers = (limits.pages, limits.characters, limits.memory, limits.seconds)
    script = Path(__file__).with_name("pdf_pages.py")
    command = [sys.executable, "-P", str(script), *map(str, numbers)]
    try:
        # The system stops it by its own processor time; the clock is for systems that cannot, and twice as patient.
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * limits.seconds + 1, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InputError(f"{source}: {_too_much(limits)}") from error
    except OSError as error:
        raise InputError(f"{source}: the reader of PDFs cannot be started ({error.strerror or error})") from error
    if done.returncode:
        raise InputError(f"{source}: {_too_much(limits)}")
    yield from map(json.loads, done.stdout.splitlines())


def _too_much(limits: PdfLimits) -> str:
    return (
        f"is damaged or made to do harm: reading it crashed, or took more than {limits.memory} MiB or "
        f"{limits.seconds} seconds; print it to a new PDF and read that"
    )


def _tell_error(record: dict[str, Any], data: bytes, limits: PdfLimits) -> str:
    if record["error"] == "pages":
        return f"has {record['count']:,} pages, and {limits.pages:,} is the most that is read; split it"
    if record["error"] == "characters":
        return f"has more than {limits.characters:,} characters, the most of one document; split it"
    if record["code"] in _OPEN_ERRORS:
        return _OPEN_ERRORS[record["code"]]
    return _CUT_OFF if _is_cut_off(data) else "is no PDF that can be read: it is damaged; get it again"


def _is_cut_off(data: bytes) -> bool:
    """Tell whether the table of contents that ends every PDF is missing."""
    return data.rfind(b"startxref") <= data.rfind(b"endobj")


def _line(page: int, raw: dict[str, Any]) -> Line:
    left, bottom, right, top = raw["box"]
    return Line(
        page,
        raw["text"],
        raw["start"],
        raw["end"],
        (left, bottom, right, top),
        raw["angle"],
        raw["row"],
        raw["hyphen"],
        raw["raised"],
    )


def _why_empty(pages: Sequence[dict[str, Any]]) -> str:
    if any(page.get("pictures") for page in pages):
        return f"holds only pictures of text; {_OCR}"
    if any(page.get("damaged") for page in pages):
        return "is damaged: none of its pages can be read; get it again"
    return "holds no text; there is nothing to read"


def _is_meaningless(lines: Sequence[Line]) -> bool:
    letters = "".join(line.text for line in lines)
    return sum(ord(c) in _MEANINGLESS for c in letters) > _MEANINGLESS_SHARE * len(letters)


def _empty_pages(pages: Sequence[dict[str, Any]]) -> Iterator[LeftOut]:
    for page in pages:
        if page.get("damaged"):
            yield LeftOut("", "page is damaged and cannot be read", f"page {page['page']}")
        elif page.get("pictures"):
            yield LeftOut("", f"page holds no text, only pictures; if they show text, {_OCR}", f"page {page['page']}")


def _metadata(properties: dict[str, Any], layout: Layout) -> Metadata:
    """Return what the document says of itself; of the properties only what its first page shows or nobody prints."""
    title = property_title(properties["Title"])
    first = " ".join(row.text for row in layout.rows if row.page == layout.rows[0].page) if layout.rows else ""
    shown = title is not None and _bare(title) in _bare(first)
    return Metadata(
        title=title if shown else None,
        url=tidy(layout.address),
        language=property_language(properties["language"]),
    )


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
