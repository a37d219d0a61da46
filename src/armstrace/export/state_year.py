"""What a State is said to have delivered, or to have been given, in one calendar year: by line, kind and number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from armstrace.export.plain import plain
from armstrace.export.transfer_words import range_words
from armstrace.lexicon.item_codes import ItemCode, codes_for
from armstrace.model import Category, Polarity, Quantity, Status
from armstrace.register.known import known_from
from armstrace.register.types import Range, Transfer
from armstrace.text.units import PIECES
from armstrace.told import Told

_FORMS: Final = ("un-register", "salw")  # the lists of codes that are parts of the form
_NO_LINE: Final = "SALW"  # small arms of which the words tell no line of the form
_YEAR: Final = 4  # digits


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one line of the register says of deliveries in a year.

    Attributes:
        transfer: the line.
        claims: that say it was delivered: in the year; where none does, those that do not tell another one.
        days: when, in words; "" where nobody tells.
        doubt: why it is not certain that it belongs to the year; "" where nothing speaks against it.
        others: what is said of deliveries in other years; "" for nothing.
    """

    transfer: Transfer
    claims: tuple[Told, ...]
    days: str
    doubt: str
    others: str


class Kind(NamedTuple):
    """Arms of one code, or of none: ``code`` is None where the words leave it open, and ``why`` then says so."""

    code: ItemCode | None
    words: str
    why: str


_NO_KIND: Final = Kind(None, "arms", "the sources do not tell which arms")


class Number(NamedTuple):
    """How many: a figure where all claims give the same exact one, and what they say in words."""

    figure: int | None
    words: str


def delivery_in(transfer: Transfer, year: str) -> Delivery | None:
    """Return what a line says of deliveries in a year; None where it says nothing of it.

    Claims that people rejected, or that their outlets took back, say nothing. A delivery on an unknown day may be of
    the year in which it was reported.
    """
    void = {one.claim for one in transfer.revisions if one.takes_back}
    told = [one for one in transfer.claims if _says_delivered(one) and one.claim.id not in void]
    within = tuple(one for one in told if _is_within(one, year))
    perhaps = tuple(one for one in told if one not in within and _may_be_of(one, year))
    elsewhere = [one for one in told if one not in within and one not in perhaps]
    if not within and not perhaps:
        return None
    claims = within or perhaps
    others = _days([*elsewhere, *(perhaps if within else ())])
    doubt = "" if within else f"the sources do not tell that it was delivered in {year}"
    return Delivery(transfer, claims, _days(claims), doubt, others)


def kinds_of(delivery: Delivery) -> dict[Kind, tuple[Told, ...]]:
    """Return the kinds of arms of a delivery, each with the claims that name it, in their order."""
    found: dict[Kind, list[Told]] = {}
    for told in delivery.claims:
        for kind in dict.fromkeys(_kinds(told, delivery.transfer)):
            found.setdefault(kind, []).append(told)
    joined: dict[ItemCode | str, list[Kind]] = {}
    for kind in found:
        joined.setdefault(kind.code or kind.words, []).append(kind)
    return {_joined(kinds): _claims_of(kinds, found) for kinds in joined.values()}


def number_of(delivery: Delivery, claims: Sequence[Told]) -> Number:
    """Return the number that claims give of a kind of arms; never a guess.

    A number that counts several kinds together, packings or formations is told in words alone; so is one that is
    not exact, and so are all where claims differ.
    """
    told = list(
        dict.fromkeys(
            _number(one.claim.quantity, _kinds(one, delivery.transfer)) for one in claims if one.claim.quantity
        )
    )
    figure = told[0].figure if len({number.figure for number in told}) == 1 else None
    return Number(figure, "; ".join(dict.fromkeys(number.words for number in told)))


def _says_delivered(told: Told) -> bool:
    claim = told.claim
    return claim.status is Status.DELIVERED and claim.polarity is Polarity.AFFIRMED and not told.is_rejected


def _is_within(told: Told, year: str) -> bool:
    when = told.claim.when
    return bool(when and when.start and when.end and when.start[:_YEAR] == year == when.end[:_YEAR])


def _may_be_of(told: Told, year: str) -> bool:
    when = told.claim.when
    if when and (when.start or when.end):
        return (when.start or year)[:_YEAR] <= year <= (when.end or year)[:_YEAR]
    reported = known_from(told.published)
    return reported is None or reported[:_YEAR] == year


def _days(claims: Sequence[Told]) -> str:
    found: dict[str, None] = {}
    for told in claims:
        when = told.claim.when
        if when and (when.start or when.end):
            days = dict.fromkeys(day for day in (when.start, when.end) if day)
            found[" to ".join(days) if when.start and when.end else f"by or from {next(iter(days))}"] = None
    return ", ".join(sorted(found))


def _kinds(told: Told, transfer: Transfer) -> list[Kind]:
    """Return the kinds of arms that a claim names; where it names none, those of its line, for it is about these."""
    items = [(one.category, one.description, one.designation) for one in told.claim.items]
    values = [(one.value, one.texts) for one in transfer.fields.items if one.value]
    of_line = [
        (value.category, texts[0] if texts else str(value.category), value.designation) for value, texts in values
    ]
    return [_kind(*one) for one in items or of_line] or [_NO_KIND]


def _kind(category: Category, description: str, designation: str | None) -> Kind:
    words = plain(description)
    if designation and designation.casefold() not in words.casefold():
        words = f"{plain(designation)} {words}"
    codes = [one for one in codes_for(category, description, designation) if one.system in _FORMS]
    certain = [one for one in codes if one.certain and one.code and one.code != _NO_LINE]
    if certain:
        return Kind(certain[0], words, "")
    open_ones = [one for one in codes if one.code]
    told = [f"{one.code} ({one.title}): {one.condition or 'line of the form not told'}" for one in open_ones]
    outside = "; ".join(dict.fromkeys(one.condition for one in codes))
    return Kind(None, words, f"may be {'; or '.join(told)}" if told else f"outside both forms: {outside}")


def _joined(kinds: Sequence[Kind]) -> Kind:
    return kinds[0]._replace(words="; ".join(dict.fromkeys(kind.words for kind in kinds)))


def _claims_of(kinds: Sequence[Kind], found: dict[Kind, list[Told]]) -> tuple[Told, ...]:
    claims = {told.claim.id: told for kind in kinds for told in found[kind]}
    return tuple(claims.values())


def _number(quantity: Quantity, named: Sequence[Kind]) -> Number:
    kinds = {kind.code or kind.words for kind in named}
    words = [plain(quantity.text)]
    is_exact = quantity.best is not None and quantity.low == quantity.best == quantity.high
    if not is_exact and (quantity.low is not None or quantity.high is not None):
        words.append(f"({range_words(Range(quantity.unit, (), quantity.low, quantity.high))})")
    elif quantity.unit != PIECES:
        words.append(f"({plain(quantity.unit)})")
    if len(kinds) > 1:
        words.append("of several kinds together")
    counts_one_kind = quantity.unit == PIECES and len(kinds) == 1
    return Number(quantity.best if is_exact and counts_one_kind else None, " ".join(words))
