"""What embargo law says of a transfer, for its page: findings in their public shape, by verdict, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from armstrace.embargo.findings import Verdict
from armstrace.export.addresses import href_of
from armstrace.export.findings import NOT_BINDING, VERDICT_TITLES, Findings
from armstrace.export.plain import plain
from armstrace.web.addresses import Addresses

_TAGS: Final[Mapping[str, str]] = {Verdict.BREACH: "denied", Verdict.DEPENDS: "doubt"}

_NOTES: Final = (("disputed", "disputed"), ("caveat", "caveats"))


class CaseView(NamedTuple):
    """What follows if something is supposed."""

    supposed: str
    verdict: str
    tag: str


class FindingView(NamedTuple):
    """One measure and its page: its provisions, from when it is in force, what decides, what would change it."""

    measure: str
    page: str | None
    provisions: tuple[str, ...]
    in_force: str
    decisive: str
    missing: str
    cases: tuple[CaseView, ...]
    would_change: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    source: str
    address: str | None


class VerdictView(NamedTuple):
    """The findings of one verdict."""

    title: str
    tag: str
    findings: tuple[FindingView, ...]


def view_law(findings: Findings, addresses: Addresses) -> tuple[VerdictView, ...]:
    """Return findings by verdict; what no measure says is left out."""
    titles = {**VERDICT_TITLES, Verdict.OUTSIDE: NOT_BINDING}
    groups = ((verdict, [one for one in findings if one["verdict"] == verdict]) for verdict in Verdict)
    return tuple(
        VerdictView(titles[verdict], _TAGS.get(verdict, ""), tuple(_finding(one, addresses) for one in found))
        for verdict, found in groups
        if found
    )


def provisions_of(finding: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where a finding stands in law: ``resolution 1874 (2009), 9``."""
    pairs = zip(finding["instrument"].split("; "), finding["paragraph"].split("; "), strict=True)
    return tuple(plain(f"{instrument}, {paragraph}") for instrument, paragraph in pairs)


def _finding(one: Mapping[str, Any], addresses: Addresses) -> FindingView:
    end = f" to before {one['in_force_to']}" if one["in_force_to"] else ", no end set"
    title, _, address = one["source"].rpartition(", ")
    href = href_of(address)
    cases = tuple(_cases(one["cases"]))
    told = {f"{case['supposed']}: {case['verdict']}.".casefold() for case in one["cases"]}
    return FindingView(
        measure=one["measure"],
        page=addresses.measure(one["measure"], one["entry"]),
        provisions=provisions_of(one),
        in_force=f"{one['in_force_from']}{end}",
        decisive=plain(one["decisive"]),
        missing=plain(one["missing"] or ""),
        cases=cases,
        would_change=tuple(plain(change) for change in one["would_change"] if change.casefold() not in told),
        notes=tuple((label, plain(note)) for label, field in _NOTES for note in one[field]),
        source=plain(title if href else one["source"]),
        address=href,
    )


def _cases(cases: Sequence[Mapping[str, Any]]) -> Iterator[CaseView]:
    for case in cases:
        verdict = case["verdict"]
        yield CaseView(plain(case["supposed"]), verdict.replace("-", " "), _TAGS.get(verdict, ""))
