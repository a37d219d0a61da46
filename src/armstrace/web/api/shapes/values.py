"""What the lines of the register are made of: values, who stands behind them, denials, conflicts, revisions."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from armstrace.model import Category, DatePrecision
from armstrace.web.api.shapes.base import Shape
from armstrace.web.api.shapes.claims import Review

T = TypeVar("T")


class PartyValue(Shape):
    """A party: code of the country, name of the organisation."""

    country: str | None
    """ISO 3166-1 alpha-2, or EU."""
    organisation: str | None
    """Name, where one is told."""


class ItemValue(Shape):
    """A kind of arms."""

    category: Category
    """One of a closed list."""
    designation: str | None
    """The type, where one is told."""


class QuantityValue(Shape):
    """A number in a unit."""

    low: int | None
    """Lower bound."""
    best: int | None
    """The number told."""
    high: int | None
    """Upper bound."""
    unit: str
    """Counted in."""


class MoneyValue(Shape):
    """A sum."""

    amount: float | None
    """The stated figure."""
    low: float | None
    """Lower bound."""
    high: float | None
    """Upper bound."""
    currency: str | None
    """ISO 4217."""


class PeriodValue(Shape):
    """First and last day at which something holds."""

    start: str | None
    """First day (ISO)."""
    end: str | None
    """Last day (ISO)."""
    precision: DatePrecision
    """How exactly that is known."""


class _Backing(Shape):
    claims: list[str]
    """Ids of the claims that give it, in order of report."""
    documents: int
    """In how many documents."""
    families: int
    """In how many texts, copies counted once."""
    independent: int
    """Origins shown to be independent of each other."""
    not_shown: int
    """Origins not shown to be."""


class Alternative(_Backing, Generic[T]):
    """One value that some claims give, with who stands behind it."""

    value: T | None
    """The value; null for unknown."""
    texts: list[str]
    """The words of the claims."""
    origins: list[str]
    """Keys of the origins."""


class Origin(Shape):
    """One actor at the far end of chains: the unit of corroboration."""

    origin: str
    """Key, equal for what is one origin."""
    name: str
    """To show."""
    country: str | None
    """Of the government that it is."""
    independent: bool
    """Whether it is shown to be independent of the others."""
    claims: list[str]
    """Ids of the claims that come from it."""
    rules: list[str]
    """Why they are one."""


class Side(_Backing):
    """All who affirm a transfer, or all who deny it."""

    origins: list[Origin]
    """The origins, in order of report."""


class Range(Shape):
    """What all quantities of one unit and kind of arms span."""

    unit: str
    """Counted in."""
    kinds: list[Category]
    """Of which arms."""
    low: int | None
    """The least lower bound."""
    high: int | None
    """The greatest upper bound; null as soon as one of them has none."""
    up_to: int | None
    """The least upper bound of those without a lower one ("up to 40")."""


class Denial(Shape):
    """A denial, and what it denies."""

    claim: str
    """Id of the denying claim."""
    target: Literal["claim", "quantity", "party", "status", "transfer"]
    """What is denied."""
    rule: str
    """Why it is read so."""
    denies: list[str]
    """Ids of the claims that it contradicts."""
    counts: bool
    """Whether it speaks against the transfer."""


class Account(Shape):
    """What the government of one side says itself."""

    side: Literal["supplier", "recipient"]
    """Which side."""
    country: str
    """Its code."""
    claims: list[str]
    """Ids of its claims."""


class Conflict(Shape):
    """A field of which claims say what cannot both be so."""

    field: str
    """Which."""
    sentence: str
    """The conflict in one sentence."""


class Revision(Shape):
    """What became of a claim when its outlet published a later version, a correction or a notice."""

    claim: str
    """Id of the claim."""
    kind: Literal["repeated", "replaced", "corrected", "withdrawn", "gone", "noted", "source-withdrawn"]
    """What became of it."""
    document: str
    """Id of the later document."""
    since: str | None
    """From when it is known (ISO)."""
    correction: str | None
    """The words of the correction."""
    rule: str
    """Why it is read so."""
    counts: bool
    """Whether the claim still counts."""


class ReviewOfClaim(Review):
    """What people judged of one of its claims."""

    claim: str
    """Id of the claim."""
