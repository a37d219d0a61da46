"""The measures that findings cite, as the page of the law shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from armstrace.embargo.findings import Verdict
from armstrace.embargo.measures import Entry, Measure
from armstrace.export.addresses import href_of
from armstrace.export.plain import plain
from armstrace.web.publication.gathered import Cited

_VERDICTS: Final = {
    Verdict.BREACH: "breach if true",
    Verdict.DEPENDS: "depends",
    Verdict.UNKNOWN: "unknown",
    Verdict.OUTSIDE: "asks not to, without binding",
}


class EntryView(NamedTuple):
    """One provision: where it stands, what it says, from when to when, whether it binds, what is not verified."""

    provision: str
    summary: str
    in_force: str
    strength: str
    missing: str
    source: str
    address: str | None


class MeasureView(NamedTuple):
    """One measure with the provisions that findings cite; ``cited`` says on how many lines, in words."""

    key: str
    title: str
    cited: str
    checked: str
    known_until: str
    confidence: str
    reason: str
    entries: tuple[EntryView, ...]


def view_law(cited: Sequence[Cited], measures: Iterable[Measure]) -> tuple[MeasureView, ...]:
    """Return the cited measures in the order in which they are cited."""
    known = {measure.key: measure for measure in measures}
    return tuple(_measure(one, known[one.measure]) for one in cited if one.measure in known)


def _measure(cited: Cited, measure: Measure) -> MeasureView:
    counts = dict(cited.verdicts)
    told = ", ".join(f"{words} {counts[verdict]}" for verdict, words in _VERDICTS.items() if verdict in counts)
    return MeasureView(
        key=measure.key,
        title=plain(measure.title),
        cited=f"Lines of the register: {told}",
        checked=str(measure.date_checked),
        known_until=str(measure.known_until),
        confidence=str(measure.confidence),
        reason=plain(measure.reason),
        entries=tuple(_entries(measure, frozenset(cited.entries))),
    )


def _entries(measure: Measure, wanted: frozenset[str]) -> Iterator[EntryView]:
    sources = {source.id: source for source in measure.sources}
    for entry in measure.entries:
        if entry.id in wanted:
            source = sources[entry.source]
            yield EntryView(
                provision=plain(f"{entry.provision.instrument}, {entry.provision.paragraph}"),
                summary=plain(entry.summary),
                in_force=_in_force(entry),
                strength=str(entry.strength),
                missing=plain(entry.checked.missing),
                source=plain(source.title),
                address=href_of(source.url),
            )


def _in_force(entry: Entry) -> str:
    end = f" to before {entry.in_force_to}" if entry.in_force_to else ", no end set"
    return f"from {entry.in_force_from}{end}"
