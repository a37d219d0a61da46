"""Findings as plain values for JSON, and for a person: by verdict, each with its reasons and its cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from rich.console import Console
from rich.text import Text

from armstrace.embargo.findings import HONESTY, AskedParty, AskedTime, Finding, Question, Verdict
from armstrace.export.person import print_row
from armstrace.export.plain import plain
from armstrace.export.wording import UNKNOWN, CountryNames

_INDENT = 17
_STYLES = {Verdict.BREACH: "bold red", Verdict.DEPENDS: "yellow", Verdict.UNKNOWN: "magenta", Verdict.OUTSIDE: "green"}
VERDICT_TITLES = {
    Verdict.BREACH: "Would breach, if the report is true",
    Verdict.DEPENDS: "Depends",
    Verdict.UNKNOWN: "Unknown",
    Verdict.OUTSIDE: "Outside",
}
NOT_BINDING = "Asks not to, but does not bind"
_MARKED = (Verdict.BREACH, Verdict.DEPENDS, Verdict.UNKNOWN)

Findings = Sequence[Mapping[str, Any]]  # as plain values


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values: what it says, then what it rests on, then what it is not."""
    return {
        "measure": finding.measure,
        "body": str(finding.body),
        "verdict": str(finding.verdict),
        "instrument": finding.instrument,
        "paragraph": finding.paragraph,
        "in_force_from": _day(finding.in_force_from),
        "in_force_to": _day(finding.in_force_to),
        "decisive": finding.decisive,
        "would_change": list(finding.would_change),
        "entry": finding.entry,
        "direction": str(finding.direction) if finding.direction else None,
        "strength": str(finding.strength),
        "reached": finding.reached,
        "missing": finding.missing or None,
        "cases": [
            {"supposed": case.supposed, "verdict": str(case.verdict), "entry": case.entry, "why": case.why}
            for case in finding.cases
        ],
        "disputed": list(finding.disputed),
        "caveats": list(finding.caveats),
        "source": finding.source,
        "notice": HONESTY,
    }


def findings_to_list(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return as plain values the findings that say something of a transfer."""
    return [finding_to_dict(finding) for finding in findings if finding.bears]


def question_words(question: Question, names: CountryNames) -> str:
    """Return what is asked in one line: ``North Korea → Russia: artillery shells, 2022-09-01 to 2022-09-30``."""
    route = " → ".join(_either(question_side, names) for question_side in (question.suppliers, question.recipients))
    items = ", ".join(plain(item.words) for item in question.items) or "arms"
    days = " or ".join(map(_days, question.times)) or "day unknown"
    status = "" if question.status == "unspecified" else f", {question.status}"
    return f"{route}: {items}, {days}{status}"


def print_findings(page: Console, findings: Sequence[Finding], *, every: bool = False) -> None:
    """Print findings grouped by verdict, their cases indented; with ``every`` also what lies outside, and why."""
    bearing = [finding for finding in findings if finding.bears]
    for verdict in _MARKED:
        _print_group(page, VERDICT_TITLES[verdict], [one for one in bearing if one.verdict is verdict])
    _print_group(page, NOT_BINDING, [one for one in bearing if one.verdict is Verdict.OUTSIDE])
    unknown = [finding for finding in findings if finding.verdict is Verdict.UNKNOWN]
    for party in ("supplier", "recipient"):
        if keys := [finding.measure for finding in unknown if finding.missing == party]:
            print_row(page, "unknown", Text(f"the {party} is not told: {', '.join(keys)}"), _INDENT)
            page.print()
    outside = [one for one in findings if one.verdict is Verdict.OUTSIDE and not one.bears]
    if every:
        for finding in outside:
            print_row(page, finding.measure, Text(f"outside. {plain(finding.decisive)}", style="dim"), _INDENT)
        page.print()
    elif not bearing:
        page.print(
            Text(f"None of the {len(findings)} measures reaches it, as far as it is told; with --all each says why.\n")
        )


def print_notice(page: Console) -> None:
    """Print what a finding is not."""
    page.print(Text(HONESTY, style="dim"))


def _print_group(page: Console, title: str, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    page.print(Text(title, style=f"{_STYLES[findings[0].verdict]} underline"))
    for finding in findings:
        for label, words in _rows(finding):
            print_row(page, label, words, _INDENT)
        page.print()


def _rows(finding: Finding) -> Iterator[tuple[str, Text]]:
    yield finding.measure, Text(_provisions(finding), style="bold")
    yield "  in force", Text(_in_force(finding))
    yield "  decisive", Text(plain(finding.decisive))
    for case in finding.cases:
        words = Text(f"{plain(case.supposed)}: ").append(case.verdict.replace("-", " "), style=_STYLES[case.verdict])
        yield "    if", words
    in_cases = {f"{case.supposed}: {case.verdict}.".casefold() for case in finding.cases}
    for change in finding.would_change:
        if change.casefold() not in in_cases:
            yield "  would change", Text(plain(change))
    for label, notes in (("  disputed", finding.disputed), ("  caveat", finding.caveats)):
        for note in notes:
            yield label, Text(plain(note), style="dim")
    yield "  source", Text(plain(finding.source), style="dim")


def _provisions(finding: Finding) -> str:
    pairs = zip(finding.instrument.split("; "), finding.paragraph.split("; "), strict=True)
    return plain("; ".join(f"{instrument}, {paragraph}" for instrument, paragraph in pairs))


def _in_force(finding: Finding) -> str:
    end = f" to {finding.in_force_to - timedelta(days=1)}" if finding.in_force_to else ", no end set"
    return f"from {finding.in_force_from}{end}"


def _either(parties: Sequence[AskedParty], names: CountryNames) -> str:
    return " or ".join(_party(party, names) for party in parties) or UNKNOWN


def _party(party: AskedParty, names: CountryNames) -> str:
    country = names.get(party.country, party.country) if party.country else None
    who = ", ".join(party.names) or ("government" if party.is_government else "")
    places = ", ".join(party.places)
    words = f"{who} ({country})" if who and country else who or country or UNKNOWN
    return plain(f"{words}, {places}" if places else words)


def _days(time: AskedTime) -> str:
    first, last = _day(time.first), _day(time.last)
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"up to {last}" if last else "day unknown"


def _day(day: object) -> str | None:
    return None if day is None else str(day)
