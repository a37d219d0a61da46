"""What a person sets in a claim made into whole values of fields: paths followed, words looked up in the document.

``supplier.country`` or ``items.0.designation`` sets one key of what the claim says, and the rest of the record stays;
``supplier`` sets the whole; an entry of a list that is set to null is taken out. Words without a place are looked up in
the evidence, then in the document, and must stand there once. So a value points to words that are there, or to none,
and is then told as the person's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Final, NamedTuple

from armstrace.review.shape import FIELDS, Record, ShapeError, check_field, check_value, records_in

Row = Mapping[str, Any]
Setting = tuple[str, Any]  # a path, and what it is set to

# The key whose words are looked up in the text, the first that is told.
_WORDED: Final = ("text", "name", "designation", "description")


class Page(NamedTuple):
    """What a correction is checked against: the document's text, and the names of countries by their codes."""

    text: str
    countries: Mapping[str, str]


def complete_corrections(claim: Row, settings: Sequence[Setting], page: Page) -> tuple[tuple[str, Any], ...]:
    """Return for each field that is set its whole value, in the order of the contract; settings are made in theirs.

    ``claim`` is the public shape of the claim as it stands.

    Raises:
        ShapeError: there is no such field, it cannot hold the value, or words are not in the document.
    """
    values: dict[str, Any] = {}
    for path, value in settings:
        name, *keys = path.split(".")
        check_field(name)
        before = values.get(name, claim.get(name))
        values[name] = _set(deepcopy(before), keys, value, path) if keys else deepcopy(value)
    return tuple((name, _completed(name, values[name], claim, page)) for name in FIELDS if name in values)


def find_problems(claim: Row, settings: Sequence[Setting], page: Page) -> tuple[ShapeError, ...]:
    """Return what is wrong with settings, of each field the first; none where all can be made."""
    by_field: dict[str, list[Setting]] = {}
    for path, value in settings:
        by_field.setdefault(path.partition(".")[0], []).append((path, value))
    found = []
    for given in by_field.values():
        try:
            complete_corrections(claim, given, page)
        except ShapeError as error:
            found.append(error)
    return tuple(found)


def _set(record: Any, keys: Sequence[str], value: Any, path: str) -> Any:  # noqa: ANN401 - JSON is of any type
    """Return a value with one key of it set; where the words are set, their old place goes."""
    if isinstance(record, list):
        return _set_in_list(record, keys, value, path)
    fields: dict[str, Any] = {} if record is None else record
    if not isinstance(fields, dict) or len(keys) != 1:
        raise ShapeError(
            f"{path}: leads nowhere; give FIELD, FIELD.KEY, or FIELD.NUMBER.KEY in a list (the first is 0)"
        )
    fields[keys[0]] = value
    if keys[0] == "text":
        fields.pop("span", None)
    return fields


def _set_in_list(rows: list[Any], keys: Sequence[str], value: Any, path: str) -> list[Any]:  # noqa: ANN401
    number = int(keys[0]) if keys[0].isascii() and keys[0].isdigit() else len(rows) + 1
    if number > len(rows):
        raise ShapeError(
            f"{path}: the list has {len(rows)} entries, counted from 0; the next may be added, none beyond"
        )
    entry = rows[number] if number < len(rows) else None
    rows[number : number + 1] = [_set(entry, keys[1:], value, path) if keys[1:] else value]
    return rows


def _completed(name: str, given: Any, claim: Row, page: Page) -> Any:  # noqa: ANN401
    record = FIELDS[name].record
    value = [row for row in given if row is not None] if FIELDS[name].is_list and isinstance(given, list) else given
    for row in records_in(name, value) if record and isinstance(value, list if FIELDS[name].is_list else dict) else ():
        if isinstance(row, dict):
            _complete_record(name, record or {}, row, (claim, page))
    check_value(name, value, page.countries)
    return value


def _complete_record(name: str, record: Record, row: dict[str, Any], where: tuple[Row, Page]) -> None:
    _, page = where
    for key, holds in record.items():
        if not holds.is_needed and key != "span":
            row.setdefault(key, deepcopy(holds.default))
    _name_words(record, row, page)
    if row.get("span") is None:
        _look_up(name, record, row, where)
    _check_place(name, record, row, page.text)
    if "description" in record and "description" not in row and row.get("span"):
        row["description"] = row.get("designation") or _cut(row["span"], page.text)


def _name_words(record: Record, row: dict[str, Any], page: Page) -> None:
    """Put the words of a party that is named by its code alone: the country's name; of a time without, its days."""
    if "text" not in record or row.get("text") is not None or row.get("span") is not None:
        return
    named = row.get("organisation") or page.countries.get(str(row.get("country"))) or row.get("start")
    if named is not None:
        row["text"] = named


def _look_up(name: str, record: Record, row: dict[str, Any], where: tuple[Row, Page]) -> None:
    claim, page = where
    words = [row[key] for key in _WORDED if key in record and isinstance(row.get(key), str) and row[key].strip()]
    found = next((span for one in words if (span := _place_of(one, claim, page.text))), None)
    row["span"] = found
    if found is None and record["span"].is_needed:
        asked = f"{words[0]!r} does not stand there just once" if words else "none are given"
        raise ShapeError(
            f"{name}: its words must stand in the document, and {asked}; "
            f"give {name}.{'text' if 'text' in record else 'description'} as the document words it, or span"
        )


def _place_of(words: str, claim: Row, text: str) -> list[int] | None:
    """Return where words stand: in the evidence, else in the document, if they stand there once."""
    start, end = claim["evidence"]["span"]
    for low, high in ((start, end), (0, len(text))):
        if text.count(words, low, high) == 1:
            at = text.index(words, low, high)
            return [at, at + len(words)]
    return None


def _check_place(name: str, record: Record, row: dict[str, Any], text: str) -> None:
    """Take the words from the place that is given; what is given beside them must be the same."""
    span = row.get("span")
    if span is None:
        return
    if not record["span"].kind.test(span):
        raise ShapeError(f"{name}.span: must be {record['span'].kind.words}, not {span!r}")
    there = _cut(span, text)
    if not there:
        raise ShapeError(f"{name}.span: {span} holds no words; the text has {len(text)} characters")
    if "text" in record and row.setdefault("text", there) != there:
        raise ShapeError(f"{name}.text: {row['text']!r} is not what stands at {span}, which is {there[:80]!r}")


def _cut(span: Sequence[int], text: str) -> str:
    return text[span[0] : span[1]] if span[1] <= len(text) else ""
