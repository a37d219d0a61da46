"""Which entries bind on a day: a pure question to the loaded measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armstrace.embargo.measures import Dispute, Ending, Entry, Exemption, Measure


class Standing(StrEnum):
    """How an entry stands on a day; ``unknown``: its set end has passed and no one looked for a renewal."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


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


def standing_on(entry: Entry, on: date) -> Standing:
    """Return how ``entry`` stands on the day ``on``; disputes do not change it."""
    if on < entry.in_force_from:
        return Standing.NOT_YET
    if entry.in_force_to is not None and on >= entry.in_force_to:
        return Standing.UNKNOWN if entry.ending is Ending.UNCHECKED else Standing.ENDED
    if any(_holds(pause.suspended_from, pause.suspended_to, on) for pause in entry.suspensions):
        return Standing.SUSPENDED
    return Standing.IN_FORCE


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
