"""What is asked of the law, and what it answers: a transfer with its doubts, and a finding for each measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armstrace.embargo.measures import Body, Direction, Strength
from armstrace.lexicon.traits import Bounds, Measured, Trait
from armstrace.model import Category, Status

HONESTY = "Not legal advice. A finding holds only if the report is true, and only for the law as far as it was checked."


class Verdict(StrEnum):
    """What a measure says of a transfer, the gravest first."""

    BREACH = "breach-if-true"
    DEPENDS = "depends"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class AskedParty:
    """One possible supplier or recipient.

    Attributes:
        country: ISO code; None where not known.
        names: names of armed groups, organisations and companies as the lexicon labels them; empty for a state itself.
        is_government: True where its state acts, False where it is known not to, None where not known.
        places: words that place it below the country ("Darfur").
        acts_in: codes of the countries in which a group acts, its main one first.
    """

    country: str | None
    names: tuple[str, ...] = ()
    is_government: bool | None = None
    places: tuple[str, ...] = ()
    acts_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One kind of arms in question.

    Attributes:
        words: what it is called.
        category: of it; ``other`` for arms in general.
        designation: label of the type, where it is one.
        measures: what its kind is known to measure; None where nothing at all is known of it beside the category.
        has: traits that hold for sure.
        may_be: traits that hold for some of its kind; all others do not hold, unless nothing is known.
        is_arms: False where nobody knows whether the words mean arms.
    """

    words: str
    category: Category
    designation: str | None = None
    measures: Mapping[Measured, Bounds] | None = None
    has: frozenset[Trait] = frozenset()
    may_be: frozenset[Trait] = frozenset()
    is_arms: bool = True


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The days on which it may have taken place, both inclusive; None for no bound on that side.

    ``assumed`` says in words what the days rest on where no source tells them ("the day of the first report").
    """

    first: date | None
    last: date | None
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A transfer as the law is asked of it: every field with all its possibilities, empty where nothing is known.

    Several items are all in question, several of the others are one or another. ``makers`` (codes) made the arms, and
    are no suppliers; ``contract`` are the days of the contract, which old-contract clauses ask for.
    """

    suppliers: tuple[AskedParty, ...]
    recipients: tuple[AskedParty, ...]
    items: tuple[AskedItem, ...]
    times: tuple[AskedTime, ...]
    status: Status = Status.UNSPECIFIED
    makers: tuple[str, ...] = ()
    via: tuple[AskedParty, ...] = ()
    contract: AskedTime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The answer for one possibility: what is supposed ("from 2018-10-18", "300 km or more"), and what follows."""

    supposed: str
    verdict: Verdict
    entry: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one measure says of a transfer.

    Attributes:
        measure: its key, such as ``UN-KP``.
        body: who made it.
        verdict: the answer.
        entry: id of the entry that decides, or that comes nearest.
        instrument: and ``paragraph``: where it stands; all that apply, the deciding one first, then those that it
            widened; joined by "; ", as many of one as of the other.
        in_force_from: first day on which the deciding entry binds, and ``in_force_to``: first day that it no longer
            does.
        direction: supply to, or procurement from, the target.
        strength: binding or not; what only urges or is political is never a breach.
        missing: the party that must be told before anything can be said: "supplier", "recipient", or none.
        reached: whether its terms reach the transfer, or may: True also where a text that does not bind asks not to.
        decisive: what decided, in one sentence.
        would_change: what would change the answer, a sentence each.
        cases: the answer for each possibility where they differ.
        disputed: who does not accept that the measure stands then, and why, in a sentence each.
        caveats: what is not verified of the record, or lies after the day on which it was last checked.
        source: address and title of the official text.
    """

    measure: str
    body: Body
    verdict: Verdict
    entry: str
    instrument: str
    paragraph: str
    in_force_from: date | None
    in_force_to: date | None
    direction: Direction | None
    strength: Strength
    reached: bool
    decisive: str
    would_change: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    disputed: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    source: str = ""
    missing: str = ""

    @property
    def bears(self) -> bool:
        """Tell whether it says something of this transfer: a breach, a doubt, or a call that does not bind."""
        return self.reached and not self.missing
