"""What a publication tells of all its transfers together: sources, measures, flows; gathered as they go by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from armstrace.export.findings import Findings
from armstrace.keeping.routes import find_routes
from armstrace.model import SourceKind
from armstrace.pictures.flows import Flow
from armstrace.register.history import latest_status
from armstrace.register.reliability import Reliability, Row, grade_source
from armstrace.register.stages import MOVED, STOPPED
from armstrace.register.types import Transfer
from armstrace.web.publication.lines import Line

_Source = tuple[str, SourceKind, str | None]


class SourceRow(NamedTuple):
    """A source: its name, kind and country, how reliable it is, how many transfers and claims it stands behind."""

    name: str
    kind: SourceKind
    country: str | None
    reliability: Reliability
    transfers: int
    claims: int


class Cited(NamedTuple):
    """A measure that findings cite: its key, the ids of its entries, how many lines by verdict."""

    measure: str
    entries: tuple[str, ...]
    verdicts: tuple[tuple[str, int], ...]


class Gathered:
    """Counts over transfers; a transfer is added once."""

    def __init__(self, reliability: Sequence[Row]) -> None:
        self.lines: list[Line] = []
        self.documents: set[str] = set()
        self.claims: set[str] = set()
        self._reliability = reliability
        self._sources: defaultdict[_Source, set[str]] = defaultdict(set)
        self._behind: Counter[_Source] = Counter()
        self._entries: defaultdict[str, set[str]] = defaultdict(set)
        self._verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._flows: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, transfer: Transfer, findings: Findings, line: Line) -> None:
        """Count a transfer in."""
        self.lines.append(line)
        self._add_sources(transfer)
        self._add_law(findings)
        self._add_flows(transfer)

    def _add_flows(self, transfer: Transfer) -> None:
        step = latest_status(transfer)
        told = {
            "transfers": True,
            "moved": step is not None and step.status in MOVED,
            "stopped": step is not None and step.status in STOPPED,
            "denied": bool(transfer.denied.backing.claims),
        }
        for pair in {(route.supplier, route.recipient) for route in find_routes(transfer)}:
            if all(pair):
                self._flows[pair].update(name for name, holds in told.items() if holds)

    def _add_sources(self, transfer: Transfer) -> None:
        here: set[_Source] = set()
        for told in (*transfer.claims, *transfer.context):
            claim = told.claim
            self.documents.add(claim.document)
            self.claims.add(claim.id)
            sources: list[_Source] = [(one.name, one.kind, one.country) for one in claim.attribution]
            if told.outlet and not any(name == told.outlet for name, _, _ in sources):
                sources.append((told.outlet, SourceKind.OUTLET, None))
            for source in sources:
                self._sources[source].add(claim.id)
            here.update(sources)
        self._behind.update(here)

    def _add_law(self, findings: Findings) -> None:
        verdicts: defaultdict[str, set[str]] = defaultdict(set)
        for finding in findings:
            self._entries[finding["measure"]].add(finding["entry"])
            verdicts[finding["measure"]].add(finding["verdict"])
        for measure, found in verdicts.items():
            self._verdicts[measure].update(found)

    def sources(self) -> list[SourceRow]:
        """Return the sources, those behind most transfers first."""
        rows = [
            SourceRow(*source, grade_source(self._reliability, *source), self._behind[source], len(claims))
            for source, claims in self._sources.items()
        ]
        return sorted(rows, key=lambda row: (-row.transfers, -row.claims, row.name, row.kind, row.country or ""))

    def cited(self) -> list[Cited]:
        """Return the measures that findings cite, by key."""
        return [
            Cited(key, tuple(sorted(entries)), tuple(sorted(self._verdicts[key].items())))
            for key, entries in sorted(self._entries.items())
        ]

    def flows(self) -> list[Flow]:
        """Return who is said to supply whom; a line with several suppliers or recipients is one of each pair."""
        return [
            Flow(*pair, counts["transfers"], counts["moved"], counts["stopped"], counts["denied"])
            for pair, counts in sorted(self._flows.items())
        ]

    def counts(self) -> dict[str, int]:
        """Return how much is published."""
        found: dict[str, Any] = {"transfers": self.lines, "claims": self.claims, "documents": self.documents}
        return {name: len(one) for name, one in found.items()}
