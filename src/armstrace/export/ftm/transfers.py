"""A transfer as an event that says in its name who stands behind it; links and trade only as far as reports go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from armstrace.export.field_lines import field_lines
from armstrace.export.ftm.documents import document_id
from armstrace.export.ftm.entity import (
    Entity,
    Seen,
    Value,
    country_values,
    date_value,
    entity_id,
    label_value,
    make_entity,
    name_value,
    original,
    reference_values,
    text_value,
)
from armstrace.export.ftm.parties import ids_of, party_id
from armstrace.export.ftm.sightings import Sightings, first_and_last
from armstrace.export.headings import transfer_heading
from armstrace.export.machine_tags import transfer_tags
from armstrace.export.pairs import Saying, pair_words, pairs_of
from armstrace.export.record import Record
from armstrace.export.transfer_words import items_words, standing_words
from armstrace.export.transfers import transfer_to_dict
from armstrace.export.wording import HONESTY, CountryNames
from armstrace.model import Certainty, Polarity, Status
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.types import Transfer

_MOVED: Final = frozenset({Status.IN_TRANSIT, Status.DELIVERED, Status.USED})
_SURE: Final = frozenset({Certainty.FACT, Certainty.ALMOST_CERTAIN, Certainty.LIKELY, Certainty.UNSTATED})


def event_id(transfer: Transfer) -> str:
    """Return the id of the event that a transfer is."""
    return entity_id("transfer", transfer.id)


def transfer_entities(record: Record, sightings: Sightings, names: CountryNames) -> Iterator[Entity]:
    """Yield the event, the links from suppliers to recipients, and the trade where nothing but a movement is told."""
    transfer = record.transfer
    seen = first_and_last(sightings, [told.claim.id for told in transfer.claims])
    yield _event(record, sightings, seen, names)
    yield from _links(transfer, sightings)
    if is_told_to_have_moved(transfer):
        yield _trade(record, seen, names)


def is_told_to_have_moved(transfer: Transfer) -> bool:
    """Tell whether sure words say that arms moved, and nobody denies any of it.

    The schema for trade shows no status: what is planned, alleged or disputed would look like a fact in it.
    """
    step = latest_status(transfer)
    is_disputed = bool(transfer.denials) or any(conflict.field == "status" for conflict in transfer.conflicts)
    if step is None or is_disputed:
        return False
    return step.status in _MOVED and any(certainty in _SURE for certainty, _ in step.certainties)


def _event(record: Record, sightings: Sightings, seen: Seen, names: CountryNames) -> Entity:
    transfer = record.transfer
    grade, fields = grade_transfer(transfer), transfer.fields
    published = sorted(told.published for told in transfer.claims if told.published)
    outlets = dict.fromkeys(told.outlet for told in transfer.claims)
    values = [
        *name_value("name", transfer_heading(transfer, names)),
        *text_value("summary", f"Credibility {grade.digit}, {grade.label}: {grade.sentence}"),
        *text_value("description", f"Stands behind it: {standing_words(transfer)}. {HONESTY}"),
        *_period(transfer),
        *date_value("createdAt", published[0] if published else None),
        *date_value("modifiedAt", published[-1] if published else None),
        *reference_values("proof", map(document_id, record.documents)),
        *(value for outlet in outlets for value in label_value("publisher", outlet)),
        *(value for tag in transfer_tags(transfer) for value in label_value("keywords", tag)),
        *_parties("involved", (*fields.supplier, *fields.recipient), sightings),
        *_countries((*fields.supplier, *fields.recipient, *fields.via), sightings),
        *label_value("recordId", transfer.id),
        *_lines(transfer, sightings),
    ]
    return make_entity(event_id(transfer), "Event", values, seen)


def _period(transfer: Transfer) -> Iterator[Value]:
    """Yield when the latest status that is affirmed holds."""
    step = latest_status(transfer)
    if step and step.period and step.polarity is Polarity.AFFIRMED:
        yield from date_value("startDate", step.period.start)
        yield from date_value("endDate", step.period.end)


def _lines(transfer: Transfer, sightings: Sightings) -> Iterator[Value]:
    """Yield the fields of a transfer as lines; one that claims give, as it was seen in these."""
    for line in field_lines(transfer_to_dict(transfer)):
        value: Any = line.value
        given = value.get("claims") if isinstance(value, dict) else None
        words = value.get("texts") if isinstance(value, dict) else None
        seen = first_and_last(sightings, given) if given else None
        yield Value("notes", line.text, original(words[0], line.text) if words else None, None, seen)


def _parties(prop: str, alternatives: Iterable[Any], sightings: Sightings) -> Iterator[Value]:
    for one in alternatives:
        if one.value and (identity := party_id(one.value)):
            yield Value(prop, identity, seen=first_and_last(sightings, one.backing.claims))


def _countries(alternatives: Iterable[Any], sightings: Sightings) -> Iterator[Value]:
    for one in alternatives:
        seen = first_and_last(sightings, one.backing.claims)
        for value in country_values("country", [one.value.country] if one.value else []):
            yield value._replace(seen=seen)


def _links(transfer: Transfer, sightings: Sightings) -> Iterator[Entity]:
    """Yield a link for each supplier and recipient that a claim names together, with what is said of it."""
    for (supplier, recipient), told in pairs_of(transfer).items():
        ids = ids_of([supplier]), ids_of([recipient])
        if not (ids[0] and ids[1]):
            continue
        values = [
            *reference_values("subject", ids[0]),
            *reference_values("object", ids[1]),
            *label_value("role", pair_words(one.polarity for one in told)),
            *(value for one in told for value in label_value("status", _step(one))),
            *label_value("recordId", transfer.id),
            *text_value("summary", HONESTY),
        ]
        seen = first_and_last(sightings, [one.claim for one in told])
        yield make_entity(entity_id("link", transfer.id, *ids[0], *ids[1]), "UnknownLink", values, seen)


def _step(saying: Saying) -> str:
    return f"denied: {saying.status}" if saying.polarity is Polarity.DENIED else str(saying.status)


def _trade(record: Record, seen: Seen, names: CountryNames) -> Entity:
    transfer = record.transfer
    fields = transfer.fields
    sides = ([one.value for one in fields.supplier], [one.value for one in fields.recipient])
    values = [
        *text_value("summary", transfer_heading(transfer, names)),
        *text_value("description", HONESTY),
        *text_value("goodsDescription", items_words(transfer)),
        *reference_values("sender", ids_of(sides[0])),
        *reference_values("receiver", ids_of(sides[1])),
        *country_values("departureCountry", [one.country for one in sides[0] if one]),
        *country_values("destinationCountry", [one.country for one in sides[1] if one]),
        *country_values("originCountry", [one.value.country for one in fields.maker if one.value]),
        *_period(transfer),
        *reference_values("proof", map(document_id, record.documents)),
        *label_value("recordId", transfer.id),
    ]
    return make_entity(entity_id("trade", transfer.id), "EconomicActivity", values, seen)
