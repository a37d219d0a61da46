"""What must hold between the fields of a measure file; each rule is one small function that names what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, pairwise

from armstrace.embargo.measures import Checked, Direction, Ending, Entry, Level, Measure, Target, TargetKind
from armstrace.embargo.scopes import Scope
from armstrace.errors import MeasureError

Wrong = Iterator[str]

NOT_FOUND = "not found"
_NUMBER = re.compile(r"\d")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NEEDS_ENDED_BY = frozenset({Ending.LIFTED, Ending.REPLACED, Ending.WIDENED})


def check_measure(measure: Measure, file: str, scopes: Mapping[str, Scope]) -> None:
    """Return nothing if all rules hold.

    Raises:
        MeasureError: naming file, entry and field of the first thing that is wrong.
    """
    if file != f"{measure.key}.yml":
        raise MeasureError(f"{file}: the file must be named after its 'key', {measure.key}.yml")
    for wrong in chain.from_iterable(rule(measure) for rule in _MEASURE_RULES):
        raise MeasureError(f"{file}: {wrong}")
    known = frozenset(source.id for source in measure.sources)
    for number, entry in enumerate(measure.entries, 1):
        where = f"{file}, entry {number} ({entry.id})"
        faults = (*chain.from_iterable(rule(entry) for rule in _ENTRY_RULES), *_unknown_names(entry, known, scopes))
        for wrong in faults:
            raise MeasureError(f"{where}: {wrong}")
        if entry.in_force_from > measure.known_until:
            raise MeasureError(f"{where}: 'in_force_from' lies after the file's 'known_until'")


def _key_is_issuer_and_target(measure: Measure) -> Wrong:
    if not re.fullmatch(rf"{measure.body}-[A-Z0-9-]+", measure.key):
        yield f"'key' must be the body, a hyphen and the target in capitals, such as {measure.body}-XX"


def _days_of_looking(measure: Measure) -> Wrong:
    if measure.known_until > measure.date_checked:
        yield "'known_until' lies after 'date_checked'"


def _ids_once(measure: Measure) -> Wrong:
    for what, ids in (("source", [s.id for s in measure.sources]), ("entry", [e.id for e in measure.entries])):
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield f"two entries of the {what} list have the 'id' {twice!r}"


def _sources_used(measure: Measure) -> Wrong:
    used = {name for entry in measure.entries for name in (entry.source, *chain.from_iterable(_seen(entry)))}
    for source in measure.sources:
        if source.id not in used:
            yield f"source {source.id!r} is named by no entry"


def _official_source(measure: Measure) -> Wrong:
    official = {source.id for source in measure.sources if source.official}
    for entry in measure.entries:
        if entry.source not in official:
            yield f"entry {entry.id!r}: 'source' must name an official source; found {entry.source!r}"


def _confidence(measure: Measure) -> Wrong:
    """What rests on the encoder's memory alone earns no more than a low confidence."""
    looked_up = any(entry.checked.dates or entry.checked.terms for entry in measure.entries)
    if not looked_up and measure.confidence is not Level.LOW:
        yield "'confidence' must be low where no entry's days or terms were looked up"


def _interval(entry: Entry) -> Wrong:
    if entry.in_force_from < entry.adopted:
        yield "'in_force_from' lies before 'adopted'"
    if entry.in_force_to is not None and entry.in_force_to <= entry.in_force_from:
        yield "'in_force_to' must lie after 'in_force_from'"


def _ending(entry: Entry) -> Wrong:
    if (entry.ending is Ending.OPEN) != (entry.in_force_to is None):
        yield "'ending' is open exactly where 'in_force_to' is null"
    if entry.ending in _NEEDS_ENDED_BY and entry.ended_by is None:
        yield f"'ended_by' is missing: an entry that was {entry.ending} names the instrument and paragraph"
    if entry.ending not in _NEEDS_ENDED_BY and entry.ended_by is not None:
        yield f"'ended_by' is given, but 'ending' is {entry.ending}"


def _renewals(entry: Entry) -> Wrong:
    for earlier, later in pairwise(entry.renewals):
        if later.until <= earlier.until or later.adopted < earlier.adopted:
            yield f"'renewals' are not in order at {later.provision.instrument}"
    for renewal in entry.renewals:
        if renewal.until <= renewal.adopted:
            yield f"'renewals': {renewal.provision.instrument} ends before it begins"
    ran_out = entry.ending in {Ending.UNCHECKED, Ending.EXPIRED}
    if entry.renewals and ran_out and entry.renewals[-1].until != entry.in_force_to:
        yield "'in_force_to' must be the 'until' of the last renewal"


def _within(entry: Entry) -> Wrong:
    inner = (
        *(("exemptions", e.in_force_from, e.in_force_to) for e in entry.exemptions),
        *(("suspensions", s.suspended_from, s.suspended_to) for s in entry.suspensions),
        *(("disputes", d.disputed_from, d.disputed_to) for d in entry.disputes),
    )
    for field, start, end in inner:
        if end is not None and end <= start:
            yield f"'{field}': an end must lie after its beginning"
        if start < entry.in_force_from or (end and entry.in_force_to and end > entry.in_force_to):
            yield f"'{field}': {start} to {end} is not within the entry's own days"


def _target(entry: Entry) -> Wrong:
    target = entry.target
    if wrong := [code for code in target.countries if not _COUNTRY.fullmatch(code)]:
        yield f"'target': countries are ISO 3166-1 alpha-2 codes; found {', '.join(wrong)}"
    if target.kind is TargetKind.GROUP and not target.all_names:
        yield "'target': a group target names 'groups', 'named' or 'listed'"
    if target.kind is not TargetKind.GROUP and not target.countries:
        yield f"'target': a {target.kind} target names 'countries'"
    yield from _target_place(target)


def _target_place(target: Target) -> Wrong:
    if target.place and target.kind not in {TargetKind.TERRITORY, TargetKind.NON_GOVERNMENTAL}:
        yield "'target': only a territory or those in it have a 'place'"


def _listings(entry: Entry) -> Wrong:
    for one in entry.target.listed:
        if one.listed_to is not None and one.listed_to <= one.listed_from:
            yield f"'listed': {one.group} is taken off before it is listed"
        if bool(one.seen) == bool(one.missing):
            yield f"'listed': {one.group} has 'seen' where its days stand, or 'missing' what to look for"
        if one.group in entry.target.groups:
            yield f"'listed': {one.group} stands under 'groups' too, which are named all the time"


def _acts(entry: Entry) -> Wrong:
    if (entry.direction is Direction.PROCUREMENT_FROM) != ("procurement" in entry.acts):
        yield "'acts' hold procurement exactly where 'direction' is procurement-from"


def _paragraphs(entry: Entry) -> Wrong:
    """A paragraph holds a number; only an exemption or a renewal may say that it was not found."""
    if not _NUMBER.search(entry.provision.paragraph):
        yield f"'paragraph' must hold a number, found {entry.provision.paragraph!r}"
    inner = (
        *((exemption.provision.paragraph, exemption.checked) for exemption in entry.exemptions),
        *((renewal.provision.paragraph, renewal.checked) for renewal in entry.renewals),
        *((suspension.provision.paragraph, suspension.checked) for suspension in entry.suspensions),
    )
    for found, checked in inner:
        if not _NUMBER.search(found) and (found != NOT_FOUND or checked.paragraph):
            yield f"'paragraph' must hold a number, or be {NOT_FOUND!r} and not verified; found {found!r}"


def _one_provision(entry: Entry) -> Wrong:
    """A semicolon stands between the provisions of several entries, wherever a finding cites them together."""
    for field, words in (("instrument", entry.provision.instrument), ("paragraph", entry.provision.paragraph)):
        if "; " in words:
            yield f"'{field}' holds a semicolon, which parts those of several entries; write a comma: {words!r}"


def _looked_up(entry: Entry) -> Wrong:
    for checked in check_records(entry):
        if bool(checked.seen) != (checked.dates or checked.terms or checked.paragraph):
            yield "'seen' names where a fact stands exactly where one is 'verified'"
        if bool(checked.missing) == checked.verified:
            yield "'missing' says what to look for exactly where a fact is not 'verified'"


def _unknown_names(entry: Entry, sources: frozenset[str], scopes: Mapping[str, Scope]) -> Wrong:
    for name in chain((entry.source,), *_seen(entry)):
        if name not in sources:
            yield f"'source' or 'seen' names {name!r}, which is not among the file's 'sources'"
    for name in chain(entry.scope, *(exemption.items for exemption in entry.exemptions)):
        if name not in scopes:
            yield f"'scope' or 'items' names {name!r}, which is not in scopes.yml"


def check_records(entry: Entry) -> tuple[Checked, ...]:
    """Return what was looked up of an entry and of all that stands inside it."""
    return (
        entry.checked,
        *(exemption.checked for exemption in entry.exemptions),
        *(renewal.checked for renewal in entry.renewals),
        *(suspension.checked for suspension in entry.suspensions),
        *(dispute.checked for dispute in entry.disputes),
    )


def _seen(entry: Entry) -> Iterator[tuple[str, ...]]:
    yield from (checked.seen for checked in check_records(entry))
    yield from (listing.seen for listing in entry.target.listed)


_MEASURE_RULES: tuple[Callable[[Measure], Wrong], ...] = (
    _key_is_issuer_and_target,
    _days_of_looking,
    _confidence,
    _ids_once,
    _official_source,
    _sources_used,
)
_ENTRY_RULES: tuple[Callable[[Entry], Wrong], ...] = (
    _interval,
    _ending,
    _renewals,
    _within,
    _target,
    _listings,
    _acts,
    _paragraphs,
    _one_provision,
    _looked_up,
)
