"""A claim as a form: each field with its value, its words, why it was read so, what was corrected, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from armstrace.export.jsonl import claim_from_dict
from armstrace.export.plain import plain
from armstrace.export.reviews import field_words
from armstrace.export.wording import CountryNames
from armstrace.review.apply import CORRECT, Decision, Reviewed
from armstrace.review.shape import ShapeError
from armstrace.web.views.claims import ClaimCard, FieldRow
from armstrace.web.views.review_controls import (
    ORDER,
    REMOVE,
    WAS,
    Entered,
    Entry,
    changed_controls,
    entries_of,
)

_LABELS: Final = {"attribution": "sources", "refers_to": "about", "value": "value of the deal", "via": "by way of"}
_ROLES: Final = {"items": "item", "attribution": "source"}
# Reasons and notes begin with the field that they are about, or with one of these words.
_ABOUT: Final = {"arms": "items", "item": "items", "sources": "attribution", "source": "attribution"}
_ALWAYS: Final = frozenset({"supplier", "recipient", "items", "quantity", "when"})


class Input(NamedTuple):
    """A control as it is shown: ``was`` is what stands, ``value`` what is in it, ``error`` what is wrong with it."""

    path: str
    label: str
    kind: str
    options: tuple[str, ...]
    value: str
    was: str
    error: str
    others: str


class Record(NamedTuple):
    """A record with its controls, the words that it was read from (None where none), and where they stand."""

    path: str
    inputs: tuple[Input, ...]
    is_there: bool
    is_list: bool
    is_removed: bool
    words: str
    start: int | None
    anchor: str


class FieldForm(NamedTuple):
    """A field of a claim as it is reviewed.

    ``read_as`` is what the reader read where a person corrected it, ``corrected`` who did and why; ``changed`` is what
    it was when it was judged, where the reader answers otherwise since; ``is_shown`` tells whether it is open at first.
    """

    name: str
    label: str
    role: str
    records: tuple[Record, ...]
    why: tuple[str, ...]
    inferred: tuple[str, ...]
    read_as: str
    corrected: str
    changed: str
    error: str
    is_shown: bool


class Filled(NamedTuple):
    """What a person entered that was not kept: what is wrong with it, or by whom it was overtaken."""

    entered: Entered = MappingProxyType({})
    errors: Sequence[ShapeError] = ()


def view_form(reviewed: Reviewed, card: ClaimCard, names: CountryNames, filled: Filled) -> tuple[FieldForm, ...]:
    """Return the fields of a claim in the order in which a reader checks them."""
    claim = reviewed.claim
    changed = changed_controls(claim, filled.entered)
    return tuple(_field(name, reviewed, card, names, (filled, changed)) for name in ORDER)


def _field(
    name: str, reviewed: Reviewed, card: ClaimCard, names: CountryNames, given: tuple[Filled, Mapping[str, str]]
) -> FieldForm:
    claim, (filled, changed) = reviewed.claim, given
    role = _ROLES.get(name, name)
    rows = [row for row in card.fields if row.role == role]
    entries = entries_of(name, claim)
    records = tuple(_record(entry, row, filled, changed) for entry, row in _beside(entries, rows))
    correction = next((one for one in reviewed.in_force if one.verdict == CORRECT and one.field == name), None)
    paths = {one.path for record in records for one in record.inputs}
    errors = [str(one) for one in filled.errors if one.where.split(".")[0] == name and one.where not in paths]
    told = any(record.is_there for record in records) and claim[name] not in (None, [], "unspecified")
    own = any(one.error or one.value != one.was for record in records for one in record.inputs)
    return FieldForm(
        name=name,
        label=_LABELS.get(name, name),
        role=role,
        records=records,
        why=_about(name, claim["why"]),
        inferred=_about(name, claim["inferred"]),
        read_as=_worded(reviewed.original, name, names) if correction and reviewed.original else "",
        corrected=_by(correction) if correction else "",
        changed=_before(reviewed, name, names) if name in reviewed.changed else "",
        error="; ".join(errors),
        is_shown=told or own or name in _ALWAYS or bool(errors) or name in reviewed.changed or correction is not None,
    )


def unplaced(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the reasons that are about no field alone."""
    return tuple(plain(one) for one in reasons if _field_of(one) not in ORDER)


def _beside(entries: Sequence[Entry], rows: Sequence[FieldRow]) -> Iterable[tuple[Entry, FieldRow | None]]:
    for number, entry in enumerate(entries):
        yield entry, rows[number] if entry.is_there and number < len(rows) else None


def _record(entry: Entry, row: FieldRow | None, filled: Filled, changed: Mapping[str, str]) -> Record:
    errors = {one.where: str(one).partition(": ")[2] for one in filled.errors}
    inputs = tuple(
        Input(
            path=one.path,
            label=one.spec.label,
            kind=one.spec.kind,
            options=one.spec.options,
            value=changed.get(one.path, one.value),
            was=one.value,
            error=errors.get(one.path, ""),
            others=_overtaken(one.path, one.value, filled.entered) if one.path in changed else "",
        )
        for one in entry.controls
    )
    return Record(
        path=entry.path,
        inputs=inputs,
        is_there=entry.is_there,
        is_list=entry.path[-1:].isdigit(),
        is_removed=bool(filled.entered.get(f"{entry.path}.{REMOVE}")),
        words=row.words if row and row.span else "",
        start=row.span.start if row and row.span else None,
        anchor=row.anchor if row else "",
    )


def _overtaken(path: str, now: str, entered: Entered) -> str:
    """Return what another person made of a control since the form was opened; "" where it stands as it did."""
    was = entered.get(f"{WAS}{path}", now)
    return f"was {was or 'empty'} when you opened it, is {now or 'empty'} now" if was != now else ""


def _about(name: str, reasons: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(one) for one in reasons if _field_of(one) == name)


def _field_of(reason: str) -> str:
    first = reason.partition(" ")[0].rstrip(":")
    return _ABOUT.get(first, first)


def _worded(row: Mapping[str, Any], name: str, names: CountryNames) -> str:
    return field_words(claim_from_dict(row), name, names)


def _before(reviewed: Reviewed, name: str, names: CountryNames) -> str:
    judged = reviewed.decisions[-1].judged
    return _worded(judged, name, names) if judged else "another"


def _by(decision: Decision) -> str:
    why = f", because: {plain(decision.why)}" if decision.why else ""
    return f"{plain(decision.who)}, {decision.at[:10]}{why}"
