"""What the governments of supplier and recipient say themselves, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from armstrace.register.types import Account, Alternative, Fields, Origin, PartyValue


def own_accounts(fields: Fields, origins: Iterable[Origin], order: Sequence[str]) -> tuple[Account, ...]:
    """Return the accounts of the exporter and of the importer, each with its claims in the given order of ids.

    A side that says nothing itself has none. Where a field has several countries, each speaks for itself.
    """
    by_country: dict[str, set[str]] = {}
    for origin in origins:
        if origin.country:
            by_country.setdefault(origin.country, set()).update(origin.claims)
    sides = (("supplier", fields.supplier), ("recipient", fields.recipient))
    return tuple(
        Account(side, country, tuple(claim for claim in order if claim in by_country[country]))
        for side, alternatives in sides
        for country in _countries(alternatives)
        if country in by_country
    )


def _countries(alternatives: Iterable[Alternative[PartyValue]]) -> list[str]:
    found = (alternative.value.country for alternative in alternatives if alternative.value)
    return list(dict.fromkeys(country for country in found if country))
