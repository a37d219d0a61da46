"""Which measures can concern the parties of a transfer at all; of the others one sentence is said, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from armstrace.embargo.findings import AskedParty, Finding, Question, Verdict
from armstrace.embargo.law import Aims, Law
from armstrace.embargo.measures import Direction, Entry, Measure
from armstrace.embargo.targets import party_words, target_words
from armstrace.embargo.times import Piece, cut_days, days_off


@dataclass(frozen=True, slots=True)
class Concern:
    """The countries and names of the parties of a question, and its days as one piece."""

    question: Question
    days: Piece
    suppliers: Aims
    recipients: Aims

    def of(self, law: Law, measure: Measure) -> bool:
        """Tell whether a measure may be aimed at a party, on any day; so may all where the party is not told."""
        supply, procurement = law.aims[measure.key]
        return _meet(supply, self.recipients, self.question.recipients) or _meet(
            procurement, self.suppliers, self.question.suppliers
        )


def concern_of(question: Question) -> Concern:
    """Return what decides which measures can concern a question."""
    days = cut_days(question, ())
    whole = Piece(days[0].first, days[-1].last, opens=True, closes=True)
    return Concern(question, whole, _of_parties(question.suppliers), _of_parties(question.recipients))


def unconcerned(measure: Measure, concern: Concern, law: Law) -> Finding:
    """Return the finding on a measure that is aimed at no party: outside, with the entry nearest in time."""
    entry = min(measure.entries, key=lambda one: _nearness(one, concern.days))
    official = next(source for source in measure.sources if source.id == entry.source)
    return Finding(
        measure=measure.key,
        body=measure.body,
        verdict=Verdict.OUTSIDE,
        entry=entry.id,
        instrument=entry.provision.instrument,
        paragraph=entry.provision.paragraph,
        in_force_from=entry.in_force_from,
        in_force_to=entry.in_force_to,
        direction=entry.direction,
        strength=entry.strength,
        reached=False,
        decisive=_decisive(entry, concern.question, law),
        source=f"{official.title}, {official.url}",
    )


def _meet(aims: Aims | None, told: Aims, parties: tuple[AskedParty, ...]) -> bool:
    if aims is None:
        return False
    return not parties or bool(aims.countries & told.countries or aims.names & told.names)


def _of_parties(parties: Iterable[AskedParty]) -> Aims:
    countries = {code for party in parties for code in (party.country, *party.acts_in) if code}
    return Aims(frozenset(countries), frozenset(name for party in parties for name in party.names))


def _nearness(entry: Entry, days: Piece) -> tuple[int, bool, int]:
    """Return what sorts first the entry that is told of: nearest in time, of supply rather than procurement, latest."""
    buying = entry.direction is Direction.PROCUREMENT_FROM
    return days_off(entry, days), buying, -entry.in_force_from.toordinal()


def _decisive(entry: Entry, question: Question, law: Law) -> str:
    aim, buying = target_words(entry.target, law), entry.direction is Direction.PROCUREMENT_FROM
    parties = question.suppliers if buying else question.recipients
    who = " or ".join(dict.fromkeys(party_words(party, law) for party in parties))
    if buying:
        return f"The measure is aimed at arms that come from {aim}, not from {who}."
    return f"The measure is aimed at {aim}, not at {who}."
