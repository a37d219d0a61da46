"""A claim as the API gives it: the public shape, with what people judged of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from armstrace.model import Category, Certainty, ClaimKind, DatePrecision, Mode, Polarity, SourceKind, Status
from armstrace.told import ReviewState
from armstrace.web.api.shapes.base import Page, Shape

Span = Annotated[
    list[int],
    Field(
        min_length=2,
        max_length=2,
        description="First character and the one behind the last, in the text of the document.",
    ),
]


class Party(Shape):
    """A supplier, recipient, maker, or place passed through."""

    country: str | None
    """ISO 3166-1 alpha-2, or EU; null where no country is told."""
    organisation: str | None
    """Name of the organisation, armed group, company or vessel, if one is told."""
    text: str
    """The words."""
    span: Span | None
    """Where they stand; null only where the party is listed under `inferred`."""


class Item(Shape):
    """One kind of arms."""

    designation: str | None
    """The type, as "Mohajer-6"; null where none is told."""
    description: str
    """The words, as "artillery shells"."""
    category: Category
    """One of a closed list; `other` for arms in general."""
    codes: dict[str, str]
    """Codes of classifications, by list: UN Register, SIPRI, Wassenaar, US Munitions List."""
    span: Span
    """Where the words stand."""


class Quantity(Shape):
    """A number of pieces as worded: "millions" is low 1,000,000; "up to 40" is high 40; "some 300" is best 300."""

    text: str
    """The words."""
    low: int | None
    """Lower bound, null where none is told."""
    best: int | None
    """The number told, null where only bounds are."""
    high: int | None
    """Upper bound, null where none is told."""
    unit: str
    """Counted in: pieces, rounds, tonnes, and so on."""
    span: Span
    """Where the words stand."""


class Value(Shape):
    """A sum of money as worded."""

    text: str
    """The words."""
    amount: float | None
    """The stated figure."""
    low: float | None
    """Lower bound."""
    high: float | None
    """Upper bound."""
    currency: str | None
    """ISO 4217; null where it is not told which dollar or pound."""
    span: Span
    """Where the words stand."""


class When(Shape):
    """A time as worded."""

    text: str
    """The words."""
    start: str | None
    """First day (ISO), null where the text does not tell."""
    end: str | None
    """Last day (ISO), inclusive."""
    precision: DatePrecision
    """How exactly it is told."""
    span: Span | None
    """Where the words stand."""


class Source(Shape):
    """One link of an attribution chain."""

    name: str
    """As the text calls it."""
    kind: SourceKind
    """What kind of speaker."""
    country: str | None
    """Of whom it speaks for."""
    named: bool
    """False for "officials who asked not to be named"."""
    channel: str | None
    """By which way it spoke, as "by e-mail"."""
    cue: str | None
    """The words of saying, as "reported"."""
    span: Span | None
    """Where the source stands; null for the publishing outlet."""


class Evidence(Shape):
    """The sentence that a claim was read from."""

    text: str
    """Its words."""
    span: Span
    """Where it stands."""


class Correction(Shape):
    """One field that a person set."""

    field: str
    """Which."""
    was: Any
    """As it was read."""
    now: Any
    """As it counts."""
    who: str
    """Who set it."""
    at: str
    """When (ISO, UTC)."""
    why: str | None
    """The reason, if told."""


class Review(Shape):
    """What people made of a claim."""

    state: ReviewState
    """`outdated` where it is read otherwise since, and is to be judged anew."""
    who: str
    """Who judged last."""
    at: str
    """When (ISO, UTC)."""
    why: str | None
    """The reason, if told."""
    corrections: list[Correction]
    """The fields that people set, each as it was and is."""
    changed: list[str]
    """Fields that the reader answers otherwise than when they were judged."""


class _Claim(Shape):
    claim: str
    """Id, made of its content: the same words in the same document have the same id always."""
    document: str
    """Id of the document that it is read from."""
    kind: ClaimKind
    """`transfer`, or what else is said beside transfers."""
    supplier: Party | None
    """From whom; null for unknown."""
    recipient: Party | None
    """To whom; null for unknown."""
    maker: Party | None
    """Whom "X-made" names; no supplier."""
    items: list[Item]
    """Which arms."""
    quantity: Quantity | None
    """How many; null where no number is told."""
    value: Value | None
    """For how much money."""
    mode: Mode
    """By which kind of deal."""
    via: list[Party]
    """Places and parties that it passes through."""
    refers_to: str | None
    """Id of the claim that a confirmation or denial is about."""
    status: Status
    """How far it is said to have got."""
    polarity: Polarity
    """Whether it is affirmed or denied."""
    certainty: Certainty
    """How sure the source is, in its own words."""
    likelihood: Annotated[list[int], Field(min_length=2, max_length=2)] | None
    """The ICD 203 band in per cent, where the words have one."""
    when: When | None
    """When; null where no time is told."""
    attribution: list[Source]
    """Who says so, from the nearest to the farthest."""
    evidence: Evidence
    """The sentence."""
    inferred: list[str]
    """What does not stand in the words of the sentence, as "supplier from the title"."""
    why: list[str]
    """Names of the rules that read it."""


class Claim(_Claim):
    """One attributed statement, as it counts: corrections of people are made, `review` keeps what was read."""

    review: Review | None
    """What people judged of it; null where nobody did."""
    latest: int | None
    """Number of the last judgement on it, null where there is none; to be sent with the next one."""


class ToldClaim(_Claim):
    """A claim of a transfer, with what must be known of its document."""

    review: Review | None
    """What people judged of it; null where nobody did."""
    role: Literal["claim", "context"]
    """`context` where it says something else of the transfer, as a confirmation does."""
    outlet: str | None
    """Who published the document."""
    published: str | None
    """Day, month or year (ISO)."""
    title: str | None
    """Of the document."""
    family: str
    """The copy family of the document, named by its first member: documents of one family reuse one text."""


class ClaimPage(Page[Claim]):
    """A page of claims, by document and place in it."""


class ToldClaimPage(Page[ToldClaim]):
    """A page of the claims of a transfer, in order of report, then those that say something else of it."""
