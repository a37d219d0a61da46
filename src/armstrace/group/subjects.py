"""What a claim is about, in a form that two claims can be compared by; made once for each claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from armstrace.document import Span
from armstrace.group.sides import NOBODY, Side, groups_named, named_in, plain, side_of
from armstrace.group.times import Stretch, stretch_of
from armstrace.kinds import FAMILY, is_row
from armstrace.lexicon.entries import EntryKind
from armstrace.lexicon.match import Matcher
from armstrace.model import Category, Item, Mode, Polarity, Quantity, Status, Value
from armstrace.told import Told

# Words of a description that say which kind within a category; of one row, one excludes the others.
_KINDS: Final[tuple[dict[str, str], ...]] = (
    {
        "anti-ship": "anti-ship",
        "anti-shipping": "anti-ship",
        "anti-tank": "anti-tank",
        "antitank": "anti-tank",
        "anti-armour": "anti-tank",
        "anti-armor": "anti-tank",
        "anti-aircraft": "anti-aircraft",
        "antiaircraft": "anti-aircraft",
        "surface-to-air": "anti-aircraft",
        "air-to-air": "air-to-air",
        "surface-to-surface": "surface-to-surface",
        "ballistic": "surface-to-surface",
    },
    {
        "submarine": "submarine",
        "frigate": "frigate",
        "corvette": "corvette",
        "destroyer": "destroyer",
        "minesweeper": "minehunter",
        "minehunter": "minehunter",
        "patrol": "patrol boat",
        "landing": "landing ship",
    },
    {
        "fighter": "combat aircraft",
        "jet": "combat aircraft",
        "bomber": "combat aircraft",
        "transport": "transport",
        "trainer": "trainer",
        "tanker": "tanker",
        "reconnaissance": "surveillance",
        "surveillance": "surveillance",
        "awacs": "surveillance",
    },
    {"rifle": "rifle", "pistol": "pistol", "revolver": "pistol", "handgun": "pistol", "machine-gun": "machine gun"},
    {"howitzer": "howitzer", "mortar": "mortar"},
    {"shell": "shell", "bullet": "bullet", "cartridge": "bullet", "mine": "mine", "grenade": "grenade"},
)
_COMMON: Final = frozenset(
    "of to in on for and or the a an by with from at as is are was were be been has have had will would said says say"
    " that it its he she they who which this his her their after over more new not but us report reports".split()
)
_EXACT: Final = 1.05  # between the ends of a number that is still one number


class Amount(NamedTuple):
    """A number or sum as a range; ``high`` is None where nothing bounds it. ``is_exact`` tells one figure."""

    low: float
    high: float | None
    is_exact: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A claim as it is compared.

    ``is_row`` tells that it stands in a row of a list. ``kin`` are its kinds of arms, those as one that readers do not
    reliably tell apart; ``moment`` is when it was, as far as that is told and past, else when it was reported.
    """

    id: str
    document: str
    family: str
    span: Span
    is_row: bool
    supplier: Side
    recipient: Side
    maker: str | None
    designations: frozenset[str]
    categories: frozenset[Category]
    kin: frozenset[Category]
    kinds: frozenset[tuple[int, str]]
    quantity: Amount | None
    value: Amount | None
    mode: Mode
    via: frozenset[str]
    status: Status
    polarity: Polarity
    event: Stretch | None
    reported: Stretch | None
    moment: Stretch | None
    groups: frozenset[str]  # armed groups that the evidence names
    words: frozenset[str]  # of the evidence
    title: frozenset[str]
    refers_to: str | None


def subject_of(told: Told, names: Matcher) -> Subject:
    """Return what a claim is about, names as the lexicon knows them."""
    claim = told.claim
    categories = frozenset(item.category for item in claim.items) - {Category.OTHER}
    event = stretch_of(claim.when.start, claim.when.end) if claim.when else None
    reported = stretch_of(told.published, told.published)
    is_past = event is not None and (reported is None or event.first <= reported.last)
    return Subject(
        id=claim.id,
        document=claim.document,
        family=told.family,
        span=claim.evidence.span,
        is_row=is_row(claim),
        supplier=side_of(claim.supplier, names),
        recipient=side_of(claim.recipient, names),
        maker=claim.maker.country if claim.maker else None,
        designations=frozenset(found for item in claim.items if (found := _designation(item, names))),
        categories=categories,
        kin=frozenset(FAMILY.get(category, category) for category in categories),
        kinds=frozenset(kind for item in claim.items for kind in _kinds(item)),
        quantity=_pieces(claim.quantity),
        value=_money(claim.value),
        mode=claim.mode,
        via=frozenset(key for party in claim.via if (key := side_of(party, names).key)),
        status=claim.status,
        polarity=claim.polarity,
        event=event,
        reported=reported,
        moment=event if is_past else reported,
        groups=groups_named(claim.evidence.text, names),
        words=_words(claim.evidence.text),
        title=_words(told.title or ""),
        refers_to=claim.refers_to,
    )


def block_sides(told: Told, names: Matcher) -> tuple[str | None, str | None]:
    """Return what supplier and recipient of a claim are sorted by."""
    parties = (told.claim.supplier, told.claim.recipient)
    supplier, recipient = (side_of(party, names) if party else NOBODY for party in parties)
    return supplier.key, recipient.key


def _designation(item: Item, names: Matcher) -> str | None:
    """Return the type as the lexicon calls it ("Silkworm" and "HY-2" are one), else as written."""
    types = [e.label for e in named_in(item.designation or item.description, names) if e.kind is EntryKind.WEAPON_TYPE]
    if types:
        return plain(types[0])
    return plain(item.designation) if item.designation else None


def _kinds(item: Item) -> frozenset[tuple[int, str]]:
    words = [word.rstrip("s") for word in item.description.casefold().replace("machine gun", "machine-gun").split()]
    return frozenset((row, kinds[word]) for row, kinds in enumerate(_KINDS) for word in words if word in kinds)


def _pieces(quantity: Quantity | None) -> Amount | None:
    return _amount(quantity.low, quantity.best, quantity.high, quantity.unit) if quantity else None


def _money(value: Value | None) -> Amount | None:
    return _amount(value.low, value.amount, value.high, value.currency or "") if value else None


def _amount(low: float | None, best: float | None, high: float | None, unit: str) -> Amount | None:
    least, most = (low, high) if best is None else (best if low is None else low, best if high is None else high)
    if least is None and most is None:
        return None
    is_exact = least is not None and most is not None and most <= least * _EXACT
    return Amount(least or 0, most, is_exact, unit)


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(text).split()) - _COMMON
