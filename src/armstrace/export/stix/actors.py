"""Who is named: parties, sources and outlets as identities, countries as locations, and which identity is where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from armstrace.export.stix.objects import UNDATED, make_object, object_id, words
from armstrace.export.wording import CountryNames
from armstrace.model import SourceKind
from armstrace.register.types import PartyValue

# What has a code here and none in ISO 3166-1, by the region of STIX's vocabulary that it lies in.
_REGIONS: Final = {"EU": "europe", "XK": "southern-europe"}


class _Class(NamedTuple):
    identity_class: str
    sectors: tuple[str, ...] = ()


# By the vocabularies identity-class-ov and industry-sector-ov of STIX 2.1.
_CLASSES: Final = {
    SourceKind.OUTLET: _Class("organization", ("communications",)),
    SourceKind.STATE_MEDIA: _Class("organization", ("communications",)),
    SourceKind.GOVERNMENT: _Class("organization", ("government",)),
    SourceKind.INTELLIGENCE: _Class("organization", ("government",)),
    SourceKind.OFFICIAL_NAMED: _Class("individual", ("government",)),
    SourceKind.OFFICIAL_ANONYMOUS: _Class("class", ("government",)),
    SourceKind.COMPANY: _Class("organization"),
    SourceKind.EXPERT: _Class("individual"),
    SourceKind.NGO: _Class("organization", ("non-profit",)),
    SourceKind.DOCUMENT: _Class("unknown"),
}


class Speaker(NamedTuple):
    """A source or outlet as an identity knows it."""

    name: str
    kind: SourceKind
    country: str | None


def party_ref(party: PartyValue) -> str | None:
    """Return the id of a party's identity; None where it is told by no name that shows."""
    if party.organisation:
        return object_id("identity", "party", *party) if words(party.organisation, "") else None
    return object_id("identity", "party", *party) if party.country else None


def party_objects(party: PartyValue, names: CountryNames) -> Iterator[dict[str, Any]]:
    """Yield a party's identity, its country and where the two meet."""
    identity = party_ref(party)
    if identity is None:
        return
    code = party.country or ""
    is_state = not party.organisation
    name = names.get(code, code) if is_state else party.organisation
    yield make_object(
        identity,
        UNDATED,
        UNDATED,
        name=words(name),
        description="A party as reports name it; that it is named says nothing of what it did.",
        identity_class="organization",
        sectors=["government-national"] if is_state else None,
    )
    if party.country:
        yield from _place(identity, party.country, names)


def speaker_ref(speaker: Speaker) -> str:
    """Return the id of the identity of a source or outlet."""
    return object_id("identity", "speaker", *speaker)


def speaker_objects(speaker: Speaker, names: CountryNames) -> Iterator[dict[str, Any]]:
    """Yield the identity of a source or outlet, its country and where the two meet."""
    identity = speaker_ref(speaker)
    of_kind = _CLASSES[speaker.kind]
    yield make_object(
        identity,
        UNDATED,
        UNDATED,
        name=words(speaker.name),
        description=f"A source as documents name it ({speaker.kind.replace('-', ' ')}).",
        identity_class=of_kind.identity_class,
        sectors=list(of_kind.sectors),
    )
    if speaker.country:
        yield from _place(identity, speaker.country, names)


def location_ref(country: str) -> str:
    """Return the id of a country's location."""
    return object_id("location", country)


def location_object(country: str, names: CountryNames) -> dict[str, Any]:
    """Return a country's location."""
    region = _REGIONS.get(country)
    where = {"region": region} if region else {"country": country}
    return make_object(location_ref(country), UNDATED, UNDATED, name=words(names.get(country, country)), **where)


def _place(identity: str, country: str, names: CountryNames) -> Iterator[dict[str, Any]]:
    location = location_object(country, names)
    yield location
    yield make_object(
        object_id("relationship", "located-at", identity, location["id"]),
        UNDATED,
        UNDATED,
        relationship_type="located-at",
        source_ref=identity,
        target_ref=location["id"],
    )
