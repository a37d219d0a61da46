"""Reading YAML records strictly: each field declared, typed and found, or an error names file, entry and field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml

from armstrace.errors import MeasureError
from armstrace.text.yaml_files import parse_yaml

Parse = Callable[[object, str], Any]
Choice = TypeVar("Choice", bound=StrEnum)
_REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its name, what turns the YAML value into ours, and what stands for it when left out."""

    name: str
    parse: Parse
    default: object = _REQUIRED


def read_yaml(path: Traversable) -> Any:  # noqa: ANN401 - YAML holds anything; records are checked below
    """Return the content of a YAML file.

    Raises:
        MeasureError: the file is missing or no YAML.
    """
    try:
        return parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise MeasureError(f"{path.name}: cannot be read: {error}") from error


def read_rows(value: object, where: str) -> list[Any]:
    """Return ``value`` as a list that holds something."""
    if not isinstance(value, list) or not value:
        raise MeasureError(f"{where}: a list of at least one entry is expected")
    return value


def read_record(value: object, where: str, fields: Sequence[Field]) -> dict[str, Any]:
    """Return field name -> parsed value for every field, none unknown, none missing.

    Raises:
        MeasureError: naming the place, the field and what is expected.
    """
    if not isinstance(value, dict):
        raise MeasureError(f"{where}: fields and values are expected, found {value!r}")
    unknown = sorted(map(str, set(value) - {field.name for field in fields}))
    if unknown:
        raise MeasureError(f"{where}: unknown field {', '.join(unknown)}")
    return {field.name: _read_field(value, where, field) for field in fields}


def _read_field(value: dict[Any, Any], where: str, field: Field) -> Any:  # noqa: ANN401 - what the field parses to
    if field.name in value:
        return field.parse(value[field.name], f"{where}, '{field.name}'")
    if field.default is _REQUIRED:
        raise MeasureError(f"{where}: field '{field.name}' is missing")
    return field.default


def text(value: object, where: str) -> str:
    """Return a text that says something; a bare number must be quoted ("5" for a paragraph)."""
    if not isinstance(value, str) or not value.strip():
        raise MeasureError(f"{where}: a text is expected (quote numbers), found {value!r}")
    return value


def truth(value: object, where: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise MeasureError(f"{where}: true or false is expected, found {value!r}")
    return value


def number(value: object, where: str) -> float:
    """Return a number above nought."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise MeasureError(f"{where}: a number above nought is expected, found {value!r}")
    return float(value)


def day(value: object, where: str) -> date:
    """Return a calendar day, written 2006-10-14."""
    if type(value) is not date:
        raise MeasureError(f"{where}: a day such as 2006-10-14 is expected, found {value!r}")
    return value


def maybe_day(value: object, where: str) -> date | None:
    """Return a day, or None for ``null``: no end set."""
    return None if value is None else day(value, where)


def web_address(value: object, where: str) -> str:
    """Return an http or https address."""
    found = text(value, where)
    if not found.startswith(("https://", "http://")):
        raise MeasureError(f"{where}: a web address is expected, found {found!r}")
    return found


def choice(kind: type[Choice]) -> Callable[[object, str], Choice]:
    """Return a parser for one word of the closed list ``kind``."""

    def parse(value: object, where: str) -> Choice:
        if value not in set(kind):
            raise MeasureError(f"{where}: one of {', '.join(kind)} is expected, found {value!r}")
        return kind(str(value))

    return parse


def items(parse_one: Parse, *, may_be_empty: bool = False) -> Callable[[object, str], tuple[Any, ...]]:
    """Return a parser for a list of things that ``parse_one`` reads."""

    def parse(value: object, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or not (value or may_be_empty):
            raise MeasureError(f"{where}: a list{'' if may_be_empty else ' that holds something'} is expected")
        return tuple(parse_one(one, f"{where} no. {place}") for place, one in enumerate(value, 1))

    return parse
