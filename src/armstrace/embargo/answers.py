"""Whether a condition of the law holds for a transfer, with reasons; and what several of them make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from armstrace.embargo.findings import Verdict


class Held(StrEnum):
    """Whether one condition holds; ``maybe``: for some of the possibilities, ``unknown``: nobody told enough."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Supposed:
    """One possibility, in words, and whether the condition holds in it."""

    words: str
    held: Held


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one condition holds, why (a part of a sentence), what would change it, and the possibilities."""

    held: Held
    why: str
    changes: tuple[str, ...] = ()
    cases: tuple[Supposed, ...] = ()


def supposed(yes: str, no: str) -> tuple[Supposed, ...]:
    """Return two possibilities: in the first the condition holds, in the second it does not."""
    return Supposed(yes, Held.YES), Supposed(no, Held.NO)


def verdict_of(answers: Iterable[Answer]) -> Verdict:
    """Return what conditions make that must all hold for a breach."""
    held = {answer.held for answer in answers}
    return next((verdict for state, verdict in _VERDICTS if state in held), Verdict.BREACH)


def one_or_other(answers: Sequence[tuple[str, Answer]]) -> Answer:
    """Return the answer for a field with several possibilities, each named; one of them is so, nobody knows which."""
    if len({answer.held for _, answer in answers}) == 1:
        first = answers[0][1]
        return replace(first, why=_joined(a.why for _, a in answers), changes=_changes(answers))
    cases = tuple(case for name, answer in answers for case in _named(name, answer))
    return Answer(Held.MAYBE, _joined(a.why for _, a in answers), _changes(answers), cases)


def any_of(answers: Sequence[tuple[str, Answer]]) -> Answer:
    """Return the answer for things that are all in question: the condition holds where it holds for one of them."""
    held = {answer.held for _, answer in answers}
    gravest = next(state for state in (Held.YES, Held.MAYBE, Held.UNKNOWN, Held.NO) if state in held)
    deciding = [(name, answer) for name, answer in answers if answer.held is gravest]
    if len(answers) == 1:
        return answers[0][1]
    cases = () if len(held) == 1 and gravest is not Held.MAYBE else _each_named(answers)
    return Answer(gravest, _told_together(deciding), _changes(answers), cases)


def _told_together(answers: Sequence[tuple[str, Answer]]) -> str:
    """Return the reasons, what is said alike of several things said once of all of them."""
    alike: dict[str, list[str]] = {}
    for name, answer in answers:
        rest = answer.why.removeprefix(name)
        alike.setdefault(rest, []).append(name if rest != answer.why else "")
    return _joined(f"{listed(dict.fromkeys(filter(None, names)))}{rest}" for rest, names in alike.items())


def listed(words: Iterable[str]) -> str:
    """Return ``a, b and c``."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _each_named(answers: Sequence[tuple[str, Answer]]) -> tuple[Supposed, ...]:
    return tuple(case for name, answer in answers for case in _named(name, answer))


def _named(name: str, answer: Answer) -> tuple[Supposed, ...]:
    if answer.held is not Held.MAYBE or not answer.cases:
        return (Supposed(name, answer.held),)
    return tuple(Supposed(f"{name}, {case.words}", case.held) for case in answer.cases)


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))


def _changes(answers: Sequence[tuple[str, Answer]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(change for _, answer in answers for change in answer.changes))


_VERDICTS = ((Held.NO, Verdict.OUTSIDE), (Held.UNKNOWN, Verdict.UNKNOWN), (Held.MAYBE, Verdict.DEPENDS))
