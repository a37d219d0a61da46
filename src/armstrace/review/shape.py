"""What a person may set in a claim: each field, and of each record every key, with what it may hold.

The shape is the public one of a claim. What a value must be is told in the words of its error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Any, Final, NamedTuple

from armstrace.model import Category, Certainty, ClaimKind, DatePrecision, Mode, Polarity, SourceKind, Status

_LONGEST: Final = 1000  # characters of a name or of words
_LARGEST: Final = 10**15  # pieces, or units of a currency
_SURE: Final = 100  # per cent


class ShapeError(ValueError):
    """A value that a field cannot hold; its text says where, and what is allowed."""

    @property
    def where(self) -> str:
        """The path of the field or key, such as ``supplier.country``."""
        return str(self).partition(":")[0]


class Kind(NamedTuple):
    """What a value may be, in words, and the test of it."""

    words: str
    test: Callable[[Any], bool]


class Key(NamedTuple):
    """A key of a record: what it holds, and what it is where it is not told; a needed one must be told."""

    kind: Kind
    default: Any = None
    is_needed: bool = False


Record = Mapping[str, Key]


class Field(NamedTuple):
    """A field of a claim: a plain value of a kind, or a record; ``is_list`` where it holds several of these."""

    kind: Kind | None = None
    record: Record | None = None
    is_list: bool = False


def _is_text(value: Any) -> bool:  # noqa: ANN401 - any JSON may be given
    return isinstance(value, str) and value.strip() != "" and len(value) <= _LONGEST


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and 0 <= value <= _LARGEST


def _is_count(value: Any) -> bool:  # noqa: ANN401
    return _is_number(value) and isinstance(value, int)


def _is_day(value: Any) -> bool:  # noqa: ANN401
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_pair(value: Any, least: int, most: int) -> bool:  # noqa: ANN401
    return (
        isinstance(value, list)
        and len(value) == 2  # noqa: PLR2004 - low and high, start and end
        and all(_is_count(one) for one in value)
        and least <= value[0] <= value[1] <= most
    )


def _is_codes(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, dict) and all(_is_text(one) for pair in value.items() for one in pair)


def _one_of(words: type[StrEnum]) -> Kind:
    allowed = [str(word) for word in words]
    return Kind(f"one of {', '.join(allowed)}", lambda value: value in allowed)


def _or_null(kind: Kind) -> Kind:
    return Kind(f"{kind.words}, or null", lambda value: value is None or kind.test(value))


_TEXT: Final = Kind(f"words, at most {_LONGEST} characters", _is_text)
_CODE: Final = Kind(
    "a country code of two capitals (ISO 3166-1, or EU)",
    lambda value: isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) is not None,
)
_CURRENCY: Final = Kind(
    "a currency code of three capitals (ISO 4217)",
    lambda value: isinstance(value, str) and re.fullmatch("[A-Z]{3}", value) is not None,
)
_COUNT: Final = Kind("a whole number, 0 or more", _is_count)
_NUMBER: Final = Kind("a number, 0 or more", _is_number)
_DAY: Final = Kind("a day such as 2022-09-05", _is_day)
_TRUTH: Final = Kind("true or false", lambda value: isinstance(value, bool))
_SPAN: Final = Kind("[start, end] in the text of the document", lambda value: _is_pair(value, 0, 2**53))
_BAND: Final = Kind("[low, high] in per cent", lambda value: _is_pair(value, 0, _SURE))
_CODES: Final = Kind("an object of list and code", _is_codes)

_PARTY: Final[Record] = {
    "country": Key(_or_null(_CODE)),
    "organisation": Key(_or_null(_TEXT)),
    "text": Key(_TEXT, is_needed=True),
    "span": Key(_or_null(_SPAN)),
}
_ITEM: Final[Record] = {
    "designation": Key(_or_null(_TEXT)),
    "description": Key(_TEXT, is_needed=True),
    "category": Key(_one_of(Category), is_needed=True),
    "codes": Key(_CODES, {}),
    "span": Key(_SPAN, is_needed=True),
}
_QUANTITY: Final[Record] = {
    "text": Key(_TEXT, is_needed=True),
    "low": Key(_or_null(_COUNT)),
    "best": Key(_or_null(_COUNT)),
    "high": Key(_or_null(_COUNT)),
    "unit": Key(_TEXT, "pieces"),
    "span": Key(_SPAN, is_needed=True),
}
_VALUE: Final[Record] = {
    "text": Key(_TEXT, is_needed=True),
    "amount": Key(_or_null(_NUMBER)),
    "low": Key(_or_null(_NUMBER)),
    "high": Key(_or_null(_NUMBER)),
    "currency": Key(_or_null(_CURRENCY)),
    "span": Key(_SPAN, is_needed=True),
}
_WHEN: Final[Record] = {
    "text": Key(_TEXT, is_needed=True),
    "start": Key(_or_null(_DAY)),
    "end": Key(_or_null(_DAY)),
    "precision": Key(_one_of(DatePrecision), "day"),
    "span": Key(_or_null(_SPAN)),
}
_SOURCE: Final[Record] = {
    "name": Key(_TEXT, is_needed=True),
    "kind": Key(_one_of(SourceKind), is_needed=True),
    "country": Key(_or_null(_CODE)),
    "named": Key(_TRUTH, default=True),
    "channel": Key(_or_null(_TEXT)),
    "cue": Key(_or_null(_TEXT)),
    "span": Key(_or_null(_SPAN)),
}

# In the order of the contract. Evidence and id are what was read, and stay.
FIELDS: Final[Mapping[str, Field]] = {
    "kind": Field(_one_of(ClaimKind)),
    "supplier": Field(record=_PARTY),
    "recipient": Field(record=_PARTY),
    "maker": Field(record=_PARTY),
    "items": Field(record=_ITEM, is_list=True),
    "quantity": Field(record=_QUANTITY),
    "value": Field(record=_VALUE),
    "mode": Field(_one_of(Mode)),
    "via": Field(record=_PARTY, is_list=True),
    "refers_to": Field(_or_null(_TEXT)),
    "status": Field(_one_of(Status)),
    "polarity": Field(_one_of(Polarity)),
    "certainty": Field(_one_of(Certainty)),
    "likelihood": Field(_or_null(_BAND)),
    "when": Field(record=_WHEN),
    "attribution": Field(record=_SOURCE, is_list=True),
}
# Which keys of one record must not decrease.
_RISING: Final = (("low", "best", "high"), ("low", "amount", "high"), ("start", "end"))


def records_in(field: str, value: Any) -> list[Any]:  # noqa: ANN401
    """Return the records that a value of a field holds, none where it is no record or null."""
    if FIELDS[field].record is None or value is None:
        return []
    return list(value) if FIELDS[field].is_list else [value]


def check_field(name: str) -> Field:
    """Return the field of a name.

    Raises:
        ShapeError: there is none that a person can set.
    """
    if name not in FIELDS:
        raise ShapeError(f"{name}: is no field that can be set; there are {', '.join(FIELDS)}")
    return FIELDS[name]


def check_value(name: str, value: Any, countries: Collection[str]) -> None:  # noqa: ANN401
    """Check a whole value of a field, every record with all its keys; ``countries`` are the codes there are.

    Raises:
        ShapeError: the field cannot hold it.
    """
    field = check_field(name)
    if field.kind:
        _check(name, field.kind, value)
        return
    if field.is_list != isinstance(value, list) and (field.is_list or value is not None):
        raise ShapeError(
            f"{name}: holds a {'list' if field.is_list else 'single record, or null'}, not {_shown(value)}"
        )
    for number, row in enumerate(records_in(name, value)):
        _check_record(f"{name}.{number}" if field.is_list else name, field.record or {}, row, countries)


def _check_record(where: str, record: Record, row: Any, countries: Collection[str]) -> None:  # noqa: ANN401
    if not isinstance(row, dict):
        raise ShapeError(f"{where}: must be an object of {', '.join(record)}, not {_shown(row)}")
    for key in row:
        if key not in record:
            raise ShapeError(f"{where}.{key}: there is no such key; there are {', '.join(record)}")
    for name, key in record.items():
        if name not in row:
            raise ShapeError(f"{where}.{name}: is missing; it must be {key.kind.words}")
        _check(f"{where}.{name}", key.kind, row[name])
    code = row.get("country")
    if code is not None and code not in countries:
        raise ShapeError(f"{where}.country: {_shown(code)} is no country code in use (ISO 3166-1, or EU)")
    for keys in _RISING:
        told = [row[key] for key in keys if row.get(key) is not None]
        if told != sorted(told):
            raise ShapeError(f"{where}: {', '.join(keys)} must not decrease, {_shown(told)} do")


def _check(where: str, kind: Kind, value: Any) -> None:  # noqa: ANN401
    if not kind.test(value):
        raise ShapeError(f"{where}: must be {kind.words}, not {_shown(value)}")


def _shown(value: Any) -> str:  # noqa: ANN401
    words = repr(value)
    return words if len(words) <= 80 else f"{words[:80]} ..."  # noqa: PLR2004 - one line of an error
