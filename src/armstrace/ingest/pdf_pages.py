"""PDFium in a process of its own: a PDF on standard input, its lines of text on standard output.

PDFium is written in C++ and reads hostile files, and nothing inside one process can bound what it takes. So this
file runs as a script, under limits of memory and processor time that the system keeps; where it crashes or grows, one
document is lost. It imports nothing of armstrace, which keeps its start short.

The answer is one JSON object a line: first what the file says of itself (or ``error``), then one a page.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import pypdfium2.raw as pdfium

MIB = 1 << 20
HYPHEN = 2  # how PDFium writes a hyphen at the end of a line
# A wider gap than this many line heights may part two columns; whether it does is for the layout to tell.
GAP = 0.8
# A digit of at most this share of the height of its neighbours, and higher up, is raised.
RAISED = 0.8
LINE_COST = 20  # characters; a text of single letters strewn over the page is no text
META = ("Title", "Author", "CreationDate")
LONGEST_META = 4000

Box = tuple[float, float, float, float]


def main() -> None:
    """Read a PDF from standard input and write its lines; arguments: most pages, most characters, MiB, seconds."""
    pages, characters, memory, seconds = map(int, sys.argv[1:5])
    bound_process(memory * MIB, seconds)
    for record in read_records(sys.stdin.buffer.read(), pages, characters):
        _write(sys.stdout, record)


def bound_process(memory: int, seconds: int) -> None:
    """Keep this process to so many bytes of memory and seconds of processor time; it leaves no core file."""
    try:
        import resource  # noqa: PLC0415  (Windows has none; there the caller's clock alone bounds the process)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(out: TextIO, record: dict[str, Any]) -> None:
    out.write(json.dumps(record, separators=(",", ":")) + "\n")


def read_records(data: bytes, most_pages: int, most_characters: int) -> Iterator[dict[str, Any]]:
    """Yield what a PDF says of itself, then its pages with their lines; or an ``error`` and its measure."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        yield {"error": "open", "code": pdfium.FPDF_GetLastError()}
        return
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > most_pages:
            yield {"error": "pages", "count": count}
            return
        yield {key: _read_meta(document, key) for key in META} | {"language": _language(document), "pages": count}
        yield from _read_pages(document, count, most_characters)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _read_pages(document: Any, count: int, most_characters: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401  (a handle)
    left = most_characters
    for number in range(count):
        record = _read_page(document, number, left)
        left -= max(record["size"], LINE_COST * len(record.get("lines", ())))
        if left < 0:
            yield {"error": "characters", "count": most_characters}
            return
        yield record


def _read_page(document: Any, number: int, most_characters: int) -> dict[str, Any]:  # noqa: ANN401
    page = pdfium.FPDF_LoadPage(document, number)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    try:
        if not text:
            return {"page": number + 1, "size": 0, "damaged": True}
        size = max(pdfium.FPDFText_CountChars(text), 0)
        lines = list(_read_lines(text, size)) if size <= most_characters else []
        pictures = not lines and _has_pictures(page)
        return {"page": number + 1, "size": size, "lines": lines, "pictures": pictures}
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        if page:
            pdfium.FPDF_ClosePage(page)


def _has_pictures(page: Any) -> bool:  # noqa: ANN401
    """Tell whether something is drawn on the page."""
    return bool(pdfium.FPDFPage_CountObjects(page) > 0)


def _read_lines(text: Any, size: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the stretches of text that no line end and no wide gap parts, with the row that each stands in."""
    row, stretch = 0, _Stretch(0)
    for index in range(size):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            yield from stretch.close(row)
            row, stretch = row + 1, _Stretch(index + 1)
        elif code == HYPHEN and pdfium.FPDFText_IsHyphen(text, index):
            stretch.add(text, index, "-")
            yield from stretch.close(row, hyphen=True)
            row, stretch = row + 1, _Stretch(index + 1)
        elif chr(code).isspace():
            stretch.add_space()
        else:
            box = _box(text, index, stretch.turns)
            raised = chr(code).isdigit() and stretch.is_below(box)
            if raised != stretch.raised or stretch.is_far_from(box):
                yield from stretch.close(row)
                stretch = _Stretch(index, stretch.size, raised=raised)
            stretch.add(text, index, chr(code) if code <= sys.maxunicode else "\ufffd")
    yield from stretch.close(row)


def _box(text: Any, index: int, turns: int) -> Box:  # noqa: ANN401
    """Return left, bottom, right and top of a character on a page turned so that its text reads upright."""
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, rectangle)
    left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
    for _ in range(turns):
        left, bottom, right, top = -top, left, -bottom, right
    return left, bottom, right, top


class _Stretch:
    """Characters of one row, without wide gaps; white space around them is not counted in."""

    def __init__(self, start: int, size: Box | None = None, *, raised: bool = False) -> None:
        self.start = start
        self.end = start
        self.spaces = 0
        self.angle = 0.0
        self.turns = 0
        self.parts: list[str] = []
        self.box: Box | None = None
        self.last: Box | None = None
        self.raised = raised  # digits set small and high: the mark of a footnote, or a power
        self.size = size  # of the last character that is not

    def add_space(self) -> None:
        self.spaces += 1

    def add(self, text: Any, index: int, character: str) -> None:  # noqa: ANN401
        if self.parts:
            self.parts.append(" " * self.spaces)
        else:
            self.start = index
            self.angle = max(pdfium.FPDFText_GetCharAngle(text, index), 0.0)
            self.turns = round(self.angle / (math.pi / 2)) % 4
        self.spaces = 0
        self.parts.append(character)
        self.end, self.last = index + 1, _box(text, index, self.turns)
        self.box = self.last if self.box is None else _union(self.box, self.last)
        self.size = self.size if self.raised else self.last

    def is_below(self, box: Box) -> bool:
        """Tell whether the character in that box is set smaller and higher than those before it."""
        if self.size is None:
            return False
        height = self.size[3] - self.size[1]
        return box[3] - box[1] <= RAISED * height and box[1] >= self.size[1] + (1 - RAISED) / 2 * height

    def is_far_from(self, box: Box) -> bool:
        """Tell whether the character in that box begins another stretch: behind a wide gap, or back to the left."""
        return self.last is not None and abs(box[0] - self.last[2]) > GAP * (self.last[3] - self.last[1]) > 0

    def close(self, row: int, *, hyphen: bool = False) -> Iterator[dict[str, Any]]:
        if self.box is not None:
            yield {
                "text": "".join(self.parts),
                "start": self.start,
                "end": self.end,
                "box": [round(edge, 2) for edge in self.box],
                "angle": round(math.degrees(self.angle)) % 360,
                "row": row,
                "hyphen": hyphen,
                "raised": self.raised,
            }


def _union(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _read_meta(document: Any, key: str) -> str:  # noqa: ANN401
    tag = key.encode() + b"\x00"
    return _wide(lambda buffer, size: pdfium.FPDF_GetMetaText(document, tag, buffer, size))


def _language(document: Any) -> str:  # noqa: ANN401
    def read(buffer: Any, size: int) -> int:  # noqa: ANN401
        return int(pdfium.FPDFCatalog_GetLanguage(document, buffer, size))

    return _wide(read)


def _wide(read: Any) -> str:  # noqa: ANN401
    """Return a value that PDFium writes as UTF-16 with a final NUL into a buffer; "" where it is overlong."""
    size = read(None, 0)
    if not 2 < size <= LONGEST_META:  # noqa: PLR2004  (two bytes are the NUL)
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


if __name__ == "__main__":
    main()
