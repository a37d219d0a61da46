"""Screens a name: which entries of lists it may mean, with points and the reason for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from armstrace.lexicon.load import country_label
from armstrace.screen.days import years_of
from armstrace.screen.entries import IMO, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.index import Listed, ListIndex
from armstrace.screen.load import SanctionsList
from armstrace.screen.names import Name, parse_name
from armstrace.screen.score import Reason, Score, score_names

MATCHER: Final = "armstrace-names 1"  # changes whenever a score may
THRESHOLD: Final = 0.72  # set on a public benchmark: see docs/screening.md
MOST_HITS: Final = 20  # of one name
WEAK_ALIAS: Final = 0.1
OTHER_BIRTH: Final = 0.3
OTHER_IMO: Final = 0.4
_YEAR_SLACK: Final = 1  # a year of birth is often told from an age
_IMO_IN_NAME: Final = re.compile(r"\bIMO\b[\s:.#no]*(\d{7})\b", re.IGNORECASE)
_CLOSE: Final = 3  # decimals of points


@dataclass(frozen=True, slots=True)
class Asked:
    """What is screened: a name, and what else is known. ``born`` is an ISO year, month or day."""

    name: str
    kind: ListedKind | None = None
    imo: str | None = None
    born: str | None = None
    country: str | None = None


class Hit(NamedTuple):
    """An entry that may be meant, the name of it that answers best, and why."""

    list: SanctionsList
    entry: ListedEntry
    name: ListedName
    points: float
    reasons: tuple[Reason, ...]


def screen_name(asked: Asked, index: ListIndex, threshold: float = THRESHOLD) -> tuple[Hit, ...]:
    """Return the entries of at least ``threshold`` points (0 to 1), the most first; of one entry its best name."""
    forms = {kind: parse_name(_bare(asked.name), kind, index.words) for kind in _kinds(asked)}
    number = asked.imo or next(iter(_IMO_IN_NAME.findall(asked.name)), None)
    best: dict[tuple[str, str], Hit] = {}
    found = [hit for listed in _candidates(forms, index) if (hit := _compare(asked, forms, listed, number))]
    found += [_same_number(listed, number) for listed in index.by_imo(number or "")]
    for hit in found:
        key = (hit.list.key, hit.entry.id)
        if hit.points >= threshold and (key not in best or hit.points > best[key].points):
            best[key] = hit
    ordered = sorted(best.values(), key=lambda hit: (-hit.points, hit.list.key, hit.entry.id))
    return tuple(ordered[:MOST_HITS])


def _kinds(asked: Asked) -> tuple[ListedKind, ...]:
    """Return the ways to take the name apart; unknown entries are taken for bodies."""
    ways = (ListedKind.PERSON, ListedKind.ORGANISATION, ListedKind.VESSEL)
    return ways if asked.kind in (None, ListedKind.UNKNOWN) else (asked.kind or ListedKind.UNKNOWN,)


def _bare(name: str) -> str:
    return _IMO_IN_NAME.sub(" ", name).strip(" ,;()") or name


def _candidates(forms: dict[ListedKind, Name], index: ListIndex) -> list[Listed]:
    """Return the names on lists worth comparing under any of the forms, each once."""
    found: dict[int, Listed] = {}
    for form in dict.fromkeys(forms.values()):
        found.update((id(listed), listed) for listed in index.candidates(form))
    return list(found.values())


def _compare(asked: Asked, forms: dict[ListedKind, Name], listed: Listed, number: str | None) -> Hit | None:
    """Return the hit of one name, None where its entry is of a kind that is not asked for."""
    kind = listed.entry.kind
    form = forms.get(kind)
    if form is None and (kind is ListedKind.UNKNOWN or asked.kind is None):
        form = forms.get(ListedKind.ORGANISATION) or next(iter(forms.values()))
    if form is None or not form.words:
        return None
    score = score_names(form, listed.parsed, kind)
    reasons = [*score.reasons, *_facts(asked, listed, score, number)]
    points = sum(reason.points for reason in reasons)
    return Hit(listed.list, listed.entry, listed.name, round(max(points, 0.0), _CLOSE), tuple(reasons))


def _facts(asked: Asked, listed: Listed, score: Score, number: str | None) -> list[Reason]:
    """Return what else is known on both sides; it never makes a hit of names that are none."""
    checks = (
        _weak_alias(listed.name),
        _births(asked.born, listed.entry),
        _numbers(number, listed.entry),
        _countries(asked.country, listed.entry),
    )
    return [reason for reason in checks if reason and score.points]


def _weak_alias(name: ListedName) -> Reason | None:
    if name.sort is not NameSort.WEAK:
        return None
    return Reason("weak alias", -WEAK_ALIAS, f"the list itself calls '{name.text}' a weak alias")


def _births(born: str | None, entry: ListedEntry) -> Reason | None:
    if not (born and entry.births):
        return None
    mine = set(years_of(born))
    near = {year + slack for year in mine for slack in range(-_YEAR_SLACK, _YEAR_SLACK + 1)}
    fits = any(not near.isdisjoint(years_of(day)) for day in entry.births)
    words = f"{born} against {', '.join(entry.births)}"
    return Reason("birth", 0.0 if fits else -OTHER_BIRTH, f"{'agrees' if fits else 'differs'}: {words}")


def _numbers(number: str | None, entry: ListedEntry) -> Reason | None:
    mine = [one.value for one in entry.identifiers if one.kind == IMO]
    if not (number and mine) or number in mine:
        return None
    return Reason("IMO number", -OTHER_IMO, f"{number} against {', '.join(mine)}: ships change names and share them")


def _countries(country: str | None, entry: ListedEntry) -> Reason | None:
    """Countries are shown and count nothing: a front company sits elsewhere by design."""
    if not (country and entry.countries):
        return None
    shared = "in common" if country in entry.countries else "none in common"
    return Reason(
        "country", 0.0, f"{country_label(country)} against {', '.join(map(country_label, entry.countries))}: {shared}"
    )


def _same_number(listed: Listed, number: str | None) -> Hit:
    reason = Reason("IMO number", 1.0, f"IMO number {number} stands in the entry")
    return Hit(listed.list, listed.entry, listed.name, 1.0, (reason,))
