"""Years and numbers of a deal, and which of them are marked ``?``: one literal table of rules (docs/sipri.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from armstrace.export.sipri.deals import Deal, given_by
from armstrace.extract.sipri import NUMBER_UNCERTAIN, YEAR_UNCERTAIN
from armstrace.extract.sipri_rows import MARKER, Column
from armstrace.model import Certainty
from armstrace.register.types import Alternative, Period, QuantityValue
from armstrace.text.year_lists import years_covered, years_in
from armstrace.told import Told

PIECES: Final = "pieces"
_HEDGED: Final = frozenset(Certainty) - {Certainty.FACT, Certainty.UNSTATED}
_VAGUE: Final = re.compile(
    r"\b(?:some|about|around|approximately|roughly|nearly|almost|over|several|dozens?|scores|hundreds|thousands|up to"
    r"|at least|at most|(?:more|fewer|less) than|or (?:more|so))\b",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """A cell and its marker."""

    cell: str
    marker: str


class _Known(NamedTuple):
    """A figure that claims tell; of a range it is one end, or the best number."""

    figure: int
    is_exact: bool


class _Case(NamedTuple):
    """All figures told of a step, the chosen one first, and the claims of the step.

    ``uncertain`` is what claims bear where a list's own marker marks the figure.
    """

    deal: Deal
    known: Sequence[_Known]
    chosen: Alternative[QuantityValue] | Alternative[Period] | None
    claims: Sequence[Told]
    uncertain: str

    @property
    def behind(self) -> Sequence[Told]:
        """The claims that give the chosen figure; all of the step where none is."""
        ids = set(self.chosen.backing.claims) if self.chosen else None
        return [told for told in self.claims if ids is None or told.claim.id in ids]


class _Rule(NamedTuple):
    holds: Callable[[_Case], bool]
    words: str


MARKERS: Final = (
    _Rule(lambda c: any(c.uncertain in told.claim.why for told in c.behind), "SIPRI's own row marks it"),
    _Rule(lambda c: bool(c.known) and not c.known[0].is_exact, "only a range or a bound is told"),
    _Rule(
        lambda c: c.chosen is not None and any(_VAGUE.search(text) for text in c.chosen.texts), "the words are vague"
    ),
    _Rule(lambda c: len({one.figure for one in c.known}) > 1, "claims that count tell different ones"),
    _Rule(
        lambda c: bool(c.known) and all(told.claim.certainty in _HEDGED for told in c.behind),
        "all who tell it only allege, expect or think it",
    ),
    _Rule(lambda c: bool(c.known) and bool(c.deal.transfer.denied.backing.claims), "somebody denies the transfer"),
)


def order_year(deal: Deal) -> Figure:
    """Return the year of the order, of a range of years the first."""
    found = given_by(deal.transfer.fields.when, deal.ordered)
    known = [_Known(years[0], len(years) == 1) for one in found if (years := _years(one))]
    chosen = next((one for one in found if _years(one)), None)
    case = _Case(deal, known, chosen, deal.ordered, YEAR_UNCERTAIN)
    own = deal.cell(Column.ORDER_YEAR).strip() if chosen and deal.is_own(chosen) else ""
    return Figure(own or (str(known[0].figure) if known else ""), _marker(case))


def number(deal: Deal, claims: Sequence[Told], column: Column) -> Figure:
    """Return how many are ordered, or delivered: the best number, else the lower bound, else the upper one."""
    found = given_by(deal.transfer.fields.quantity, claims)
    known = [figure for one in found if (figure := _number(one))]
    chosen = next((one for one in found if _number(one)), None)
    case = _Case(deal, known, chosen, claims, NUMBER_UNCERTAIN)
    own = deal.cell(column).strip() if chosen and deal.is_own(chosen) else ""
    return Figure(own or (str(known[0].figure) if known else ""), _marker(case))


def delivery_years(deal: Deal) -> str:
    """Return the years of delivery that claims tell, in order; a stretch of several years tells of none of them."""
    found = given_by(deal.transfer.fields.when, deal.delivered)
    if found and all(deal.is_own(one) for one in found):
        return deal.cell(Column.DELIVERY_YEARS).strip()
    listed = [years_in(text) for one in found for text in one.texts]
    single = [years for one in found if len(years := _years(one)) == 1]
    return "; ".join(map(str, sorted({year for years in (*listed, *single) for year in years})))


def _marker(case: _Case) -> str:
    return MARKER if any(rule.holds(case) for rule in MARKERS) else ""


def _years(alternative: Alternative[Period]) -> tuple[int, ...]:
    value = alternative.value
    return years_covered("", value.start, value.end) if value else ()


def _number(alternative: Alternative[QuantityValue]) -> _Known | None:
    """Return the best number, else the lower bound, else the upper one; None where no number of pieces is told."""
    value = alternative.value
    if value is None or value.unit != PIECES:
        return None
    told = [number for number in (value.best, value.low, value.high) if number is not None]
    is_exact = value.best is not None and set(told) == {value.best}
    return _Known(told[0], is_exact) if told else None
