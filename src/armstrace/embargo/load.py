"""The measure files, read strictly: one file a regime, every fact with its paragraph, days, scope and source."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from armstrace.embargo import consistency
from armstrace.embargo.measures import (
    Act,
    Asks,
    Beneficiary,
    Body,
    Bound,
    Checked,
    Direction,
    Dispute,
    Ending,
    Entry,
    Exemption,
    Level,
    Listing,
    Measure,
    Provision,
    Renewal,
    Source,
    Strength,
    Suspension,
    Target,
    TargetKind,
)
from armstrace.embargo.schema import (
    Field,
    choice,
    day,
    items,
    maybe_day,
    read_record,
    read_yaml,
    text,
    truth,
    web_address,
)
from armstrace.embargo.scopes import Scope, load_scopes


def packaged_measures() -> Traversable:
    """Return the folder of packaged measure files."""
    return files("armstrace.embargo") / "measures"


def load_measures(folder: Traversable | None = None) -> tuple[Measure, ...]:
    """Return the measures of ``folder`` (default: the packaged ones) by key.

    Raises:
        MeasureError: a file is unreadable or breaks its schema; the text names file, entry and field.
    """
    scopes = load_scopes()
    paths = sorted((folder or packaged_measures()).iterdir(), key=lambda path: path.name)
    return tuple(load_measure(path, scopes) for path in paths if path.name.endswith(".yml"))


def load_measure(path: Traversable, scopes: Mapping[str, Scope]) -> Measure:
    """Return the measure of one file.

    Raises:
        MeasureError: naming the file, the entry and the field.
    """
    fields = read_record(read_yaml(path), path.name, _MEASURE)
    entries = tuple(_entry(row, path.name, number) for number, row in enumerate(fields.pop("entries"), 1))
    measure = Measure(**fields.pop("confidence"), **fields, entries=entries)
    consistency.check_measure(measure, path.name, scopes)
    return measure


def _entry(row: object, file: str, number: int) -> Entry:
    name = row.get("id") if isinstance(row, dict) else None
    where = f"{file}, entry {number}" + (f" ({name})" if name else "")
    fields = read_record(row, where, _ENTRY)
    return Entry(**_with_checked(_with_provision(fields)))


def _with_provision(fields: dict[str, Any]) -> dict[str, Any]:
    """Return ``fields`` with instrument and paragraph joined."""
    joined = Provision(fields.pop("instrument"), fields.pop("paragraph"))
    return {**fields, "provision": joined}


def _with_checked(fields: dict[str, Any]) -> dict[str, Any]:
    """Return ``fields`` with the note of what was looked up joined."""
    joined = Checked(**fields.pop("verified"), seen=fields.pop("seen"), missing=fields.pop("missing"))
    return {**fields, "checked": joined}


def _raw(value: object, _: str) -> object:
    return value


def _source(value: object, where: str) -> Source:
    return Source(**read_record(value, where, _SOURCE))


def _confidence(value: object, where: str) -> dict[str, Any]:
    fields = read_record(value, where, (Field("level", choice(Level)), Field("reason", text)))
    return {"confidence": fields["level"], "reason": fields["reason"]}


def _verified(value: object, where: str) -> dict[str, bool]:
    """Return fact -> whether it was looked up, from such a record or from one truth for all of them."""
    if isinstance(value, bool):
        return dict.fromkeys(_FACTS, value)
    return read_record(value, where, [Field(fact, truth) for fact in _FACTS])


def _provision(value: object, where: str) -> Provision:
    return Provision(**read_record(value, where, _PROVISION))


def _target(value: object, where: str) -> Target:
    return Target(**read_record(value, where, _TARGET))


def _listing(value: object, where: str) -> Listing:
    return Listing(**read_record(value, where, _LISTING))


def _exemption(value: object, where: str) -> Exemption:
    return Exemption(**_with_checked(_with_provision(read_record(value, where, _EXEMPTION))))


def _renewal(value: object, where: str) -> Renewal:
    return Renewal(**_with_checked(_with_provision(read_record(value, where, _RENEWAL))))


def _suspension(value: object, where: str) -> Suspension:
    return Suspension(**_with_checked(_with_provision(read_record(value, where, _SUSPENSION))))


def _dispute(value: object, where: str) -> Dispute:
    return Dispute(**_with_checked(read_record(value, where, _DISPUTE)))


_TEXTS = items(text, may_be_empty=True)
_PROVISION = (Field("instrument", text), Field("paragraph", text))
_FACTS = ("dates", "terms", "paragraph")
_CHECKED = (Field("verified", _verified), Field("seen", _TEXTS, default=()), Field("missing", text, default=""))
_SOURCE = (Field("id", text), Field("url", web_address), Field("title", text), Field("official", truth))
_LISTING = (
    Field("group", text),
    Field("listed_from", day),
    Field("listed_to", maybe_day, default=None),
    Field("seen", _TEXTS, default=()),
    Field("missing", text, default=""),
)
_TARGET = (
    Field("kind", choice(TargetKind)),
    Field("countries", _TEXTS, default=()),
    Field("groups", _TEXTS, default=()),
    Field("named", _TEXTS, default=()),
    Field("place", text, default=""),
    Field("listed", items(_listing), default=()),
)
_EXEMPTION = (
    *_PROVISION,
    Field("summary", text),
    Field("beneficiary", choice(Beneficiary)),
    Field("asks", choice(Asks)),
    Field("in_force_from", day),
    Field("in_force_to", maybe_day),
    Field("items", _TEXTS, default=()),
    Field("contracts_before", day, default=None),
    Field("suppliers", _TEXTS, default=()),
    *_CHECKED,
)
_RENEWAL = (*_PROVISION, Field("adopted", day), Field("until", day), *_CHECKED)
_SUSPENSION = (
    *_PROVISION,
    Field("summary", text),
    Field("suspended_from", day),
    Field("suspended_to", maybe_day),
    *_CHECKED,
)
_DISPUTE = (
    Field("by", items(text)),
    Field("summary", text),
    Field("disputed_from", day),
    Field("disputed_to", maybe_day),
    *_CHECKED,
)
_ENTRY = (
    Field("id", text),
    *_PROVISION,
    Field("summary", text),
    Field("adopted", day),
    Field("in_force_from", day),
    Field("in_force_to", maybe_day),
    Field("ending", choice(Ending)),
    Field("ended_by", _provision, default=None),
    Field("strength", choice(Strength)),
    Field("direction", choice(Direction)),
    Field("target", _target),
    Field("bound", items(choice(Bound))),
    Field("acts", items(choice(Act))),
    Field("scope", items(text)),
    Field("exemptions", items(_exemption, may_be_empty=True)),
    Field("renewals", items(_renewal), default=()),
    Field("suspensions", items(_suspension), default=()),
    Field("disputes", items(_dispute), default=()),
    Field("source", text),
    *_CHECKED,
)
_MEASURE = (
    Field("key", text),
    Field("title", text),
    Field("body", choice(Body)),
    Field("date_checked", day),
    Field("known_until", day),
    Field("confidence", _confidence),
    Field("sources", items(_source)),
    Field("entries", items(_raw)),
)
