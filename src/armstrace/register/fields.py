"""The fields of a transfer: each value that a claim gives, with its words and who stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, TypeVar

from armstrace.model import Claim, Item, Mode, Party, Status
from armstrace.register.backing import Voices, back
from armstrace.register.types import Alternative, Fields, ItemValue, MoneyValue, PartyValue, Period, QuantityValue
from armstrace.told import Told

T = TypeVar("T", bound=Hashable)
Given = tuple[T | None, str]

ORDER_RULE: Final = (
    "The value that most independent origins give stands first; then most origins not shown to be independent, most "
    "texts, most documents, the earliest report; unknown stands last."
)


def merge_fields(claims: Sequence[Told], voices: Voices) -> Fields:
    """Return the fields of a transfer from claims in order of report.

    Supplier, recipient, maker, quantity, value, mode, status and time are alternatives to one another; of items and
    places on the way there may be several at once.
    """

    def merged(read: Callable[[Claim], Iterable[Given[T]]]) -> tuple[Alternative[T], ...]:
        return _alternatives(claims, voices, read)

    return Fields(
        supplier=merged(lambda claim: [_party(claim.supplier)]),
        recipient=merged(lambda claim: [_party(claim.recipient)]),
        maker=merged(lambda claim: [_party(claim.maker)]),
        items=merged(_items),
        quantity=merged(_quantity),
        value=merged(_value),
        mode=merged(lambda claim: [(None if claim.mode is Mode.UNSPECIFIED else claim.mode, "")]),
        via=merged(lambda claim: [_party(party) for party in claim.via]),
        status=merged(lambda claim: [(None if claim.status is Status.UNSPECIFIED else claim.status, "")]),
        when=merged(_when),
    )


def plain_name(name: str | None) -> str:
    """Return a name as it is compared: words without case, marks and articles."""
    words = "".join(c if c.isalnum() else " " for c in (name or "").casefold()).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def _alternatives(
    claims: Sequence[Told], voices: Voices, read: Callable[[Claim], Iterable[Given[T]]]
) -> tuple[Alternative[T], ...]:
    givers: dict[Hashable, list[Told]] = {}
    values: dict[Hashable, T | None] = {}
    texts: dict[Hashable, dict[str, None]] = {}
    for told in claims:
        for value, text in read(told.claim):
            key = _compared(value)
            values.setdefault(key, value)
            texts.setdefault(key, {})
            if text:
                texts[key][text] = None
            if told not in givers.setdefault(key, [])[-1:]:
                givers[key].append(told)
    found = [Alternative(values[key], tuple(texts[key]), back(givers[key], voices)) for key in givers]
    return tuple(sorted(found, key=_rank))  # stable: what was reported first stays first


def _rank(alternative: Alternative[T]) -> tuple[bool, int, int, int, int]:
    backing = alternative.backing
    return (
        alternative.value is None,
        -backing.independent,
        -backing.not_shown,
        -backing.families,
        -backing.documents,
    )


def _compared(value: Hashable) -> Hashable:
    """Return a value as it is compared: the names in it without case and marks."""
    if isinstance(value, PartyValue):
        return (value.country, plain_name(value.organisation))
    if isinstance(value, ItemValue):
        return (value.category, plain_name(value.designation).replace(" ", ""))
    return value


def _party(party: Party | None) -> Given[PartyValue]:
    if party is None:
        return None, ""
    if party.country is None and party.organisation is None:
        return PartyValue(None, party.text), party.text
    return PartyValue(party.country, party.organisation), party.text


def _items(claim: Claim) -> Iterable[Given[ItemValue]]:
    return [_item(item) for item in claim.items] or [(None, "")]


def _item(item: Item) -> Given[ItemValue]:
    return ItemValue(item.category, item.designation), item.description


def _quantity(claim: Claim) -> Iterable[Given[QuantityValue]]:
    found = claim.quantity
    return [(QuantityValue(found.low, found.best, found.high, found.unit), found.text) if found else (None, "")]


def _value(claim: Claim) -> Iterable[Given[MoneyValue]]:
    found = claim.value
    return [(MoneyValue(found.amount, found.low, found.high, found.currency), found.text) if found else (None, "")]


def _when(claim: Claim) -> Iterable[Given[Period]]:
    found = claim.when
    return [(Period(found.start, found.end, found.precision), found.text) if found else (None, "")]
