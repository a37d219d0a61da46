"""A transfer before every entry of a regime, in every piece of time: each condition answered, one verdict each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from armstrace.embargo.acts import falls_under
from armstrace.embargo.answers import Answer, Held, verdict_of
from armstrace.embargo.bounds import is_bound, membership_boundaries
from armstrace.embargo.exemptions import left_by
from armstrace.embargo.findings import Case, Question, Verdict
from armstrace.embargo.items import covered_items
from armstrace.embargo.law import Law
from armstrace.embargo.measures import Entry, Measure, Strength
from armstrace.embargo.targets import aimed_at
from armstrace.embargo.times import Piece, boundaries, cut_days, days_off, stands

GRAVITY = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry in one piece of time: its conditions in the order in which they are told, all of which must hold."""

    entry: Entry
    piece: Piece
    answers: tuple[Answer, ...]

    @property
    def reach(self) -> Verdict:
        """Return what the conditions make, whether the text binds or not."""
        return verdict_of(self.answers)

    @property
    def verdict(self) -> Verdict:
        """Return the verdict: a text that does not bind is never broken."""
        return self.reach if self.entry.strength is Strength.BINDING else Verdict.OUTSIDE

    @property
    def misses(self) -> int:
        """Return how many conditions do not hold."""
        return sum(answer.held is Held.NO for answer in self.answers)

    @property
    def gravity(self) -> tuple[int, int, int, int, int, int]:
        """Return what sorts the gravest and, among equals, the nearest, surest and latest entry first."""
        doubts = sum(answer.held is Held.MAYBE or answer.held is Held.UNKNOWN for answer in self.answers)
        reach = self.reach
        verdict = reach if self.entry.strength is Strength.BINDING else Verdict.OUTSIDE
        graver = GRAVITY.index(verdict), GRAVITY.index(reach), self.misses
        return *graver, days_off(self.entry, self.piece), doubts, -self.entry.in_force_from.toordinal()

    def cases(self) -> Iterator[Case]:
        """Yield the answer for each possibility of each condition, the other conditions left as they are."""
        for place, answer in enumerate(self.answers):
            for case in answer.cases:
                others = (*self.answers[:place], replace(answer, held=case.held), *self.answers[place + 1 :])
                verdict = verdict_of(others) if self.entry.strength is Strength.BINDING else Verdict.OUTSIDE
                yield Case(case.words, verdict, self.entry.id, answer.why)


def judge(measure: Measure, question: Question, law: Law) -> tuple[tuple[Judged, ...], ...]:
    """Return the entries of a regime before a transfer, the gravest first, for every piece of time in order."""
    cuts = law.turning_days(question.recipients).union(
        on for entry in measure.entries for on in _cuts(entry, question, law)
    )
    fixed = {entry.id: _fixed(entry, question, law) for entry in measure.entries}
    return tuple(
        _sorted([_judged(entry, piece, fixed[entry.id], question, law) for entry in measure.entries])
        for piece in cut_days(question, cuts)
    )


def _cuts(entry: Entry, question: Question, law: Law) -> frozenset[date]:
    return boundaries(entry) | membership_boundaries(entry, question, law)


def _fixed(entry: Entry, question: Question, law: Law) -> tuple[Answer, Answer]:
    """Return the conditions that no day changes: items and acts."""
    return covered_items(entry.scope, question, law.scopes), falls_under(entry, question.status)


def _judged(entry: Entry, piece: Piece, fixed: tuple[Answer, Answer], question: Question, law: Law) -> Judged:
    items, acts = fixed
    on = piece.first
    answers = (
        aimed_at(entry, question, law, on),
        items,
        stands(entry, on),
        is_bound(entry, question, law, on),
        left_by(entry, question, law, on),
        acts,
    )
    return Judged(entry, piece, answers)


def _sorted(judged: list[Judged]) -> tuple[Judged, ...]:
    return tuple(sorted(judged, key=lambda one: one.gravity))
