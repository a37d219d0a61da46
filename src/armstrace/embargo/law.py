"""All that a check needs to know of the law: measures, terms for items, who is bound, where places lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from armstrace.embargo.load import load_measures
from armstrace.embargo.measures import Bound, Measure
from armstrace.embargo.members import Membered, load_members
from armstrace.embargo.schema import Field, day, items, maybe_day, read_record, read_rows, read_yaml, text, web_address
from armstrace.embargo.scopes import Scope, load_scopes
from armstrace.lexicon.load import load_country_labels


@dataclass(frozen=True, slots=True)
class Area:
    """A place that a measure names: the names that lie in it, and names of its country that do not."""

    place: str
    within: frozenset[str]
    elsewhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ruler:
    """A group that is the government of a country in fact, from when to when."""

    group: str
    country: str
    ruled_from: date
    ruled_to: date | None
    source: str

    def holds(self, on: date) -> bool:
        """Tell whether it is so on a day."""
        return self.ruled_from <= on and (self.ruled_to is None or on < self.ruled_to)


@dataclass(frozen=True, slots=True)
class Law:
    """The measures and what they rest on; ``names`` of countries by code."""

    measures: tuple[Measure, ...]
    scopes: Mapping[str, Scope]
    members: Mapping[Bound, Membered]
    areas: Mapping[str, Area]
    rulers: tuple[Ruler, ...]
    names: Mapping[str, str]

    def named(self, country: str) -> str:
        """Return the name of a country to show."""
        return self.names.get(country, country)


def load_law(measures: Traversable | None = None) -> Law:
    """Return the packaged law; with ``measures`` the files of that folder in place of the packaged ones.

    Raises:
        MeasureError: a file is missing or breaks its schema.
        LexiconError: so does the list of countries.
    """
    return Law(
        measures=load_measures(measures),
        scopes=load_scopes(),
        members=load_members(),
        areas={area.place: area for area in _areas()},
        rulers=_rulers(),
        names=load_country_labels(),
    )


def _areas() -> tuple[Area, ...]:
    return tuple(
        Area(fields["place"], frozenset(fields["within"]), frozenset(fields["elsewhere"]))
        for fields in _records("places.yml", _AREA)
    )


def _rulers() -> tuple[Ruler, ...]:
    return tuple(
        Ruler(fields["group"], fields["country"], fields["from"], fields["to"], fields["source"])
        for fields in _records("rulers.yml", _RULER)
    )


def _records(name: str, schema: tuple[Field, ...]) -> list[dict[str, Any]]:
    rows = read_rows(read_yaml(files("armstrace.embargo") / name), name)
    return [read_record(row, f"{name}, entry {place}", schema) for place, row in enumerate(rows, 1)]


_NAMES = items(text, may_be_empty=True)
_AREA = (Field("place", text), Field("within", _NAMES), Field("elsewhere", _NAMES))
_RULER = (
    Field("group", text),
    Field("country", text),
    Field("from", day),
    Field("to", maybe_day, default=None),
    Field("source", web_address),
)
