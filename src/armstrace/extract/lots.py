"""What moves, how many, worth what, when: the lots of a candidate and the sums and dates beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from armstrace.document import Span
from armstrace.extract.candidate import Candidate
from armstrace.extract.items import quantity_of
from armstrace.extract.reading import Reading
from armstrace.model import Category, Item, Party, Quantity, Value, When

_ADDED = re.compile(r"(?:another|(?:a |some )?further|(?:an )?additional)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:another|further|additional)\s+\Z", re.IGNORECASE)
_AFTER = re.compile(r"\s+(?:more|further|additional|others)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lot:
    """Items that one claim is about, their number, and the nation that their own adjective names.

    ``added``: the words say that they come on top of what was told before ("another 48", "20 more").
    """

    items: tuple[Item, ...]
    quantity: Quantity | None
    nation: str | None = None
    added: bool = False


def find_lots(reading: Reading, candidate: Candidate) -> list[Lot]:
    """Return one lot, or a lot an item where two or more have numbers or nationalities of their own."""
    numbers = [quantity_of(candidate.sentence, m) for m in candidate.items]
    counted = [n for n in numbers if n]
    if len({n.span for n in counted}) > 1 or len(set(candidate.nations.values())) > 1:
        nations = [candidate.nations.get(m.head) for m in candidate.items]
        lots = [
            Lot((m.item,), n, c, added=_is_added(reading, n))
            for m, n, c in zip(candidate.items, numbers, nations, strict=True)
        ]
        after = candidate.sentence.tree.token(candidate.trigger).start
        more = any(lot.added and lot.items[0].span.start > after for lot in lots)
        # "Ordered 36 tanks and holds an option on 18 more tanks": the 36 are no part of the option.
        return [lot for lot in lots if lot.added or not more or lot.items[0].span.start > after]
    number = counted[0] if counted else candidate.number
    return [Lot(_items(reading, candidate), number, added=_is_added(reading, number))]


def _is_added(reading: Reading, number: Quantity | None) -> bool:
    """Tell whether a number comes on top of what was told: "another 48 jets", "a further 24", "20 more"."""
    if number is None:
        return False
    text, span = reading.document.text, number.span
    return bool(_ADDED.match(number.text) or _BEFORE.search(text, 0, span.start) or _AFTER.match(text, span.end))


def _items(reading: Reading, candidate: Candidate) -> tuple[Item, ...]:
    if candidate.items:
        return tuple(m.item for m in candidate.items)
    if candidate.told:
        return candidate.told
    if candidate.frame.item:
        token = candidate.sentence.tree.token(candidate.trigger)
        span = Span(token.start, token.end)
        return (Item(None, reading.words(span), Category.OTHER, span),)
    return ()


def find_maker(reading: Reading, candidate: Candidate) -> tuple[Party | None, str | None]:
    """Return the maker that the words name ("Iranian-made"), else that of the weapon type with a note."""
    for mention in candidate.items:
        if mention.maker and mention.maker_span:
            return Party(mention.maker, None, reading.words(mention.maker_span), mention.maker_span), None
    for mention in candidate.items:
        if mention.type_maker and mention.item.designation:
            party = Party(mention.type_maker, None, reading.words(mention.item.span), mention.item.span)
            return (
                party,
                f"maker: {mention.item.designation} is a type of {mention.type_maker}, from the lexicon",
            )
    return None, None


def nearest_value(candidate: Candidate) -> Value | None:
    """Return the sum nearest to the transfer word in its sentence."""
    position = candidate.sentence.tree.token(candidate.trigger).start
    sums = sorted(candidate.sentence.money, key=lambda v: abs(v.span.start - position))
    return sums[0] if sums else None


def nearest_date(candidate: Candidate) -> When | None:
    """Return the time nearest to the transfer word in its sentence."""
    position = candidate.sentence.tree.token(candidate.trigger).start
    dates = sorted(candidate.sentence.dates, key=lambda d: abs((d.span.start if d.span else 0) - position))
    return dates[0] if dates else None
