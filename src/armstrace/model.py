"""The frozen types that every stage passes on: the claim and what it is made of.

Codes for countries are ISO 3166-1 alpha-2, and ``EU`` for the European Union.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armstrace.document import Span


class ClaimKind(StrEnum):
    """What a claim is about; all but ``transfer`` are context for transfers."""

    TRANSFER = "transfer"
    SHORTAGE = "shortage"
    SANCTIONS_EFFECT = "sanctions-effect"
    PERFORMANCE = "performance"
    USE = "use"
    INTERDICTION = "interdiction"
    WITHHELD_DETAIL = "withheld-detail"
    CONFIRMATION = "confirmation"


class Category(StrEnum):
    """Closed list of item categories; ``other`` is generic arms."""

    ARTILLERY = "artillery"
    AMMUNITION = "ammunition"
    MISSILES = "missiles"
    ROCKETS = "rockets"
    DRONES = "drones"
    AIRCRAFT = "aircraft"
    HELICOPTERS = "helicopters"
    TANKS = "tanks"
    ARMOURED_VEHICLES = "armoured-vehicles"
    AIR_DEFENCE = "air-defence"
    SHIPS = "ships"
    SMALL_ARMS = "small-arms"
    BOMBS = "bombs"
    SENSORS = "sensors"
    COMPONENTS = "components"
    OTHER = "other"


class Status(StrEnum):
    """How far the transfer is said to have got."""

    SOUGHT = "sought"
    OFFERED = "offered"
    PLANNED = "planned"
    APPROVED = "approved"
    ORDERED = "ordered"
    IN_TRANSIT = "in-transit"
    DELIVERED = "delivered"
    USED = "used"
    SEIZED = "seized"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    UNSPECIFIED = "unspecified"


class Polarity(StrEnum):
    """Whether the source affirms or denies."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Certainty(StrEnum):
    """How sure the source is, in the source's own words."""

    FACT = "fact"
    ALMOST_CERTAIN = "almost-certain"
    LIKELY = "likely"
    EVEN = "even"
    UNLIKELY = "unlikely"
    REMOTE = "remote"
    ALLEGED = "alleged"
    EXPECTED = "expected"
    UNSTATED = "unstated"


class Mode(StrEnum):
    """By which kind of deal the arms are said to move."""

    SALE = "sale"
    AID = "aid"
    LOAN = "loan"
    LEASE = "lease"
    LICENCE = "licence"
    BARTER = "barter"
    SMUGGLING = "smuggling"
    UNSPECIFIED = "unspecified"


class SourceKind(StrEnum):
    """What kind of speaker a source is."""

    OUTLET = "outlet"
    GOVERNMENT = "government"
    OFFICIAL_NAMED = "official-named"
    OFFICIAL_ANONYMOUS = "official-anonymous"
    INTELLIGENCE = "intelligence"
    COMPANY = "company"
    EXPERT = "expert"
    NGO = "ngo"
    DOCUMENT = "document"
    STATE_MEDIA = "state-media"


class DatePrecision(StrEnum):
    """How exactly a time is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    DAY_NO_YEAR = "day, year unknown"
    MONTH_NO_YEAR = "month, year unknown"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class When:
    """A time as worded. ``start`` and ``end`` are ISO dates (inclusive) or None where the text does not tell."""

    text: str
    start: str | None
    end: str | None
    precision: DatePrecision
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of pieces as worded: low / best / high, each None where not known, and the counting unit."""

    text: str
    low: int | None
    best: int | None
    high: int | None
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """A sum of money as worded. ``amount`` is the stated or best figure; vague sums have ``low`` only."""

    text: str
    amount: int | float | None
    low: int | float | None
    high: int | float | None
    currency: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier, recipient or maker. ``span`` is None only where the party is listed under ``inferred``."""

    country: str | None
    organisation: str | None
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of arms: designation ("Mohajer-6"), description ("artillery shells"), category, codes."""

    designation: str | None
    description: str
    category: Category
    span: Span
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One link of an attribution chain; the publishing outlet has no span."""

    name: str
    kind: SourceKind
    country: str | None
    named: bool
    channel: str | None = None
    cue: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that a claim was read from."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed statement; the public shape of DESIGN, as a value."""

    id: str
    document: str
    kind: ClaimKind
    evidence: Evidence
    supplier: Party | None = None
    recipient: Party | None = None
    maker: Party | None = None
    items: tuple[Item, ...] = ()
    quantity: Quantity | None = None
    value: Value | None = None
    mode: Mode = Mode.UNSPECIFIED
    via: tuple[Party, ...] = ()
    refers_to: str | None = None
    status: Status = Status.UNSPECIFIED
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.UNSTATED
    likelihood: tuple[int, int] | None = None
    when: When | None = None
    attribution: tuple[Source, ...] = ()
    inferred: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
