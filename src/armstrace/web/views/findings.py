"""What the law says of a transfer that somebody asks about, as its page shows it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from armstrace.embargo.findings import Finding, Question, Verdict
from armstrace.export.findings import question_words
from armstrace.export.plain import plain
from armstrace.export.wording import CountryNames
from armstrace.model import Status
from armstrace.web.views.addresses import href_of

NAMES: Final = ("supplier", "recipient", "item", "date", "status")
STATUSES: Final = tuple((str(one), one.replace("-", " ")) for one in Status)


class FindingView(NamedTuple):
    """What a measure says: where that stands, what decides, what would change it, each possibility, doubts, source."""

    href: str
    measure: str
    provisions: str
    days: str
    decisive: str
    cases: tuple[tuple[str, str, str], ...]
    would_change: tuple[str, ...]
    notes: tuple[str, ...]
    source: str
    source_href: str | None


class Group(NamedTuple):
    """Findings of one kind: the title, the class by which it is coloured."""

    title: str
    role: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer to a question; ``outside`` are measures that do not reach it, with why."""

    question: str
    groups: tuple[Group, ...]
    missing: tuple[str, ...]
    outside: tuple[tuple[str, str], ...]
    told: str


class _Kind(NamedTuple):
    title: str
    role: str
    holds: Callable[[Finding], bool]


_KINDS: Final = (
    _Kind("Would breach, if the report is true", "denied", lambda one: one.verdict is Verdict.BREACH),
    _Kind("Depends", "doubt", lambda one: one.verdict is Verdict.DEPENDS),
    _Kind("Unknown", "doubt", lambda one: one.verdict is Verdict.UNKNOWN),
    _Kind("Asks not to, but does not bind", "", lambda one: one.verdict is Verdict.OUTSIDE),
)


def view_answer(question: Question, findings: Sequence[Finding], names: CountryNames) -> AnswerView:
    """Return the answer of all measures to a question."""
    bearing = [one for one in findings if one.bears]
    groups = (Group(k.title, k.role, tuple(_finding(one) for one in bearing if k.holds(one))) for k in _KINDS)
    untold = {party: [one.measure for one in findings if one.missing == party] for party in ("supplier", "recipient")}
    reached = "1 measure bears" if len(bearing) == 1 else f"{len(bearing)} measures bear"
    return AnswerView(
        question=question_words(question, names),
        groups=tuple(group for group in groups if group.findings),
        missing=tuple(f"the {party} is not told: {', '.join(keys)}" for party, keys in untold.items() if keys),
        outside=tuple(
            (one.measure, plain(one.decisive)) for one in findings if not one.bears and one.verdict is Verdict.OUTSIDE
        ),
        told=f"{reached} on it, of {len(findings)}",
    )


def _finding(one: Finding) -> FindingView:
    pairs = zip(one.instrument.split("; "), one.paragraph.split("; "), strict=True)
    end = f" to before {one.in_force_to}" if one.in_force_to else ", no end set"
    title, _, address = one.source.rpartition(", ")
    said = {f"{case.supposed}: {case.verdict}.".casefold() for case in one.cases}
    notes: Mapping[str, Sequence[str]] = {"disputed": one.disputed, "caveat": one.caveats}
    return FindingView(
        href=f"/law/{one.measure}#entry-{one.entry}",
        measure=one.measure,
        provisions=plain("; ".join(f"{instrument}, {paragraph}" for instrument, paragraph in pairs)),
        days=f"in force from {one.in_force_from}{end}" if one.in_force_from else "",
        decisive=plain(one.decisive),
        cases=tuple((plain(c.supposed), c.verdict.replace("-", " "), plain(c.why)) for c in one.cases),
        would_change=tuple(plain(words) for words in one.would_change if words.casefold() not in said),
        notes=tuple(f"{label}: {plain(note)}" for label, found in notes.items() for note in found),
        source=plain(title or one.source),
        source_href=href_of(address),
    )
