"""A claim in words for people: what terminal and page both say. Everything returned is safe to show."""

from __future__ import annotations

from collections.abc import Mapping

from armstrace.export.plain import plain
from armstrace.model import Claim, ClaimKind, Item, Party, Polarity, Quantity, Source, When

HONESTY = "What sources say, not what is so. No inference of wrongdoing by makers or earlier owners."
UNKNOWN = "unknown"
_LONGEST_GAP = 12  # characters between a number and its noun: "dozens [of new ]drones"

CountryNames = Mapping[str, str]


def claim_words(claim: Claim, names: CountryNames) -> str:
    """Return what a claim says in one line, ``North Korea → Russia: millions of artillery shells``."""
    if claim.kind is not ClaimKind.TRANSFER:
        return claim.kind.replace("-", " ")
    denied = "DENIED " if claim.polarity is Polarity.DENIED else ""
    via = f" via {', '.join(party_words(p, names) for p in claim.via)}" if claim.via else ""
    route = f"{party_words(claim.supplier, names)} → {party_words(claim.recipient, names)}"
    return f"{denied}{route}{via}: {_item_words(claim)}"


def standing_words(claim: Claim) -> str:
    """Return status, certainty with its band, and mode if told: ``ordered, likely (55-80 %), sale``."""
    band = " ({}-{} %)".format(*claim.likelihood) if claim.likelihood else ""
    mode = "" if claim.mode == "unspecified" else f", {claim.mode}"
    status = f"{claim.status}, " if claim.kind is ClaimKind.TRANSFER else ""
    return f"{status}{claim.certainty}{band}{mode}"


def party_words(party: Party | None, names: CountryNames) -> str:
    """Return a party by the names of its organisation and country, ``unknown`` where there is none."""
    if party is None:
        return UNKNOWN
    country = names.get(party.country, party.country) if party.country else None
    if party.organisation:
        return f"{plain(party.organisation)} ({country or 'country unknown'})"
    return country or plain(party.text) or UNKNOWN


def chain_words(sources: tuple[Source, ...], names: CountryNames) -> str:
    """Return an attribution chain from the nearest source to the farthest."""
    return " → ".join(_source_words(s, names) for s in sources) or UNKNOWN


def quantity_words(quantity: Quantity) -> str:
    """Return a quantity as numbers: one where it is exact, else low, best and high."""
    unit = plain(quantity.unit)
    if quantity.low is not None and quantity.low == quantity.best == quantity.high:
        return f"{quantity.low:,} {unit}"
    bounds = {"low": quantity.low, "best": quantity.best, "high": quantity.high}
    known = ", ".join(f"{name} {UNKNOWN if n is None else f'{n:,}'}" for name, n in bounds.items())
    return f"{known} {unit}"


def when_words(when: When) -> str:
    """Return a time as worded with the days that it covers, or how much of it is unknown."""
    if when.start is None:
        return f"{plain(when.text)} ({when.precision})"
    days = when.start if when.start == when.end else f"{when.start} to {when.end or UNKNOWN}"
    return f"{plain(when.text)} ({days})"


def _source_words(source: Source, names: CountryNames) -> str:
    country = [names.get(source.country, source.country)] if source.country else []
    channel = [plain(source.channel)] if source.channel else []
    return f"{plain(source.name)} ({', '.join([source.kind, *country, *channel])})"


def _item_words(claim: Claim) -> str:
    """Return the items as worded, the number with the first; ``arms`` where none is named."""
    if not claim.items:
        return f"{plain(claim.quantity.text)} arms" if claim.quantity else "arms"
    names = [item_words(i) for i in claim.items]
    if claim.quantity:
        names[0] = _counted(claim, claim.quantity, claim.items[0])
    return ", ".join(dict.fromkeys(names))


def item_words(item: Item) -> str:
    """Return the description of an item, with its designation where that is not part of it."""
    description, designation = plain(item.description), plain(item.designation or "")
    if designation.lower() in description.lower():
        return description
    return f"{designation} {description}"


def _counted(claim: Claim, quantity: Quantity, item: Item) -> str:
    """Return number and noun as the sentence has them if they stand together, else side by side."""
    inside = claim.evidence.span.holds(quantity.span) and claim.evidence.span.holds(item.span)
    if inside and 0 <= item.span.start - quantity.span.end <= _LONGEST_GAP:
        offset = claim.evidence.span.start
        return plain(claim.evidence.text[quantity.span.start - offset : item.span.end - offset])
    return f"{plain(quantity.text)} {item_words(item)}"
