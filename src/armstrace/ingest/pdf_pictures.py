"""Pictures of PDF pages, for people who compare a text with its original."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from armstrace.document import Span
from armstrace.errors import InputError

_MODULE: Final = "armstrace.ingest.pdf_drawing"
_OPEN: Final = "cannot be opened: it is encrypted or damaged; download it and open it in a PDF reader"


@dataclass(frozen=True, slots=True)
class DrawingLimits:
    """What drawing one page may take: memory in MiB, seconds of processor time."""

    memory: int = 768
    seconds: int = 20


@dataclass(frozen=True, slots=True)
class Box:
    """Where a part of an asked span stands on a picture: the number of the span, and the edges in pixels."""

    span: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG, its size in pixels, how many pages the file has, and where the asked spans stand."""

    png: bytes
    width: int
    height: int
    pages: int
    boxes: tuple[Box, ...] = ()


def draw_pdf_page(
    data: bytes, number: int, spans: Sequence[Span] = (), limits: DrawingLimits = DrawingLimits()
) -> PagePicture:
    """Return the picture of a page, counted from 1; ``spans`` count the page's characters as places of ``read_pdf`` do.

    PDFium runs in a process of its own, whose memory and time are bounded.

    Raises:
        InputError: there is no such page, the file cannot be opened, or drawing it takes more than the limits allow.
    """
    asked = ",".join(f"{start}-{end}" for start, end in spans)
    command = [sys.executable, "-P", "-m", _MODULE, *map(str, (number, limits.memory, limits.seconds)), asked]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * limits.seconds + 1, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InputError(_too_much(number, limits)) from error
    except OSError as error:
        raise InputError(f"what draws PDF pages cannot be started ({error.strerror or error})") from error
    told, _, png = done.stdout.partition(b"\n")
    if done.returncode or not told:
        raise InputError(_too_much(number, limits))
    return _picture(json.loads(told), png, number)


def _picture(told: dict[str, Any], png: bytes, number: int) -> PagePicture:
    if told.get("error") == "page":
        raise InputError(f"page {number}: there is none that can be drawn; the file has {told['pages']:,} pages")
    if "error" in told:
        raise InputError(f"the PDF {_OPEN}")
    boxes = tuple(Box(*box) for box in told["boxes"])
    return PagePicture(png, told["width"], told["height"], told["pages"], boxes)


def _too_much(number: int, limits: DrawingLimits) -> str:
    return (
        f"page {number}: drawing it crashed, or took more than {limits.memory} MiB or {limits.seconds} seconds; "
        "the file may be made to do harm"
    )
