"""Plain-text files, folders of them, and standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from armstrace.document import Metadata
from armstrace.errors import InputError
from armstrace.ingest.raw import RawText

STDIN = "-"
_ENCODINGS = ("utf-8-sig", "cp1252")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What a file is that is no plain text, told by how it starts.
_FORMATS = (
    (b"%pdf-", "a PDF file"),
    (b"pk\x03\x04", "a ZIP or Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_BINARY_SHARE = 0.02  # of control characters in the sample; a stray one is no reason to refuse a text
_SAMPLE = 4096
_CONTROLS = frozenset((*range(9), *range(14, 32)))  # but for white space


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text is: the name of its document, its file if it has one, and how to read it."""

    id: str
    path: Path | None
    read: Callable[[], RawText]


def find_sources(path: str) -> list[Source]:
    """Return the texts that a path stands for, sorted: a file, the ``.txt`` files of a folder, or ``-``.

    A document goes by its file name without the suffix; one from deep in a folder by the path to it.

    Raises:
        InputError: no such file or folder, or a folder without texts.
    """
    if path == STDIN:
        return [Source("stdin", None, read_stdin)]
    place = Path(path)
    if not place.exists():
        raise InputError(f"{path}: no such file or folder; check the path, or give '-' to read standard input")
    if not place.is_dir():
        return [_file_source(place, place.stem)]
    found = sorted(p for p in place.rglob("*.txt") if p.is_file())
    if not found:
        raise InputError(f"{path}: the folder holds no .txt file; give a file by name, or a folder of plain texts")
    return [_file_source(p, p.relative_to(place).with_suffix("").as_posix()) for p in found]


def _file_source(path: Path, name: str) -> Source:
    return Source(name, path, lambda: read_text(path, name))


def demo_source() -> Source:
    """Return the packaged demo report."""
    return Source("demo", None, read_demo)


def read_text(path: Path, name: str | None = None) -> RawText:
    """Return the decoded text of a file; offsets count its characters, without a byte order mark.

    Raises:
        InputError: the file cannot be read, is empty or is no plain text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    return RawText(name or path.stem, decode(data, str(path)))


def read_stdin() -> RawText:
    """Return the text on standard input, as document ``stdin``."""
    return RawText("stdin", decode(sys.stdin.buffer.read(), "standard input"))


def read_demo() -> RawText:
    """Return the packaged demo report with its metadata."""
    folder = files("armstrace.ingest") / "demo"
    metadata = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    return RawText("demo", (folder / "demo.txt").read_text(encoding="utf-8"), Metadata(**metadata))


def decode(data: bytes, name: str) -> str:
    """Return bytes as text: UTF-16 with a byte order mark, UTF-8, else Windows-1252, which old files are in.

    Raises:
        InputError: empty, or no plain text; the text says what it looks like.
    """
    if not data.strip():
        raise InputError(f"{name}: is empty; there is nothing to read")
    start = data[:_SAMPLE].lstrip().lower()
    for sign, what in _FORMATS:
        if start.startswith(sign):
            raise InputError(f"{name}: is {what}; armstrace reads plain text, so save the article as text first")
    text = _decoded(data)
    if text is None or _looks_binary(text):
        raise InputError(f"{name}: looks like a binary file; armstrace reads plain text only")
    if not text.strip():
        raise InputError(f"{name}: is empty; there is nothing to read")
    return text


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data.startswith(_UTF_16) else (*_ENCODINGS, "latin-1")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return "\x00" in sample or sum(ord(c) in _CONTROLS for c in sample) > _BINARY_SHARE * len(sample)
