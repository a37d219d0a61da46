"""An entity of FollowTheMoney with where each of its values was seen, and text as its readers leave it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlparse

from armstrace.export.field_lines import FieldLine, clean, field_lines
from armstrace.export.plain import plain_lines
from armstrace.ids import content_id

LONGEST_NAME: Final = 384  # characters that its readers take of a name, of a label, of an address, of a text
LONGEST_LABEL: Final = 1024
LONGEST_ADDRESS: Final = 4096
LONGEST_TEXT: Final = 65_000
_QUOTED: Final = re.compile(r"""^["'](.*)["']$""")


class Seen(NamedTuple):
    """In which document something stands, and when it was seen first and last (UTC, ``2031-02-03T10:00:00``)."""

    origin: str | None = None
    first: str | None = None
    last: str | None = None


class Value(NamedTuple):
    """A value of a property; ``original`` as worded where that differs, ``seen`` None where it is its entity's."""

    prop: str
    value: str
    original: str | None = None
    lang: str | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: its values, each once, and where it was seen."""

    id: str
    schema: str
    values: tuple[Value, ...]
    seen: Seen


def make_entity(identity: str, schema: str, values: Iterable[Value], seen: Seen | None = None) -> Entity:
    """Return an entity with each value once."""
    once: dict[tuple[str, str], Value] = {}
    for value in values:
        once.setdefault((value.prop, value.value), value)
    return Entity(identity, schema, tuple(once.values()), seen or Seen())


def entity_id(kind: str, *parts: object) -> str:
    """Return an id of what an entity is about."""
    return f"armstrace-{kind}-{content_id(kind, *parts)}"


def name_value(prop: str, text: str | None, lang: str | None = None) -> tuple[Value, ...]:
    """Return a name, without the quotation marks around it; nothing where it shows nothing."""
    words = clean(text or "")
    while found := _QUOTED.match(words):
        words = found[1].strip()
    return _value(prop, words, LONGEST_NAME, text, lang)


def label_value(prop: str, text: str | None, lang: str | None = None) -> tuple[Value, ...]:
    """Return a short text."""
    return _value(prop, clean(text or ""), LONGEST_LABEL, text, lang)


def text_value(prop: str, text: str | None, lang: str | None = None) -> tuple[Value, ...]:
    """Return a longer text, in one line."""
    return _value(prop, clean(text or ""), LONGEST_TEXT, text, lang)


def line_values(prop: str, row: Mapping[str, Any]) -> tuple[Value, ...]:
    """Return the fields of a row as lines, with the words of the document where the field has such."""
    return tuple(Value(prop, line.text, _words(line)) for line in field_lines(row))


def address_value(prop: str, url: str | None) -> tuple[Value, ...]:
    """Return a web address; one without a path gets the one that it means."""
    if not url or len(url) >= LONGEST_ADDRESS or clean(url) != url:
        return ()
    parts = urlparse(url)
    return (Value(prop, parts._replace(path=parts.path or "/").geturl()),)


def date_value(prop: str, day: str | None) -> tuple[Value, ...]:
    """Return an ISO day, month or year; its readers know no others than those of the second and third millennium."""
    return (Value(prop, day),) if day and day[0] in "12" else ()


def country_values(prop: str, codes: Iterable[str | None]) -> tuple[Value, ...]:
    """Return countries: as in ISO 3166-1, in small letters."""
    return tuple(Value(prop, code.lower(), code) for code in codes if code)


def reference_values(prop: str, entities: Iterable[str]) -> tuple[Value, ...]:
    """Return references to entities by their ids."""
    return tuple(Value(prop, identity) for identity in entities)


def _value(prop: str, words: str, most: int, text: str | None, lang: str | None) -> tuple[Value, ...]:
    if not words:
        return ()
    shown = words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
    return (Value(prop, shown, original(text, shown), lang),)


def _words(line: FieldLine) -> str | None:
    words = line.value.get("text") if isinstance(line.value, dict) else None
    return original(words, line.text) if isinstance(words, str) else None


def original(text: str | None, value: str) -> str | None:
    """Return the words that a value was made of where they differ; halves of characters are no text to its readers."""
    if not text or text == value:
        return None
    words = plain_lines(text)
    return words if words and words != value else None
