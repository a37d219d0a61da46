"""A line of the register as the list of a publication shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from armstrace.embargo.findings import Verdict
from armstrace.export.findings import Findings
from armstrace.export.transfer_words import items_words, period_words, quantity_column, route_words, step_words
from armstrace.export.wording import CountryNames
from armstrace.model import Polarity
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.known import known_from
from armstrace.register.types import Alternative, PartyValue, Transfer

_MARKED: Final = (
    (Verdict.BREACH, "denied", "breach if true"),
    (Verdict.DEPENDS, "doubt", "depends"),
    (Verdict.UNKNOWN, "doubt", "unknown"),
)


class Mark(NamedTuple):
    """What the law says of a line in short: how it is coloured, the verdict in words, the keys of the measures."""

    tag: str
    words: str
    measures: tuple[str, ...]


class Line(NamedTuple):
    """One line. ``first`` and ``last`` are the days of report, "" where none is known; parties are codes.

    ``affirming``, ``not_shown`` and ``denying`` count origins: shown to be independent, not shown to be, against.
    """

    id: str
    route: str
    items: str
    number: str
    status: str
    status_day: str
    is_denied: bool
    affirming: int
    not_shown: int
    denying: int
    credibility: int
    marks: tuple[Mark, ...]
    first: str
    last: str
    suppliers: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """The keys of all measures that say something of it."""
        return tuple(key for mark in self.marks for key in mark.measures)

    @property
    def values(self) -> list[Any]:
        """The line as the script of the list reads it."""
        marks = [[mark.tag, mark.words, list(mark.measures)] for mark in self.marks]
        parties = [list(self.suppliers), list(self.recipients)]
        return [*self[:6], int(self.is_denied), *self[7:11], marks, self.first, self.last, *parties]


def make_line(transfer: Transfer, findings: Findings, names: CountryNames) -> Line:
    """Return the line of a transfer."""
    step = latest_status(transfer)
    days = [day for told in transfer.claims if (day := known_from(told.published))]
    denied = transfer.denied.backing
    return Line(
        id=transfer.id,
        route=route_words(transfer, names),
        items=items_words(transfer),
        number=quantity_column(transfer),
        status=step_words(step) if step else "unknown",
        status_day=period_words(step.period) if step and step.period else "",
        is_denied=bool(step and step.polarity is Polarity.DENIED),
        affirming=transfer.affirmed.backing.independent,
        not_shown=transfer.affirmed.backing.not_shown,
        denying=denied.independent + denied.not_shown,
        credibility=grade_transfer(transfer).digit,
        marks=tuple(_marks(findings)),
        first=min(days, default=""),
        last=max(days, default=""),
        suppliers=country_codes(transfer.fields.supplier),
        recipients=country_codes(transfer.fields.recipient),
    )


def country_codes(alternatives: Sequence[Alternative[PartyValue]]) -> tuple[str, ...]:
    """Return the codes of all countries that claims give, each once."""
    codes = (one.value.country for one in alternatives if one.value)
    return tuple(dict.fromkeys(code for code in codes if code))


def _marks(findings: Findings) -> Iterable[Mark]:
    for verdict, tag, words in _MARKED:
        keys = tuple(dict.fromkeys(one["measure"] for one in findings if one["verdict"] == verdict))
        if keys:
            yield Mark(tag, words, keys)
