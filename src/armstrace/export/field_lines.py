"""Values as lines of text, ``quantity = {"low": 40, ...}``: read by people, and back into values without loss.

For formats that have no property for a field, and whose readers clean text: a line holds nothing that they change.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from armstrace.export.plain import plain

LONGEST: Final = 60_000  # characters; readers of FollowTheMoney take 65,000
_encoded: Final = json.JSONEncoder(ensure_ascii=False).encode
_EMPTY_TO_CLEANERS: Final = "\u0a00"  # not assigned, and white space to readers of FollowTheMoney


class FieldLine(NamedTuple):
    """A line, and the value that it tells."""

    text: str
    value: Any


def field_lines(row: Mapping[str, Any]) -> Iterator[FieldLine]:
    """Yield a line a field, ``name = JSON``; of a list one an element, ``name 1 = JSON``, unless it is of numbers.

    What is None or empty has no line. What is longer than a reader takes comes in parts, ``name part 1 of 2 = "..."``,
    each a string of JSON; joined they are the JSON of the value.
    """
    for name, value in row.items():
        if isinstance(value, list) and not _is_band(value):
            for number, one in enumerate(value, 1):
                yield from _lines(f"{name} {number}", one)
        elif value is not None:
            yield from _lines(name, value)


def _is_band(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(one, int) for one in value)


def _lines(name: str, value: Any) -> Iterator[FieldLine]:  # noqa: ANN401 - any plain value
    text = _json(value)
    if len(text) <= LONGEST:
        yield FieldLine(f"{name} = {text}", value)
        return
    text = _ascii(value)
    # Escaped again, a quotation mark or backslash takes two characters.
    parts = [text[start : start + LONGEST // 2] for start in range(0, len(text), LONGEST // 2)]
    for number, part in enumerate(parts, 1):
        yield FieldLine(f"{name} part {number} of {len(parts)} = {json.dumps(part)}", value)


def _json(value: Any) -> str:  # noqa: ANN401 - any plain value
    """Return JSON in its own script where cleaning leaves it alone, else in ASCII."""
    text = _encoded(value)
    if text.isascii():
        return text.replace("\x7f", "\\u007f")
    return text if is_clean(text) else _ascii(value)


def _ascii(value: Any) -> str:  # noqa: ANN401 - any plain value
    return json.dumps(value).replace("\x7f", "\\u007f")


def is_clean(text: str) -> bool:
    """Tell whether text is what cleaning makes of it."""
    return clean(text) == text


def clean(text: str) -> str:
    """Return text as one line, without what shows nothing, in the composed form (NFC)."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return unicodedata.normalize("NFC", plain(text.replace(_EMPTY_TO_CLEANERS, " ")))
