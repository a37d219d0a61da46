"""From the entries judged to one finding for a regime: what decides, what is cited, what would change the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby

from armstrace.embargo.answers import Held
from armstrace.embargo.findings import Case, Finding, Question, Verdict
from armstrace.embargo.judging import GRAVITY, Judged
from armstrace.embargo.measures import Direction, Ending, Entry, Level, Measure, Provision, Strength
from armstrace.embargo.times import Piece, disputes_on

_NOT_BINDING = {
    Strength.URGED: "The text only urges, so that not to follow it breaks no law",
    Strength.POLITICAL: "The text is a political commitment, so that not to follow it breaks no law",
}


_TERMS = {
    Verdict.BREACH: "its terms are met",
    Verdict.DEPENDS: "its terms may be met",
    Verdict.UNKNOWN: "whether its terms are met is not known",
}


def assemble(measure: Measure, judged: Sequence[Sequence[Judged]], question: Question) -> Finding:
    """Return the finding on one regime from its entries judged, the gravest first, in each piece of time."""
    by_time = [pieces[0] for pieces in judged]
    deciding = min(by_time, key=lambda one: one.gravity)
    verdict = _overall(by_time)
    cited = tuple(_cited(measure, deciding, list(chain.from_iterable(judged))))
    entry = deciding.entry
    return Finding(
        measure=measure.key,
        body=measure.body,
        verdict=verdict,
        entry=entry.id,
        instrument="; ".join(one.instrument for one in cited),
        paragraph="; ".join(one.paragraph for one in cited),
        in_force_from=entry.in_force_from,
        in_force_to=entry.in_force_to,
        direction=entry.direction,
        strength=entry.strength,
        reached=deciding.reach is not Verdict.OUTSIDE,
        decisive=_decisive(deciding, by_time),
        would_change=tuple(dict.fromkeys(_would_change(measure, deciding, by_time, judged))),
        cases=_cases(deciding, by_time),
        disputed=tuple(dict.fromkeys(_disputes(entry, by_time))),
        caveats=tuple(_caveats(measure, deciding, question)),
        source=_source(measure, entry),
        missing=_missing(deciding),
    )


def _overall(by_time: Sequence[Judged]) -> Verdict:
    """Return one verdict: what differs from day to day depends on the day."""
    verdicts = {one.verdict for one in by_time}
    if len(verdicts) == 1:
        return next(iter(verdicts))
    return Verdict.UNKNOWN if verdicts <= {Verdict.UNKNOWN, Verdict.OUTSIDE} else Verdict.DEPENDS


def _cited(measure: Measure, deciding: Judged, judged: Iterable[Judged]) -> Iterator[Provision]:
    """Yield where it stands: the deciding entry, all others that apply, then what these widened."""
    same = [one for one in judged if one.verdict is not Verdict.OUTSIDE and deciding.verdict is not Verdict.OUTSIDE]
    applying = dict.fromkeys(entry.provision for entry in _entries(deciding, same))
    yield from applying
    yield from dict.fromkeys(one for one in _widened(measure, set(applying)) if one not in applying)


def _entries(deciding: Judged, others: Iterable[Judged]) -> Iterator[Entry]:
    yield deciding.entry
    for one in sorted(others, key=lambda other: other.gravity):
        yield one.entry


def _widened(measure: Measure, provisions: set[Provision]) -> Iterator[Provision]:
    for entry in reversed(measure.entries):
        if entry.ending is Ending.WIDENED and entry.ended_by in provisions:
            provisions.add(entry.provision)
            yield entry.provision


def _decisive(deciding: Judged, by_time: Sequence[Judged]) -> str:
    words = _reason(deciding)
    if deciding.entry.strength is not Strength.BINDING and deciding.reach is not Verdict.OUTSIDE:
        words = f"{_NOT_BINDING[deciding.entry.strength]}; {_TERMS[deciding.reach]}: {words}"
    if len({one.verdict for one in by_time}) > 1:
        days = next(days for run, days in _runs(by_time) if deciding in run)
        words = f"the day decides; {days}: {words}"
    return f"{words[:1].upper()}{words[1:]}."


def _reason(judged: Judged) -> str:
    """Return what decided: of an entry outside the first condition that fails, else all that bear the answer."""
    state = _DECIDING[judged.reach]
    told = [answer.why for answer in judged.answers if answer.held is state and answer.why]
    return told[0] if state is Held.NO else "; ".join(told)


def _would_change(
    measure: Measure, deciding: Judged, by_time: Sequence[Judged], judged: Sequence[Sequence[Judged]]
) -> Iterator[str]:
    if len({one.verdict for one in by_time}) > 1:
        yield "The day of the transfer, once it is known more closely."
    for answer in deciding.answers:
        if deciding.verdict is not Verdict.OUTSIDE or answer.held is Held.NO:
            yield from answer.changes
    for case in deciding.cases():
        yield f"{case.supposed[:1].upper()}{case.supposed[1:]}: {case.verdict}."
    if deciding.verdict is not Verdict.BREACH:
        yield from _near_misses(judged)
    else:
        days = f"before {deciding.entry.in_force_from}{_or_after(deciding.entry)}"
        yield f"A day {days}, unless another rule of {measure.key} applied then."


def _near_misses(judged: Sequence[Sequence[Judged]]) -> Iterator[str]:
    """Yield what would bring other entries of the regime to apply: those of which one condition alone fails."""
    for one in chain.from_iterable(judged):
        if one.misses == 1 and one.entry.strength is Strength.BINDING:
            yield from (change for answer in one.answers if answer.held is Held.NO for change in answer.changes)


def _or_after(entry: Entry) -> str:
    return f" or from {entry.in_force_to}" if entry.in_force_to else ""


def _cases(deciding: Judged, by_time: Sequence[Judged]) -> tuple[Case, ...]:
    """Return the answers by period where they differ, then those by each other condition in doubt."""
    periods = tuple(_periods(by_time)) if len({one.verdict for one in by_time}) > 1 else ()
    return (*periods, *dict.fromkeys(deciding.cases()))


def _periods(by_time: Sequence[Judged]) -> Iterator[Case]:
    for run, words in _runs(by_time):
        yield Case(words, run[0].verdict, run[0].entry.id, _reason(run[0]))


def _runs(by_time: Sequence[Judged]) -> Iterator[tuple[list[Judged], str]]:
    """Yield what follows on one another with one answer, and the days in words."""
    for _, group in groupby(by_time, key=_alike):
        run = list(group)
        first, last = run[0].piece, run[-1].piece
        yield run, Piece(first.first, last.last, opens=first.opens, closes=last.closes).words


def _alike(judged: Judged) -> tuple[Verdict, str]:
    return judged.verdict, "" if judged.verdict is Verdict.OUTSIDE else judged.entry.id


def _disputes(entry: Entry, by_time: Sequence[Judged]) -> Iterator[str]:
    for one in by_time:
        if one.entry is entry and one.reach is not Verdict.OUTSIDE:
            yield from (dispute.summary for dispute in disputes_on(entry, one.piece.first))


def _caveats(measure: Measure, deciding: Judged, question: Question) -> Iterator[str]:
    if deciding.answers[0].held is Held.NO:
        return
    yield from question.caveats
    for time in question.times:
        if time.assumed:
            yield f"The days are assumed: {time.assumed}."
    if _last_day(question) > measure.known_until:
        yield f"The law was looked up to {measure.known_until}; rules without an end are taken to go on after that day."
    if deciding.entry.checked.missing:
        yield f"Still to be verified of this rule: {deciding.entry.checked.missing.rstrip('.')}."
    if measure.confidence is not Level.HIGH:
        yield f"Confidence in the record of {measure.key} is {measure.confidence}. {measure.reason}"


def _missing(deciding: Judged) -> str:
    """Return the party that is not told, where nothing can be said before it is."""
    if deciding.reach is not Verdict.UNKNOWN or deciding.answers[0].held is not Held.UNKNOWN:
        return ""
    return "supplier" if deciding.entry.direction is Direction.PROCUREMENT_FROM else "recipient"


def _last_day(question: Question) -> date:
    return max((time.last or date.max for time in question.times), default=date.max)


def _source(measure: Measure, entry: Entry) -> str:
    found = next(source for source in measure.sources if source.id == entry.source)
    return f"{found.title}, {found.url}"


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with the gravest first; then those of the United Nations, of the European Union, of others."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[int, int, str]:
    bodies = ("UN", "EU")
    place = bodies.index(finding.body) if finding.body in bodies else len(bodies)
    return GRAVITY.index(finding.verdict), place, finding.measure


_DECIDING = {
    Verdict.BREACH: Held.YES,
    Verdict.DEPENDS: Held.MAYBE,
    Verdict.UNKNOWN: Held.UNKNOWN,
    Verdict.OUTSIDE: Held.NO,
}
