"""When and in which document the claims of a record were seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from armstrace.export.ftm.entity import Seen
from armstrace.export.record import Cited, Record
from armstrace.register.known import known_from

_MOMENT: Final = 19  # characters of an ISO moment without fraction and zone

Sightings = Mapping[str, Seen]


def sightings_of(record: Record) -> Sightings:
    """Return where and when each claim was seen, by its id: in its document, when that came here."""
    told = (*record.transfer.claims, *record.transfer.context)
    return {
        one.claim.id: _seen(one.claim.document, record.documents.get(one.claim.document), one.published) for one in told
    }


def sighting_of(cited: Cited) -> Seen:
    """Return where and when a document was seen."""
    return _seen(cited.id, cited, cited.published)


def first_and_last(sightings: Sightings, claims: Iterable[str]) -> Seen:
    """Return the first document of claims, and when the first and the last of them were seen."""
    found = [sightings[claim] for claim in claims if claim in sightings]
    moments = [seen.first for seen in found if seen.first]
    origin = found[0].origin if found else None
    return Seen(origin, min(moments, default=None), max(moments, default=None))


def _seen(document: str, cited: Cited | None, published: str | None) -> Seen:
    """Return when bytes came here; where nobody noted it, the day of publication."""
    day = known_from(published)
    captured = cited.captured[:_MOMENT] if cited and cited.captured else None
    moment = captured or (f"{day}T00:00:00" if day else None)
    return Seen(document, moment, moment)
