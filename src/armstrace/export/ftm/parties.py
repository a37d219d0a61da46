"""Parties as entities: a state as a public body, an organisation or group as an organisation, and where they are named.

Nobody gets a topic or a risk: what is told of a party stands in the entities that tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from armstrace.export.ftm.entity import (
    Entity,
    Seen,
    country_values,
    entity_id,
    make_entity,
    name_value,
    reference_values,
    text_value,
)
from armstrace.export.wording import CountryNames
from armstrace.model import Claim, Party
from armstrace.register.types import PartyValue

_STATE = "A state or union of states, as a party that reports name."


def party_id(party: PartyValue) -> str | None:
    """Return the id of a party's entity; None where it is told by no name that shows."""
    if party.organisation:
        return entity_id("party", *party) if name_value("name", party.organisation) else None
    return entity_id("party", *party) if party.country else None


def party_entity(party: PartyValue, names: CountryNames) -> Entity | None:
    """Return a party's entity, the same in every record that names it."""
    identity = party_id(party)
    if identity is None:
        return None
    countries = country_values("country", [party.country])
    if party.organisation:
        return make_entity(identity, "Organization", [*name_value("name", party.organisation), *countries])
    code = party.country or ""
    values = [*name_value("name", names.get(code, code)), *countries, *text_value("description", _STATE)]
    return make_entity(identity, "PublicBody", values)


def parties_of(claim: Claim) -> Iterator[Party]:
    """Yield the parties of a claim: suppliers, recipients, makers, those passed through."""
    yield from (party for party in (claim.supplier, claim.recipient, claim.maker, *claim.via) if party)


def value_of(party: Party) -> PartyValue:
    """Return a party without the words by which it is named."""
    return PartyValue(party.country, party.organisation)


def mentions_of(claim: Claim, document: str, lang: str | None, seen: Seen) -> Iterator[Entity]:
    """Yield by which words the document of a claim names its parties."""
    for party in parties_of(claim):
        identity, words = party_id(value_of(party)), name_value("name", party.text, lang)
        if identity and words:
            values = [
                *reference_values("document", [document]),
                *reference_values("resolved", [identity]),
                *words,
                *country_values("contextCountry", [party.country]),
            ]
            yield make_entity(entity_id("mention", document, identity, words[0].value), "Mention", values, seen)


def ids_of(parties: Iterable[PartyValue | None]) -> list[str]:
    """Return the ids of those that have an entity, each once."""
    return list(dict.fromkeys(identity for party in parties if party and (identity := party_id(party))))
