"""A transfer in words for people. Everything returned is safe to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from armstrace.export.plain import plain
from armstrace.export.wording import UNKNOWN, CountryNames
from armstrace.model import ClaimKind
from armstrace.register.backing import voices_of
from armstrace.register.history import Step
from armstrace.register.types import (
    Alternative,
    Backing,
    ItemValue,
    MoneyValue,
    Origin,
    PartyValue,
    Period,
    QuantityValue,
    Range,
    Transfer,
)
from armstrace.told import Told

_MOST_NAMES = 3
_MOST_ITEMS = 4


def route_words(transfer: Transfer, names: CountryNames) -> str:
    """Return ``North Korea -> Russia``; where claims name others, ``... or ...``."""
    fields = transfer.fields
    sides = (fields.supplier, fields.recipient)
    return " → ".join(_known(_by_country([a.value for a in side if a.value], names)) for side in sides)


def _by_country(values: list[PartyValue], names: CountryNames) -> list[str]:
    """Return each country once: alone where a claim names it alone, else with the first organisation of it."""
    found: dict[str | None, list[PartyValue]] = {}
    for value in values:
        found.setdefault(value.country or plain(value.organisation or ""), []).append(value)
    words = []
    for same in found.values():
        bare = next((value for value in same if not value.organisation), None)
        others = " and others" if len(same) > 1 and bare is None else ""
        words.append(party_value_words(bare or same[0], names) + others)
    return words


def items_words(transfer: Transfer) -> str:
    """Return the kinds of arms, the designation before the description."""
    found = [item_alternative_words(a) for a in transfer.fields.items if a.value]
    words = list(dict.fromkeys(found))
    more = f" and {len(words) - _MOST_ITEMS} more" if len(words) > _MOST_ITEMS else ""
    return f"{', '.join(words[:_MOST_ITEMS])}{more}" if words else "arms"


def quantity_column(transfer: Transfer) -> str:
    """Return the words of the leading number, and the range where claims give several."""
    known = [a for a in transfer.fields.quantity if a.value]
    if not known:
        return UNKNOWN
    if len(known) == 1:
        return _text_of(known[0])
    return "; ".join(range_words(found) for found in transfer.ranges)


def range_words(found: Range) -> str:
    """Return ``12 or more pieces``, ``up to 40 pieces``, ``12-40 pieces, or fewer``, ``300 pieces, or up to 40``."""
    unit = plain(found.unit)
    if found.low is None:
        return f"{UNKNOWN} {unit}" if found.high is None else f"up to {found.high:,} {unit}"
    told = [f"{bound:,}" for bound in dict.fromkeys((found.low, found.high)) if bound is not None]
    words = f"{'-'.join(told)} {unit}" if found.high is not None else f"{found.low:,} or more {unit}"
    if found.up_to is None:
        return words
    return (
        f"{words}, or fewer"
        if found.up_to >= found.low and found.high is not None
        else f"{words}, or up to {found.up_to:,}"
    )


def standing_words(transfer: Transfer) -> str:
    """Return ``3 origins, 2 not shown / 1 against``."""
    affirmed, denied = transfer.affirmed.backing, transfer.denied.backing
    for_it = _origins(affirmed.independent, affirmed.not_shown)
    if not denied.claims:
        return for_it
    not_shown = f", {denied.not_shown} not shown" if denied.not_shown and denied.independent else ""
    against = denied.independent or f"{denied.not_shown} not shown,"
    return f"{for_it} / {against}{not_shown} against"


def backing_words(backing: Backing) -> str:
    """Return ``2 origins, 1 not shown; 5 documents, 3 texts``."""
    documents = counts_words(backing.documents, backing.families)
    return f"{_origins(backing.independent, backing.not_shown)}; {documents}"


def _origins(independent: int, not_shown: int) -> str:
    if not independent and not not_shown:
        return "none"
    first = "1 origin" if independent == 1 else f"{independent} origins"
    return f"{first}, {not_shown} not shown" if not_shown else first


def counts_words(documents: int, families: int) -> str:
    """Return ``3 documents, 1 text``; only the documents where no two are one text."""
    told = "1 document" if documents == 1 else f"{documents} documents"
    if families == documents:
        return told
    return f"{told}, {families} text{'s' if families > 1 else ''}"


def origin_words(origin: Origin, names: CountryNames) -> str:
    """Return the name of an origin, a government's by that of its country."""
    if origin.country:
        return f"government of {plain(names.get(origin.country, origin.country))}"
    return plain(origin.name) or UNKNOWN


def givers_words(transfer: Transfer, claims: Iterable[str], names: CountryNames) -> str:
    """Return who gives a value: ``Reuters, AP, from the government of Ukraine; Daily Post``."""
    voices = voices_of(transfer.voices)
    told = {one.claim.id: one for one in (*transfer.claims, *transfer.context)}
    outlets: dict[str, dict[str, None]] = {}
    for claim in claims:
        name = origin_words(voices[claim], names) if claim in voices else UNKNOWN
        outlets.setdefault(name, {})[outlet_words(told[claim])] = None
    return "; ".join(_from(list(found), origin) for origin, found in outlets.items())


def _from(outlets: list[str], origin: str) -> str:
    others = [outlet for outlet in outlets if outlet.casefold() != origin.casefold()]
    if not others:
        return origin
    more = f" and {len(others) - _MOST_NAMES} more" if len(others) > _MOST_NAMES else ""
    article = "the " if origin.startswith("government of") else ""
    return f"{', '.join(others[:_MOST_NAMES])}{more}, from {article}{origin}"


def outlet_words(told: Told) -> str:
    """Return who published the document of a claim."""
    return plain(told.outlet or "") or "outlet unknown"


def saying_words(told: Told) -> str:
    """Return what one claim says in short: ``ordered, 40``, ``denied: delivered``, ``sanctions effect``."""
    claim = told.claim
    denied = "denied: " if claim.polarity == "denied" else ""
    if claim.kind is not ClaimKind.TRANSFER:
        return f"{denied}{claim.kind.replace('-', ' ')}"
    status = "no status told" if claim.status == "unspecified" else claim.status
    return f"{denied}{status}{f', {plain(claim.quantity.text)}' if claim.quantity else ''}"


def place_words(told: Told) -> str:
    """Return where a claim was told: ``Daily Post 2031-03-01``."""
    return f"{outlet_words(told)} {told.published or 'undated'}"


def alternative_words(alternative: Alternative[Any], names: CountryNames) -> str:
    """Return one value in words: as worded where there are words for it."""
    value = alternative.value
    if value is None:
        return UNKNOWN
    if isinstance(value, PartyValue):
        return party_value_words(value, names)
    if isinstance(value, ItemValue):
        return item_alternative_words(alternative)
    if isinstance(value, QuantityValue | MoneyValue):
        return _text_of(alternative)
    if isinstance(value, Period):
        return f"{_text_of(alternative)} ({period_words(value)})"
    return plain(str(value))


def party_value_words(value: PartyValue, names: Mapping[str, str]) -> str:
    """Return a party by the names of its organisation and country."""
    country = plain(names.get(value.country, value.country)) if value.country else None
    if value.organisation:
        return f"{plain(value.organisation)} ({country})" if country else plain(value.organisation)
    return country or UNKNOWN


def item_alternative_words(alternative: Alternative[ItemValue]) -> str:
    """Return the designation and the first description of an item."""
    value = alternative.value
    if value is None:
        return UNKNOWN
    description = plain(alternative.texts[0]) if alternative.texts else str(value.category)
    designation = plain(value.designation or "")
    return description if designation.casefold() in description.casefold() else f"{designation} {description}"


def period_words(period: Period | None) -> str:
    """Return the days of a period."""
    if period is None or not (period.start or period.end):
        return "no date" if period is None else str(period.precision)
    if period.start == period.end:
        return str(period.start)
    if period.start is None:
        return f"by {period.end}"
    return f"{period.start} to {period.end}" if period.end else f"from {period.start}"


def step_words(step: Step) -> str:
    """Return the status of a step, ``not`` before it where it is denied."""
    return f"denied: {step.status}" if step.polarity == "denied" else str(step.status)


def certainty_words(step: Step) -> str:
    """Return how sure the claims of a step are, with the ICD 203 band as worded."""
    return ", ".join(f"{c} ({b[0]}-{b[1]} %)" if b else str(c) for c, b in step.certainties)


def _text_of(alternative: Alternative[Any]) -> str:
    return plain(alternative.texts[0]) if alternative.texts else UNKNOWN


def _known(words: list[str]) -> str:
    distinct = list(dict.fromkeys(words))
    return " or ".join(distinct[:_MOST_NAMES]) + (" or others" if len(distinct) > _MOST_NAMES else "") or UNKNOWN
