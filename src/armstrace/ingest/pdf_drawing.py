"""PDFium draws one page, in a process of its own: a PDF on standard input, a line of JSON and a PNG on standard output.

For the reasons that ``pdf_pages`` gives, and under the same limits. The line says how many pages there are, the size of
the picture, and where asked stretches of the page's text stand on it; or ``error`` and no picture follows.
"""

from __future__ import annotations

import ctypes
import json
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import pypdfium2.raw as pdfium

from armstrace.ingest.pdf_pages import MIB, bound_process

LONGEST_SIDE = 2400  # pixels
RESOLUTION = 150 / 72  # pixels a point: letters are sharp on a screen, a page of A4 has 1240 x 1754
MOST_BOXES = 2000
_WHITE = 0xFFFFFFFF
_RGB_BYTES = 3


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


def main() -> None:
    """Draw a page of the PDF on standard input; arguments: page (from 1), MiB, seconds, spans as ``start-end,...``."""
    number, memory, seconds = map(int, sys.argv[1:4])
    spans = [tuple(map(int, span.split("-"))) for span in sys.argv[4].split(",") if span]
    bound_process(memory * MIB, seconds)
    draw_page(sys.stdin.buffer.read(), number, spans, sys.stdout.buffer)


def draw_page(data: bytes, number: int, spans: list[tuple[int, ...]], out: BinaryIO) -> None:
    """Write the picture of a page, or why there is none."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _tell(out, {"error": "open"})
        return
    pages = pdfium.FPDF_GetPageCount(document)
    page = pdfium.FPDF_LoadPage(document, number - 1) if 1 <= number <= pages else None
    if not page:
        _tell(out, {"error": "page", "pages": pages})
        return
    size = _size_of(page)
    boxes = list(_boxes(page, size, spans))[:MOST_BOXES]
    _tell(out, {"pages": pages, "width": size.width, "height": size.height, "boxes": boxes})
    out.writelines(_png(_rows(page, size), size))


def _tell(out: BinaryIO, record: dict[str, Any]) -> None:
    out.write(json.dumps(record, separators=(",", ":")).encode() + b"\n")


def _size_of(page: Any) -> Size:  # noqa: ANN401  (a handle)
    width, height = max(pdfium.FPDF_GetPageWidthF(page), 1.0), max(pdfium.FPDF_GetPageHeightF(page), 1.0)
    scale = min(RESOLUTION, LONGEST_SIDE / max(width, height))
    return Size(max(round(width * scale), 1), max(round(height * scale), 1))


def _boxes(page: Any, size: Size, spans: list[tuple[int, ...]]) -> Iterator[list[int]]:  # noqa: ANN401
    """Yield the number of a span and left, top, right, bottom in pixels, for every line that it runs over."""
    text = pdfium.FPDFText_LoadPage(page) if spans else None
    if not text:
        return
    edges = [ctypes.c_double() for _ in range(4)]
    for index, (start, end) in enumerate(spans):
        for line in range(max(pdfium.FPDFText_CountRects(text, start, end - start), 0)):
            pdfium.FPDFText_GetRect(text, line, *edges)
            left, top, right, bottom = (edge.value for edge in edges)
            yield [index, *_framed(*_to_pixels(page, size, left, top), *_to_pixels(page, size, right, bottom))]
    pdfium.FPDFText_ClosePage(text)


def _to_pixels(page: Any, size: Size, x: float, y: float) -> tuple[int, int]:  # noqa: ANN401
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def _framed(x: int, y: int, other_x: int, other_y: int) -> tuple[int, int, int, int]:
    """Return two corners as left, top, right, bottom: a page set sideways turns them."""
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _rows(page: Any, size: Size) -> Iterator[bytes]:  # noqa: ANN401
    bitmap = pdfium.FPDFBitmap_CreateEx(*size, pdfium.FPDFBitmap_BGR, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, *size, _WHITE)
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, flags)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    start = ctypes.cast(pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.c_void_p).value or 0
    for row in range(size.height):
        yield ctypes.string_at(start + row * stride, size.width * _RGB_BYTES)


def _png(rows: Iterator[bytes], size: Size) -> Iterator[bytes]:
    """Yield a PNG (ISO/IEC 15948) of 8 bits a colour, its rows unfiltered."""
    yield b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    packed = zlib.compressobj(6)
    body = b"".join(packed.compress(b"\x00" + row) for row in rows) + packed.flush()
    yield _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


if __name__ == "__main__":
    main()
