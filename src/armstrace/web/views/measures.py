"""The law as pages show it: which measures are encoded, how well, and each with all that it says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from armstrace.embargo.coverage import BODIES, LookedUp, count_read, end_of, targets_of
from armstrace.embargo.law import Law
from armstrace.embargo.measures import Checked, Ending, Entry, Exemption, Measure, Provision, Source, Target
from armstrace.export.addresses import href_of
from armstrace.export.plain import plain
from armstrace.export.wording import CountryNames
from armstrace.pictures.entries import draw_entries
from armstrace.register.fields import plain_name

PATH: Final = "/law"
NAMES: Final = ("words", "body", "on")
_ENDINGS: Final[Mapping[Ending, str]] = {
    Ending.OPEN: "no end set",
    Ending.LIFTED: "lifted",
    Ending.EXPIRED: "expired",
    Ending.REPLACED: "replaced",
    Ending.WIDENED: "lives on in a wider rule",
    Ending.UNCHECKED: "set to end; whether it was renewed has not been looked up",
}


class LawLine(NamedTuple):
    """A measure in the table."""

    href: str
    key: str
    title: str
    body: str
    against: str
    rules: int
    begins: str
    ends: str
    read: LookedUp
    confidence: str
    checked: str
    known_until: str


@dataclass(frozen=True, slots=True)
class LawView:
    """The table of measures with what was asked."""

    lines: tuple[LawLine, ...]
    asked: Mapping[str, str]
    bodies: tuple[tuple[str, str], ...]
    told: str


class Reference(NamedTuple):
    """A source: its title, where it can be read (None for nowhere), whether it is the act itself."""

    title: str
    href: str | None
    official: bool


class Fact(NamedTuple):
    """Something that stands within an entry: what, where it says so, from when to when, what is not looked up."""

    words: str
    provision: str
    days: str
    notes: tuple[str, ...]
    seen: tuple[Reference, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One rule with all that it says."""

    id: str
    provision: str
    summary: str
    adopted: str
    days: str
    ending: str
    strength: str
    direction: str
    target: str
    bound: str
    acts: str
    scopes: tuple[str, ...]
    exemptions: tuple[Fact, ...]
    renewals: tuple[Fact, ...]
    suspensions: tuple[Fact, ...]
    disputes: tuple[Fact, ...]
    source: Reference
    seen: tuple[Reference, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """The page of a measure."""

    line: LawLine
    reason: str
    picture: Markup
    entries: tuple[EntryView, ...]
    sources: tuple[Reference, ...]


def view_measures(
    measures: Sequence[Measure], asked: Mapping[str, str], names: CountryNames, on: date | None
) -> LawView:
    """Return the table of the measures that are all that is asked; ``on`` is the day that ``asked`` names, if any."""
    order = list(BODIES)
    wanted = [one for one in measures if _is_wanted(one, asked, names, on)]
    wanted.sort(key=lambda one: (order.index(one.body), one.key))
    told = "1 measure" if len(wanted) == 1 else f"{len(wanted)} measures"
    return LawView(
        lines=tuple(_line(one, names) for one in wanted),
        asked={name: plain(asked.get(name, "")) for name in NAMES},
        bodies=tuple((str(body), name) for body, name in BODIES.items()),
        told=f"{told} of {len(measures)}" if len(wanted) < len(measures) else f"{told} are encoded",
    )


def view_measure(measure: Measure, law: Law) -> MeasureView:
    """Return the page of a measure."""
    sources = {source.id: _reference(source) for source in measure.sources}
    return MeasureView(
        line=_line(measure, law.names),
        reason=plain(measure.reason),
        picture=draw_entries(measure, lambda entry: f"#entry-{entry}"),
        entries=tuple(_entry(entry, law, sources) for entry in measure.entries),
        sources=tuple(sources.values()),
    )


def binds_on(entry: Entry, on: date) -> bool:
    """Tell whether a rule stands on a day."""
    return entry.in_force_from <= on and (entry.in_force_to is None or on < entry.in_force_to)


def _is_wanted(measure: Measure, asked: Mapping[str, str], names: CountryNames, on: date | None) -> bool:
    if asked.get("body") and asked["body"] != measure.body:
        return False
    if on is not None and not any(binds_on(entry, on) for entry in measure.entries):
        return False
    words = plain_name(asked.get("words"))
    return not words or any(f" {words}" in f" {plain_name(name)}" for name in _called(measure, names))


def _called(measure: Measure, names: CountryNames) -> Iterator[str]:
    yield measure.key
    yield measure.title
    for entry in measure.entries:
        yield entry.provision.instrument
        yield from (*entry.target.all_names, *entry.target.countries)
        yield from (names.get(code, code) for code in entry.target.countries)


def _line(measure: Measure, names: CountryNames) -> LawLine:
    return LawLine(
        f"{PATH}/{measure.key}",
        measure.key,
        plain(measure.title),
        BODIES[measure.body],
        plain(targets_of(measure.entries, names)),
        len(measure.entries),
        str(min(entry.in_force_from for entry in measure.entries)),
        end_of(measure.entries),
        count_read(measure),
        str(measure.confidence),
        str(measure.date_checked),
        str(measure.known_until),
    )


def _entry(entry: Entry, law: Law, sources: Mapping[str, Reference]) -> EntryView:
    ended = f" by {_provision(entry.ended_by)}" if entry.ended_by else ""
    return EntryView(
        id=entry.id,
        provision=_provision(entry.provision),
        summary=plain(entry.summary),
        adopted=str(entry.adopted),
        days=_days(entry.in_force_from, entry.in_force_to),
        ending=f"{_ENDINGS[entry.ending]}{ended}",
        strength=str(entry.strength),
        direction=_words(entry.direction),
        target=_target(entry.target, law.names),
        bound=", ".join(map(_words, entry.bound)),
        acts=", ".join(map(_words, entry.acts)),
        scopes=tuple(_scope(name, law) for name in entry.scope),
        exemptions=tuple(_exemption(one, law, sources) for one in entry.exemptions),
        renewals=tuple(
            _fact("renewed", one.provision, f"adopted {one.adopted}, to before {one.until}", one.checked, sources)
            for one in entry.renewals
        ),
        suspensions=tuple(
            _fact(one.summary, one.provision, _days(one.suspended_from, one.suspended_to), one.checked, sources)
            for one in entry.suspensions
        ),
        disputes=tuple(
            _fact(
                f"{_named(one.by, law.names)}: {one.summary}",
                None,
                _days(one.disputed_from, one.disputed_to),
                one.checked,
                sources,
            )
            for one in entry.disputes
        ),
        source=sources[entry.source],
        seen=_seen(entry.checked, sources),
        missing=_missing(entry.checked),
    )


def _exemption(one: Exemption, law: Law, sources: Mapping[str, Reference]) -> Fact:
    notes = (
        f"for {_words(one.beneficiary)}",
        f"asks for {_words(one.asks)}",
        f"only {'; '.join(_scope(name, law) for name in one.items)}" if one.items else "",
        f"contracts before {one.contracts_before}" if one.contracts_before else "",
        f"only from {_named(one.suppliers, law.names)}" if one.suppliers else "",
    )
    fact = _fact(one.summary, one.provision, _days(one.in_force_from, one.in_force_to), one.checked, sources)
    return fact._replace(notes=tuple(filter(None, notes)))


def _fact(
    words: str, provision: Provision | None, days: str, checked: Checked, sources: Mapping[str, Reference]
) -> Fact:
    where = _provision(provision) if provision else ""
    return Fact(plain(words), where, days, (), _seen(checked, sources), _missing(checked))


def _seen(checked: Checked, sources: Mapping[str, Reference]) -> tuple[Reference, ...]:
    return tuple(sources[name] for name in checked.seen)


def _missing(checked: Checked) -> str:
    facts = (("days", checked.dates), ("terms", checked.terms), ("paragraph", checked.paragraph))
    open_facts = [name for name, is_read in facts if not is_read]
    if not open_facts:
        return ""
    return f"not looked up: {', '.join(open_facts)}" + (f" ({plain(checked.missing)})" if checked.missing else "")


def _reference(source: Source) -> Reference:
    return Reference(plain(source.title), href_of(source.url), source.official)


def _provision(provision: Provision) -> str:
    return plain(f"{provision.instrument}, {provision.paragraph}")


def _scope(name: str, law: Law) -> str:
    scope = law.scopes.get(name)
    return plain(scope.title if scope else _words(name))


def _target(target: Target, names: CountryNames) -> str:
    who = [*(names.get(code, code) for code in target.countries), *target.all_names]
    place = f", in {target.place}" if target.place else ""
    return plain(f"{_words(target.kind)}: {', '.join(who)}{place}")


def _named(codes: Iterable[str], names: CountryNames) -> str:
    return plain(", ".join(names.get(code, code) for code in codes))


def _days(begins: date, ends: date | None) -> str:
    return f"from {begins} to before {ends}" if ends else f"from {begins}"


def _words(value: str) -> str:
    return str(value).replace("-", " ")
