"""A transfer as a report on its parties, with a relationship for each supplier and recipient that claims name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from armstrace.export.headings import transfer_heading
from armstrace.export.machine_tags import transfer_tags
from armstrace.export.pairs import Pairs, pair_words, pairs_of
from armstrace.export.record import About, Record
from armstrace.export.stix.actors import Speaker, location_ref, party_ref, speaker_ref
from armstrace.export.stix.claims import moment_of
from armstrace.export.stix.objects import PRODUCER, UNDATED, day_moment, exact_moment, make_object, object_id
from armstrace.export.stix.references import document_reference, own_reference
from armstrace.export.transfer_words import (
    alternative_words,
    backing_words,
    givers_words,
    standing_words,
)
from armstrace.export.wording import HONESTY, CountryNames
from armstrace.model import SourceKind
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.types import Transfer

# STIX 2.1, appendix A: the Admiralty scale of credibility as confidence; 6, "truth cannot be judged", has none.
CONFIDENCE: Final = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
_FIELDS: Final = ("supplier", "recipient", "maker", "items", "quantity", "value", "mode", "via", "status", "when")


class Times(NamedTuple):
    """When a transfer was told of first and last, or last judged."""

    first: str
    last: str


def report_ref(transfer: Transfer) -> str:
    """Return the id of the report that a transfer is."""
    return object_id("report", transfer.id)


def times_of(record: Record) -> Times:
    """Return when a transfer was told of first, and when anything of it was told, taken back or judged last."""
    told = (*record.transfer.claims, *record.transfer.context)
    moments = [moment for one in told if (moment := moment_of(one, record)) != UNDATED]
    later = [day_moment(revision.since) for revision in record.transfer.revisions]
    judged = [exact_moment(one.review.at) for one in told if one.review]
    first = min(moments, default=UNDATED)
    return Times(first, max([first, *moments, *(one for one in (*later, *judged) if one)]))


def speakers_of(record: Record) -> tuple[Speaker, ...]:
    """Return the sources of all claims and the outlets of their documents, each once."""
    found: dict[Speaker, None] = {}
    for told in (*record.transfer.claims, *record.transfer.context):
        if told.outlet:
            found[Speaker(told.outlet, SourceKind.OUTLET, None)] = None
        for source in told.claim.attribution:
            is_outlet = source.kind is SourceKind.OUTLET
            found[Speaker(source.name, source.kind, None if is_outlet else source.country)] = None
    return tuple(found)


def transfer_objects(record: Record, times: Times, about: About) -> Iterator[dict[str, Any]]:
    """Yield the relationships of a transfer, then its report."""
    transfer = record.transfer
    links = list(_links(transfer, pairs_of(transfer), times))
    yield from links
    fields = transfer.fields
    parties = [one.value for one in (*fields.supplier, *fields.recipient, *fields.via) if one.value]
    refs = [
        *(ref for party in parties if (ref := party_ref(party))),
        *(location_ref(party.country) for party in parties if party.country),
        *(link["id"] for link in links),
        *map(speaker_ref, speakers_of(record)),
    ]
    yield make_object(
        report_ref(transfer),
        *times,
        name=transfer_heading(transfer, about.names),
        description=_description(transfer, about.names),
        published=times.first,
        lang="en",
        confidence=CONFIDENCE.get(grade_transfer(transfer).digit),
        labels=list(transfer_tags(transfer)),
        object_refs=list(dict.fromkeys(refs)) or [PRODUCER],
        external_references=[
            *(document_reference(cited, cited.id) for cited in record.documents.values()),
            own_reference("transfer", transfer.id),
        ],
    )


def _links(transfer: Transfer, pairs: Pairs, times: Times) -> Iterator[dict[str, Any]]:
    """Yield a relationship of no meaning of its own: its description and labels tell what is said, and by how many."""
    for (supplier, recipient), told in pairs.items():
        source, target = party_ref(supplier), party_ref(recipient)
        if not (source and target):
            continue
        yield make_object(
            object_id("relationship", transfer.id, source, target),
            *times,
            relationship_type="related-to",
            source_ref=source,
            target_ref=target,
            description=f"{pair_words(one.polarity for one in told)}. {HONESTY}",
            lang="en",
            labels=list(
                dict.fromkeys(
                    label
                    for one in told
                    for label in (f'armstrace:polarity="{one.polarity}"', f'armstrace:status="{one.status}"')
                )
            ),
        )


def _description(transfer: Transfer, names: CountryNames) -> str:
    """Return a transfer in lines: who stands behind it, each value with who gives it, what is denied or disputed."""
    grade, step = grade_transfer(transfer), latest_status(transfer)
    lines = [
        f"Credibility {grade.digit}, {grade.label}: {grade.sentence}",
        f"Origins: {standing_words(transfer)}",
        f"For: {backing_words(transfer.affirmed.backing)}",
        *([f"Against: {backing_words(transfer.denied.backing)}"] if transfer.denied.backing.claims else []),
        *([f"Latest: {step.polarity} {step.status}"] if step else []),
        *_values(transfer, names),
        *(f"Denied ({denial.target}): {denial.rule}" for denial in transfer.denials),
        *(f"Contradiction: {conflict.sentence}" for conflict in transfer.conflicts),
        HONESTY,
    ]
    return "\n".join(" ".join(line.split()) for line in lines)


def _values(transfer: Transfer, names: CountryNames) -> Iterable[str]:
    for name in _FIELDS:
        for one in (one for one in getattr(transfer.fields, name) if one.value):
            yield f"{name}: {alternative_words(one, names)}, by {givers_words(transfer, one.backing.claims, names)}"
