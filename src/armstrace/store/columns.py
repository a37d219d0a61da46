"""Texts of any characters in columns that do not take all of them, and lists as JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from armstrace.errors import StoreError

# PostgreSQL refuses NUL, and neither database takes lone surrogates. They are written as SUBSTITUTE and four
# hexadecimal digits, and SUBSTITUTE itself likewise, so that what was read is what was written.
_REFUSED = re.compile("[\x00\x1a\ud800-\udfff]")
_WRITTEN = re.compile("\x1a([0-9a-f]{4})")


class AnyText(TypeDecorator[str]):
    """A text column that gives back every character it was given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text as the database takes it."""
        return None if value is None else _REFUSED.sub(lambda m: f"\x1a{ord(m.group()):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text as it was given."""
        return None if value is None else _WRITTEN.sub(lambda m: chr(int(m.group(1), 16)), value)


def is_plain(text: str) -> bool:
    """Tell whether both databases take a text as it is."""
    return not re.search("[\x00\ud800-\udfff]", text)


def plain_text(text: str) -> str:
    """Return a text of the same length that both databases take: what they refuse becomes U+FFFD."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def to_json(value: object) -> str:
    """Return compact JSON in ASCII, which holds every character; keys stay in their order."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> Any:  # noqa: ANN401  JSON may be anything
    """Return what ``to_json`` was given.

    Raises:
        StoreError: a row is damaged.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        raise StoreError(f"the database is damaged: a row is no JSON ({error}); run `armstrace verify`") from error
