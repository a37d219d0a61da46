"""All that binds a target on a day, as the tables of boundary days ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from armstrace.embargo.in_force import Standing, standing_on
from armstrace.embargo.measures import Dispute, Entry, Exemption, Measure


@dataclass(frozen=True, slots=True)
class InForce:
    """An entry that binds, or may bind, on a day, with what else holds that day.

    ``looked_up`` is False where the day lies after the file's ``known_until``: the entry stood then, no more is known.
    """

    measure: Measure
    entry: Entry
    standing: Standing
    exemptions: tuple[Exemption, ...]
    disputes: tuple[Dispute, ...]
    looked_up: bool


def measures_in_force(measures: Iterable[Measure], target: str, on: date) -> tuple[InForce, ...]:
    """Return what binds, or may bind, on the day ``on`` for ``target``, in the order of the files.

    Args:
        measures: as loaded.
        target: a country code, or the name of a group as in ``lexicon/data/groups.yml`` or a measure's ``named``.
        on: the day.

    Returns:
        Entries in force, and entries whose renewal is unknown; suspended and ended ones are left out.
    """
    return tuple(
        found
        for measure in measures
        for entry in measure.entries
        if _aims_at(entry, target, on)
        if (found := _on_day(measure, entry, on)).standing in {Standing.IN_FORCE, Standing.UNKNOWN}
    )


def _on_day(measure: Measure, entry: Entry, on: date) -> InForce:
    return InForce(
        measure=measure,
        entry=entry,
        standing=standing_on(entry, on),
        exemptions=tuple(one for one in entry.exemptions if _holds(one.in_force_from, one.in_force_to, on)),
        disputes=tuple(one for one in entry.disputes if _holds(one.disputed_from, one.disputed_to, on)),
        looked_up=on <= measure.known_until,
    )


def _aims_at(entry: Entry, target: str, on: date) -> bool:
    return target in entry.target.countries or target in entry.target.names_on(on)


def _holds(start: date, end: date | None, on: date) -> bool:
    return start <= on and (end is None or on < end)
