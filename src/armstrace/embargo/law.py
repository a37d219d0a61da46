"""All that a check needs to know of the law: measures, terms for items, who is bound, where places lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from armstrace.embargo.findings import AskedParty
from armstrace.embargo.load import load_measures
from armstrace.embargo.measures import Bound, Direction, Measure
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
class OwnForce:
    """A group that the law of its country counts among its forces, from a day on."""

    name: str
    country: str
    own_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Aims:
    """Countries (codes), and names of groups and others."""

    countries: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Law:
    """The measures and what they rest on; ``names`` of countries by code.

    ``aims`` holds for each measure whom it is aimed at on any day: as recipients, and as suppliers; None for neither.
    """

    measures: tuple[Measure, ...]
    scopes: Mapping[str, Scope]
    members: Mapping[Bound, Membered]
    areas: Mapping[str, Area]
    rulers: tuple[Ruler, ...]
    own_forces: tuple[OwnForce, ...]
    names: Mapping[str, str]
    aims: Mapping[str, tuple[Aims | None, Aims | None]]

    def named(self, country: str) -> str:
        """Return the name of a country to show."""
        return self.names.get(country, country)

    def acts_for_state(self, party: AskedParty, on: date) -> bool | None:
        """Return whether a party is its country's government on a day; None where nobody knows or it may count so."""
        own = any(force.name in party.names and force.own_from <= on for force in self.own_forces)
        return None if own and party.is_government is False else party.is_government

    def turning_days(self, parties: Collection[AskedParty]) -> frozenset[date]:
        """Return the days on which a group among these parties, or in their countries, becomes a state's or ceases."""
        countries = {party.country for party in parties}
        names = {name for party in parties for name in party.names}
        ruled = [(one.ruled_from, one.ruled_to) for one in self.rulers if one.country in countries]
        owned = [(force.own_from, None) for force in self.own_forces if force.name in names]
        return frozenset(day for pair in (*ruled, *owned) for day in pair if day is not None)


def load_law(measures: Traversable | None = None) -> Law:
    """Return the packaged law; with ``measures`` the files of that folder in place of the packaged ones.

    Raises:
        MeasureError: a file is missing or breaks its schema.
        LexiconError: so does the list of countries.
    """
    loaded, rulers = load_measures(measures), _rulers()
    return Law(
        measures=loaded,
        scopes=load_scopes(),
        members=load_members(),
        areas={area.place: area for area in _areas()},
        rulers=rulers,
        own_forces=tuple(
            OwnForce(fields["name"], fields["country"], fields["from"], fields["source"])
            for fields in _records("own_forces.yml", _OWN_FORCE)
        ),
        names=load_country_labels(),
        aims={
            measure.key: (
                _aims(measure, Direction.SUPPLY_TO, rulers),
                _aims(measure, Direction.PROCUREMENT_FROM, rulers),
            )
            for measure in loaded
        },
    )


def _aims(measure: Measure, direction: Direction, rulers: tuple[Ruler, ...]) -> Aims | None:
    """Return whom the entries of one direction are aimed at, with countries that their groups ruled; None if none."""
    targets = [entry.target for entry in measure.entries if entry.direction is direction]
    names = frozenset(name for target in targets for name in target.all_names)
    countries = {code for target in targets for code in target.countries}
    ruled = {ruler.country for ruler in rulers if ruler.group in names}
    return Aims(frozenset(countries | ruled), names) if targets else None


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
_OWN_FORCE = (Field("name", text), Field("country", text), Field("from", day), Field("source", web_address))
_RULER = (
    Field("group", text),
    Field("country", text),
    Field("from", day),
    Field("to", maybe_day, default=None),
    Field("source", web_address),
)
