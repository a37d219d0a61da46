"""Plain-text files, folders of them, and standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from armstrace.errors import InputError, MetadataError
from armstrace.model import Metadata

STDIN = "-"
_FIELDS = ("outlet", "published", "title", "url")
_ENCODINGS = ("utf-8-sig", "cp1252")
_BINARY_SHARE = 0.02
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class RawText:
    """One decoded text and the stem that names its document."""

    id: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)


def text_files(path: Path) -> list[Path]:
    """Return the text files that a path stands for: itself, or the ``.txt`` files of a folder, sorted by name.

    Raises:
        InputError: no such file or folder, or a folder without texts.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; check the path, or give '-' to read standard input")
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*.txt") if p.is_file())
    if not found:
        raise InputError(f"{path}: the folder holds no .txt file; give a file by name, or a folder of plain texts")
    return found


def read_text(path: Path) -> RawText:
    """Return the decoded text of a file (UTF-8, else Windows-1252).

    Raises:
        InputError: the file cannot be read, is empty or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error
    return RawText(path.stem, decode(data, str(path)))


def read_stdin() -> RawText:
    """Return the text on standard input, as document ``stdin``."""
    return RawText("stdin", decode(sys.stdin.buffer.read(), "standard input"))


def demo_text() -> RawText:
    """Return the packaged demo report with its metadata."""
    folder = files("armstrace.ingest") / "demo"
    metadata = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    return RawText("demo", (folder / "demo.txt").read_text(encoding="utf-8"), Metadata(**metadata))


def decode(data: bytes, name: str) -> str:
    """Return bytes as text.

    Raises:
        InputError: empty, or binary.
    """
    if not data.strip():
        raise InputError(f"{name}: is empty; there is nothing to read")
    if _is_binary(data):
        raise InputError(f"{name}: is no plain text (it looks like a binary file); save the article as text first")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:_SAMPLE]
    control = sum(b < 9 or 13 < b < 32 for b in sample)  # noqa: PLR2004 - the C0 controls besides white space
    return b"\x00" in sample or control > _BINARY_SHARE * len(sample)


def read_metadata(path: Path) -> dict[str, Metadata]:
    """Return document id -> metadata from a file of JSON Lines (``id`` and any of outlet, published, title, url).

    Raises:
        MetadataError: naming the line that is no JSON object or lacks ``id``.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MetadataError(f"{path}: cannot be read ({error}); --metadata takes a file of JSON Lines") from error
    return dict(_metadata_rows(path, lines))


def _metadata_rows(path: Path, lines: list[str]) -> Iterator[tuple[str, Metadata]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise MetadataError(f"{path}, line {number}: no JSON ({error.msg}); one object a line is expected") from error
        if not isinstance(row, dict) or "id" not in row:
            raise MetadataError(f"{path}, line {number}: an object with 'id' (the file stem) is expected")
        fields = {key: str(row[key]) for key in _FIELDS if row.get(key)}
        yield str(row["id"]), Metadata(**fields)
