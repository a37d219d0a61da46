"""Search, comparisons, questions, sources and the state of the desk, as the API gives and takes them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from armstrace.model import SourceKind, Status
from armstrace.web.api.shapes.base import Page, Shape
from armstrace.web.api.shapes.claims import Claim, Span


class NewCheck(Shape):
    """A transfer in words. What is not told stays open: each possibility then has its own answer."""

    supplier: str | None = Field(default=None, min_length=1, max_length=200)
    """Code or name of a country, group, firm or body; null or "unknown" where it is not known."""
    recipient: str | None = Field(default=None, min_length=1, max_length=200)
    """Likewise."""
    item: str = Field(default="arms", min_length=1, max_length=500)
    """The arms; with end user or place if you like: "rifles for al-Shabaab"."""
    date: str | None = Field(default=None, min_length=1, max_length=40)
    """A day, month, year or range, such as 2022-09 or 2018..2021."""
    status: Status = Status.UNSPECIFIED
    """How far it has got."""
    all: bool = False
    """Whether to tell also which measures it lies outside of, and why."""


class Joined(Shape):
    """Whether two claims, or two documents, were joined."""

    kind: Literal["claims", "documents"]
    """What was compared."""
    joined: bool
    """Whether they are of one transfer; of documents, of one copy family."""
    sentence: str
    """The outcome in one sentence."""
    reasons: list[str]
    """Why: the outcome of each step, then what counts for and against."""


class Snippet(Shape):
    """A stretch of a document with the places of what was looked for."""

    text: str
    """Its words."""
    span: Span
    """Where it stands in the text of the document."""
    marks: list[Span]
    """What was looked for, counted from its start."""


class SearchHit(Shape):
    """A document or claim that was found."""

    kind: Literal["document", "claim"]
    """Which."""
    id: str
    """Its id."""
    document: str
    """Id of the document; of a claim, that which it was read from."""
    version: int
    """Which version of its address."""
    title: str | None
    """Headline."""
    title_marks: list[Span]
    """What was looked for, in the title."""
    outlet: str | None
    """Who published it."""
    url: str | None
    """Its address."""
    published: str | None
    """Day, month or year."""
    score: int
    """How well it fits; compares hits of one search and no more."""
    snippet: Snippet
    """A stretch of it; of a claim its sentence."""
    claim: Claim | None
    """The claim; null for a document."""


class HitPage(Page[SearchHit]):
    """A page of what was found, the best first."""


class SourceLine(Shape):
    """Somebody to whom claims are attributed."""

    name: str
    """As the texts call it."""
    kind: SourceKind
    """What kind of speaker."""
    country: str | None
    """Of whom it speaks for."""
    claims: int
    """How many claims are attributed to it."""
    documents: int
    """In how many documents."""
    grade: Literal["A", "B", "C", "D", "E", "F"]
    """Reliability (Admiralty scale); F where it cannot be judged."""
    label: str
    """What the letter is called."""
    why: str
    """Why."""


class SourcePage(Page[SourceLine]):
    """A page of sources, by name."""


class Counts(Shape):
    """How much there is."""

    documents: int
    """Documents."""
    readings: int
    """Documents that were read."""
    claims: int
    """Claims, of all kinds."""
    transfers: int
    """Lines of the register."""
    judgements: int
    """Decisions of people."""
    failures: int
    """Sources that could not be read and still cannot."""
    evidence: int
    """Originals."""
    bytes: int
    """Of the originals."""
    stored_bytes: int
    """Of the originals as they are stored."""


class Versions(Shape):
    """What made the answers."""

    program: str
    """armstrace."""
    reader: str
    """What reads claims; the part after + changes with every rule, table and model."""
    register_: str = Field(alias="register")
    """What groups and merges."""
    generation: int
    """Raised with each change of the register."""
    law: str
    """The measures and what they rest on."""
    law_known_until: str
    """The last day (ISO) of which every measure was looked up."""


class State(Shape):
    """The state of the desk."""

    counts: Counts
    """How much there is of everything."""
    versions: Versions
    """Which versions made the answers."""
    who: str
    """Under which name you judge."""
    role: Literal["reader", "reviewer", "admin"]
    """What you may."""


class Deed(Shape):
    """What somebody did."""

    number: int
    """In the order of doing."""
    at: str
    """When (ISO, UTC)."""
    who: str
    """Who."""
    did: str
    """What."""
    about: str | None
    """To what."""
    more: dict[str, Any]
    """What else is noted."""


class DeedPage(Page[Deed]):
    """A page of what people did, the latest first."""
