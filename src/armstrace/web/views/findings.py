"""What the law says of a transfer, as pages show it: each measure with its provisions, its reason, its doubts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from armstrace.embargo.findings import Verdict
from armstrace.export.findings import Findings
from armstrace.export.plain import plain
from armstrace.web.addresses import Addresses
from armstrace.web.views.addresses import href_of

VERDICT_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Verdict.BREACH: "would breach it, if the report is true",
        Verdict.DEPENDS: "depends",
        Verdict.UNKNOWN: "unknown",
        Verdict.OUTSIDE: "asks not to, but does not bind",
    }
)
_TAGS: Final = MappingProxyType({Verdict.BREACH: "denied", Verdict.DEPENDS: "doubt", Verdict.UNKNOWN: "doubt"})


class FindingView(NamedTuple):
    """What one measure says: in words, where that stands, from when to when, why; ``notes`` by their kind."""

    measure: str
    address: str | None
    verdict: str
    tag: str
    provisions: str
    in_force: str
    decisive: str
    cases: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    source: str
    source_address: str | None


def view_findings(findings: Findings, addresses: Addresses) -> tuple[FindingView, ...]:
    """Return findings, given in their public shape, as pages show them."""
    return tuple(_finding(finding, addresses) for finding in findings)


def provision_words(finding: Mapping[str, Any]) -> str:
    """Return ``resolution 1874 (2009), 9; resolution 1718 (2006), 8(b)``."""
    pairs = zip(finding["instrument"].split("; "), finding["paragraph"].split("; "), strict=True)
    return plain("; ".join(f"{instrument}, {paragraph}" for instrument, paragraph in pairs))


def _finding(finding: Mapping[str, Any], addresses: Addresses) -> FindingView:
    cases = tuple(plain(f"{case['supposed']}: {case['verdict'].replace('-', ' ')}") for case in finding["cases"])
    told = {f"{case['supposed']}: {case['verdict']}.".casefold() for case in finding["cases"]}
    changes = [change for change in finding["would_change"] if change.casefold() not in told]
    kinds = (("would change it", changes), ("disputed", finding["disputed"]), ("caveat", finding["caveats"]))
    title, _, address = finding["source"].rpartition(", ")
    return FindingView(
        measure=finding["measure"],
        address=addresses.measure(finding["measure"]),
        verdict=VERDICT_WORDS[finding["verdict"]],
        tag=_TAGS.get(finding["verdict"], ""),
        provisions=provision_words(finding),
        in_force=_in_force(finding),
        decisive=plain(finding["decisive"]),
        cases=cases,
        notes=tuple((kind, plain(words)) for kind, notes in kinds for words in notes),
        source=plain(title or address),
        source_address=href_of(address),
    )


def _in_force(finding: Mapping[str, Any]) -> str:
    if finding["in_force_from"] is None:
        return ""
    end = f" to before {finding['in_force_to']}" if finding["in_force_to"] else ", no end set"
    return f"in force from {finding['in_force_from']}{end}"
