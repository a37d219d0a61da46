"""The register as one STIX 2.1 bundle, written object after object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from armstrace.export.record import About, Out, Record
from armstrace.export.stix.actors import location_object, party_objects, speaker_objects
from armstrace.export.stix.claims import claim_objects
from armstrace.export.stix.findings import finding_objects
from armstrace.export.stix.objects import PRODUCER, UNDATED, make_object, object_id
from armstrace.export.stix.transfers import report_ref, speakers_of, times_of, transfer_objects
from armstrace.export.wording import HONESTY, CountryNames
from armstrace.register.types import PartyValue

_encoded: Final = json.JSONEncoder(ensure_ascii=False).encode


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a bundle; an object that several records need is written once, before the first that names it."""
    asked = [about.as_of, *sorted(f"{name}={value}" for name, value in about.asked.items())]
    out.write(f'{{"type": "bundle", "id": "{object_id("bundle", _encoded(asked))}", "objects": [\n'.encode())
    comma = ""
    for one in bundle_objects(records, about):
        out.write(f"{comma}{_encoded(one)}".encode())
        comma = ",\n"
    out.write(b"\n]}\n")


def bundle_objects(records: Iterable[Record], about: About) -> Iterator[dict[str, Any]]:
    """Yield the objects of records, each id once; ids of what was written are held, and no more."""
    written: set[str] = set()
    yield make_object(
        PRODUCER, UNDATED, UNDATED, name="armstrace", description=HONESTY, identity_class="system", lang="en"
    )
    for record in records:
        for one in _of_record(record, about):
            if one["id"] not in written:
                written.add(one["id"])
                yield one


def _of_record(record: Record, about: About) -> Iterator[dict[str, Any]]:
    yield from _actors(record, about.names)
    times, report = times_of(record), report_ref(record.transfer)
    yield from transfer_objects(record, times, about)
    yield from claim_objects(record, report, about)
    yield from finding_objects(record, report, times.last)


def _actors(record: Record, names: CountryNames) -> Iterator[dict[str, Any]]:
    fields = record.transfer.fields
    told = (party for one in record.transfer.claims for party in (one.claim.supplier, one.claim.recipient) if party)
    parties: list[PartyValue] = [
        *(one.value for one in (*fields.supplier, *fields.recipient, *fields.via) if one.value),
        *(PartyValue(party.country, party.organisation) for party in told),
    ]
    for party in dict.fromkeys(parties):
        yield from party_objects(party, names)
        if party.country:
            yield location_object(party.country, names)
    for speaker in speakers_of(record):
        yield from speaker_objects(speaker, names)
