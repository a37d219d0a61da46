"""What a text does not hold itself: outlet, publication date, title and address, given by the caller."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

from armstrace.document import Metadata
from armstrace.errors import MetadataError, refused

_MONTH_OR_YEAR = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[T ][0-9])")
_UNSHOWN = frozenset(("Cc", "Cf", "Cs"))
_LONGEST = 1_000
_REMEDY = "give a day, month or year such as 2022-09-06, 2022-09 or 2022"


def known_metadata(outlet: str | None, published: str | None) -> Metadata:
    """Return metadata from what a caller says.

    Raises:
        MetadataError: ``published`` is no day, month or year.
    """
    return Metadata(outlet=outlet, published=_checked_date(published, "--published") if published else None)


def joined_metadata(*layers: Metadata | None) -> Metadata:
    """Return metadata in which each field comes from the first layer that gives it."""
    given = [layer for layer in layers if layer]
    first = {f.name: next((v for m in given if (v := getattr(m, f.name))), None) for f in fields(Metadata)}
    dated = next((m for m in given if m.published), None)
    return Metadata(**{**first, "published_from": dated.published_from if dated else None})


def tidy(text: str | None) -> str | None:
    """Return text of a document as one line for metadata and facts; None where nothing is left of it.

    White space collapses; control, format and surrogate characters go; beyond 1,000 characters it ends in "…".
    """
    kept = "".join(c for c in text or "" if c.isspace() or unicodedata.category(c) not in _UNSHOWN)
    line = " ".join(kept.split())
    return (line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…") or None


def read_metadata(path: Path) -> dict[str, Metadata]:
    """Return document id -> metadata from JSON Lines (``id`` and any of outlet, published, title, url).

    Other keys are ignored; a later line of the same id replaces an earlier one.

    Raises:
        MetadataError: the file cannot be read, or a line is no such object; the text names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MetadataError(f"{path}: cannot be read {refused(error)}") from error
    except UnicodeDecodeError as error:
        raise MetadataError(f"{path}: is no UTF-8 text; --metadata takes a file of JSON Lines") from error
    return dict(_rows(str(path), text.split("\n")))


def _rows(name: str, lines: list[str]) -> Iterator[tuple[str, Metadata]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(f"{name}, line {number}", line)


def _row(where: str, line: str) -> tuple[str, Metadata]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # no JSON, or a number of thousands of digits
        raise MetadataError(f"{where}: no JSON ({error}); one object a line is expected") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int):
        raise MetadataError(f"{where}: an object with 'id' (the file name without .txt) is expected")
    outlet, published, title, url = (_text(row.get(key), key, where) for key in ("outlet", "published", "title", "url"))
    checked = _checked_date(published, f"{where}: published") if published else None
    return str(row["id"]), Metadata(outlet=outlet, published=checked, title=title, url=url)


def _text(value: object, key: str, where: str) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if key == "published" and isinstance(value, int):  # a year without quotation marks
        return str(value)
    raise MetadataError(f"{where}: {key} must be text, and is {value!r}")


def _checked_date(value: str, where: str) -> str:
    """Return an ISO day, month or year; of a moment its day. Impossible days are refused, not mended."""
    moment = _MOMENT.match(value)
    day = moment.group() if moment else value
    if _MONTH_OR_YEAR.fullmatch(day) and day[:4] != "0000":
        return day
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise MetadataError(f"{where} {value!r}: {_REMEDY}") from error
