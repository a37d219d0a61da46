"""Claims as the page of their document shows them: every value beside the words that it was read from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, NamedTuple

from armstrace.document import Document, Place, Span
from armstrace.export.plain import plain
from armstrace.export.wording import (
    UNKNOWN,
    CountryNames,
    chain_words,
    claim_words,
    item_words,
    party_words,
    quantity_words,
    standing_words,
    when_words,
)
from armstrace.model import Claim, ClaimKind, Item, Polarity, Source, Value
from armstrace.text.places import describe_places, find_places

ROLES: Final = ("supplier", "recipient", "maker", "item", "quantity", "value", "via", "when", "source")
_PAGE: Final = re.compile(r"page (\d{1,6})", re.ASCII)


class FieldRow(NamedTuple):
    """A value of a claim: its role, what it means, its words in the document, where they stand, its own anchor."""

    role: str
    meaning: str
    words: str
    span: Span | None
    anchor: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim beside its document. ``number`` counts from 1; ``page`` is that of a PDF on which its words stand."""

    number: int
    id: str
    anchor: str
    headline: str
    kind: str
    standing: str
    denied: bool
    is_transfer: bool
    fields: tuple[FieldRow, ...]
    sentence: str
    span: Span
    chain: str
    place: str
    page: int | None
    refers_to: str
    inferred: tuple[str, ...]
    why: tuple[str, ...]


def claim_cards(document: Document, claims: Sequence[Claim], names: CountryNames) -> tuple[ClaimCard, ...]:
    """Return the claims of a document in their order."""
    taken: set[str] = set()
    near = _Places(document)
    return tuple(_card(document, (number, claim), names, near, taken) for number, claim in enumerate(claims, 1))


class _Places:
    """The places of a document in the order of its text, so that those of a claim are found without reading all."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sorted = sorted(document.places, key=lambda place: place.span)
        self._starts = [place.span.start for place in self._sorted]

    def of(self, span: Span) -> tuple[Place, ...]:
        if not self._sorted:
            return find_places(self._document, span)
        low, high = bisect_right(self._starts, span.start), bisect_left(self._starts, span.end)
        return find_places(replace(self._document, places=tuple(self._sorted[max(low - 1, 0) : high])), span)


def _card(
    document: Document, numbered: tuple[int, Claim], names: CountryNames, near: _Places, taken: set[str]
) -> ClaimCard:
    number, claim = numbered
    anchor = _unique(f"claim-{claim.id}", taken)
    places = near.of(claim.evidence.span)
    page = next((found for place in places if (found := _PAGE.fullmatch(place.part))), None)
    return ClaimCard(
        number=number,
        id=claim.id,
        anchor=anchor,
        headline=claim_words(claim, names),
        kind=claim.kind.replace("-", " "),
        standing=standing_words(claim),
        denied=claim.polarity is Polarity.DENIED,
        is_transfer=claim.kind is ClaimKind.TRANSFER,
        fields=tuple(_fields(document.text, claim, names, anchor, taken)),
        sentence=plain(claim.evidence.text),
        span=claim.evidence.span,
        chain=chain_words(claim.attribution, names),
        place=describe_places(places),
        page=int(page[1]) if page else None,
        refers_to=claim.refers_to or "",
        inferred=tuple(map(plain, claim.inferred)),
        why=tuple(map(plain, claim.why)),
    )


def _unique(anchor: str, taken: set[str]) -> str:
    """Return an anchor that no other value of the page bears."""
    safe = re.sub(r"[^A-Za-z0-9-]", "_", anchor)
    name, count = safe, 1
    while name in taken:
        count += 1
        name = f"{safe}-{count}"
    taken.add(name)
    return name


def _fields(text: str, claim: Claim, names: CountryNames, anchor: str, taken: set[str]) -> Iterator[FieldRow]:
    for role in ROLES:
        read, tell = _FIELDS[role]
        for value in read(claim):
            span: Span | None = value.span
            words = plain(span.of(text)) if span else ""
            meaning = _beyond(words, tell(value, names))
            yield FieldRow(role, meaning, words, span, _unique(f"{anchor}-{role}", taken))


def _beyond(words: str, meaning: str) -> str:
    """Return what a meaning says beyond the words beside it."""
    is_repeated = bool(words) and meaning.casefold().startswith(words.casefold())
    return meaning[len(words) :].strip() if is_repeated else meaning


def _one(name: str, claim: Claim) -> Iterable[Any]:
    value = getattr(claim, name)
    return () if value is None else (value,)


def _many(name: str, claim: Claim) -> Iterable[Any]:
    return tuple(getattr(claim, name))


def _source(source: Source, names: CountryNames) -> str:
    return chain_words((source,), names)


def _item(item: Item, _: CountryNames) -> str:
    codes = "".join(f", {plain(system)} {plain(code)}" for system, code in item.codes)
    return f"{item_words(item)} ({item.category}{codes})"


def _money(value: Value, _: CountryNames) -> str:
    currency = plain(value.currency or "currency unknown")
    if value.amount is not None:
        return f"{value.amount:,} {currency}"
    low, high = (UNKNOWN if bound is None else f"{bound:,}" for bound in (value.low, value.high))
    return f"low {low}, high {high} {currency}"


_FIELDS: Final[dict[str, tuple[Callable[[Claim], Iterable[Any]], Callable[[Any, CountryNames], str]]]] = {
    "supplier": (partial(_one, "supplier"), party_words),
    "recipient": (partial(_one, "recipient"), party_words),
    "maker": (partial(_one, "maker"), party_words),
    "item": (partial(_many, "items"), _item),
    "quantity": (partial(_one, "quantity"), lambda value, _: quantity_words(value)),
    "value": (partial(_one, "value"), _money),
    "via": (partial(_many, "via"), party_words),
    "when": (partial(_one, "when"), lambda value, _: when_words(value)),
    "source": (partial(_many, "attribution"), _source),
}
