"""The entities of records, in order, each once: parties, documents and their words before what refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from armstrace.export.ftm.claims import claim_entity
from armstrace.export.ftm.documents import document_entity, document_id, language_of, unknown_document
from armstrace.export.ftm.entity import Entity
from armstrace.export.ftm.findings import finding_entity
from armstrace.export.ftm.parties import mentions_of, parties_of, party_entity, value_of
from armstrace.export.ftm.sightings import first_and_last, sightings_of
from armstrace.export.ftm.transfers import event_id, transfer_entities
from armstrace.export.record import Record
from armstrace.export.wording import CountryNames
from armstrace.told import Told


def entities_of(records: Iterable[Record], names: CountryNames) -> Iterator[Entity]:
    """Yield the entities of records; ids of what was written are held, and no more."""
    written: set[str] = set()
    for record in records:
        for entity in _of_record(record, names):
            if entity.id not in written:
                written.add(entity.id)
                yield entity


def _of_record(record: Record, names: CountryNames) -> Iterator[Entity]:
    told = (*record.transfer.claims, *record.transfer.context)
    sightings = sightings_of(record)
    yield from _parties(told, record, names)
    for cited in record.documents.values():
        yield document_entity(cited)
    for one in told:
        claim = one.claim
        cited_or_none = record.documents.get(claim.document)
        if cited_or_none is None:
            yield unknown_document(claim.document)
        lang = language_of(cited_or_none)
        yield from mentions_of(claim, document_id(claim.document), lang, sightings[claim.id])
    yield from transfer_entities(record, sightings, names)
    event = event_id(record.transfer)
    for one in told:
        cited_or_none = record.documents.get(one.claim.document)
        yield claim_entity(one, event, cited_or_none, sightings[one.claim.id], names)
    seen = first_and_last(sightings, [one.claim.id for one in told])
    for number, finding in enumerate(record.findings):
        yield finding_entity(finding, number, event, seen)


def _parties(told: Iterable[Told], record: Record, names: CountryNames) -> Iterator[Entity]:
    fields = record.transfer.fields
    alternatives = (*fields.supplier, *fields.recipient, *fields.maker, *fields.via)
    values = [
        *(value_of(party) for one in told for party in parties_of(one.claim)),
        *(one.value for one in alternatives if one.value),
    ]
    for value in dict.fromkeys(values):
        if entity := party_entity(value, names):
            yield entity
