"""A transfer as the API gives it: the public shape, with the findings on it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from armstrace.model import Certainty, DatePrecision, Mode, Polarity, Status
from armstrace.web.api.shapes.base import Page, Shape
from armstrace.web.api.shapes.findings import Finding
from armstrace.web.api.shapes.values import (
    Account,
    Alternative,
    Conflict,
    Denial,
    ItemValue,
    MoneyValue,
    PartyValue,
    PeriodValue,
    QuantityValue,
    Range,
    ReviewOfClaim,
    Revision,
    Side,
)

Band = Annotated[list[int], Field(min_length=2, max_length=2)]


class Credibility(Shape):
    """How well what is said hangs together (Admiralty scale, 1-6); apart from how reliable the sources are."""

    digit: int
    """1 (confirmed) to 6 (cannot be judged)."""
    label: str
    """What the digit is called."""
    sentence: str
    """Why, in one sentence."""


class CertaintyTold(Shape):
    """How sure a source is."""

    certainty: Certainty
    """In its own words."""
    likelihood: Band | None
    """The ICD 203 band in per cent."""


class Step(Shape):
    """A step of the history of a transfer."""

    status: Status
    """How far it had got."""
    polarity: Polarity
    """Whether this is affirmed or denied."""
    start: str | None
    """First day of it (ISO)."""
    end: str | None
    """Last day of it."""
    precision: DatePrecision | None
    """How exactly that is told."""
    reported: str | None
    """When it was first reported."""
    claims: list[str]
    """Ids of the claims that say so."""
    origins: list[str]
    """Keys of their origins."""
    certainties: list[CertaintyTold]
    """How sure they are."""
    taken_back: bool
    """Whether the outlets took it back."""
    rejected: bool
    """Whether people rejected the claims."""


class Change(Shape):
    """What became known on a day."""

    day: str | None
    """The day (ISO)."""
    what: str
    """In words."""
    claim: str | None
    """Id of the claim that it is about."""


class Transfer(Shape):
    """One line of the register: claims of the same movement, every field with all alternatives and who gives them."""

    transfer: str
    """Id."""
    claims: list[str]
    """Ids of all claims that it is made of, in order of report."""
    context: list[str]
    """Ids of claims that say something else of it."""
    supplier: list[Alternative[PartyValue]]
    """From whom, each alternative."""
    recipient: list[Alternative[PartyValue]]
    """To whom."""
    maker: list[Alternative[PartyValue]]
    """Who made the arms; no supplier."""
    items: list[Alternative[ItemValue]]
    """Which arms."""
    quantity: list[Alternative[QuantityValue]]
    """How many."""
    value: list[Alternative[MoneyValue]]
    """For how much money."""
    mode: list[Alternative[Mode]]
    """By which kind of deal."""
    via: list[Alternative[PartyValue]]
    """Through whom or where."""
    status: list[Alternative[Status]]
    """How far it had got, by claim."""
    when: list[Alternative[PeriodValue]]
    """When."""
    ranges: list[Range]
    """What the quantities span."""
    for_: Side = Field(alias="for")
    """Who affirms it."""
    against: Side
    """Whose denials count against it."""
    denials: list[Denial]
    """All denials, each with what it denies."""
    accounts: list[Account]
    """What the governments of both sides say themselves."""
    conflicts: list[Conflict]
    """Fields on which claims contradict each other."""
    revisions: list[Revision]
    """What outlets corrected, replaced or withdrew."""
    reviews: list[ReviewOfClaim]
    """What people judged of its claims."""
    credibility: Credibility
    """How well it hangs together."""
    likelihoods: list[Band]
    """The bands that sources word."""
    latest: Step | None
    """The furthest step."""
    history: list[Step]
    """Steps by the date of the status."""
    reports: list[Step]
    """Steps by the date of the report."""
    changes: list[Change]
    """What became known when."""
    left_out: list[str]
    """Ids of claims without a date, which an `as_of` leaves out."""
    findings: list[Finding]
    """What arms-embargo law says of it."""


class TransferPage(Page[Transfer]):
    """A page of the register."""
