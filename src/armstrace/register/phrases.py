"""What parties and arms of a transfer are called, folded so that somebody can ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from armstrace.register.fields import plain_name
from armstrace.register.types import Alternative, ItemValue, PartyValue


def party_codes(parties: Iterable[Alternative[PartyValue]]) -> tuple[str, ...]:
    """Return the codes of the countries of parties, each once."""
    return tuple(dict.fromkeys(a.value.country for a in parties if a.value and a.value.country))


def party_phrases(parties: Iterable[Alternative[PartyValue]], countries: Mapping[str, str]) -> str:
    """Return what parties are called, as ``phrases`` does."""
    return phrases(party_names(parties, countries))


def item_phrases(items: Iterable[Alternative[ItemValue]]) -> str:
    """Return the categories, designations and descriptions of arms, as ``phrases`` does."""
    return phrases(_item_words(items))


def party_names(parties: Iterable[Alternative[PartyValue]], countries: Mapping[str, str]) -> Iterator[str | None]:
    """Yield what parties are called: organisations, names of countries, the words of claims."""
    for alternative in parties:
        if alternative.value:
            yield alternative.value.organisation
            yield countries.get(alternative.value.country or "")
            yield from alternative.texts


def phrases(names: Iterable[str | None]) -> str:
    """Return folded names, each on a line with a space before it, so that no phrase reaches over two."""
    return "\n".join(f" {one}" for one in dict.fromkeys(map(plain_name, names)) if one)


def listed(values: Iterable[str]) -> str:
    """Return values between spaces, each once."""
    found = dict.fromkeys(values)
    return f" {' '.join(found)} " if found else ""


def holds(found: str, asked: str) -> bool:
    """Tell whether ``phrases`` hold folded words, from the beginning of a word on; no words are held by none."""
    return bool(asked) and f" {asked}" in found


def _item_words(items: Iterable[Alternative[ItemValue]]) -> Iterator[str | None]:
    for alternative in items:
        if alternative.value:
            yield str(alternative.value.category)
            yield alternative.value.designation
            yield from alternative.texts
