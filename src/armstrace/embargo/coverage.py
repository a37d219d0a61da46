"""How far the law is encoded: of each measure whom it is against, from when to when, and how much was looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Final, NamedTuple

from armstrace.embargo.consistency import check_records
from armstrace.embargo.measures import Body, Ending, Entry, Measure

BODIES: Final[Mapping[Body, str]] = MappingProxyType(
    {
        Body.UNITED_NATIONS: "United Nations",
        Body.EUROPEAN_UNION: "European Union",
        Body.OSCE: "OSCE",
        Body.ECOWAS: "ECOWAS",
        Body.ARAB_LEAGUE: "Arab League",
        Body.UNITED_STATES: "United States",
        Body.UNITED_KINGDOM: "United Kingdom",
    }
)
_SHOWN: Final = 4  # parties named in a line


class LookedUp(NamedTuple):
    """How many facts were looked up, how many records with all three of theirs, and how many records there are."""

    facts: int
    whole: int
    records: int


def count_read(measure: Measure) -> LookedUp:
    """Return how much of a measure was looked up."""
    checked = [one for entry in measure.entries for one in check_records(entry)]
    facts = sum(one.dates + one.terms + one.paragraph for one in checked)
    return LookedUp(facts, sum(one.verified for one in checked), len(checked))


def targets_of(entries: Sequence[Entry], named: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return countries, or groups and others named where a file has no country, each once.

    ``named`` are the names of countries by code; without, codes are given.
    """
    countries = chain.from_iterable(entry.target.countries for entry in entries)
    groups = chain.from_iterable(entry.target.all_names for entry in entries)
    names = list(dict.fromkeys(countries)) or list(dict.fromkeys(groups))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(named.get(name, name) for name in names[:_SHOWN]) + more


def end_of(entries: Sequence[Entry]) -> str:
    """Return the day from which none of them binds any more, "" where no end is set.

    A mark of question follows a set end whose renewal was not looked up.
    """
    ends = [entry.in_force_to for entry in entries if entry.in_force_to is not None]
    if len(ends) < len(entries):
        return ""
    unchecked = any(entry.ending is Ending.UNCHECKED for entry in entries if entry.in_force_to == max(ends))
    return f"{max(ends)}{'?' if unchecked else ''}"
